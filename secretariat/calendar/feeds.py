"""A subscription: the stored components a reader may see today, joined; and whether anything has changed since."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from uuid import UUID

from secretariat.calendar.components import calendar
from secretariat.calendar.queries import Component


def feed(name: str, found: Iterable[Component]) -> tuple[bytes, str]:
    """The calendar as a subscriber fetches it, and its revision. Without a method: a subscription asks for no answer.

    No more than the calendar itself is held at once: the meetings pass by, each leaving its mark.
    """
    marks: list[tuple[UUID, str]] = []

    def passing() -> Iterator[bytes]:
        for one in found:
            marks.append((one.meeting_id, one.etag))
            yield one.component

    return calendar(name, passing()), revision(name, marks)


def revision(name: str, selected: Iterable[tuple[UUID, str]]) -> str:
    """What the subscription holds, in short (its ETag): the meetings this reader sees today, each with its own mark."""
    digest = sha256(name.encode())
    for meeting_id, mark in selected:
        digest.update(meeting_id.bytes + mark.encode() + b"\n")
    return digest.hexdigest()[:32]
