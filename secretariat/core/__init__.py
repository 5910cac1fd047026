"""The kernel: what every room stands on and what knows nothing of the trade.

``clock`` is the only now. ``db`` holds the session and the base of all rows. ``actions`` is the only way to write,
``access`` the only way to decide what may be read, ``guard`` the only way for a page to get its subject. ``actor`` is
who asks; ``inputs`` is what a verb takes in, ``forms`` asks for it, ``pages`` is what all pages do besides. ``audit``
remembers who did what, ``outbox`` what must still be done, ``invariants`` what was promised. ``signals`` are the two
named ways up. ``errors`` are sentences a secretary understands; ``text`` and ``dates`` are how people write.
"""
