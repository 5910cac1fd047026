"""Who does what by when: written in the meeting, reported by the one responsible."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.contacts import contacts_of
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Note, Words
from secretariat.core.text.language import _l
from secretariat.decisions.concerned import people_by_id
from secretariat.decisions.letters import demand_quiet_day, remind_of_task, tell_of_task
from secretariat.decisions.models import Decision, Task, TaskReport, TaskState
from secretariat.decisions.policy import may_report_task, may_write_decision
from secretariat.decisions.wordings import demand_meeting_going_on
from secretariat.directory.models import Membership, Organisation, Person
from secretariat.documents.actions import add_files
from secretariat.meetings.models import AgendaItem, Meeting, Participant

TaskText = Annotated[str, Words(most=1000, lines=True)]


@dataclass(frozen=True)
class NewTask:
    """What is to be done, by whom, by when; under a decision of the item, or under the item alone."""

    text: TaskText
    responsible_person_id: UUID | None = None
    responsible_organisation_id: UUID | None = None
    deadline: date | None = None
    decision_id: UUID | None = None


@dataclass(frozen=True)
class ChangedTask:
    """The task as it shall stand."""

    text: TaskText
    responsible_person_id: UUID | None = None
    responsible_organisation_id: UUID | None = None
    deadline: date | None = None
    version: int | None = None


@dataclass(frozen=True)
class Report:
    """How far the task has come, and the notes of files that show it (see documents.uploads)."""

    state: TaskState
    note: Note = ""
    uploads: tuple[str, ...] = ()


@action("decisions.add_task", load=AgendaItem, rule=may_write_decision, input=NewTask)
def add_task(actor: Actor, item: AgendaItem, given: NewTask) -> UUID:
    """Write down who does what by when, while the body meets."""
    meeting = demand_meeting_going_on(item.meeting_id)
    _demand_responsible(actor, item, given)
    _demand_decision_of(item, given.decision_id)
    task = Task(
        partnership_id=item.partnership_id,
        room=meeting.room,
        meeting_id=item.meeting_id,
        agenda_item_id=item.id,
        decision_id=given.decision_id,
        text=given.text,
        responsible_person_id=given.responsible_person_id,
        responsible_organisation_id=given.responsible_organisation_id,
        deadline=given.deadline,
    )
    session().add(task)
    return task.id


def _demand_responsible(actor: Actor, subject: AgendaItem | Task, given: NewTask | ChangedTask) -> None:
    """Somebody known here is responsible: an organisation of the partnership, or a person one may name."""
    person_id, organisation_id = given.responsible_person_id, given.responsible_organisation_id
    if person_id is None and organisation_id is None:
        raise DomainError(_l("Velg hvem som er ansvarlig."), "responsible_person_id")
    if organisation_id is not None and not _takes_part(subject.partnership_id, organisation_id):
        raise DomainError(_l("Velg en organisasjon som er med i samarbeidet."), "responsible_organisation_id")
    if person_id is not None and not _may_be_named(actor, subject.meeting_id, person_id):
        raise DomainError(_l("Velg en person som er med i samarbeidet."), "responsible_person_id")
    _demand_own_party(subject.meeting_id, person_id, organisation_id)


def _demand_own_party(meeting_id: UUID, person_id: UUID | None, organisation_id: UUID | None) -> None:
    """What a party decides alone is carried out by its own; a task would tell the other party of the meeting."""
    room = session().scalar(sa.select(Meeting.room).where(Meeting.id == meeting_id))
    if room == COMMON_ROOM:
        return
    theirs = sa.select(Organisation.id).where(Organisation.party == room)
    reason = _l("Bare partens egne kan få oppgaver fra dette møtet. Den andre parten skal ikke se det.")
    if organisation_id is not None and session().scalar(theirs.where(Organisation.id == organisation_id)) is None:
        raise DomainError(reason, "responsible_organisation_id")
    called = sa.select(Participant.person_id).where(Participant.meeting_id == meeting_id, Participant.party == room)
    own = sa.or_(Person.organisation_id.in_(theirs), Person.id.in_(called))
    if person_id is not None and session().scalar(sa.select(Person.id).where(Person.id == person_id, own)) is None:
        raise DomainError(reason, "responsible_person_id")


def _takes_part(partnership_id: UUID, organisation_id: UUID) -> Any:
    here = (Membership.partnership_id == partnership_id, Membership.organisation_id == organisation_id)
    return session().scalar(sa.select(Membership.id).where(*here).limit(1))


def _may_be_named(actor: Actor, meeting_id: UUID, person_id: UUID) -> Any:
    called = sa.select(Participant.person_id).where(Participant.meeting_id == meeting_id)
    known = sa.or_(visible(actor, Person), Person.id.in_(called))
    return session().scalar(sa.select(Person.id).where(Person.id == person_id, known))


def _demand_decision_of(item: AgendaItem, decision_id: UUID | None) -> None:
    known = sa.select(Decision.id).where(Decision.id == decision_id, Decision.agenda_item_id == item.id)
    if decision_id is not None and session().scalar(known) is None:
        raise DomainError(_l("Vedtaket hører til en annen sak."), "decision_id")


@action("decisions.change_task", load=Task, rule=may_write_decision, input=ChangedTask)
def change_task(actor: Actor, task: Task, given: ChangedTask) -> UUID:
    """Correct a task, move its deadline or give it to another; whoever gets one that is in force is told."""
    before = (task.responsible_person_id, task.responsible_organisation_id)
    if (given.responsible_person_id, given.responsible_organisation_id) != before:
        _demand_responsible(actor, task, given)
    task.text, task.deadline = given.text, given.deadline
    task.responsible_person_id = given.responsible_person_id
    task.responsible_organisation_id = given.responsible_organisation_id
    if task.in_force and (task.responsible_person_id, task.responsible_organisation_id) != before:
        for person in _responsible_for(task):
            tell_of_task(task, person)
    return task.id


@action("decisions.remove_task", load=Task, rule=may_write_decision)
def remove_task(_actor: Actor, task: Task, _given: Any) -> None:
    """Take a task away again while the body meets."""
    demand_meeting_going_on(task.meeting_id)
    if session().scalar(sa.select(TaskReport.id).where(TaskReport.task_id == task.id).limit(1)):
        raise DomainError(_l("Det er alt meldt fra om oppgaven. Sett den til «Følges ikke opp» i stedet."))
    session().delete(task)


@action("decisions.report_task", load=Task, rule=may_report_task, input=Report)
def report_task(actor: Actor, task: Task, given: Report) -> UUID:
    """Report how far the task has come; every report is kept."""
    if not task.in_force:
        raise DomainError(_l("Oppgaven gjelder ikke før møtet er avsluttet."), "state")
    if given.state is TaskState.DROPPED and not given.note:
        raise DomainError(_l("Skriv hvorfor oppgaven ikke følges opp."), "note")
    task.state = given.state
    report = TaskReport(
        partnership_id=task.partnership_id,
        task_id=task.id,
        state=given.state,
        note=given.note,
        reported_by_id=actor.person_id,
    )
    session().add(report)
    if given.uploads:
        add_files(actor, report, given.uploads)
    return task.id


@action("decisions.remind_task", load=Task, rule=may_write_decision)
def remind_task(actor: Actor, task: Task, _given: Any) -> UUID:
    """Remind the one responsible, at most once a day."""
    if not task.in_force or task.state in (TaskState.DONE, TaskState.DROPPED):
        raise DomainError(_l("Det er ingenting å purre på."))
    demand_quiet_day(task)
    people = _responsible_for(task)
    if not people:
        raise DomainError(_l("Organisasjonen har ingen kontakt å purre."))
    for person in people:
        remind_of_task(actor, task, person)
    return task.id


def _responsible_for(task: Task) -> list[Person]:
    """The person; where only an organisation is responsible, its contacts."""
    if task.responsible_person_id is not None:
        return people_by_id({task.responsible_person_id})
    if task.responsible_organisation_id is None:
        return []
    organisation_id = task.responsible_organisation_id
    return people_by_id(contacts_of(task.partnership_id, {organisation_id})[organisation_id])
