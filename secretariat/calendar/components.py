"""The meeting as calendars understand it: invitations (iTIP) to one person, and the component feeds are joined from.

Every meeting is one event of its own, never a recurrence: Outlook refuses what it has no pattern for. Times stand as
wall clock in Europe/Oslo beside a VTIMEZONE written as a yearly rule, because some readers misread a list of dates by
the hour. What such a time cannot say (another zone, the hour that comes twice in October) is written in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from itertools import chain
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event as VEvent, vCalAddress, vDuration, vText, vUri

OSLO = "Europe/Oslo"
PRODUCT = "-//Sekretariat//Samarbeidsutvalg//NO"
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
PARAMETER = str.maketrans({'"': "'", "\\": "/"})
REFRESH = timedelta(hours=4)
REMINDER = timedelta(minutes=15)

VTIMEZONE = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
_END = b"END:VCALENDAR\r\n"


class Status(StrEnum):
    """How sure the meeting is."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What the one called in comes as. A deputy who has been called in comes as a member."""

    CHAIR = "chair"
    MEMBER = "member"
    DEPUTY = "deputy"
    OBSERVER = "observer"
    COPY = "copy"


ITIP_ROLES = {
    Role.CHAIR: "CHAIR",
    Role.MEMBER: "REQ-PARTICIPANT",
    Role.DEPUTY: "OPT-PARTICIPANT",
    Role.OBSERVER: "OPT-PARTICIPANT",
    Role.COPY: "NON-PARTICIPANT",
}


class PartStat(StrEnum):
    """What the one called in has answered."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    DELEGATED = "delegated"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One meeting as one edition shows it in one language.

    ``uid`` never changes; ``sequence`` rises with every change of time, place or status, ``dtstamp`` with each sending.
    ``starts_at`` and ``ends_at`` are aware; ``timezone`` is the zone whose wall clock they are told by.
    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    organizer_name: str
    organizer_email: str
    dtstamp: datetime
    last_modified: datetime
    body_short: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    conference_url: str = ""
    timezone: str = OSLO
    status: Status = Status.CONFIRMED
    language: str = "nb"

    def __post_init__(self) -> None:
        naive = [m for m in (self.starts_at, self.ends_at, self.dtstamp, self.last_modified) if m.tzinfo is None]
        if naive:
            raise ValueError("A calendar time needs a zone")
        for address in (self.uid, self.organizer_email):
            _refuse_gaps(address)


@dataclass(frozen=True)
class Attendee:
    """The one person an invitation is for."""

    name: str
    email: str
    role: Role = Role.MEMBER
    partstat: PartStat = PartStat.NEEDS_ACTION

    def __post_init__(self) -> None:
        _refuse_gaps(self.email)


@dataclass(frozen=True, kw_only=True)
class Invitation(Event):
    """The meeting as sent to one attendee, who must not be the organiser: Outlook would ask for no answer."""

    attendee: Attendee

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.attendee.email.lower() == self.organizer_email.lower():
            raise ValueError("The organiser's own mailbox cannot be called in")


def request(invitation: Invitation) -> bytes:
    """The invitation, or its update when the sequence has risen."""
    if invitation.status == Status.CANCELLED:
        raise ValueError("A cancelled meeting is told with cancel(), not with a request")
    event = _described(invitation)
    event.add("status", invitation.status.upper())
    event.add("transp", "OPAQUE")
    event.add("attendee", _attendee(invitation.attendee, asked=invitation.attendee.role != Role.COPY), encode=False)
    event.add_component(_reminder(invitation))
    return calendar(None, [_written(event)], method="REQUEST")


def cancel(invitation: Invitation, *, whole_meeting: bool) -> bytes:
    """The meeting is off (``whole_meeting``), or goes on without this attendee: then nothing is said of its status."""
    event = _described(invitation)
    if whole_meeting:
        event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("attendee", _attendee(invitation.attendee, asked=False), encode=False)
    return calendar(None, [_written(event)], method="CANCEL")


def publish(component: bytes) -> bytes:
    """A stored component as a file to download: it may be opened by people who were not called in."""
    return calendar(None, [component], method="PUBLISH")


def component(event: Event) -> bytes:
    """The event alone, stored per meeting, edition and language. It names nobody who was called in."""
    written = _described(event)
    written.add("status", event.status.upper())
    written.add("transp", "TRANSPARENT" if event.status == Status.CANCELLED else "OPAQUE")
    return _written(written)


def calendar(name: str | None, components: Iterable[bytes], method: str | None = None) -> bytes:
    """Stored components joined to one calendar, unread: a feed of 2 000 meetings is a matter of copying."""
    whole = BytesIO()
    whole.writelines(chain((_head(name, method), VTIMEZONE), components, (_END,)))
    return whole.getvalue()


@lru_cache(maxsize=256)
def _head(name: str | None, method: str | None) -> bytes:
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    if method:
        head.add("method", method)
    if name:
        _name(head, one_line(name))
    return _written(head).removesuffix(_END)


def _written(part: Component) -> bytes:
    return bytes(part.to_ical())


def _name(head: Calendar, name: str) -> None:
    """What the subscription is called and how often it is worth fetching, each in the new way and in Microsoft's."""
    head.add("name", _Text(name), encode=False)
    head.add("x-wr-calname", _Text(name), encode=False)
    head.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", vDuration(REFRESH), encode=False)


def _described(event: Event) -> VEvent:
    """All that invitation, cancellation and feed say alike."""
    written = VEvent()
    written.add("uid", event.uid)
    written.add("sequence", event.sequence)
    written.add("dtstamp", event.dtstamp)
    written.add("last-modified", event.last_modified)
    _add_times(written, event)
    written.add("summary", _Text(one_line(event.title), params={"LANGUAGE": event.language}), encode=False)
    written.add("organizer", _address(event.organizer_name, event.organizer_email), encode=False)
    for name, text in (("description", _description(event)), ("location", _location(event))):
        if text:
            written.add(name, _Text(text, params={"LANGUAGE": event.language}), encode=False)
    if event.body_short:
        written.add("categories", _Text(one_line(event.body_short)), encode=False)
    _add_links(written, event)
    return written


def _add_times(written: VEvent, event: Event) -> None:
    zone = ZoneInfo(event.timezone)
    moments = [moment.astimezone(zone) for moment in (event.starts_at, event.ends_at)]
    if event.timezone != OSLO or any(_comes_twice(moment) for moment in moments):
        moments = [moment.astimezone(ZoneInfo("UTC")) for moment in moments]
    for name, moment in zip(("dtstart", "dtend"), moments, strict=True):
        written.add(name, moment)


def _comes_twice(moment: datetime) -> bool:
    """The hour before the clock goes back in October: readers do not agree on which of the two is meant."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _add_links(written: VEvent, event: Event) -> None:
    if event.url:
        written.add("url", vUri(_refuse_gaps(event.url)), encode=False)
    if event.conference_url:
        link = vUri(_refuse_gaps(event.conference_url))
        link.params.update(VALUE="URI", FEATURE=["AUDIO", "VIDEO"])
        written.add("conference", link, encode=False)


def _description(event: Event) -> str:
    """Few calendars show CONFERENCE, so the link is repeated where all show it."""
    text = many_lines(event.description)
    missing = [event.conference_url] if event.conference_url and event.conference_url not in text else []
    return "\n\n".join(filter(None, [text, *missing]))


def _location(event: Event) -> str:
    return "; ".join(filter(None, (one_line(event.location), event.conference_url)))


def _attendee(attendee: Attendee, *, asked: bool) -> vCalAddress:
    address = _address(attendee.name, attendee.email)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = ITIP_ROLES[attendee.role]
    address.params["PARTSTAT"] = attendee.partstat.upper()
    address.params["RSVP"] = "TRUE" if asked else "FALSE"
    return address


def _address(name: str, email: str) -> vCalAddress:
    """A parameter has no escape that all readers know, so what they would stumble over is replaced."""
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = one_line(name).translate(PARAMETER)
    return address


def _reminder(event: Event) -> Component:
    """Outlook gives a meeting from outside no reminder unless it brings one."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(one_line(event.title)), encode=False)
    alarm.add("trigger", -REMINDER)
    return alarm


class _Text(vText):
    """A text as it was written: the library's own would begin a new line at the \\N of a path on a server."""

    def to_ical(self) -> bytes:
        return str(self).translate(ESCAPES).encode()


def many_lines(text: str) -> str:
    """The text without what iCalendar has no way to write: control characters and half characters."""
    lines = "\n".join(text.splitlines()).encode("utf-8", "ignore").decode()
    return "".join(c for c in lines if c in "\n\t" or not _is_control(c)).strip()


def one_line(text: str) -> str:
    """The text on one line, as a title stands."""
    return " ".join(many_lines(text).split("\n"))


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character <= "\x9f"


def _refuse_gaps(address: str) -> str:
    if not address or any(c.isspace() or _is_control(c) for c in address):
        raise ValueError("An address holds no blanks and no line breaks")
    return address
