"""The verbs of a case's life: raised, taken in, made ready, drawn back, and the way back from each."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases import saksgang
from secretariat.cases.completeness import hinders_ready
from secretariat.cases.intake import demand_own_room, keep_references, raising_organisation, tell_who_raised
from secretariat.cases.models import (
    Case,
    CaseKind,
    CaseState,
    TreatmentState,
)
from secretariat.cases.papers import begin_paper, keep_version, paper_of
from secretariat.cases.policy import (
    may_answer,
    may_prepare,
    may_raise_case,
)
from secretariat.cases.saksgang import add_step, demand_body
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.inputs import Line, OptionalLine, OptionalTextLanguage, RequiredNote, Words
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.directory.models import Partnership, Person
from secretariat.directory.parties import Party
from secretariat.documents.actions import lawful_basis

Reference = Annotated[str, Words(most=60, required=False)]
Basis = Annotated[str, Words(most=100, required=False)]

BACK = {
    CaseState.MORE_WANTED: CaseState.RAISED,
    CaseState.RETURNED: CaseState.RAISED,
    CaseState.IN_PREPARATION: CaseState.RAISED,
    CaseState.READY: CaseState.IN_PREPARATION,
    CaseState.TREATED: CaseState.READY,
    CaseState.WITHDRAWN: CaseState.IN_PREPARATION,
}
"""The way back from each state."""


def _demand(case: Case, *states: CaseState) -> None:
    if case.state not in states:
        raise DomainError(_l("Saken er nå «%(state)s», så dette kan ikke gjøres.", state=case.state.word))


@dataclass(frozen=True)
class RaiseCase:
    """What one says when raising a case; the public title is the title unless another is given."""

    title: Line
    public_title: OptionalLine = ""
    organisation_id: UUID | None = None
    party: Party | None = None
    on_behalf_of: OptionalLine = ""
    wanted_body_id: UUID | None = None
    wanted_by: date | None = None
    kind: CaseKind = CaseKind.DECISION
    language: OptionalTextLanguage = ""
    room: Annotated[str, Words(most=10)] = COMMON_ROOM
    municipal_reference: Reference = ""
    hospital_reference: Reference = ""
    background: Document = Document()  # noqa: RUF009 - frozen, like all documents


@action("cases.raise", load=Partnership, rule=may_raise_case, input=RaiseCase)
def raise_case(actor: Actor, partnership: Partnership, given: RaiseCase) -> UUID:
    """Raise a case, for one's own organisation or, as secretary, on behalf of another."""
    organisation = raising_organisation(actor, partnership, given.organisation_id)
    demand_own_room(actor, partnership, given.room)
    case = Case(
        partnership_id=partnership.id,
        room=given.room,
        title=given.title,
        public_title=given.public_title or given.title,
        kind=given.kind,
        language=given.language or partnership.language,
        raised_on=clock.today(),
        raised_by_party=given.party or organisation.party,
        raised_by_organisation_id=organisation.id,
        raised_by_person_id=actor.person_id,
        on_behalf_of=given.on_behalf_of,
        wanted_body_id=given.wanted_body_id,
        wanted_by=given.wanted_by,
    )
    demand_body(actor, case, given.wanted_body_id, "wanted_body_id")
    session().add(case)
    session().flush()
    begin_paper(actor, case, given.background)
    keep_references(actor, case, organisation, given.municipal_reference, given.hospital_reference)
    return case.id


@dataclass(frozen=True)
class EditCase:
    """What is known of a case beside its paper."""

    title: Line
    public_title: OptionalLine = ""
    on_behalf_of: OptionalLine = ""
    wanted_body_id: UUID | None = None
    wanted_by: date | None = None
    kind: CaseKind = CaseKind.DECISION
    language: OptionalTextLanguage = ""
    responsible_id: UUID | None = None
    exempt_basis: Basis = ""
    version: int | None = None


@action("cases.edit", load=Case, rule=may_prepare, input=EditCase)
def edit(actor: Actor, case: Case, given: EditCase) -> UUID:
    """Correct title, kind, deadline, responsible and exemption."""
    demand_body(actor, case, given.wanted_body_id, "wanted_body_id")
    _demand_person(actor, given.responsible_id)
    case.title, case.public_title = given.title, given.public_title or given.title
    case.on_behalf_of, case.kind, case.language = given.on_behalf_of, given.kind, given.language or case.language
    case.wanted_body_id, case.wanted_by = given.wanted_body_id, given.wanted_by
    case.responsible_id, case.exempt_basis = given.responsible_id, lawful_basis(given.exempt_basis)
    return case.id


def _demand_person(actor: Actor, person_id: UUID | None) -> None:
    known = sa.select(Person.id).where(Person.id == person_id, visible(actor, Person))
    if person_id is not None and session().scalar(known) is None:
        raise DomainError(_l("Velg en person i helsefellesskapet."), "responsible_id")


@action("cases.take_in", load=Case, rule=may_prepare)
def take_in(actor: Actor, case: Case, given: Any) -> UUID:
    """Take the case in: it gets someone responsible, and its first step is the body that was wanted."""
    _demand(case, CaseState.RAISED, CaseState.MORE_WANTED)
    case.state = CaseState.IN_PREPARATION
    case.responsible_id = case.responsible_id or actor.person_id
    if case.wanted_body_id is not None and not saksgang.steps_of(case):
        add_step(case, body_id=case.wanted_body_id, purpose=case.kind)
    return case.id


@dataclass(frozen=True)
class Reason:
    """Why; told to whoever raised the case."""

    reason: RequiredNote


@action("cases.ask_for_more", load=Case, rule=may_prepare, input=Reason)
def ask_for_more(actor: Actor, case: Case, given: Reason) -> UUID:
    """Ask whoever raised the case for what is missing; that person may write in it again."""
    _demand(case, CaseState.RAISED, CaseState.MORE_WANTED, CaseState.IN_PREPARATION)
    case.state, case.reason = CaseState.MORE_WANTED, given.reason
    tell_who_raised(actor, case)
    return case.id


@action("cases.return", load=Case, rule=may_prepare, input=Reason)
def give_back(actor: Actor, case: Case, given: Reason) -> UUID:
    """Send the case back with a reason."""
    _demand(case, CaseState.RAISED, CaseState.MORE_WANTED)
    case.state, case.reason = CaseState.RETURNED, given.reason
    tell_who_raised(actor, case)
    return case.id


@action("cases.answer", load=Case, rule=may_answer)
def answer(actor: Actor, case: Case, given: Any) -> UUID:
    """Send the case in again with what was asked for."""
    case.state, case.reason = CaseState.RAISED, ""
    return case.id


@action("cases.make_ready", load=Case, rule=may_prepare)
def make_ready(actor: Actor, case: Case, given: Any) -> UUID:
    """The case may come on an agenda."""
    _demand(case, CaseState.IN_PREPARATION)
    reasons = hinders_ready(case, paper_of(case))
    if reasons:
        raise Hindered(reasons)
    case.state = CaseState.READY
    return case.id


@action("cases.step_back", load=Case, rule=may_prepare)
def step_back(actor: Actor, case: Case, given: Any) -> UUID:
    """Undo the last step of the case's life; the log keeps both."""
    _demand(case, *BACK)
    _demand_off_agenda(case)
    case.state = BACK[case.state]
    return case.id


def _demand_off_agenda(case: Case) -> None:
    if any(step.state is TreatmentState.ON_AGENDA for step in saksgang.steps_of(case)):
        raise DomainError(_l("Saken står på en saksliste. Ta den av sakslisten først."))


@action("cases.withdraw", load=Case, rule=may_prepare, input=Reason)
def withdraw(actor: Actor, case: Case, given: Reason) -> UUID:
    """The case is drawn back and comes before nobody."""
    _demand(case, CaseState.RAISED, CaseState.MORE_WANTED, CaseState.IN_PREPARATION, CaseState.READY)
    _demand_off_agenda(case)
    case.state, case.reason = CaseState.WITHDRAWN, given.reason
    return case.id


@action("cases.release", load=Case, rule=may_prepare)
def release(actor: Actor, case: Case, given: Any) -> UUID:
    """Release the case from the party's own room to the common one; earlier versions stay where they were written."""
    if case.room == COMMON_ROOM:
        raise DomainError(_l("Saken er alt i fellesrommet."))
    case.room = COMMON_ROOM
    session().flush()
    keep_version(actor, paper_of(case), COMMON_ROOM)
    return case.id
