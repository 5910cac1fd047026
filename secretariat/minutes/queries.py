"""What is read of minutes besides their whole (``record``): comments, and which minutes wait for something."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.decisions.task_queries import name_of
from secretariat.directory.models import Person
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState
from secretariat.minutes.models import Addition, Comment, Minutes, MinutesState


@dataclass(frozen=True)
class CommentRow:
    """A remark on the draft."""

    agenda_item_id: UUID | None
    text: str
    who: str
    at: datetime


@dataclass(frozen=True)
class MinutesRow:
    """Minutes in a list."""

    meeting_id: UUID
    title: str
    body: str
    day: date
    state: MinutesState
    comments_until: date | None


@dataclass(frozen=True)
class AdditionRow:
    """A protokolltilførsel, and where it stands."""

    id: UUID
    partnership_id: UUID
    meeting_id: UUID
    agenda_item_id: UUID
    title: str
    name: str
    text: str
    version: int


def addition(actor: Actor, meeting_id: UUID, addition_id: UUID) -> AdditionRow | None:
    """A protokolltilførsel of this meeting's minutes."""
    columns = (Addition.id, Addition.partnership_id, AgendaItem.meeting_id, Addition.agenda_item_id, AgendaItem.title)
    query = (
        sa.select(*columns, Addition.name, Addition.text, Addition.version)
        .join(AgendaItem, AgendaItem.id == Addition.agenda_item_id)
        .where(Addition.id == addition_id, AgendaItem.meeting_id == meeting_id, visible(actor, Addition))
    )
    row = session().execute(query).first()
    return AdditionRow(*row) if row else None


@built_once
def _of_meeting(actor: Actor) -> sa.Select[Minutes]:
    return sa.select(Minutes).where(Minutes.meeting_id == sa.bindparam("meeting_id"), visible(actor, Minutes))


def minutes(actor: Actor, meeting_id: UUID) -> Minutes | None:
    """The minutes of a meeting, if the actor sees them."""
    return session().scalar(_of_meeting(actor), {"meeting_id": meeting_id})


def comments(actor: Actor, minutes_id: UUID) -> list[CommentRow]:
    """The remarks that the actor sees: all for the secretariat, otherwise one's own; in the order they came."""
    query = (
        sa.select(Comment.agenda_item_id, Comment.text, Person.given_name, Person.family_name, Comment.created_at)
        .join(Person, Person.id == Comment.person_id)
        .where(Comment.minutes_id == minutes_id, visible(actor, Comment))
        .order_by(Comment.created_at, Comment.id)
    )
    rows = session().execute(query)
    return [CommentRow(item_id, text, name_of(given, family), at) for item_id, text, given, family, at in rows]


def unfinished(actor: Actor) -> list[MinutesRow]:
    """Minutes of held meetings that the actor, as secretary, has still to send or get approved; the oldest first."""
    rows = _rows(actor).where(
        Meeting.state == MeetingState.HELD,
        Minutes.state != MinutesState.APPROVED,
        Meeting.partnership_id.in_(sorted(actor.secretary_in)),
    )
    return _as_rows(rows)


def _rows(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    columns = (Meeting.id, Meeting.title, Body.short_name, Meeting.day, Minutes.state, Minutes.comments_until)
    joined = sa.select(*columns).select_from(Minutes).join(Meeting, Meeting.id == Minutes.meeting_id)
    return joined.join(Body, Body.id == Meeting.body_id).where(visible(actor, Minutes))


def _as_rows(query: sa.Select[*tuple[Any, ...]]) -> list[MinutesRow]:
    return [MinutesRow(*row) for row in session().execute(query.order_by(Meeting.day, Minutes.id))]
