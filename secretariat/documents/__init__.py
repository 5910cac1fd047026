"""Stored files, their checks and versions, and the rendering of papers.

file = fil, attachment = vedlegg, exemption = unntatt offentlighet.

A file arrives as «received», is checked in the worker (content against name, identity numbers in its text) and only a
checked one is seen by others or sent. Bytes are kept once per partnership and SHA-256, and reached only under their
owner's address.
Invariants: ``ONLY_CHECKED_FILES`` (nothing unchecked is dispatched), ``BYTES_MATCH_HASH``.
"""
