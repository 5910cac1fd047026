"""«Godkjenning av referat fra forrige møte»: which minutes the item is about, and where they are taken up."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date, use_language
from secretariat.meetings.agenda import is_about_minutes
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState
from secretariat.minutes.models import Minutes, MinutesState
from secretariat.minutes.record import OneItem, Record

A_YEARS_MEETINGS = 12


@dataclass(frozen=True)
class Previous:
    """The minutes of an earlier meeting of the body, and how far they have come."""

    meeting_id: UUID
    day: date
    state: MinutesState
    comments_until: date | None
    approved_on: date | None

    @property
    def is_approved(self) -> bool:
        """Whether nothing is left to do with them."""
        return self.state is MinutesState.APPROVED


def previous(actor: Actor, record: Record, here: OneItem | None) -> list[Previous]:
    """What an item that approves minutes is about: those of the meeting before, and older ones that still wait."""
    meeting = record.meeting
    with use_language(meeting.language):
        if here is None or not is_about_minutes(here.row.kind, here.row.title):
            return []
    query = (
        sa.select(Meeting.id, Meeting.day, Minutes.state, Minutes.comments_until, Minutes.approved_on)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Meeting.body_id == meeting.body_id, Meeting.room == meeting.room, Meeting.state == MeetingState.HELD)
        .where(Meeting.starts_at < meeting.starts_at, visible(actor, Minutes))
        .order_by(Meeting.starts_at.desc(), Meeting.id)
        .limit(A_YEARS_MEETINGS)
    )
    found = [Previous(*row) for row in session().execute(query)]
    return [one for one in found if one is found[0] or not one.is_approved]


@dataclass(frozen=True)
class TakenUp:
    """The item under which minutes are approved, in a later meeting."""

    item_id: UUID
    meeting_id: UUID
    day: date
    language: str

    def approval(self) -> dict[str, Any]:
        """How and when they are approved there, in the words of the minutes."""
        with use_language(self.language):
            by = _("av utvalget i møtet %(date)s", date=format_date(self.day))
        return {"approved_by": by, "approved_on": min(self.day, clock.today())}


def taken_up(actor: Actor, minutes: Minutes, item_id: UUID | None) -> TakenUp | None:
    """Where the minutes are taken up, when an item of a later meeting led to them."""
    own = sa.select(Meeting.body_id).where(Meeting.id == minutes.meeting_id).scalar_subquery()
    query = (
        sa.select(AgendaItem.id, AgendaItem.meeting_id, Meeting.day, Meeting.language)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.id == item_id, AgendaItem.body_id == own, visible(actor, AgendaItem))
    )
    row = session().execute(query).first() if item_id is not None else None
    return TakenUp(*row) if row else None
