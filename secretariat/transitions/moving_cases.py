"""A case goes on in another body: it keeps identity and history, and waits there instead."""

from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases import actions as cases, saksgang
from secretariat.cases.models import Case, CaseState, Treatment, TreatmentState
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.transitions.matters import code_of
from secretariat.transitions.models import MatterChoice, MatterKind
from secretariat.transitions.scene import Scene


def move_cases(scene: Scene, case_ids: list[UUID], places: dict[str, UUID]) -> None:
    """Each open case as it was chosen."""
    for case_id in case_ids:
        row = scene.choices[MatterKind.CASE, case_id]
        case = session().get_one(Case, case_id)
        if row.choice is MatterChoice.CLOSE:
            _end_steps(scene, case)
            cases.withdraw(scene.actor, case, reason=row.reason)
        elif row.choice is MatterChoice.HAND_OVER:
            _hand_over(scene, case, places[code_of(row)], places)


def _hand_over(scene: Scene, case: Case, body_id: UUID, places: dict[str, UUID]) -> None:
    """The first step that waits goes where it was chosen; those after it to the successors of their own bodies."""
    if case.wanted_body_id in scene.bodies and case.state in (CaseState.RAISED, CaseState.MORE_WANTED):
        case.wanted_body_id = body_id
    waiting = [step for step in saksgang.steps_of(case) if step.state in saksgang.QUEUED and step.body_id is not None]
    steps = [step for step in waiting if step.body_id and scene.ends(step.body_id)] or waiting[:1]
    taken: set[UUID] = set()
    for number, step in enumerate(steps):
        place = body_id if number == 0 else places.get(scene.successor(step.body_id)) if step.body_id else None
        _move(case, step, place if place not in taken else None)
        taken |= {place} if place is not None else set()
    if not steps and case.wanted_body_id != body_id:
        saksgang.add_step(case, body_id=body_id, purpose=case.kind)
        saksgang.settle(case)


def _move(case: Case, step: Treatment, body_id: UUID | None) -> None:
    """The old step is withdrawn and says where the case went; the new one waits in its place."""
    if body_id is None:
        saksgang.mark(step.id, TreatmentState.WITHDRAWN, _("Utvalget er avsluttet"))
        return
    new = saksgang.add_step(case, body_id=body_id, purpose=step.purpose)
    others = [other for other in saksgang.steps_of(case) if other.id != new.id]
    saksgang.place(new, others, [other.id for other in others].index(step.id) + 1)
    name = session().scalar(sa.select(Body.name).where(Body.id == body_id))
    saksgang.mark(step.id, TreatmentState.WITHDRAWN, _("Overført til %(body)s", body=name))


def _end_steps(scene: Scene, case: Case) -> None:
    """A case that is closed waits for no body that closes."""
    for step in saksgang.steps_of(case):
        if step.state in saksgang.QUEUED and step.body_id is not None and scene.ends(step.body_id):
            saksgang.mark(step.id, TreatmentState.WITHDRAWN, _("Saken er avsluttet"))
