"""Who is called to a meeting, who was there, who leads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Capacity, Seat, SeatRole
from secretariat.bodies.sitting import DAY, on_day, role_on_day, with_chair_term
from secretariat.core import clock
from secretariat.core.access import built_once, visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import (
    AgendaAgreement,
    Meeting,
    Participant,
    ParticipantRole,
    Presence,
    Reply,
)
from secretariat.meetings.queries.common import MEETING_ID
from secretariat.meetings.queries.one import MeetingPage
from secretariat.meetings.queries.reminders import last_reminded
from secretariat.meetings.standing_in import StandsIn
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
class ParticipantRow(StandsIn):
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
    here = (Participant.meeting_id == MEETING_ID, visible(actor, Participant))
    return sa.select(*_PARTICIPANT_COLUMNS).where(*here).order_by(order, Participant.sort_key, Participant.id)


@built_once
def _called(actor: Actor) -> Ready:
    return Ready(_participants(actor))


def once_called(actor: Actor, meeting_id: UUID) -> list[ParticipantRow]:
    """All who are called or have been, the chair first."""
    rows = _called(actor).rows(meeting_id=meeting_id)
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


def stand_in(actor: Actor, own: ParticipantRow | None) -> str:
    """The deputy who is called in for one with forfall; empty while nobody is."""
    if own is None or own.reply is not Reply.ABSENT:
        return ""
    query = sa.select(Participant.name).where(Participant.deputises_for_id == own.id, visible(actor, Participant))
    comes = query.where(Participant.removed_at.is_(None), Participant.reply != Reply.ABSENT)
    return session().scalar(comes.order_by(Participant.sort_key, Participant.id).limit(1)) or ""


@dataclass(frozen=True, slots=True)
class ChairRow:
    """Chair or deputy chair on the meeting's day, what was answered about the agenda and when (None: nothing yet), and
    when the person was last reminded, as far as the reader sees the letter.
    """

    person_id: UUID
    name: str
    role: SeatRole
    agreed: bool | None
    note: str | None
    answered_at: datetime | None
    reminded: datetime | None

    @property
    def is_silent(self) -> bool:
        """Whether the answer is waited for."""
        return self.agreed is None

    @property
    def was_asked_today(self) -> bool:
        """Whether a reminder has gone today: once a day is enough."""
        return self.reminded is not None and clock.is_today(self.reminded)

    @property
    def wants_change(self) -> bool:
        """Whether the answer was that something should be otherwise."""
        return self.agreed is False

    @property
    def was_asked_since(self) -> bool:
        """Whether a new answer has been asked for."""
        return self.reminded is not None and self.answered_at is not None and self.reminded >= self.answered_at


@built_once
def _chairs(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    answer, role = AgendaAgreement, role_on_day()
    own = sa.and_(read_as(answer.person_id) == Person.id, answer.meeting_id == MEETING_ID, visible(actor, answer))
    name = Person.given_name + " " + Person.family_name
    query = (
        sa.select(Person.id, name, role, answer.agreed, answer.note, answer.created_at)
        .add_columns(last_reminded(actor, MEETING_ID, Person.id))
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


def chairs(actor: Actor, of: MeetingPage | Meeting) -> list[ChairRow]:
    """Chair and deputy chair by the plan (of its party, when one meets alone), with their answers about the agenda."""
    given = {"meeting_id": of.id, "body_id": of.body_id, "day": of.day, "room": of.room}
    rows = session().execute(_chairs(actor), given)
    return [ChairRow(*row) for row in rows]
