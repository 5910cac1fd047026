"""What decisions hold on a person: tasks, and what was reported of them."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.decisions.models import Decision, Implementation, Task, TaskReport
from secretariat.decisions.queries import UNFINISHED
from secretariat.directory.held import Held, Spell, joined, seen_by, told
from secretariat.meetings.models import AgendaItem


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """Tasks (none that is still being drafted), reports on tasks, and reports on behalf of an organisation."""
    tasks = (
        sa.select(Task.responsible_person_id.label("person_id"), Task.created_at.label("day"), Task.text, Task.state)
        .add_columns(Task.deadline.label("until"))
        .where(Task.responsible_person_id.in_(person_ids), Task.in_force, seen_by(reader, Task))
        .order_by(Task.created_at.desc(), Task.id)
    )
    yield from told(_l("Oppgaver"), tasks, lambda row: joined(row.text, row.state.word))
    reports = (
        sa.select(TaskReport.reported_by_id.label("person_id"), TaskReport.created_at.label("day"), TaskReport.note)
        .add_columns(Task.text)
        .join(Task, Task.id == TaskReport.task_id)
        .where(TaskReport.reported_by_id.in_(person_ids), seen_by(reader, TaskReport))
        .order_by(TaskReport.created_at.desc(), TaskReport.id)
    )
    yield from told(_l("Meldinger om oppgaver"), reports, lambda row: joined(row.text, row.note))
    lines = (
        sa.select(Implementation.reported_by_id.label("person_id"), Implementation.reported_on.label("day"))
        .add_columns(AgendaItem.title, Implementation.note)
        .join(Decision, Decision.id == Implementation.decision_id)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .where(Implementation.reported_by_id.in_(person_ids), seen_by(reader, Implementation))
        .order_by(Implementation.reported_on.desc(), Implementation.id)
    )
    yield from told(_l("Meldinger om gjennomføring"), lines, lambda row: joined(row.title, row.note))


def last_tasks(people: sa.Select[Any]) -> Iterator[Spell]:
    """Who still has something to do, and when the others last got something."""
    query = (
        sa.select(Task.responsible_person_id, sa.func.max(sa.case((Task.state.in_(UNFINISHED), 1), else_=0)))
        .add_columns(sa.func.max(Task.created_at), sa.func.max(Task.deadline))
        .where(Task.responsible_person_id.in_(people))
        .group_by(Task.responsible_person_id)
    )
    for person_id, unfinished, given, deadline in session().execute(query):
        yield person_id, None if unfinished else max(given.date(), deadline or given.date())
