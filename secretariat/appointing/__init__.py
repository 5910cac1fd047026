"""Appointing after an election or at the end of a term (oppnevning).

A campaign (oppnevningsrunde) asks each nominating body by one letter (oppnevningsbrev) whom it names to its places;
answers become appointments, those who sat before hold over until then.
Invariants: ``ASKED_ONCE`` (a place stands in one letter of a round), ``NAMED_ONCE`` (nobody new is named twice to one
body), ``REGISTERED_AS_NAMED`` (an appointment made from an answer is the one that was named).
"""
