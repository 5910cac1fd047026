"""Dispatches: the frozen parcel that is sent, and the proof of who got what.

dispatch = utsending, notice = innkalling, supplement = tilleggssakliste, edition = utgave, delivery = levering.

A parcel is prepared outside any write transaction (canonical manifest, PDF keyed by its hash), then sent in one short
action that verifies the same manifest. Invariants: ``FROZEN_PARCEL`` (never updated), ``PARCEL_HASH`` (files and whole
carry SHA-256), ``EVERYONE_CALLED`` (each participant of a called meeting has a delivery).
"""
