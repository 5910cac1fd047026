"""From the contents of a parcel to the PDF that is sent: pure, no database, no web.

papers        what stands on paper, as frozen rows: notice (innkalling, tilleggssakliste), single case (saksframlegg),
              minutes (referat, protokoll) and extract (melding om vedtak)
appointments  the same for the letters of appointment (oppnevningsbrev)
editions      what the public one leaves out
contents      the same in the reader's words, as plain data for the template
render        the PDF: tagged, PDF/UA-1 and PDF/A-3a in one file, the originals inside; the same paper, the same bytes
typeset       one run of Typst, in a process of its own

Invariants: what the public edition leaves out never reaches the template; nobody's text is ever read as template code;
no warning of the typesetter passes.
"""
