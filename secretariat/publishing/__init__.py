"""What the public sees: only what was published by an explicit press, as it was then.

publication = publisering, innsyn = offentlig side.

Dispatch never publishes. A publication freezes a public edition: public titles, no exempt text.
Invariants: ``PRESSED`` (nothing public without a publication), ``NO_EXEMPT_IN_PUBLIC``.
"""
