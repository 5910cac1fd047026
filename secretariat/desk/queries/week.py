"""What the secretariat's desk holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, ChairTerm, Seat, SeatRole
from secretariat.bodies.sitting import on_day
from secretariat.cases.models import SECTIONS, Case, CasePaper, CaseState, Treatment
from secretariat.core import clock
from secretariat.core.access import served, visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.decisions.implementation import FINISHED
from secretariat.decisions.models import Decision, Implementation, Task
from secretariat.decisions.naming import decision_number
from secretariat.decisions.queries import FOLLOWED, NUMBER
from secretariat.desk.queries.counting import COUNTING, MOST
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, OrganisationKind, Person
from secretariat.dispatch.hindrances import NEEDS_PAPER
from secretariat.documents.models import FileState, StoredFile
from secretariat.meetings.models import (
    UNASKED,
    AgendaAgreement,
    AgendaItem,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    Participant,
    Reply,
)
from secretariat.meetings.queries.reminders import ASKING
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail
from secretariat.minutes.models import Minutes, MinutesState

LONG_AHEAD = timedelta(days=180)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ServedMeeting:
    """A meeting the secretariat is not done with, with what its deadlines are counted by."""

    id: UUID
    title: str
    body: str
    day: date
    starts: time
    place: str
    digital_link: str
    state: MeetingState
    minutes_state: MinutesState | None
    comments_until: date | None
    intake_days: int
    review_days: int
    dispatch_days: int
    minutes_days: int
    comments_days: int
    working_days: bool


def served_meetings(actor: Actor) -> list[ServedMeeting]:
    """Meetings the actor serves that are to come, or whose minutes are not approved; by time."""
    to_come = sa.and_(
        Meeting.state.in_((MeetingState.PLANNED, MeetingState.CALLED)), Meeting.day <= actor.today + LONG_AHEAD
    )
    unfinished = sa.and_(
        Meeting.state == MeetingState.HELD,
        Meeting.day >= actor.today - A_YEAR,
        sa.func.coalesce(Minutes.state, MinutesState.DRAFT) != MinutesState.APPROVED,
    )
    columns = (Meeting.id, Meeting.title, Body.short_name, Meeting.day, Meeting.starts, Meeting.place)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(*columns, Meeting.digital_link, Meeting.state, Minutes.state, Minutes.comments_until, *COUNTING)
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(visible(actor, Meeting), served(actor, Meeting), sa.or_(to_come, unfinished))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST)
    )
    return [ServedMeeting(*row) for row in session().execute(query)]


@dataclass(frozen=True)
class Chairing:
    """Chair or deputy chair of a meeting by the plan, and the answer about its agenda (None: none yet)."""

    meeting_id: UUID
    role: SeatRole
    name: str
    agreed: bool | None


def chairs(actor: Actor, meeting_ids: Iterable[UUID]) -> list[Chairing]:
    """Who leads these meetings, and whether they agree on the agenda."""
    led = sa.or_(Seat.id == ChairTerm.chair_seat_id, Seat.id == ChairTerm.deputy_chair_seat_id)
    role = sa.case((Seat.id == ChairTerm.chair_seat_id, SeatRole.CHAIR), else_=SeatRole.DEPUTY_CHAIR)
    query = (
        sa.select(Meeting.id, role, Person.given_name, Person.family_name, AgendaAgreement.agreed)
        .join(ChairTerm, sa.and_(ChairTerm.body_id == Meeting.body_id, _on_its_day(ChairTerm)))
        .join(Seat, led)
        .join(Appointment, sa.and_(Appointment.seat_id == Seat.id, _on_its_day(Appointment)))
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(
            AgendaAgreement,
            sa.and_(AgendaAgreement.meeting_id == Meeting.id, read_as(AgendaAgreement.person_id) == Person.id),
        )
        .where(visible(actor, Meeting), Meeting.id.in_(sorted(meeting_ids)), Appointment.capacity == Capacity.HOLDER)
        .where(sa.or_(Meeting.room == COMMON_ROOM, Meeting.room == sa.cast(Seat.party, sa.String)))
        .order_by(Meeting.starts_at, Meeting.id, role, Person.id)
    )
    rows = session().execute(query)
    return [Chairing(of, _role(led), f"{given} {family}", agreed) for of, led, given, family, agreed in rows]


def _on_its_day(model: Any) -> Any:
    return on_day(model, cast(date, Meeting.day))


def _role(value: str) -> SeatRole:
    return SeatRole.CHAIR if value == SeatRole.CHAIR else SeatRole.DEPUTY_CHAIR


def silent(actor: Actor, meeting_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many of those called have not answered; the secretariat is not counted."""
    query = (
        sa.select(Participant.meeting_id, sa.func.count())
        .where(visible(actor, Participant), Participant.meeting_id.in_(sorted(meeting_ids)))
        .where(Participant.reply == Reply.NONE, Participant.removed_at.is_(None))
        .where(Participant.role.not_in(UNASKED))
        .group_by(Participant.meeting_id)
    )
    return {meeting_id: number for meeting_id, number in session().execute(query)}


def asked_today(actor: Actor, subject_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these meetings, tasks and decisions in organisations that a letter asked about today."""
    subjects = (Meeting.__tablename__, Task.__tablename__, Implementation.__tablename__)
    query = sa.select(Mail.subject_id).where(
        visible(actor, Mail), Mail.subject_kind.in_(subjects), Mail.subject_id.in_(sorted(subject_ids))
    )
    today = query.where(Mail.kind.in_((*ASKING, LetterKind.TASK)), Mail.created_at >= instant(clock.today(), time(0)))
    return {subject_id for subject_id in session().scalars(today) if subject_id is not None}


@dataclass(frozen=True)
class AgendaState:
    """How far an agenda has come: its items, those that still need a paper, and attachments not yet checked."""

    items: int = 0
    without_paper: int = 0
    unchecked: int = 0


def agenda_states(actor: Actor, meeting_ids: Iterable[UUID]) -> dict[UUID, AgendaState]:
    """How far the agendas of these meetings have come."""
    empty = sa.and_(*(getattr(CasePaper, name) == Document.empty() for name in SECTIONS))
    lacking = sa.and_(AgendaItem.kind.in_(NEEDS_PAPER), sa.or_(CasePaper.id.is_(None), empty))
    unchecked = sa.exists().where(
        StoredFile.owner_kind == Case.__tablename__,
        StoredFile.owner_id == Treatment.case_id,
        StoredFile.state != FileState.CHECKED,
        StoredFile.removed_at.is_(None),
    )
    query = (
        sa.select(AgendaItem.meeting_id, sa.func.count(), _number(lacking), _number(unchecked))
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(CasePaper, CasePaper.case_id == Treatment.case_id)
        .where(visible(actor, AgendaItem), AgendaItem.meeting_id.in_(sorted(meeting_ids)))
        .where(AgendaItem.state == ItemState.STANDING, AgendaItem.kind != ItemKind.HEADING)
        .group_by(AgendaItem.meeting_id)
    )
    return {meeting_id: AgendaState(*counts) for meeting_id, *counts in session().execute(query)}


def _number(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, 1), else_=0))


@dataclass(frozen=True)
class LateLine:
    """An organisation that is late with a decision."""

    id: UUID
    decision_id: UUID
    number: str
    title: str
    organisation: str
    kind: OrganisationKind
    deadline: date


def late_lines(actor: Actor) -> list[LateLine]:
    """Who is late with which decision, in the partnerships the actor serves."""
    query = (
        sa.select(
            Implementation.id,
            Implementation.decision_id,
            AgendaItem.title,
            Organisation.name.label("organisation"),
            Organisation.kind,
            Decision.deadline,
            Decision.ordinal,
            *NUMBER,
        )
        .join(Decision, Decision.id == Implementation.decision_id)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Body, Body.id == Decision.body_id)
        .join(Organisation, Organisation.id == Implementation.organisation_id)
        .where(visible(actor, Implementation), served(actor, Decision), Decision.deadline < actor.today)
        .where(Implementation.state.not_in(FINISHED), Decision.state.in_(FOLLOWED), Decision.closed_on.is_(None))
        .order_by(Decision.deadline, Decision.id, Organisation.sort_key, Implementation.id)
        .limit(MOST)
    )
    return [_late_line(row) for row in session().execute(query)]


def _late_line(row: Any) -> LateLine:
    number = decision_number(row, row, row.ordinal)
    return LateLine(row.id, row.decision_id, number, row.title, row.organisation, row.kind, row.deadline)


@dataclass(frozen=True)
class Raised:
    """Cases that wait for the secretariat."""

    count: int
    oldest: date | None


def raised_cases(actor: Actor) -> Raised:
    """How many raised cases the actor has not taken in, and since when the oldest waits."""
    query = sa.select(sa.func.count(), sa.func.min(Case.raised_on))
    row = (
        session().execute(query.where(visible(actor, Case), served(actor, Case), Case.state == CaseState.RAISED)).one()
    )
    return Raised(*row)


def nobody_sits(actor: Actor) -> bool:
    """Whether nobody has been appointed to any body that the actor serves."""
    somebody = sa.exists().where(Appointment.body_id == Body.id, visible(actor, Appointment), served(actor, Body))
    return not session().scalar(sa.select(somebody))
