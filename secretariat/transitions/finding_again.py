"""Where each matter is after the change, read from what is stored and not from what was meant (``NOTHING_LOST``)."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, BodySuccession, Seat
from secretariat.bodies.sitting import on_day
from secretariat.cases.models import Case, CaseState, Treatment
from secretariat.cases.saksgang import AHEAD
from secretariat.core.access import AccessGrant
from secretariat.core.db import session
from secretariat.decisions.models import (
    Decision,
    DecisionKeeper,
    Implementation,
    ImplementationState,
    Task,
    TaskKeeper,
    TaskState,
)
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.transitions.matters import code_of
from secretariat.transitions.models import MatterChoice, MatterKind, TransitionMatter
from secretariat.transitions.scene import Scene

Rows = Sequence[TransitionMatter]
Places = dict[str, UUID]
Found = dict[UUID, MatterChoice]


def found_again(scene: Scene, kind: MatterKind, rows: Rows, places: Places) -> Found:
    """Of each matter what has become of it; one that is nowhere is missing, and so the count is wrong."""
    finder = (_IN_STRUCTURE if scene.is_structure else _IN_MEMBERSHIP)[kind]
    return {row.subject_id: choice for row in rows if (choice := finder(scene, row, places)) is not None}


def _is(condition: Any) -> bool:
    return session().scalar(sa.select(sa.literal(1)).where(condition).limit(1)) is not None


def _there(kind: Any, row: TransitionMatter, *conditions: Any) -> bool:
    return _is(sa.exists().where(kind.id == row.subject_id, *conditions))


def _sorted_out(*, closed: bool, handed_over: bool, kept: bool) -> MatterChoice | None:
    """Exactly one of the three."""
    which = {MatterChoice.CLOSE: closed, MatterChoice.HAND_OVER: handed_over, MatterChoice.KEEP: kept}
    true = [choice for choice, holds in which.items() if holds]
    return true[0] if len(true) == 1 else None


def _body(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    succeeded = _is(sa.exists().where(BodySuccession.body_id == row.subject_id, BodySuccession.starts_on == scene.day))
    works_on = _there(Body, row, on_day(Body, scene.day))
    return _sorted_out(closed=not works_on and not succeeded, handed_over=not works_on and succeeded, kept=works_on)


def _meeting(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    ahead = _there(Meeting, row, Meeting.state.in_((MeetingState.PLANNED, MeetingState.CALLED)))
    body_id = places.get(code_of(row))
    other = sa.orm.aliased(Meeting)
    same_time = (other.starts_at == Meeting.starts_at, other.id != Meeting.id, other.body_id == body_id)
    anew = not ahead and body_id is not None and _there(Meeting, row, sa.exists().where(*same_time))
    return _sorted_out(closed=not ahead and not anew, handed_over=anew, kept=ahead)


def _case(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    body_id = places.get(code_of(row))
    ahead = sa.exists().where(Treatment.case_id == Case.id, Treatment.body_id == body_id, Treatment.state.in_(AHEAD))
    closed = _there(Case, row, Case.state == CaseState.WITHDRAWN)
    there = body_id is not None and _there(Case, row, sa.or_(ahead, Case.wanted_body_id == body_id))
    return _sorted_out(closed=closed, handed_over=there and not closed, kept=not there and not closed)


def _decision(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    keeper = (DecisionKeeper.decision_id == row.subject_id, DecisionKeeper.starts_on == scene.day)
    closed = _there(Decision, row, Decision.closed_on.is_not(None))
    kept_by = _is(sa.exists().where(*keeper, DecisionKeeper.body_id == places.get(code_of(row))))
    return _sorted_out(closed=closed, handed_over=kept_by, kept=not closed and not kept_by)


def _task(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    keeper = (TaskKeeper.task_id == row.subject_id, TaskKeeper.starts_on == scene.day)
    closed = _there(Task, row, Task.state == TaskState.DROPPED)
    kept_by = _is(sa.exists().where(*keeper, TaskKeeper.body_id == places.get(code_of(row))))
    return _sorted_out(closed=closed, handed_over=kept_by, kept=not closed and not kept_by)


def _seat(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    """Who held the place sits in the chosen body from the day, or still here, or no more."""
    holder = (
        sa.select(Appointment.person_id)
        .where(Appointment.seat_id == row.subject_id, on_day(Appointment, scene.eve))
        .where(Appointment.capacity == "holder")
    )
    body_id = places.get(code_of(row))
    now = sa.exists().where(
        Appointment.body_id == body_id,
        Appointment.person_id.in_(holder),
        Appointment.capacity == "holder",
        Appointment.starts_on == scene.day,
    )
    stays = _there(Seat, row, on_day(Seat, scene.day))
    moved = body_id is not None and not stays and _is(now)
    return _sorted_out(closed=not stays and not moved, handed_over=moved, kept=stays)


# ---- when a municipality joins or leaves


def _own_seat(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    old = session().get_one(Seat, row.subject_id)
    stays = _there(Seat, row, on_day(Seat, scene.day))
    there = (Seat.body_id == old.body_id, Seat.organisation_id == row.to_organisation_id, on_day(Seat, scene.day))
    after = row.to_organisation_id is not None and _is(sa.exists().where(*there))
    return _sorted_out(closed=not stays and not after, handed_over=not stays and after, kept=stays)


def _given_place(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    there = (Seat.body_id == row.subject_id, Seat.organisation_id.in_(scene.newcomers), Seat.starts_on == scene.day)
    given = _is(sa.exists().where(*there))
    return _sorted_out(closed=False, handed_over=given, kept=not given)


def _raised_case(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    closed = _there(Case, row, Case.state == CaseState.WITHDRAWN)
    door = (AccessGrant.subject_id == row.subject_id, AccessGrant.organisation_id == row.to_organisation_id)
    handed = row.to_organisation_id is not None and _is(sa.exists().where(*door, AccessGrant.because == "succession"))
    return _sorted_out(closed=closed, handed_over=handed, kept=not closed and not handed)


def _own_task(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    closed = _there(Task, row, Task.state == TaskState.DROPPED)
    after = row.to_organisation_id
    handed = after is not None and _there(Task, row, Task.responsible_organisation_id == after)
    return _sorted_out(closed=closed, handed_over=handed, kept=not closed and not handed)


def _line(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    old = session().get_one(Implementation, row.subject_id)
    over = old.state is ImplementationState.NOT_RELEVANT
    there = (Implementation.decision_id == old.decision_id, Implementation.organisation_id == row.to_organisation_id)
    handed = over and row.to_organisation_id is not None and _is(sa.exists().where(*there))
    return _sorted_out(closed=over and not handed, handed_over=handed, kept=not over)


def _person(scene: Scene, row: TransitionMatter, places: Places) -> MatterChoice | None:
    """Nobody disappears: the employer changes on the day, and what a person sits in is counted by places."""
    return row.choice


_IN_STRUCTURE: dict[MatterKind, Callable[[Scene, TransitionMatter, Places], MatterChoice | None]] = {
    MatterKind.BODY: _body,
    MatterKind.MEETING: _meeting,
    MatterKind.CASE: _case,
    MatterKind.DECISION: _decision,
    MatterKind.TASK: _task,
    MatterKind.SEAT: _seat,
}
_IN_MEMBERSHIP: dict[MatterKind, Callable[[Scene, TransitionMatter, Places], MatterChoice | None]] = {
    MatterKind.BODY: _given_place,
    MatterKind.CASE: _raised_case,
    MatterKind.TASK: _own_task,
    MatterKind.IMPLEMENTATION: _line,
    MatterKind.SEAT: _own_seat,
    MatterKind.PERSON: _person,
}
