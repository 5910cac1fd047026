"""The verbs of the saksgang: the next step, their order, what came of a step outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from secretariat.cases import saksgang
from secretariat.cases.models import (
    Case,
    CaseKind,
    Treatment,
    TreatmentState,
)
from secretariat.cases.policy import (
    may_keep_treatment,
    may_prepare,
)
from secretariat.cases.saksgang import add_step, demand_body
from secretariat.core import clock, signals
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import OptionalLine, Words
from secretariat.core.text.language import _l


@dataclass(frozen=True)
class AddTreatment:
    """The next step: before a body, or a council or board outside."""

    body_id: UUID | None = None
    outside: OptionalLine = ""
    purpose: CaseKind = CaseKind.DECISION


@action("cases.add_treatment", load=Case, rule=may_prepare, input=AddTreatment)
def add_treatment(actor: Actor, case: Case, given: AddTreatment) -> UUID:
    """Send the case on to a body, give it a task, or let it know."""
    if (given.body_id is None) == (not given.outside):
        raise DomainError(_l("Velg et utvalg, eller skriv hvem utenfor saken skal til."), "body_id")
    demand_body(actor, case, given.body_id, "body_id")
    step = add_step(case, body_id=given.body_id, outside=given.outside, purpose=given.purpose)
    saksgang.settle(case)
    return step.id


@dataclass(frozen=True)
class MoveTreatment:
    """Up, down, or before another step (nothing: last)."""

    to: Annotated[str, Words(most=4, required=False)] = ""
    before: UUID | None = None


@action("cases.move_treatment", load=Treatment, rule=may_keep_treatment, input=MoveTreatment)
def move_treatment(actor: Actor, step: Treatment, given: MoveTreatment) -> UUID:
    """Change the order of the steps that are still ahead."""
    _demand_waiting(step)
    steps = saksgang.steps_of(session().get_one(Case, step.case_id))
    others = [other for other in steps if other.id != step.id]
    behind = sum(other.state not in saksgang.QUEUED for other in others)
    saksgang.place(step, others, max(_wanted_place(steps.index(step), others, given), behind))
    return step.id


def _wanted_place(here: int, others: Iterable[Treatment], given: MoveTreatment) -> int:
    ids = [other.id for other in others]
    if given.to:
        return min(max(here + (-1 if given.to == "up" else 1), 0), len(ids))
    return ids.index(given.before) if given.before in ids else len(ids)


def _demand_waiting(step: Treatment) -> None:
    if step.state not in saksgang.QUEUED:
        raise DomainError(_l("Leddet står på en saksliste eller er drøftet, og ligger fast."))


@action("cases.remove_treatment", load=Treatment, rule=may_keep_treatment)
def remove_treatment(actor: Actor, step: Treatment, given: Any) -> UUID:
    """Take a step out of the saksgang while it waits and has no history."""
    if step.state is not TreatmentState.WAITING:
        raise DomainError(_l("Bare et ledd som venter, kan tas bort."))
    case = session().get_one(Case, step.case_id)
    signals.treatment_removed.tell(step)
    session().delete(step)
    session().flush()
    saksgang.settle(case)
    return case.id


@dataclass(frozen=True)
class RecordOutcome:
    """What a council or board outside decided, and when."""

    outcome: Annotated[str, Words(most=300)]
    treated_on: date | None = None


@action("cases.record_outcome", load=Treatment, rule=may_keep_treatment, input=RecordOutcome)
def record_outcome(actor: Actor, step: Treatment, given: RecordOutcome) -> UUID:
    """Write down what came of a step outside; steps before our own bodies get theirs from the meeting."""
    if not step.outside:
        raise DomainError(_l("Utfallet i et utvalg kommer fra møtet."))
    saksgang.mark(step.id, TreatmentState.TREATED, given.outcome, given.treated_on or clock.today())
    return step.id
