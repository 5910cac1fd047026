"""The structure changes while work goes on (omlegging).

From a day a partnership goes over to another structure, a municipality joins, leaves, is merged or split; each open
matter (åpen sak) gets an explicit choice, and nothing is lost on the way.
Invariants: ``NOTHING_LOST`` (what was open before is counted again after), ``KEEPER_AT_WORK`` (a decision or a
task is followed up by a body that is there on the day).
"""
