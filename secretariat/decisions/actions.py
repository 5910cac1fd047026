"""What the body decided: drafted while it meets, changed with a reason once in force, followed until it is closed.

Verbs on tasks stand in ``tasks``, on implementation in ``implementation``; all of them are to be had from here.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases.models import Case, CasePaper, Treatment
from secretariat.core import clock
from secretariat.core.access import close_doors
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.decisions.implementation import remind, report_implementation, require_implementation
from secretariat.decisions.models import (
    Decision,
    DecisionKind,
    DecisionState,
    DecisionWording,
    Disagreement,
    Implementation,
    NextStep,
    Position,
    Task,
)
from secretariat.decisions.policy import may_write_decision
from secretariat.decisions.tasks import add_task, change_task, remind_task, remove_task, report_task
from secretariat.decisions.wordings import demand_meeting_going_on, keep_wording, search_text
from secretariat.directory.parties import Party
from secretariat.meetings.models import AgendaItem, ItemKind

__all__ = [
    "add_task",
    "change",
    "change_task",
    "close",
    "draft",
    "remind",
    "remind_task",
    "remove",
    "remove_task",
    "reopen",
    "report_implementation",
    "report_task",
    "require_implementation",
    "state_positions",
]

Basis = Annotated[str | None, Words(most=100, required=False)]
Reason = Annotated[str, Words(most=300, required=False)]
OptionalNote = Annotated[str, Words(most=1000, required=False, lines=True)]


@dataclass(frozen=True)
class Draft:
    """What kind of decision, in which words; without words those of the proposal."""

    kind: DecisionKind
    wording: Document | None = None
    deadline: date | None = None
    exempt_basis: Basis = None


@dataclass(frozen=True)
class Change:
    """The decision as it shall stand, with the reason (``because``) once in force. No basis: the old one stays."""

    kind: DecisionKind
    wording: Document
    deadline: date | None = None
    exempt_basis: Basis = None
    because: Reason = ""
    version: int | None = None


@dataclass(frozen=True)
class Positions:
    """What each of the two parties holds, where they do not agree (an empty text takes it away), and what happens
    next.
    """

    municipal: Document
    hospital: Document
    next_step: NextStep | None = None
    next_note: OptionalNote = ""


@action("decisions.draft", load=AgendaItem, rule=may_write_decision, input=Draft)
def draft(_actor: Actor, item: AgendaItem, given: Draft) -> UUID:
    """Draft a decision under an item of a meeting that is going on; the proposal it began from is kept beside it."""
    meeting = demand_meeting_going_on(item.meeting_id)
    if item.kind is ItemKind.HEADING:
        raise DomainError(_l("Under en overskrift gjøres det ikke vedtak."), "kind")
    origin = origin_of(item)
    decision = Decision(
        partnership_id=item.partnership_id,
        room=meeting.room,
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        body_id=item.body_id,
        case_id=origin.case_id,
        ordinal=_next_ordinal(item.id),
        kind=given.kind,
        wording=given.wording if given.wording is not None else origin.proposal,
        proposal=origin.proposal,
        decided_on=meeting.day,
        deadline=given.deadline,
        exempt_basis=item.exempt_basis or origin.exempt_basis if given.exempt_basis is None else given.exempt_basis,
    )
    _demand_words(decision.wording)
    decision.folded = search_text(item.title, decision.wording)
    session().add(decision)
    return decision.id


@dataclass(frozen=True)
class Origin:
    """The case behind an item and what was proposed in it, as the body was sent it."""

    case_id: UUID | None = None
    proposal: Document = field(default_factory=Document.empty)
    exempt_basis: str = ""


def origin_of(item: AgendaItem) -> Origin:
    """The case behind an item; empty for an item without one."""
    query = (
        sa.select(Case.id, CasePaper.proposal, Case.exempt_basis)
        .join(Treatment, Treatment.case_id == Case.id)
        .outerjoin(CasePaper, CasePaper.case_id == Case.id)
        .where(Treatment.id == item.treatment_id)
    )
    row = session().execute(query).first()
    if row is None:
        return Origin()
    return Origin(row.id, item.sent_proposal or row.proposal or Document.empty(), row.exempt_basis)


def _next_ordinal(item_id: UUID) -> int:
    last = sa.select(sa.func.max(Decision.ordinal)).where(Decision.agenda_item_id == item_id)
    return (session().scalar(last) or 0) + 1


def _demand_words(wording: Document) -> None:
    if not wording:
        raise DomainError(_l("Skriv hva utvalget vedtok."), "wording")


@action("decisions.change", load=Decision, rule=may_write_decision, input=Change)
def change(actor: Actor, decision: Decision, given: Change) -> UUID:
    """Change a decision: freely while a draft, with a reason once in force, in its words no more once confirmed."""
    _demand_words(given.wording)
    reworded = (given.kind, given.wording) != (decision.kind, decision.wording)
    if reworded and decision.state is DecisionState.CONFIRMED:
        raise DomainError(_l("Referatet er godkjent, og vedtaket kan ikke endres. Rett referatet i stedet."), "wording")
    if reworded and decision.state is DecisionState.IN_FORCE and not given.because:
        raise DomainError(_l("Vedtaket gjelder alt. Skriv hvorfor ordlyden endres."), "because")
    decision.kind, decision.wording = given.kind, given.wording.keeping_ids(decision.wording)
    decision.folded = search_text(session().get_one(AgendaItem, decision.agenda_item_id).title, decision.wording)
    decision.deadline = given.deadline
    decision.exempt_basis = decision.exempt_basis if given.exempt_basis is None else given.exempt_basis
    if reworded and decision.state is DecisionState.IN_FORCE:
        keep_wording(decision, because=given.because, written_by=actor.person_id)
    return decision.id


@action("decisions.remove", load=Decision, rule=may_write_decision)
def remove(_actor: Actor, decision: Decision, _given: Any) -> None:
    """Take a draft away; its tasks stay under the item. What has once been in force is never taken away."""
    demand_meeting_going_on(decision.meeting_id)
    if session().scalar(sa.select(DecisionWording.id).where(DecisionWording.decision_id == decision.id).limit(1)):
        raise DomainError(_l("Vedtaket har vært gjeldende og kan ikke slettes. Endre det til «Trukket» i stedet."))
    for kind in (Position, Disagreement, Implementation):
        for row in session().scalars(sa.select(kind).where(kind.decision_id == decision.id)):
            session().delete(row)
    for task in session().scalars(sa.select(Task).where(Task.decision_id == decision.id)):
        task.decision_id = None
    session().flush()
    close_doors(decision)
    session().delete(decision)


@action("decisions.state_positions", load=Decision, rule=may_write_decision, input=Positions)
def state_positions(_actor: Actor, decision: Decision, given: Positions) -> UUID:
    """Write down where each party stands when the body does not agree."""
    if decision.kind is not DecisionKind.NO_AGREEMENT:
        raise DomainError(_l("Partenes syn skrives når vedtaket er «Ikke enighet»."))
    if decision.state is DecisionState.CONFIRMED:
        raise DomainError(_l("Referatet er godkjent, og vedtaket kan ikke endres. Rett referatet i stedet."))
    query = sa.select(Position).where(Position.decision_id == decision.id)
    known = {position.party: position for position in session().scalars(query)}
    for party, text in ((Party.M, given.municipal), (Party.H, given.hospital)):
        _state(decision, party, text, known.get(party))
    if given.next_step is not None:
        _go_on(decision, given.next_step, given.next_note)
    return decision.id


def _go_on(decision: Decision, step: NextStep, note: str) -> None:
    row = session().scalar(sa.select(Disagreement).where(Disagreement.decision_id == decision.id))
    if row is None:
        row = Disagreement(partnership_id=decision.partnership_id, decision_id=decision.id)
        session().add(row)
    row.next_step, row.note = step, note


def _state(decision: Decision, party: Party, text: Document, known: Position | None) -> None:
    if known is not None and not text:
        session().delete(known)
    elif known is not None:
        known.text = text
    elif text:
        session().add(Position(partnership_id=decision.partnership_id, decision_id=decision.id, party=party, text=text))


@action("decisions.close", load=Decision, rule=may_write_decision)
def close(_actor: Actor, decision: Decision, _given: Any) -> UUID:
    """Nothing more is to be followed up."""
    if decision.state is DecisionState.DRAFT:
        raise DomainError(_l("Vedtaket gjelder ikke ennå."))
    decision.closed_on = decision.closed_on or clock.today()
    return decision.id


@action("decisions.reopen", load=Decision, rule=may_write_decision)
def reopen(_actor: Actor, decision: Decision, _given: Any) -> UUID:
    """Follow the decision up again."""
    decision.closed_on = None
    return decision.id
