"""From the contents of a parcel to the PDF that is sent: pure, no database, no web.

papers    what stands on paper, as frozen rows: notice (innkalling, tilleggssakliste), single case (saksframlegg),
          minutes (referat, protokoll) and extract (melding om vedtak)
contents  the same in the reader's words, as plain data for the template
render    one run of Typst: tagged, PDF/UA-1 and PDF/A-3a in one file, originals inside; same paper, same bytes
check     reads back what a PDF holds, for tests and for `verify`

Invariants: what the public edition leaves out never reaches the template; nobody's text is ever read as template code;
no warning of the typesetter passes.
"""
