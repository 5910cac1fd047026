"""Partnerships, organisations, regions and people: who exists, independent of where they sit.

partnership = helsefellesskap, organisation = organisasjon, region = kommunegruppe, person = person, party = part.

Organisations and people are shared by all partnerships (a municipality may belong to two); what ties them to a
partnership is a row with dates. Invariants ``ONE_MEMBERSHIP``: an organisation is in a partnership at most once on
any day; ``REPRESENTED_ONCE``: a relay represents another organisation at most once on any day.
``IMPORT_ONCE``: a file of people is carried out once and keeps none of its rows. ``MERGED_ONCE``: a registration is
read as at most one other, which stands for itself. ``NAMES_IN_ORDER``: an organisation's planned name lies ahead,
those it had are over. ``NAME_TO_ONE``: a name that an organisation will have is kept for it.
``FORGOTTEN_PERSON``: of an anonymised person only the row is left.
"""
