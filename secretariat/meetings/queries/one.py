"""One meeting."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.bodies.naming import with_phase
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.meetings.models import (
    Meeting,
    MeetingForm,
    MeetingState,
)
from secretariat.meetings.queries.common import AS_IT_WAS_CALLED, MEETING_ID


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with what its body decides about it: the number pattern, the deadlines, the words."""

    id: UUID
    partnership_id: UUID
    body_id: UUID
    room: str
    title: str
    language: str
    form: MeetingForm
    tentative: bool
    day: date
    starts: time
    ends: time
    timezone: str
    starts_at: datetime
    ends_at: datetime
    place: str
    digital_link: str
    practical: str
    state: MeetingState
    chair_person_id: UUID | None
    chair_reason: str
    called_at: datetime | None
    held_at: datetime | None
    cancelled_because: str
    version: int
    body_name: str
    short_name: str
    body_room: str
    minutes_word: Any
    deputy_rule: Any
    composition: str
    number_prefix: str
    number_digits: int
    number_separator: str
    number_suffix: str
    year_digits: int
    year_first: bool
    standing_items_numbered: bool
    intake_days: int
    review_days: int
    dispatch_days: int
    minutes_days: int
    comments_days: int
    working_days: bool


_OF_BODY: dict[str, Any] = AS_IT_WAS_CALLED | {"body_room": Body.room}
_PAGE_COLUMNS = [
    _OF_BODY[name] if name in _OF_BODY else getattr(Meeting, name, None) or getattr(Body, name)
    for name in MeetingPage.__dataclass_fields__
]


@cache
def _page() -> sa.Select[*tuple[Any, ...]]:
    """Built once: naming forty columns costs more than reading them."""
    return with_phase(
        sa.select(*_PAGE_COLUMNS).select_from(Meeting).join(Body, Body.id == Meeting.body_id), Meeting.day
    )


@built_once
def _one_page(actor: Actor) -> Ready:
    return Ready(_page().where(Meeting.id == MEETING_ID, visible(actor, Meeting)))


def meeting(actor: Actor, meeting_id: UUID) -> MeetingPage | None:
    """One meeting."""
    found = _one_page(actor).rows(meeting_id=meeting_id)
    return MeetingPage(*found[0]) if found else None


@built_once
def _one_row(actor: Actor) -> sa.Select[Meeting]:
    return sa.select(Meeting).where(Meeting.id == MEETING_ID, visible(actor, Meeting))


def meeting_row(actor: Actor, meeting_id: UUID) -> Meeting | None:
    """The stored meeting itself, for what asks the rooms above."""
    return session().scalar(_one_row(actor), {"meeting_id": meeting_id})
