"""Mail and links by token: how the secretariat reaches people who do not log in for months.

mail = e-post, link = lenke, news = nyhet (a letter somebody may choose away, or have gathered on Monday).

A mail is stored as «sending» with its final bytes before the SMTP dialogue; after a crash the same bytes go out again.
A link carries an id and an HMAC, nothing secret is stored; opening it changes nothing, only a press does.
Every kind of letter stands in ``kinds``: bound ones go at once, news comes as its reader has chosen.
Invariants: ``NO_LOST_MAIL``, ``SAME_BYTES``, ``GET_CHANGES_NOTHING``; ``NEWS_AS_WANTED`` (what waits,
waits for somebody who wants it, and will be told), ``ONE_LETTER_A_WEEK`` (nobody gets the gathered news
twice in a week).
"""
