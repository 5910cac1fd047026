"""Gjennomføring i kommunene og helseforetaket: who shall carry a decision out, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.contacts import contacts_of
from secretariat.bodies.sitting import on_day
from secretariat.core import clock
from secretariat.core.access import grant
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Note
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.decisions.concerned import people_by_id
from secretariat.decisions.letters import demand_quiet_day, remind_of_implementation
from secretariat.decisions.models import Decision, DecisionState, Implementation, ImplementationState
from secretariat.decisions.policy import may_report_implementation, may_write_decision
from secretariat.directory.models import Membership, Organisation, OrganisationKind
from secretariat.documents.actions import add_files

FINISHED = (
    ImplementationState.ADOPTED,
    ImplementationState.IMPLEMENTED,
    ImplementationState.NOT_RELEVANT,
    ImplementationState.DECLINED,
)


class Whom(Worded):
    """Who shall carry the decision out."""

    CHOSEN = "chosen", _l("De som er valgt under")
    MUNICIPALITIES = "municipalities", _l("Alle kommunene")
    MEMBERS = "members", _l("Alle kommunene og helseforetaket")


@dataclass(frozen=True)
class Require:
    """The organisations: some of them, or all that took part on the day of the decision."""

    whom: Whom = Whom.CHOSEN
    organisations: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How far one organisation has come."""

    state: ImplementationState
    note: Note = ""
    version: int | None = None
    uploads: tuple[str, ...] = ()


@action("decisions.require_implementation", load=Decision, rule=may_write_decision, input=Require)
def require_implementation(_actor: Actor, decision: Decision, given: Require) -> UUID:
    """Ask organisations to carry the decision out: each gets to see it and reports; those asked before stay asked."""
    wanted = _wanted(decision, given)
    if not wanted:
        raise DomainError(_l("Velg minst én organisasjon."), "organisations")
    known = set(session().scalars(sa.select(Implementation.organisation_id).where(_of(decision))))
    decision.closed_on = None
    for organisation_id in wanted:
        grant(decision, because="implementation", start=clock.today(), organisation_id=organisation_id)
        if organisation_id not in known:
            session().add(
                Implementation(
                    partnership_id=decision.partnership_id, decision_id=decision.id, organisation_id=organisation_id
                )
            )
    return decision.id


def _of(decision: Decision) -> Any:
    return Implementation.decision_id == decision.id


def _wanted(decision: Decision, given: Require) -> list[UUID]:
    members = {row.id: row.kind for row in session().execute(_members(decision))}
    if given.whom is Whom.MUNICIPALITIES:
        return [one for one, kind in members.items() if kind is OrganisationKind.MUNICIPALITY]
    if given.whom is Whom.MEMBERS:
        both = (OrganisationKind.MUNICIPALITY, OrganisationKind.TRUST)
        return [one for one, kind in members.items() if kind in both]
    if not members.keys() >= set(given.organisations):
        raise DomainError(_l("Velg organisasjoner som var med i samarbeidet da vedtaket ble gjort."), "organisations")
    return list(dict.fromkeys(given.organisations))


def _members(decision: Decision) -> sa.Select[*tuple[Any, ...]]:
    """Those who were party to the agreement on the day of the decision; what one party decided alone is for its own."""
    own = sa.true() if decision.room == COMMON_ROOM else sa.cast(Organisation.party, sa.String) == decision.room
    return (
        sa.select(Organisation.id, Organisation.kind)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.partnership_id == decision.partnership_id, on_day(Membership, decision.decided_on), own)
        .order_by(Organisation.sort_key, Organisation.id)
    )


@action("decisions.report_implementation", load=Implementation, rule=may_report_implementation, input=Progress)
def report_implementation(actor: Actor, line: Implementation, given: Progress) -> UUID:
    """Report what an organisation has done with a decision."""
    if _decision_of(line).state is DecisionState.DRAFT:
        raise DomainError(_l("Vedtaket gjelder ikke før møtet er avsluttet."), "state")
    if given.state is ImplementationState.DECLINED and not given.note:
        raise DomainError(_l("Skriv hvorfor vedtaket ikke følges opp."), "note")
    line.state, line.note = given.state, given.note
    line.reported_on, line.reported_by_id = clock.today(), actor.person_id
    if given.uploads:
        add_files(actor, line, given.uploads)
    return line.id


@action("decisions.remind", load=Implementation, rule=may_write_decision)
def remind(actor: Actor, line: Implementation, _given: Any) -> UUID:
    """Remind an organisation's contacts of a decision they have not carried out, at most once a day."""
    decision = _decision_of(line)
    if decision.state is DecisionState.DRAFT or line.state in FINISHED:
        raise DomainError(_l("Det er ingenting å purre på."))
    demand_quiet_day(line)
    contacts: Iterable[UUID] = contacts_of(line.partnership_id, {line.organisation_id})[line.organisation_id]
    people = people_by_id(contacts)
    if not people:
        raise DomainError(_l("Organisasjonen har ingen kontakt å purre."))
    for person in people:
        remind_of_implementation(actor, decision, line, person)
    return line.id


def _decision_of(line: Implementation) -> Decision:
    return session().get_one(Decision, line.decision_id)
