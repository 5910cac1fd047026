"""The way of a case: its steps in order, and what becomes of the case as meetings take them up.

Meetings and decisions tell what happens to a step with :func:`mark`, inside their own actions. A postponed step goes
back to the queue with its history: it is the same step when the body takes it up again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import Case, CaseState, Treatment, TreatmentState
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l

GAP = 1000
QUEUED = (TreatmentState.WAITING, TreatmentState.POSTPONED)
AHEAD = (*QUEUED, TreatmentState.ON_AGENDA)


def mark(treatment_id: UUID, state: TreatmentState, outcome: str | None = None, on: date | None = None) -> None:
    """Say what became of a step, or that it is on an agenda; called within an action.

    Closing a meeting marks the step and its decision gives the outcome afterwards, so what is not said again stays.
    """
    treatment = session().get_one(Treatment, treatment_id)
    stays = state is TreatmentState.TREATED
    treatment.outcome = (treatment.outcome if stays else "") if outcome is None else outcome
    treatment.treated_on = (treatment.treated_on if stays else None) if on is None else on
    treatment.state = state
    session().flush()
    settle(session().get_one(Case, treatment.case_id))


def settle(case: Case) -> None:
    """A case whose every step is behind it is done; one that has a step ahead again is back in the queue."""
    states = {step.state for step in steps_of(case)}
    if case.state is CaseState.READY and TreatmentState.TREATED in states and not states & set(AHEAD):
        case.state = CaseState.TREATED
    elif case.state is CaseState.TREATED and states & set(AHEAD):
        case.state = CaseState.READY


def steps_of(case: Case) -> list[Treatment]:
    """The steps of a case in their order."""
    query = sa.select(Treatment).where(Treatment.case_id == case.id)
    return list(session().scalars(query.order_by(Treatment.position, Treatment.id)))


def place(step: Treatment, others: Sequence[Treatment], at: int) -> None:
    """Give a step the place ``at`` among the others; when there is no room between two, all are moved apart."""
    before = others[at - 1].position if at > 0 else 0
    after = others[at].position if at < len(others) else before + 2 * GAP
    if after - before < 2:
        for number, other in enumerate(others, start=1):
            other.position = number * GAP
        before, after = at * GAP, (at + 1) * GAP
    step.position = (before + after) // 2


def add_step(case: Case, **values: Any) -> Treatment:
    """One more step, last."""
    step = Treatment(partnership_id=case.partnership_id, case_id=case.id, state=TreatmentState.WAITING, **values)
    steps = steps_of(case)
    place(step, steps, len(steps))
    session().add(step)
    session().flush()
    return step


def demand_body(actor: Actor, case: Case, body_id: UUID | None, field: str) -> Body | None:
    """The body, when it is one of this partnership that may get a case of this room."""
    if body_id is None:
        return None
    own = Body.id == body_id, Body.partnership_id == case.partnership_id
    body = session().scalar(sa.select(Body).where(*own, visible(actor, Body)))
    if body is None:
        raise DomainError(_l("Velg et utvalg i dette helsefellesskapet."), field)
    if case.room not in (COMMON_ROOM, body.room):
        raise DomainError(_l("Saken ligger i partens eget rom. Frigi den før den skal til et felles utvalg."), field)
    return body
