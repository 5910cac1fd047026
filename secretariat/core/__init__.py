"""The kernel: what every room stands on and what knows nothing of the trade.

``clock`` is the only now. ``db`` holds the session and the base of all rows. ``actions`` is the only way to write,
``access`` the only way to decide what may be read, ``guard`` the only way for a page to get its subject. ``audit``
remembers who did what, ``outbox`` what must still be done. ``signals`` are the two named ways up. ``errors`` are
sentences a secretary understands.
"""
