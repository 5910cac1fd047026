"""Agreements, bodies, seats, appointments and the chair plan: who sits where, for whom, until when.

body = utvalg, seat = plass (Ubesatt when vacant), appointment = oppnevning, deputy = vara, leave = permisjon,
agreement = avtale.

Invariants: ``ONE_HOLDER`` (at most one holder per seat and day), ``DATES_IN_ORDER`` (nothing ends before it begins),
``NO_CYCLE`` (a body is never its own ancestor), ``NOT_OWN_DEPUTY``, ``TERM_IN_ORDER`` (a term reaches to the first day
of its appointment), ``ONE_LEADS`` (no day has two who are set to lead), ``ONE_RULE`` (no day has two rules of the
composition about the same), ``BODY_AS_PHASE`` (a body is called and stands today as its last change said),
``CLOSED_HAS_SUCCESSOR_AFTER`` (who takes over begins the day after the other ended).
"""
