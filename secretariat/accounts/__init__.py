"""Users, sign-in, sessions and offices; builds the Actor of every request.

user = bruker, office = rolle, session = innlogging.

A person is not a user: a user is a way to sign in. Rights come from offices and appointments valid today (core.actor).
Invariants: ``LAST_ADMINISTRATOR`` (the installation always has one), ``NO_PLAIN_SECRET`` (passwords, tokens and
browsers' secrets only as hashes).
"""
