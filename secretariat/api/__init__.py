"""The programming interface: lists and verbs over HTTP, described by OpenAPI 3.1.

Lists show exactly what the pages show (``core.access.visible``); a verb is an action of the registry, with the same
rules and the same sentences. Errors are problem details (RFC 9457). A request may carry ``Idempotency-Key``: its
repeat gets the first answer.
"""
