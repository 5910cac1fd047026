"""What is read of tasks: one's own, those of a body, those past their deadline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.decisions.models import Decision, Task, TaskKeeper, TaskReport, TaskState
from secretariat.decisions.naming import decision_number
from secretariat.decisions.queries import NUMBER, PAGE, UNFINISHED
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Person
from secretariat.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks to show. ``open``: True unfinished, False finished, None both. ``room``: those told there, or all."""

    own: bool = False
    open: bool | None = True
    overdue: bool = False
    body_id: UUID | None = None
    organisation_id: UUID | None = None
    room: str | None = None


@dataclass(frozen=True)
class TaskRow:
    """A task in a list. ``own``: the actor is the one to report it."""

    id: UUID
    text: str
    person_id: UUID | None
    person: str
    organisation_id: UUID | None
    organisation: str
    deadline: date | None
    state: TaskState
    in_force: bool
    overdue: bool
    own: bool
    meeting_id: UUID
    agenda_item_id: UUID
    decision_id: UUID | None
    exempt: bool
    number: str
    title: str
    body: str
    day: date
    version: int

    @property
    def responsible(self) -> str:
        """Who is to do it, as it reads in a line."""
        return ", ".join(filter(None, (self.person, self.organisation)))

    @property
    def finished(self) -> bool:
        """Nothing more is awaited."""
        return self.state not in UNFINISHED


@dataclass(frozen=True)
class ReportRow:
    """What was reported once."""

    id: UUID
    state: TaskState
    note: str
    who: str
    at: datetime


_NAMES = (Person.given_name, Person.family_name)


def task(actor: Actor, task_id: UUID) -> Task | None:
    """One task."""
    return session().scalar(sa.select(Task).where(Task.id == task_id, visible(actor, Task)))


def task_row(actor: Actor, task_id: UUID) -> TaskRow:
    """One task with the names that belong to it."""
    return _as_rows(actor, _rows(actor).where(Task.id == task_id))[0]


def tasks(actor: Actor, wanted: TaskFilter, page: int = 1) -> list[TaskRow]:
    """A page of tasks, the nearest deadline first."""
    query = _ordered(_rows(actor).where(*_conditions(actor, wanted)))
    return _as_rows(actor, query.offset((page - 1) * PAGE).limit(PAGE))


def count(actor: Actor, wanted: TaskFilter) -> int:
    """How many tasks there are under this filter."""
    query = sa.select(sa.func.count()).select_from(Task).where(visible(actor, Task), *_conditions(actor, wanted))
    return session().scalar(query) or 0


def own_tasks(actor: Actor) -> list[TaskRow]:
    """What the actor, or an organisation the actor speaks for, has still to do."""
    return _as_rows(actor, _ordered(_rows(actor).where(*_conditions(actor, TaskFilter(own=True)))))


def overdue_tasks(actor: Actor) -> list[TaskRow]:
    """Tasks past their deadline in the partnerships the actor serves as secretary; for others their own."""
    served = Task.partnership_id.in_(sorted(actor.secretary_in))
    late = _rows(actor).where(*_conditions(actor, TaskFilter(overdue=True)), sa.or_(served, _own(actor)))
    return _as_rows(actor, _ordered(late))


def of_decision(actor: Actor, decision_id: UUID) -> list[TaskRow]:
    """The tasks that follow from a decision."""
    return _as_rows(actor, _ordered(_rows(actor).where(Task.decision_id == decision_id)))


def of_meeting(actor: Actor, meeting_id: UUID) -> list[TaskRow]:
    """All tasks given in a meeting, in the order they were written."""
    return _as_rows(actor, _rows(actor).where(Task.meeting_id == meeting_id).order_by(AgendaItem.position, Task.id))


def reports(actor: Actor, task_id: UUID) -> list[ReportRow]:
    """What was reported of a task, the newest first."""
    query = (
        sa.select(TaskReport.id, TaskReport.state, TaskReport.note, *_NAMES, TaskReport.created_at)
        .outerjoin(Person, Person.id == TaskReport.reported_by_id)
        .where(TaskReport.task_id == task_id, visible(actor, TaskReport))
        .order_by(TaskReport.created_at.desc(), TaskReport.id.desc())
    )
    rows = session().execute(query)
    return [ReportRow(key, state, note, name_of(given, family), at) for key, state, note, given, family, at in rows]


def name_of(given: str | None, family: str | None) -> str:
    """A name as it is said; empty when nobody is meant."""
    return f"{given or ''} {family or ''}".strip()


def _own(actor: Actor) -> Any:
    """The actor's own; where an organisation alone is responsible, its contacts'."""
    speaks = Task.responsible_organisation_id.in_(sorted(actor.organisations))
    return sa.or_(speaks, Task.responsible_person_id.in_(sorted(actor.person_ids))) if actor.person_id else speaks


def _conditions(actor: Actor, wanted: TaskFilter) -> list[Any]:
    conditions: list[Any] = [Task.in_force]
    if wanted.own:
        conditions.append(_own(actor))
    if wanted.open is not None:
        conditions.append(Task.state.in_(UNFINISHED) if wanted.open else Task.state.not_in(UNFINISHED))
    if wanted.overdue:
        conditions += [Task.state.in_(UNFINISHED), Task.deadline < actor.today]
    if wanted.body_id is not None:
        conditions.append(_followed_by(wanted.body_id, actor.today))
    if wanted.organisation_id is not None:
        conditions.append(_belongs_to(wanted.organisation_id))
    if wanted.room is not None:
        conditions.append(Task.room.in_((COMMON_ROOM, wanted.room)))
    return conditions


def _followed_by(body_id: UUID, day: date) -> Any:
    """Tasks that the body follows up on the day: its own, unless another does by then, and those it has got."""
    keeper = sa.select(TaskKeeper.body_id).where(TaskKeeper.task_id == Task.id, TaskKeeper.starts_on <= day)
    last = keeper.order_by(TaskKeeper.starts_on.desc()).limit(1).correlate(Task).scalar_subquery()
    given = sa.select(AgendaItem.body_id).where(AgendaItem.id == Task.agenda_item_id).correlate(Task)
    return sa.func.coalesce(last, given.scalar_subquery()) == body_id


def _belongs_to(organisation_id: UUID) -> Any:
    employed = sa.select(Person.id).where(Person.organisation_id == organisation_id)
    return sa.or_(Task.responsible_organisation_id == organisation_id, Task.responsible_person_id.in_(employed))


def _ordered(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    return query.order_by(Task.deadline.is_(None), Task.deadline, Task.id)


def _rows(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """The responsible one need not see the item: of an exempt one they get the public title."""
    exempt = sa.func.coalesce(Decision.exempt_basis, AgendaItem.exempt_basis) != ""
    return (
        sa.select(
            Task.id,
            Task.text,
            Task.responsible_person_id,
            Person.given_name,
            Person.family_name,
            Task.responsible_organisation_id,
            Organisation.name.label("organisation"),
            Task.deadline,
            Task.state,
            Task.in_force,
            Task.meeting_id,
            Task.agenda_item_id,
            Task.decision_id,
            Task.version,
            sa.func.coalesce(Decision.ordinal, 1).label("ordinal"),
            exempt.label("exempt"),
            sa.case(
                (sa.or_(sa.not_(exempt), visible(actor, AgendaItem)), AgendaItem.title), else_=AgendaItem.public_title
            ).label("title"),
            Body.short_name.label("body"),
            Meeting.day,
            *NUMBER,
        )
        .join(AgendaItem, AgendaItem.id == Task.agenda_item_id)
        .join(Meeting, Meeting.id == Task.meeting_id)
        .join(Body, Body.id == AgendaItem.body_id)
        .outerjoin(Decision, Decision.id == Task.decision_id)
        .outerjoin(Person, Person.id == read_as(Task.responsible_person_id))
        .outerjoin(Organisation, Organisation.id == Task.responsible_organisation_id)
        .where(visible(actor, Task))
    )


def _as_rows(actor: Actor, query: sa.Select[*tuple[Any, ...]]) -> list[TaskRow]:
    return [_as_row(actor, row) for row in session().execute(query)]


def _as_row(actor: Actor, row: Any) -> TaskRow:
    own = actor.is_person(row.responsible_person_id)
    unfinished = row.state in UNFINISHED
    return TaskRow(
        id=row.id,
        text=row.text,
        person_id=row.responsible_person_id,
        person=name_of(row.given_name, row.family_name),
        organisation_id=row.responsible_organisation_id,
        organisation=row.organisation or "",
        deadline=row.deadline,
        state=row.state,
        in_force=row.in_force,
        overdue=unfinished and row.deadline is not None and row.deadline < actor.today,
        own=own or row.responsible_organisation_id in actor.organisations,
        meeting_id=row.meeting_id,
        agenda_item_id=row.agenda_item_id,
        decision_id=row.decision_id,
        exempt=row.exempt,
        number=decision_number(row, row, row.ordinal),
        title=row.title,
        body=row.body,
        day=row.day,
        version=row.version,
    )
