"""What the calendar part of a mail says, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Calendar

from secretariat.core.text.language import _l
from secretariat.messages.links import sealed_away

METHODS = {"REQUEST": _l("Innkalling eller endring"), "CANCEL": _l("Avlysning"), "PUBLISH": _l("Til orientering")}


@dataclass(frozen=True)
class Invitation:
    """One calendar event as the receiver's calendar understands it."""

    method: Any
    title: str
    starts: datetime | date
    place: str
    edition: int


def read(content: bytes, method: str) -> Invitation:
    """The event in a calendar part that we have written."""
    event = Calendar.from_ical(content).events[0]
    return Invitation(
        method=METHODS.get(method, method),
        title=str(event.get("SUMMARY", "")),
        starts=event.decoded("DTSTART"),
        place=str(event.get("LOCATION", "")),
        edition=int(event.get("SEQUENCE", 0)) + 1,
    )


def without_seals(content: bytes) -> bytes:
    """The calendar part for others than its receiver: the links in it open nothing."""
    unfolded = content.decode().replace("\r\n ", "").replace("\r\n\t", "")
    return sealed_away(unfolded).encode()
