"""When a meeting is: the wall clock in its zone, and the instants that follow from it (invariant ``WALL_CLOCK``)."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.dates import AmbiguousTime, DateRefused, wall_time
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l, format_date
from secretariat.meetings.models import Meeting

STANDS_IN_INVITATION = (
    "starts_at",
    "ends_at",
    "day",
    "starts",
    "ends",
    "timezone",
    "place",
    "digital_link",
    "form",
    "tentative",
)


def set_time(meeting: Meeting, given: Any) -> None:
    """Set day and times from the input. A time the wall clock never shows, or shows twice, is refused."""
    if given.timezone not in available_timezones():
        raise DomainError(_l("Tidssonen %(zone)s finnes ikke.", zone=given.timezone), "timezone")
    if given.fold not in (None, 0, 1):
        raise DomainError(_l("Velg en av mulighetene."), "fold")
    if given.day != meeting.day:
        _body_lasts(meeting.body_id, given.day)
    meeting.day, meeting.starts, meeting.ends = given.day, given.starts, given.ends
    meeting.timezone, meeting.fold = given.timezone, given.fold or 0
    meeting.starts_at = _instant(given.day, given.starts, given, "starts")
    meeting.ends_at = _instant(given.day, given.ends, given, "ends")
    if meeting.ends_at <= meeting.starts_at:
        raise DomainError(_l("Møtet må slutte etter at det begynner."), "ends")


def _body_lasts(body_id: UUID, day: date) -> None:
    """A body that is closed meets no more after its last day."""
    ends_on = session().scalar(sa.select(Body.ends_on).where(Body.id == body_id))
    if ends_on is not None and day > ends_on:
        raise DomainError(_l("Utvalget slutter %(date)s.", date=format_date(ends_on)), "day")


def _instant(day: date, at: time, given: Any, field: str) -> datetime:
    try:
        return wall_time(day, at, given.timezone, given.fold).astimezone(UTC)
    except AmbiguousTime as refused:
        raise DomainError(refused.reason, "fold") from refused
    except DateRefused as refused:
        raise DomainError(refused.reason, field) from refused


def as_invited(meeting: Meeting) -> tuple[Any, ...]:
    """All that stands in the invitation and that people plan by; when it changes, the invitation's sequence rises."""
    return tuple(getattr(meeting, name) for name in STANDS_IN_INVITATION)
