"""What becomes of decisions when a meeting closes, when it is opened again, and when its minutes are approved."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.decisions.concerned import concerned_by, open_to_concerned, organisations_of
from secretariat.decisions.follow_up import FORMAL, follow_up_text
from secretariat.decisions.letters import tell_changed, tell_in_force
from secretariat.decisions.models import Decision, DecisionState, DecisionWording, Task
from secretariat.decisions.outcomes import mark_outcomes, take_back_outcomes
from secretariat.decisions.wordings import keep_wording
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting


def put_in_force(meeting: Meeting) -> None:
    """The meeting has been held: its decisions and tasks are in force, and those concerned are told."""
    decisions, tasks = _decisions(meeting, DecisionState.DRAFT), _tasks(meeting)
    for decision in decisions:
        decision.state = DecisionState.IN_FORCE
        decision.closed_on = meeting.day if _calls_for_nothing(decision, tasks) else None
        keep_wording(decision)
    for task in tasks:
        task.in_force = True
    session().flush()
    mark_outcomes(meeting, decisions)
    told = concerned_by(decisions, tasks)
    open_to_concerned(told, decisions)
    for person, news in told:
        tell_in_force(meeting, person, news)


def _calls_for_nothing(decision: Decision, tasks: Iterable[Task]) -> bool:
    """Approvals, and what was only noted or put off: without deadline, task or organisation nothing is followed up."""
    item = session().get_one(AgendaItem, decision.agenda_item_id)
    formal = decision.kind in FORMAL or item.kind is ItemKind.APPROVAL
    awaited = decision.deadline is not None or any(task.decision_id == decision.id for task in tasks)
    return formal and not awaited and not organisations_of([decision])[decision.id]


def put_back(meeting: Meeting) -> None:
    """The meeting is open again: its decisions are drafts, its tasks wait. Wordings and reports are kept."""
    decisions = _decisions(meeting, DecisionState.IN_FORCE)
    for decision in decisions:
        decision.state, decision.closed_on = DecisionState.DRAFT, None
    for task in _tasks(meeting):
        task.in_force = False
    session().flush()
    take_back_outcomes(decisions)


def confirm(meeting: Meeting) -> None:
    """The minutes are approved: the decisions are confirmed, and those concerned are told of changed words."""
    decisions = _decisions(meeting, DecisionState.IN_FORCE)
    for decision in decisions:
        decision.state = DecisionState.CONFIRMED
    session().flush()
    reworded = set(session().scalars(_reworded(decisions)))
    changed = [decision for decision in decisions if decision.id in reworded]
    tasks = [task for task in _tasks(meeting) if task.decision_id in reworded]
    for person, news in concerned_by(changed, tasks):
        told = {decision.id for decision in news.decisions} | {task.decision_id for task in news.tasks}
        tell_changed(meeting, person, [decision for decision in changed if decision.id in told])


def open_decisions_text(kind: ItemKind, body_id: UUID, room: str) -> Iterable[Document]:
    """What the standing item «oppfølging» says by itself: open decisions and tasks past their deadline."""
    if kind is not ItemKind.FOLLOW_UP:
        return []
    text = follow_up_text(body_id, room)
    return [text] if text else []


def _decisions(meeting: Meeting, state: DecisionState) -> list[Decision]:
    query = (
        sa.select(Decision)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .where(Decision.meeting_id == meeting.id, Decision.state == state)
        .order_by(AgendaItem.position, Decision.ordinal, Decision.id)
        .with_for_update(of=Decision)
        .execution_options(populate_existing=True)
    )
    return list(session().scalars(query))


def _tasks(meeting: Meeting) -> list[Task]:
    query = sa.select(Task).join(AgendaItem, AgendaItem.id == Task.agenda_item_id).where(Task.meeting_id == meeting.id)
    return list(session().scalars(query.order_by(AgendaItem.position, Task.id)))


def _reworded(decisions: Iterable[Decision]) -> Any:
    """Those whose words were changed while they were in force."""
    ids = [decision.id for decision in decisions]
    changed = (DecisionWording.decision_id.in_(ids), DecisionWording.because != "")
    return sa.select(DecisionWording.decision_id).where(*changed)
