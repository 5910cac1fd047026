"""One decision with all that belongs to it: where it was made, the wordings it has had, who carries it out."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.bodies.models import Body
from secretariat.bodies.sitting import on_day
from secretariat.cases.models import Case
from secretariat.core.access import visible
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.text.difference import Change, difference
from secretariat.core.text.document import Document
from secretariat.decisions.implementation import FINISHED
from secretariat.decisions.models import (
    Decision,
    DecisionKeeper,
    DecisionWording,
    Disagreement,
    Implementation,
    ImplementationState,
    NextStep,
    Position,
)
from secretariat.decisions.naming import decision_number
from secretariat.decisions.queries import NUMBER
from secretariat.decisions.task_queries import name_of
from secretariat.directory.merged import read_as
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Person
from secretariat.directory.parties import Party, alone_in
from secretariat.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class Made:
    """Where the decision was made. Meeting and case are named to those who see them."""

    number: str
    title: str
    body_id: UUID
    body: str
    meeting_id: UUID | None
    case_id: UUID | None
    case: str
    next_step: NextStep | None = None
    next_note: str = ""


@dataclass(frozen=True)
class Keeper:
    """The body that follows the decision up from a day on."""

    body_id: UUID
    name: str
    starts_on: date


@dataclass(frozen=True)
class Wording:
    """A wording as it was, what it changed of the one before, and why."""

    number: int
    because: str
    who: str
    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Line:
    """One organisation on its way with the decision."""

    id: UUID
    organisation_id: UUID
    organisation: str
    state: ImplementationState
    note: str
    reported_on: date | None
    reported_by: str
    contacts: tuple[tuple[str, str], ...]
    late: bool

    @property
    def finished(self) -> bool:
        """Nothing more is awaited of it."""
        return self.state in FINISHED


_NEXT = (Disagreement.next_step, Disagreement.note.label("next_note"))


def made(actor: Actor, decision: Decision) -> Made:
    """Where a decision was made."""
    query = (
        sa.select(AgendaItem.title, Body.id, Body.name, Meeting.id, Case.id, Case.title, *_NEXT, *NUMBER)
        .select_from(Decision)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Body, Body.id == Decision.body_id)
        .outerjoin(Meeting, sa.and_(Meeting.id == Decision.meeting_id, visible(actor, Meeting)))
        .outerjoin(Case, sa.and_(Case.id == Decision.case_id, visible(actor, Case)))
        .outerjoin(Disagreement, Disagreement.decision_id == Decision.id)
        .where(Decision.id == decision.id, visible(actor, Decision))
    )
    row = session().execute(query).one()
    title, body_id, body, meeting_id, case_id, case, step, note = row[:8]
    number = decision_number(row, row, decision.ordinal)
    return Made(number, title, body_id, body, meeting_id, case_id, case or "", step, note or "")


def keepers(actor: Actor, decision: Decision) -> list[Keeper]:
    """Which bodies follow the decision up after the one that made it, in order of time."""
    query = (
        sa.select(Body.id, Body.name, DecisionKeeper.starts_on)
        .join(DecisionKeeper, DecisionKeeper.body_id == Body.id)
        .where(DecisionKeeper.decision_id == decision.id, visible(actor, DecisionKeeper))
        .order_by(DecisionKeeper.starts_on)
    )
    return [Keeper(*row) for row in session().execute(query)]


def wordings(actor: Actor, decision: Decision) -> list[Wording]:
    """The wordings since the decision came into force, the newest first, each with what it changed."""
    query = (
        sa.select(DecisionWording, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == DecisionWording.written_by_id)
        .where(DecisionWording.decision_id == decision.id, visible(actor, DecisionWording))
        .order_by(DecisionWording.number)
    )
    kept, before = [], None
    for row, given, family in session().execute(query):
        changes = () if before is None else tuple(difference(before, row.wording))
        kept.append(Wording(row.number, row.because, name_of(given, family), row.created_at, changes))
        before = row.wording
    return kept[::-1]


def positions(actor: Actor, decision: Decision) -> dict[Party, Document]:
    """Where each party stands."""
    query = sa.select(Position.party, Position.text).where(
        Position.decision_id == decision.id, visible(actor, Position)
    )
    return {party: text for party, text in session().execute(query.order_by(Position.party))}


def lines(actor: Actor, decision: Decision) -> list[Line]:
    """The organisations that carry it out: the reader's own first, then the late ones, then those on their way."""
    query = (
        sa.select(Implementation, Organisation.name, Person.given_name, Person.family_name)
        .join(Organisation, Organisation.id == Implementation.organisation_id)
        .outerjoin(Person, Person.id == Implementation.reported_by_id)
        .where(Implementation.decision_id == decision.id, visible(actor, Implementation))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    rows = session().execute(query).all()
    contacts = _contacts(actor, decision, [row.Implementation.organisation_id for row in rows])
    passed = decision.deadline is not None and decision.deadline < actor.today
    found = [_line(row, contacts, passed=passed) for row in rows]
    own = actor.organisations
    return sorted(found, key=lambda line: (line.organisation_id not in own, not line.late, line.finished))


def _line(row: Any, contacts: dict[UUID, list[tuple[str, str]]], *, passed: bool) -> Line:
    line: Implementation = row.Implementation
    return Line(
        id=line.id,
        organisation_id=line.organisation_id,
        organisation=row.name,
        state=line.state,
        note=line.note,
        reported_on=line.reported_on,
        reported_by=name_of(row.given_name, row.family_name),
        contacts=tuple(contacts.get(line.organisation_id, ())),
        late=passed and line.state not in FINISHED,
    )


def _contacts(actor: Actor, decision: Decision, organisations: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    query = (
        sa.select(Office.organisation_id, Person.given_name, Person.family_name, Person.email)
        .join(Person, Person.id == read_as(Office.person_id))
        .where(Office.role == Role.CONTACT, Office.partnership_id == decision.partnership_id, visible(actor, Office))
        .where(Office.organisation_id.in_(organisations), on_day(Office, actor.today))
        .order_by(Person.sort_key, Office.id)
    )
    found: dict[UUID, list[tuple[str, str]]] = {}
    for organisation_id, given, family, email in session().execute(query):
        if organisation_id is not None:
            found.setdefault(organisation_id, []).append((name_of(given, family), email or ""))
    return found


def tally(found: list[Line]) -> list[tuple[ImplementationState, int]]:
    """How many organisations stand in each state, in the order of the states."""
    counted = Counter(line.state for line in found)
    return [(state, counted[state]) for state in ImplementationState if counted[state]]


def members_on(actor: Actor, decision: Decision) -> list[tuple[UUID, str]]:
    """The municipalities and trusts that took part on the day of the decision, for a choice; what a party decided alone
    is for its own.
    """
    kinds = (OrganisationKind.MUNICIPALITY, OrganisationKind.TRUST, OrganisationKind.CLINIC)
    query = (
        sa.select(Organisation.id, Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.partnership_id == decision.partnership_id, on_day(Membership, decision.decided_on))
        .where(Organisation.kind.in_(kinds), visible(actor, Membership))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    alone = alone_in(decision.room)
    if alone is not None:
        query = query.where(Organisation.party == alone)
    return [(organisation_id, name) for organisation_id, name in session().execute(query)]
