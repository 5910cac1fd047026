"""Decisions, tasks and their implementation: what was decided, who carries it out, who has done it.

decision = vedtak (kind: vedtak, anbefaling, tilslutning ...), task = oppgave,
implementation = gjennomføring i kommunene og helseforetaket.

A decision is drafted from the proposal, in force when the meeting closes («fra ikke godkjent referat»), confirmed when
the minutes are approved. Invariants: ``IN_FORCE_AFTER_MEETING`` (no decision in force from a meeting not held),
``CONFIRMED_AFTER_APPROVAL``, ``WORDINGS_KEPT`` (a changed wording is a new version; none is lost),
``FOLLOWED_UP_IN_FORCE`` (no draft is closed).
"""
