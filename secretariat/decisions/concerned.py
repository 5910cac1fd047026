"""Whom a decision concerns: those who shall do something, contacts of organisations that shall, who raised the case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.contacts import contacts_of
from secretariat.cases.models import Case
from secretariat.core import clock
from secretariat.core.access import grant
from secretariat.core.db import session
from secretariat.decisions.models import Decision, Implementation, Task
from secretariat.directory.models import Organisation, Person


@dataclass
class News:
    """What one person is told: decisions and tasks, in the order of the agenda."""

    decisions: list[Decision] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def people_by_id(ids: Iterable[UUID]) -> list[Person]:
    """These people, by name."""
    query = sa.select(Person).where(Person.id.in_(sorted(ids)), Person.anonymised_at.is_(None))
    return list(session().scalars(query.order_by(Person.sort_key, Person.id)))


def concerned_by(decisions: Sequence[Decision], tasks: Sequence[Task]) -> list[tuple[Person, News]]:
    """Each person concerned, with what concerns that person; decisions of one partnership."""
    if not decisions and not tasks:
        return []
    by_decision, by_task = organisations_of(decisions), {task.id: _organisation_of(task) for task in tasks}
    organisations = set().union(*by_decision.values(), *by_task.values())
    contacts = contacts_of((*decisions, *tasks)[0].partnership_id, organisations)
    raisers = _raisers_of(decisions)
    news: dict[UUID, News] = {}
    for decision in decisions:
        for person_id in _contacts(contacts, by_decision[decision.id]) | raisers.get(decision.case_id, set()):
            news.setdefault(person_id, News()).decisions.append(decision)
    for task in tasks:
        for person_id in _contacts(contacts, by_task[task.id]) | _person_of(task):
            news.setdefault(person_id, News()).tasks.append(task)
    return [(person, news[person.id]) for person in people_by_id(news)]


def open_to_concerned(told: Iterable[tuple[Person, News]], decisions: Iterable[Decision]) -> None:
    """Let each of them see the decisions and those that the tasks come from, exempt ones too."""
    known = {decision.id: decision for decision in decisions}
    for person, news in told:
        from_tasks = {task.decision_id for task in news.tasks if task.decision_id in known}
        for decision_id in sorted({decision.id for decision in news.decisions} | from_tasks, key=str):
            grant(known[decision_id], because="concerned", start=clock.today(), person_id=person.id)


def unreached(meeting: Any) -> list[str]:
    """The organisations that got something to do in the meeting and have nobody to be told of it, by name."""
    tasks = session().scalars(sa.select(Task).where(Task.meeting_id == meeting.id))
    decisions = session().scalars(sa.select(Decision).where(Decision.meeting_id == meeting.id)).all()
    asked = set().union(*organisations_of(decisions).values(), *map(_organisation_of, tasks))
    silent = [one for one, people in contacts_of(meeting.partnership_id, asked).items() if not people]
    query = sa.select(Organisation.name).where(Organisation.id.in_(sorted(silent)))
    return list(session().scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def _contacts(contacts: dict[UUID, set[UUID]], organisations: set[UUID]) -> set[UUID]:
    return set().union(*(contacts[one] for one in organisations))


def organisations_of(decisions: Sequence[Decision]) -> dict[UUID, set[UUID]]:
    """Which organisations shall carry each decision out."""
    found: dict[UUID, set[UUID]] = {decision.id: set() for decision in decisions}
    query = sa.select(Implementation.decision_id, Implementation.organisation_id)
    for decision_id, organisation_id in session().execute(query.where(Implementation.decision_id.in_(sorted(found)))):
        found[decision_id].add(organisation_id)
    return found


def _raisers_of(decisions: Sequence[Decision]) -> dict[UUID | None, set[UUID]]:
    cases = sorted({decision.case_id for decision in decisions if decision.case_id is not None})
    query = sa.select(Case.id, Case.raised_by_person_id).where(Case.id.in_(cases))
    return {case_id: {person_id} for case_id, person_id in session().execute(query) if person_id is not None}


def _organisation_of(task: Task) -> set[UUID]:
    """A person who is named answers alone; an organisation answers through its contacts."""
    organisation_id = task.responsible_organisation_id
    return {organisation_id} if organisation_id is not None and task.responsible_person_id is None else set()


def _person_of(task: Task) -> set[UUID]:
    return {task.responsible_person_id} if task.responsible_person_id is not None else set()
