"""Who may see and change decisions, tasks and implementation."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import (
    Condition,
    among,
    granted,
    in_open_room,
    in_own_partnership,
    readable,
    served,
    through,
    visible,
)
from secretariat.core.actor import Actor
from secretariat.decisions.models import (
    Decision,
    DecisionKeeper,
    DecisionState,
    DecisionWording,
    Disagreement,
    Implementation,
    Position,
    Task,
    TaskKeeper,
    TaskReport,
)
from secretariat.documents.policy import owned_by
from secretariat.meetings.models import Participant


@readable(Decision)
def sees_decision(actor: Actor) -> Condition:
    """In force: everybody who takes part (exempt ones: the body, those called); while a draft, the secretaries."""
    open_to_all = sa.and_(in_own_partnership(actor, Decision), Decision.exempt_basis == "")
    own = sa.or_(among(Decision.body_id, actor.bodies), Decision.meeting_id.in_(meetings_called_to(actor)))
    known = sa.or_(open_to_all, own, granted(actor, Decision))
    in_force = sa.and_(Decision.state != DecisionState.DRAFT, in_open_room(actor, Decision), known)
    return sa.or_(served(actor, Decision), in_force)


def meetings_called_to(actor: Actor) -> sa.Select[Any]:
    """Meetings the actor was called to: deputies and guests keep what those meetings decided."""
    return sa.select(Participant.meeting_id).where(
        among(Participant.person_id, actor.person_ids), Participant.removed_at.is_(None)
    )


def _of_visible_decision(actor: Actor, model: Any) -> Condition:
    return through(model.decision_id, Decision, visible(actor, Decision))


@readable(DecisionWording)
def sees_wording(actor: Actor) -> Condition:
    """Who sees the decision sees the wordings it has had."""
    return _of_visible_decision(actor, DecisionWording)


@readable(DecisionKeeper)
def sees_decision_keeper(actor: Actor) -> Condition:
    """Who sees the decision sees which body follows it up."""
    return _of_visible_decision(actor, DecisionKeeper)


@readable(Position)
def sees_position(actor: Actor) -> Condition:
    """Who sees the decision sees where the parties stood."""
    return _of_visible_decision(actor, Position)


@readable(Disagreement)
def sees_disagreement(actor: Actor) -> Condition:
    """Who sees the decision sees what happens next."""
    return _of_visible_decision(actor, Disagreement)


@readable(Implementation)
def sees_implementation(actor: Actor) -> Condition:
    """Who sees the decision sees who has carried it out: that is the point of it."""
    return _of_visible_decision(actor, Implementation)


@readable(Task)
def sees_task(actor: Actor) -> Condition:
    """In force: everybody who takes part, unless its decision is exempt; before, the secretaries. Always one's own."""
    exempt = through(Task.decision_id, Decision, sa.not_(visible(actor, Decision)))
    common = sa.and_(
        in_own_partnership(actor, Task), in_open_room(actor, Task), sa.or_(Task.decision_id.is_(None), sa.not_(exempt))
    )
    own: list[Condition] = [among(Task.responsible_organisation_id, actor.organisations)]
    if actor.person_id is not None:
        own.append(among(Task.responsible_person_id, actor.person_ids))
    return sa.or_(served(actor, Task), sa.and_(Task.in_force, sa.or_(common, *own)))


@readable(TaskReport)
def sees_task_report(actor: Actor) -> Condition:
    """Who sees the task sees what was reported."""
    return through(TaskReport.task_id, Task, visible(actor, Task))


@readable(TaskKeeper)
def sees_task_keeper(actor: Actor) -> Condition:
    """Who sees the task sees which body follows it up."""
    return through(TaskKeeper.task_id, Task, visible(actor, Task))


def may_write_decision(actor: Actor, subject: Any) -> bool:
    """Write decisions and tasks of an item or a meeting: the secretariat."""
    return actor.is_secretary(subject.partnership_id, getattr(subject, "room", "common"))


def may_report_task(actor: Actor, task: Any) -> bool:
    """Report a task: the one responsible, the contact of the organisation responsible, or a secretary."""
    own = actor.is_person(task.responsible_person_id)
    for_organisation = task.responsible_organisation_id in actor.organisations
    return own or for_organisation or actor.is_secretary(task.partnership_id, task.room)


def may_report_implementation(actor: Actor, implementation: Any) -> bool:
    """Report what an organisation has done with a decision: its contact, or a secretary."""
    return implementation.organisation_id in actor.organisations or actor.is_secretary(implementation.partnership_id)


owned_by(TaskReport, served=lambda actor: through(TaskReport.task_id, Task, served(actor, Task)))
owned_by(Implementation, served=lambda actor: through(Implementation.decision_id, Decision, served(actor, Decision)))
