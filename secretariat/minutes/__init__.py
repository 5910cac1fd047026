"""Minutes: what was said and decided, from draft to approved.

minutes = referat eller protokoll, comment = merknad, correction = rettelse.

Approved minutes never change; a correction is a new, dated, visible addition.
Invariants: ``APPROVED_IS_LOCKED``, ``ONE_MINUTES`` (one per meeting), ``HELD_BEFORE_APPROVED``,
``CONFIRMED_AFTER_APPROVAL`` (with decisions), ``TEXTS_KEPT`` (every saved text is kept).
"""
