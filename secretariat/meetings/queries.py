"""What is read of meetings: frozen rows, in a settled order, seen with the reader's eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.life.naming import on_that_day, with_phase
from secretariat.bodies.models import Appointment, Body, Capacity, Seat, SeatRole
from secretariat.bodies.sitting import DAY, on_day, role_on_day, with_chair_term
from secretariat.cases.models import Case, CasePaper, Treatment
from secretariat.core import clock
from secretariat.core.access import built_once, served, visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import (
    AgendaAgreement,
    AgendaItem,
    ItemKind,
    ItemOrigin,
    ItemState,
    Meeting,
    MeetingForm,
    MeetingState,
    Participant,
    ParticipantRole,
    Presence,
    Reply,
)
from secretariat.meetings.taking_part import own_place

ROLE_ORDER = (
    ParticipantRole.CHAIR,
    ParticipantRole.MEMBER,
    ParticipantRole.DEPUTY,
    ParticipantRole.OBSERVER,
    ParticipantRole.ATTENDING,
    ParticipantRole.SECRETARIAT,
    ParticipantRole.GUEST,
)


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


_AS_IT_WAS_CALLED = {"body_name": on_that_day("name"), "short_name": on_that_day("short_name")}
_OF_BODY: dict[str, Any] = _AS_IT_WAS_CALLED | {"body_room": Body.room}
_PAGE_COLUMNS = [
    _OF_BODY[name] if name in _OF_BODY else getattr(Meeting, name, None) or getattr(Body, name)
    for name in MeetingPage.__dataclass_fields__
]


_MEETING_ID = sa.bindparam("meeting_id", type_=sa.Uuid())


@cache
def _page() -> sa.Select[*tuple[Any, ...]]:
    """Built once: naming forty columns costs more than reading them."""
    return with_phase(
        sa.select(*_PAGE_COLUMNS).select_from(Meeting).join(Body, Body.id == Meeting.body_id), Meeting.day
    )


@built_once
def _one_page(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return _page().where(Meeting.id == _MEETING_ID, visible(actor, Meeting))


def meeting(actor: Actor, meeting_id: UUID) -> MeetingPage | None:
    """One meeting."""
    row = session().execute(_one_page(actor), {"meeting_id": meeting_id}).first()
    return MeetingPage(*row) if row else None


@built_once
def _one_row(actor: Actor) -> sa.Select[Meeting]:
    return sa.select(Meeting).where(Meeting.id == _MEETING_ID, visible(actor, Meeting))


def meeting_row(actor: Actor, meeting_id: UUID) -> Meeting | None:
    """The stored meeting itself, for what asks the rooms above."""
    return session().scalar(_one_row(actor), {"meeting_id": meeting_id})


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line of an agenda; the case when the reader sees it, ``proposal`` as it stands only for who reads drafts."""

    id: UUID
    partnership_id: UUID
    meeting_id: UUID
    position: int
    kind: ItemKind
    title: str
    public_title: str
    duration: int
    presenter: str
    treatment_id: UUID | None
    series: str
    year: int | None
    number: int | None
    state: ItemState
    origin: ItemOrigin
    exempt_basis: str
    version: int
    case_id: UUID | None
    proposal: Document | None
    sent_proposal: Document | None


_OF_CASE: dict[str, Any] = {"case_id": Case.id, "proposal": CasePaper.proposal}
_OF_CASE["sent_proposal"] = sa.case((Case.id.is_not(None), AgendaItem.sent_proposal))
_AGENDA_COLUMNS: list[Any] = [_OF_CASE.get(n, getattr(AgendaItem, n, None)) for n in AgendaRow.__dataclass_fields__]


@built_once
def _agenda(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*_AGENDA_COLUMNS)
        .select_from(AgendaItem)
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(Case, sa.and_(Case.id == Treatment.case_id, visible(actor, Case)))
        .outerjoin(CasePaper, sa.and_(CasePaper.case_id == Case.id, visible(actor, CasePaper)))
        .where(AgendaItem.meeting_id == _MEETING_ID, visible(actor, AgendaItem))
        .order_by(AgendaItem.position, AgendaItem.id)
    )


def agenda(actor: Actor, meeting_id: UUID) -> list[AgendaRow]:
    """The agenda in its order; empty for those who do not see it yet."""
    return [AgendaRow(*row) for row in session().execute(_agenda(actor), {"meeting_id": meeting_id})]


def item(actor: Actor, meeting_id: UUID, item_id: UUID) -> AgendaRow | None:
    """One line of this meeting's agenda; an item of another meeting is not found here."""
    row = session().execute(_agenda(actor).where(AgendaItem.id == item_id), {"meeting_id": meeting_id}).first()
    return AgendaRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One who is called."""

    id: UUID
    partnership_id: UUID
    meeting_id: UUID
    person_id: UUID
    name: str
    title: str
    organisation: str
    party: Party
    role: ParticipantRole
    seats: list[Any]
    deputises_for_id: UUID | None
    may_decide: bool
    reply: Reply
    replied_at: datetime | None
    reply_note: str
    removed_at: datetime | None


_PARTICIPANT_COLUMNS = [getattr(Participant, name) for name in ParticipantRow.__dataclass_fields__]


@built_once
def _participants(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    order = sa.case({role: number for number, role in enumerate(ROLE_ORDER)}, value=Participant.role)
    here = (Participant.meeting_id == _MEETING_ID, visible(actor, Participant))
    return sa.select(*_PARTICIPANT_COLUMNS).where(*here).order_by(order, Participant.sort_key, Participant.id)


def once_called(actor: Actor, meeting_id: UUID) -> list[ParticipantRow]:
    """All who are called or have been, the chair first."""
    rows = session().execute(_participants(actor), {"meeting_id": meeting_id})
    return [ParticipantRow(*row) for row in rows]


def participants(actor: Actor, meeting_id: UUID) -> list[ParticipantRow]:
    """Those called, the chair first; before the notice only the guests that were asked."""
    return [row for row in once_called(actor, meeting_id) if row.removed_at is None]


def present(actor: Actor, meeting_id: UUID) -> set[UUID]:
    """The participants who were in the room, for all of the meeting or a part of it."""
    query = sa.select(Presence.participant_id).where(Presence.meeting_id == meeting_id, visible(actor, Presence))
    return set(session().scalars(query))


def participant(actor: Actor, meeting_id: UUID, participant_id: UUID) -> ParticipantRow | None:
    """One of this meeting's participants."""
    query = _participants(actor).where(Participant.id == participant_id, Participant.removed_at.is_(None))
    row = session().execute(query, {"meeting_id": meeting_id}).first()
    return ParticipantRow(*row) if row else None


def own_reply(actor: Actor, meeting_id: UUID) -> ParticipantRow | None:
    """The actor's own place among those called; none when not called."""
    query = _participants(actor).where(own_place(actor), Participant.removed_at.is_(None))
    row = session().execute(query, {"meeting_id": meeting_id}).first()
    return ParticipantRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class ChairRow:
    """Chair or deputy chair on the meeting's day, and what was answered about the agenda (None: nothing yet)."""

    person_id: UUID
    name: str
    role: SeatRole
    agreed: bool | None
    note: str | None


@built_once
def _chairs(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    answer, role = AgendaAgreement, role_on_day()
    own = sa.and_(read_as(answer.person_id) == Person.id, answer.meeting_id == _MEETING_ID, visible(actor, answer))
    query = (
        sa.select(Person.id, Person.given_name + " " + Person.family_name, role, answer.agreed, answer.note)
        .select_from(Seat)
        .join(Appointment, sa.and_(Appointment.seat_id == Seat.id, on_day(Appointment, DAY)))
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(answer, own)
        .where(Seat.body_id == sa.bindparam("body_id"), on_day(Seat, DAY), Appointment.capacity == Capacity.HOLDER)
        .where(role.in_((SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)))
        .where(sa.or_(sa.bindparam("room") == COMMON_ROOM, sa.cast(Seat.party, sa.String) == sa.bindparam("room")))
        .order_by(sa.case((role == SeatRole.CHAIR, 0), else_=1), Person.sort_key, Person.id)
    )
    return with_chair_term(query, DAY)


def chairs(actor: Actor, of: MeetingPage) -> list[ChairRow]:
    """Chair and deputy chair by the plan (of its party, when one meets alone), with their answers about the agenda."""
    given = {"meeting_id": of.id, "body_id": of.body_id, "day": of.day, "room": of.room}
    rows = session().execute(_chairs(actor), given)
    return [ChairRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list, with the reader's own answer and whether the reader was noted as present."""

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
    reply: Reply | None
    was_there: bool


_WAS_THERE = sa.exists().where(Presence.participant_id == Participant.id).correlate(Participant)
_OTHERWISE: dict[str, Any] = _AS_IT_WAS_CALLED | {
    "reply": Participant.reply,
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
    """The next meeting of each of these bodies."""
    rows = _coming(_list(actor).where(Meeting.body_id.in_(sorted(body_ids))), None)
    return {row.body_id: row for row in reversed(rows)}


def _coming(query: sa.Select[*tuple[Any, ...]], limit: int | None) -> list[MeetingRow]:
    to_come = query.where(Meeting.day >= clock.today(), Meeting.state != MeetingState.CANCELLED)
    return [MeetingRow(*row) for row in session().execute(to_come.order_by(Meeting.starts_at, Meeting.id).limit(limit))]
