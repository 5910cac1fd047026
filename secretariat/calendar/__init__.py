"""Calendar files, invitations and feeds.

One component per meeting, edition and language is written when the meeting changes; a feed only selects and joins.
Invariants: ``ONE_UID`` (one UID for the life of a meeting), ``SEQUENCE_RISES`` (on every change of time, place or
status), ``COMPONENT_WRITTEN`` (every meeting stands in the calendar as it is).
"""
