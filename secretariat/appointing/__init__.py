"""Appointing after an election or at the end of a term (oppnevning).

A campaign (oppnevningsrunde) asks each nominating body by one letter (oppnevningsbrev) whom it names to its places;
answers become appointments, those who sat before hold over until then.
"""
