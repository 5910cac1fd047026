"""What is read for the page of one organisation; a fixed number of statements, however much it takes part in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.bodies.models import Body
from secretariat.bodies.sitting import on_day
from secretariat.cases.models import Case, CaseState
from secretariat.core.access import visible
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.decisions.implementation import FINISHED
from secretariat.decisions.models import Decision, Implementation, ImplementationState
from secretariat.decisions.naming import decision_number
from secretariat.decisions.queries import FOLLOWED, NUMBER
from secretariat.directory.merged import read_as
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState

MOST_MEETINGS = 8
MOST_DECISIONS = 20
MOST_CASES = 10


@dataclass(frozen=True)
class OrganisationHead:
    """An organisation as its page names it, and in which of the reader's partnerships it takes part today."""

    id: UUID
    name: str
    kind: OrganisationKind
    party: Party
    email: str
    partnerships: tuple[str, ...]


def organisation(actor: Actor, organisation_id: UUID) -> OrganisationHead | None:
    """One organisation; none unless it takes part, or has taken part, in a partnership that the actor takes part in."""
    query = (
        sa.select(Organisation.id, Organisation.name, Organisation.kind, Organisation.party, Organisation.email)
        .add_columns(Partnership.name.label("partnership"), on_day(Membership, actor.today).label("today"))
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Partnership, Partnership.id == Membership.partnership_id)
        .where(Organisation.id == organisation_id, visible(actor, Organisation), visible(actor, Membership))
        .order_by(Partnership.sort_key, Membership.starts_on, Membership.id)
    )
    rows = session().execute(query).all()
    if not rows:
        return None
    partnerships = tuple(dict.fromkeys(row.partnership for row in rows if row.today))
    first = rows[0]
    return OrganisationHead(first.id, first.name, first.kind, first.party, first.email, partnerships)


@dataclass(frozen=True)
class ComingMeeting:
    """A meeting in which the organisation is represented."""

    id: UUID
    title: str
    body: str
    day: date
    starts: time
    tentative: bool


def coming_meetings(actor: Actor, body_ids: Iterable[UUID]) -> list[ComingMeeting]:
    """The next meetings of these bodies that the actor sees."""
    query = (
        sa.select(Meeting.id, Meeting.title, Body.short_name, Meeting.day, Meeting.starts, Meeting.tentative)
        .join(Body, Body.id == Meeting.body_id)
        .where(visible(actor, Meeting), Meeting.body_id.in_(sorted(body_ids)), Meeting.day >= actor.today)
        .where(Meeting.state.in_((MeetingState.PLANNED, MeetingState.CALLED)))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_MEETINGS)
    )
    return [ComingMeeting(*row) for row in session().execute(query)]


@dataclass(frozen=True)
class CarriedOut:
    """A decision that the organisation shall carry out, and how far it has come."""

    id: UUID
    decision_id: UUID
    number: str
    title: str
    body: str
    state: ImplementationState
    note: str
    deadline: date | None
    waits: bool
    may_report: bool


def decisions(actor: Actor, organisation_id: UUID) -> list[CarriedOut]:
    """The decisions that concern the organisation: those that wait for it first, the nearest deadline before all."""
    waits = sa.and_(Implementation.state.not_in(FINISHED), Decision.state.in_(FOLLOWED), Decision.closed_on.is_(None))
    query = (
        sa.select(Implementation.id, Implementation.decision_id, Implementation.state, Implementation.note)
        .add_columns(AgendaItem.title, Body.short_name.label("body"), Decision.ordinal, Decision.deadline)
        .add_columns(waits.label("waits"), Implementation.partnership_id, *NUMBER)
        .join(Decision, Decision.id == Implementation.decision_id)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Body, Body.id == Decision.body_id)
        .where(visible(actor, Implementation), Implementation.organisation_id == organisation_id)
        .order_by(sa.case((waits, 0), else_=1), Decision.deadline.is_(None))
        .order_by(sa.case((waits, Decision.deadline)), Decision.decided_on.desc(), Implementation.id)
        .limit(MOST_DECISIONS)
    )
    speaks = organisation_id in actor.organisations
    return [_carried_out(row, speaks or actor.is_secretary(row.partnership_id)) for row in session().execute(query)]


def _carried_out(row: Any, may_report: bool) -> CarriedOut:
    return CarriedOut(
        id=row.id,
        decision_id=row.decision_id,
        number=decision_number(row, row, row.ordinal),
        title=row.title,
        body=row.body,
        state=row.state,
        note=row.note,
        deadline=row.deadline,
        waits=row.waits,
        may_report=may_report,
    )


@dataclass(frozen=True)
class RaisedCase:
    """A case that the organisation has raised."""

    id: UUID
    title: str
    state: CaseState
    raised_on: date
    reason: str


def cases(actor: Actor, organisation_id: UUID) -> list[RaisedCase]:
    """What the organisation has raised, as far as the actor sees it: what waits for its answer first."""
    wanted = sa.case((Case.state == CaseState.MORE_WANTED, 0), else_=1)
    query = (
        sa.select(Case.id, Case.title, Case.state, Case.raised_on, Case.reason)
        .where(visible(actor, Case), Case.raised_by_organisation_id == organisation_id)
        .order_by(wanted, Case.raised_on.desc(), Case.id)
        .limit(MOST_CASES)
    )
    return [RaisedCase(*row) for row in session().execute(query)]


@dataclass(frozen=True)
class OwnContact:
    """Who answers for the organisation; the telephone only for its own people and the secretaries."""

    name: str
    title: str
    email: str
    phone: str
    role: Role
    partnership: str


def contacts(actor: Actor, organisation_id: UUID) -> list[OwnContact]:
    """The contacts and administrators of the organisation today."""
    roles = (Role.CONTACT, Role.ORGANISATION_ADMINISTRATOR)
    query = (
        sa.select(Person.given_name, Person.family_name, Person.title, Person.email, Person.phone)
        .add_columns(Office.role, Office.partnership_id, Partnership.short_name)
        .select_from(Person)
        .join(Office, read_as(Office.person_id) == Person.id)
        .join(Partnership, Partnership.id == Office.partnership_id)
        .where(visible(actor, Office), Office.role.in_(roles), Office.organisation_id == organisation_id)
        .where(on_day(Office, actor.today), Person.anonymised_at.is_(None))
        .order_by(Office.role, Person.sort_key, Office.id)
    )
    own = organisation_id in {actor.organisation_id, *actor.organisations}
    return [_contact(row, own or actor.is_secretary(row.partnership_id)) for row in session().execute(query)]


def _contact(row: Any, near: bool) -> OwnContact:
    name, phone = f"{row.given_name} {row.family_name}".strip(), row.phone if near else ""
    return OwnContact(name, row.title, row.email or "", phone, row.role, row.short_name)
