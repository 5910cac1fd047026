"""Cases, case papers and treatments: the matter itself, one history however many bodies treat it.

case = sak, case paper = saksframlegg, treatment = ett ledd i saksgangen, archive reference = arkivreferanse.

A case knows no meeting: a treatment says before which body (or council outside) the case comes, meetings.AgendaItem
says when. Invariants: ``NO_LOST_TEXT`` (every saved paper is kept as a version), ``CASE_KEEPS_IDENTITY`` (a case that
meets again gets a new number and stays the same case).
"""
