"""What the demonstration is told of who answers for whom, of groups with a last day, and of what a party does alone."""

import datetime as dt
from dataclasses import dataclass

from secretariat.directory.parties import Party


@dataclass(frozen=True)
class Relay:
    """An organisation whose coordinator sees and answers for municipalities."""

    organisation: str
    represents: tuple[str, ...]
    since_days: int


@dataclass(frozen=True)
class GroupMember:
    """Somebody who works in a group."""

    person: str
    party: Party


@dataclass(frozen=True)
class Report:
    """What a group reports by a day, and when it did; days count from today."""

    due_days: int
    what: str
    delivered_days: int | None = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class WorkingGroup:
    """A group under a body, with its mandate as text and as a document, and its last day."""

    short: str
    name: str
    under: str
    begins_days: int
    ends_days: int
    mandate: str
    document: str
    members: tuple[GroupMember, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Matter:
    """What a party talks about alone."""

    title: str
    minutes: int
    presenter: str


@dataclass(frozen=True)
class PartyMeeting:
    """A meeting of one party's places in a joint body."""

    body: str
    party: Party
    title: str
    days_from_today: int
    starts: dt.time
    ends: dt.time
    place: str
    agenda: tuple[Matter, ...]
