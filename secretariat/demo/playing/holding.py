"""A meeting is held: who was there, what was said and decided, who does what; then its minutes."""

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions import actions as decisions, implementation, tasks
from secretariat.decisions.implementation import Whom
from secretariat.decisions.models import DecisionKind, Implementation as Line, TaskState
from secretariat.demo.playing.publishing import publish
from secretariat.demo.playing.stage import Stage, on
from secretariat.demo.records import AgendaItem, Decision, Meeting, Stage as Progress, Task
from secretariat.directory.parties import Party
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import Participant
from secretariat.minutes import actions as minutes
from secretariat.minutes.models import Minutes
from secretariat.minutes.printing import Step, prepare

DRAFTED_AFTER = timedelta(days=2)


def hold(stage: Stage, meeting: Meeting, day: date) -> None:
    """The day itself, and what follows from it."""
    with on(day, meeting.starts):
        _note_presence(stage, meeting)
        for item in meeting.agenda:
            _minute(stage, item)
        meetings.close(stage.coordinator, stage.meetings[meeting.key])
    _report(stage, meeting, day)
    _finish_minutes(stage, meeting, day)


def _called(stage: Stage, meeting: Meeting) -> dict[UUID, UUID]:
    query = sa.select(Participant.person_id, Participant.id).where(
        Participant.meeting_id == stage.meetings[meeting.key], Participant.removed_at.is_(None)
    )
    return {person_id: participant_id for person_id, participant_id in session().execute(query)}


def _note_presence(stage: Stage, meeting: Meeting) -> None:
    called, actor = _called(stage, meeting), stage.coordinator
    parts = {part.person: part for part in meeting.partial}
    guests = {guest.person: guest for guest in meeting.guests}
    deputies = [absence.deputy for absence in meeting.absent if absence.deputy]
    for key in dict.fromkeys((*meeting.present, *deputies, *meeting.secretariat, *guests)):
        first = last = None
        if key in parts:
            first, last = stage.items.get(parts[key].from_item), stage.items.get(parts[key].to_item)
        elif key in guests and guests[key].item:
            first = last = stage.items[guests[key].item]
        participant = called.get(stage.people[key])
        if participant is not None:
            meetings.note_presence(actor, participant, from_item_id=first, to_item_id=last)


def _minute(stage: Stage, item: AgendaItem) -> None:
    item_id = stage.items[item.key]
    if item.text:
        minutes.write(stage.coordinator, item_id, text=read_markdown(item.text))
    for decision in item.decisions:
        stage.decisions[decision.key] = _decide(stage, item_id, decision)


def _decide(stage: Stage, item_id: UUID, decision: Decision) -> UUID:
    actor = stage.coordinator
    deadline = stage.day(decision.due_days) if decision.due_days is not None else None
    words = read_markdown(decision.text)
    made: UUID = decisions.draft(actor, item_id, kind=decision.kind, wording=words, deadline=deadline)
    if decision.kind is DecisionKind.NO_AGREEMENT:
        municipal, hospital = (read_markdown(decision.positions.get(party, "")) for party in (Party.M, Party.H))
        decisions.state_positions(actor, made, municipal=municipal, hospital=hospital)
    for task in decision.tasks:
        stage.tasks[decision.key, task.text] = tasks.add_task(
            actor,
            item_id,
            text=task.text,
            decision_id=made,
            responsible_person_id=stage.people.get(task.person),
            responsible_organisation_id=stage.organisations.get(task.organisation),
            deadline=stage.day(task.due_days),
        )
    return made


def _report(stage: Stage, meeting: Meeting, day: date) -> None:
    """What has become of tasks and of the decisions at home."""
    for decision in meeting.decisions:
        for task in decision.tasks:
            _report_task(stage, decision, task, day)
        if decision.implementations or decision.local_adoption:
            _report_home(stage, decision, day)


def _report_task(stage: Stage, decision: Decision, task: Task, day: date) -> None:
    if task.state is TaskState.OPEN:
        return
    days = task.done_days if task.done_days is not None else task.due_days
    with on(_between(day, stage.day(days), stage.today)):
        actor = stage.actor(task.person) if task.person else stage.coordinator
        tasks.report_task(actor, stage.tasks[decision.key, task.text], state=task.state, note=task.note)


def _between(first: date, wanted: date, last: date) -> date:
    return max(first, min(wanted, last))


def _report_home(stage: Stage, decision: Decision, day: date) -> None:
    decision_id = stage.decisions[decision.key]
    named = tuple(stage.organisations[line.organisation] for line in decision.implementations)
    with on(day):
        if decision.local_adoption:
            implementation.require_implementation(stage.coordinator, decision_id, whom=Whom.MUNICIPALITIES)
        if named:
            implementation.require_implementation(stage.coordinator, decision_id, organisations=named)
    lines = _lines(decision_id)
    for line in decision.implementations:
        with on(_between(day, stage.day(line.days), stage.today)):
            actor = stage.actor(line.by) if line.by else stage.coordinator
            own = stage.organisations[line.organisation]
            speaks = own in actor.organisations or actor.is_secretary(stage.partnership)
            by = actor if speaks else stage.coordinator
            implementation.report_implementation(by, lines[own], state=line.state, note=line.note)


def _lines(decision_id: UUID) -> dict[UUID, UUID]:
    rows = session().execute(sa.select(Line.organisation_id, Line.id).where(Line.decision_id == decision_id))
    return {organisation_id: line_id for organisation_id, line_id in rows}


def _finish_minutes(stage: Stage, meeting: Meeting, day: date) -> None:
    meeting_id = stage.meetings[meeting.key]
    minutes_id = session().scalars(sa.select(Minutes.id).where(Minutes.meeting_id == meeting_id)).one()
    deadline = stage.day(meeting.comment_deadline_days or 0)
    with on(_between(day, day + DRAFTED_AFTER, stage.today)):
        ready = _printed(stage, minutes_id, Step.sending(deadline))
        minutes.send_out(stage.coordinator, minutes_id, comments_until=deadline, manifest_sha256=ready)
    for comment in meeting.comments:
        with on(_between(day, stage.day(comment.days), stage.today)):
            minutes.comment(stage.actor(comment.person), minutes_id, text=comment.text)
    if meeting.stage is Progress.MINUTES_APPROVED:
        approved_on = _between(day, stage.day(meeting.approved_days or 0), stage.today)
        with on(approved_on):
            note = meeting.approval_note
            seen = _printed(stage, minutes_id, Step.approving(approved_on, note))
            given = {"approved_on": approved_on, "approved_by": note, "manifest_sha256": seen}
            minutes.approve(stage.coordinator, minutes_id, **given)
            publish(stage, meeting_id)


def _printed(stage: Stage, minutes_id: UUID, step: Step) -> str:
    """Print the minutes as the page does before the press; the hash says which print was seen."""
    return prepare(stage.coordinator, session().get_one(Minutes, minutes_id), step).sha256
