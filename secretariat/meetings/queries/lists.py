"""The lists of meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.bodies.naming import with_phase
from secretariat.cases.models import Treatment
from secretariat.core import clock
from secretariat.core.access import served, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.meetings.models import (
    UNASKED,
    AgendaItem,
    ItemState,
    Meeting,
    MeetingForm,
    MeetingState,
    Participant,
    Presence,
    Reply,
)
from secretariat.meetings.queries.common import AS_IT_WAS_CALLED
from secretariat.meetings.standing_in import StandsIn
from secretariat.meetings.taking_part import own_place


@dataclass(frozen=True, slots=True)
class MeetingRow(StandsIn):
    """A meeting in a list, with the reader's own places and answer where one is asked for, and whether the reader was
    noted as present.
    """

    id: UUID
    partnership_id: UUID
    body_id: UUID
    body_name: str
    short_name: str
    room: str
    title: str
    day: date
    starts: time
    ends: time
    starts_at: datetime
    place: str
    form: MeetingForm
    state: MeetingState
    tentative: bool
    called_at: datetime | None
    seats: list[Any] | None
    reply: Reply | None
    was_there: bool


_WAS_THERE = sa.exists().where(Presence.participant_id == Participant.id).correlate(Participant)
_OTHERWISE: dict[str, Any] = AS_IT_WAS_CALLED | {
    "seats": Participant.seats,
    "reply": sa.case((Participant.role.not_in(UNASKED), Participant.reply)).label("reply"),
    "was_there": _WAS_THERE.label("was_there"),
}
_LIST_COLUMNS = [
    _OTHERWISE[name] if name in _OTHERWISE else getattr(Meeting, name, None) or getattr(Body, name)
    for name in MeetingRow.__dataclass_fields__
]


def _list(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    own = sa.and_(
        Participant.meeting_id == Meeting.id,
        own_place(actor),
        Participant.removed_at.is_(None),
    )
    query = sa.select(*_LIST_COLUMNS).select_from(Meeting).join(Body, Body.id == Meeting.body_id)
    query = with_phase(query, Meeting.day)
    return query.outerjoin(Participant, own).where(visible(actor, Meeting))


@dataclass(frozen=True)
class Wanted:
    """Which meetings a list is to show."""

    body_id: UUID | None = None
    state: MeetingState | None = None
    year: int | None = None
    since: date | None = None

    def conditions(self) -> list[Any]:
        """The filters as conditions."""
        first, last = (date(self.year, 1, 1), date(self.year, 12, 31)) if self.year else (None, None)
        chosen = {Meeting.body_id: self.body_id, Meeting.state: self.state}
        conditions: list[Any] = [column == value for column, value in chosen.items() if value is not None]
        conditions += [Meeting.day >= self.since] if self.since else []
        return conditions + ([Meeting.day.between(first, last)] if first else [])


def meetings(actor: Actor, wanted: Wanted, *, start: int = 0, most: int = 50) -> list[MeetingRow]:
    """A page of the list: what is to come first, nearest first; then what has been, newest first."""
    coming = Meeting.day >= clock.today()
    order = (sa.case((coming, 0), else_=1), sa.case((coming, Meeting.starts_at)), Meeting.starts_at.desc(), Meeting.id)
    query = _list(actor).where(*wanted.conditions()).order_by(*order).offset(start).limit(most)
    return [MeetingRow(*row) for row in session().execute(query)]


def count_meetings(actor: Actor, wanted: Wanted) -> int:
    """How many meetings there are in all."""
    query = sa.select(sa.func.count()).select_from(Meeting).where(visible(actor, Meeting), *wanted.conditions())
    return session().scalar(query) or 0


def years(actor: Actor) -> list[int]:
    """The years in which there are meetings, newest first."""
    query = sa.select(sa.func.min(Meeting.day), sa.func.max(Meeting.day)).where(visible(actor, Meeting))
    first, last = session().execute(query).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def served_bodies(actor: Actor) -> list[tuple[str, str]]:
    """The bodies the actor plans meetings for, for a select field."""
    query = sa.select(Body.id, Body.name).where(
        served(actor, Body), sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today())
    )
    return [(str(key), name) for key, name in session().execute(query.order_by(Body.level, Body.sort_key, Body.id))]


def upcoming(actor: Actor, limit: int = 3) -> list[MeetingRow]:
    """The actor's next meetings, those cancelled left out."""
    return _coming(_list(actor), limit)


def next_meetings(actor: Actor, body_ids: Iterable[UUID]) -> dict[UUID, MeetingRow]:
    """The next meeting of each of these bodies; where one party meets alone it is not the body that meets."""
    of_the_body = sa.and_(Meeting.body_id.in_(sorted(body_ids)), Meeting.room == Body.room)
    rows = _coming(_list(actor).where(of_the_body), None)
    return {row.body_id: row for row in reversed(rows)}


def with_case(actor: Actor, case_id: UUID) -> list[MeetingRow]:
    """The meetings to come with the case on their agenda, as far as the reader sees it."""
    item = sa.and_(AgendaItem.meeting_id == Meeting.id, AgendaItem.state == ItemState.STANDING)
    stands = sa.exists().where(item, visible(actor, AgendaItem), Treatment.id == AgendaItem.treatment_id)
    return _coming(_list(actor).where(stands.where(Treatment.case_id == case_id).correlate(Meeting)), None)


def _coming(query: sa.Select[*tuple[Any, ...]], limit: int | None) -> list[MeetingRow]:
    to_come = query.where(Meeting.day >= clock.today(), Meeting.state != MeetingState.CANCELLED)
    return [MeetingRow(*row) for row in session().execute(to_come.order_by(Meeting.starts_at, Meeting.id).limit(limit))]
