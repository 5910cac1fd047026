"""Mail and links by token: how the secretariat reaches people who do not log in for months.

mail = e-post, link = lenke.

A mail is stored as «sending» with its final bytes before the SMTP dialogue; after a crash the same bytes go out again.
A link carries an id and an HMAC, nothing secret is stored; opening it changes nothing, only a press does.
Invariants: ``NO_LOST_MAIL``, ``SAME_BYTES``, ``GET_CHANGES_NOTHING``.
"""
