"""A subscription: the stored components a reader may see today, joined; and whether anything has changed since."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from secretariat.calendar.components import calendar


def feed(name: str, components: Iterable[bytes]) -> bytes:
    """The calendar as a subscriber fetches it. Without a method: a subscription asks for no answer."""
    return calendar(name, components)


def revision(name: str, selected: Iterable[tuple[UUID, str]]) -> str:
    """What the subscription holds, in short (its ETag): the meetings this reader sees today, each with its own mark."""
    digest = sha256(name.encode())
    for meeting_id, mark in selected:
        digest.update(meeting_id.bytes + mark.encode() + b"\n")
    return digest.hexdigest()[:32]
