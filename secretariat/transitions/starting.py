"""A change begins to be prepared, or is abandoned before it is carried out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.sitting import on_day
from secretariat.bodies.structures import structure_keys
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Note, Words
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Region
from secretariat.directory.names import claim
from secretariat.directory.parties import Party
from secretariat.transitions.models import (
    Transition,
    TransitionKind,
    TransitionOrganisation,
    TransitionState,
)
from secretariat.transitions.opening import happened_since
from secretariat.transitions.policy import may_prepare_transition, may_start_transition
from secretariat.transitions.scene import read_scene

NewNames = Annotated[str, Words(most=1000, required=False, lines=True)]
MOST_PARTS = 20


@dataclass(frozen=True)
class StartStructure:
    """The structure to go over to, and its first day."""

    structure_key: Annotated[str, Words(most=60)]
    effective_on: date
    note: Note = ""


@action("transitions.start_structure", load=Partnership, rule=may_start_transition, input=StartStructure)
def start_structure(actor: Actor, partnership: Partnership, given: StartStructure) -> UUID:
    """Begin to prepare that the partnership goes over to another structure on a day."""
    if given.structure_key not in structure_keys():
        raise DomainError(_l("Velg en struktur."), "structure_key")
    if given.structure_key == present_structure(partnership):
        raise DomainError(_l("Samarbeidet har alt denne strukturen. Velg en annen."), "structure_key")
    transition = _prepared(actor, partnership, TransitionKind.STRUCTURE, given)
    transition.structure_key = given.structure_key
    session().flush()
    scene = read_scene(actor, transition)
    if not scene.bodies:
        raise DomainError(_l("Ingen utvalg virket før denne dagen."), "effective_on")
    _demand_nothing_since(actor, transition)
    return transition.id


def present_structure(partnership: Partnership) -> str | None:
    """The structure the partnership works by: the last it went over to, else the one it was set up from."""
    gone_over = sa.select(Transition.structure_key).where(
        Transition.partnership_id == partnership.id,
        Transition.kind == TransitionKind.STRUCTURE,
        Transition.state == TransitionState.CARRIED_OUT,
    )
    last = session().scalar(gone_over.order_by(Transition.effective_on.desc(), Transition.id.desc()).limit(1))
    return last or partnership.structure_key


def _prepared(actor: Actor, partnership: Partnership, kind: TransitionKind, given: Any) -> Transition:
    """One change is prepared at a time: two would make choices for the same matters."""
    if given.effective_on is None:
        raise DomainError(_l("Skriv dagen omleggingen gjelder fra."), "effective_on")
    transition = Transition(
        partnership_id=partnership.id, kind=kind, effective_on=given.effective_on, prepared_by_id=actor.person_id
    )
    transition.note = given.note
    session().add(transition)
    session().flush()
    return transition


def _demand_nothing_since(actor: Actor, transition: Transition) -> None:
    reasons = happened_since(read_scene(actor, transition))
    if reasons:
        raise DomainError(reasons[0], "effective_on")


@dataclass(frozen=True)
class StartMembership:
    """Whom the change concerns, who takes over (known organisations, or new ones by name, one a line), from when."""

    kind: TransitionKind
    effective_on: date
    organisations: tuple[UUID, ...] = ()
    successors: tuple[UUID, ...] = ()
    new_names: NewNames = ""
    region_id: UUID | None = None
    note: Note = ""


@action("transitions.start_membership", load=Partnership, rule=may_start_transition, input=StartMembership)
def start_membership(actor: Actor, partnership: Partnership, given: StartMembership) -> UUID:
    """Begin to prepare that a municipality joins, leaves, is merged with others or is split."""
    if given.kind is TransitionKind.STRUCTURE:
        raise DomainError(_l("Velg hva som endres."), "kind")
    transition = _prepared(actor, partnership, given.kind, given)
    named = list(dict.fromkeys([*given.successors, *_registered(given.new_names)]))
    pairs = list(_PAIRS[given.kind](list(dict.fromkeys(given.organisations)), named))
    _demand_known({one for pair in pairs for one in pair if one is not None})
    _demand_region(partnership, given.region_id)
    for before, after in pairs:
        _demand_pair(partnership, given, before, after, [one for one, _after in pairs])
        row = TransitionOrganisation(partnership_id=partnership.id, transition_id=transition.id, organisation_id=before)
        row.successor_id, row.region_id = after, given.region_id
        session().add(row)
        session().flush()
    _demand_nothing_since(actor, transition)
    return transition.id


def _registered(names: str) -> list[UUID]:
    """New municipalities by name; a known name is the known organisation."""
    found = []
    for name in dict.fromkeys(line.strip() for line in names.splitlines() if line.strip()):
        if len(name) > 200:
            raise DomainError(_l("Navnet er for langt."), "new_names")
        known = session().scalar(sa.select(Organisation).where(Organisation.name == name))
        if known is None:
            claim(name, field="new_names")
            known = Organisation(name=name, kind=OrganisationKind.MUNICIPALITY, party=Party.M)
            session().add(known)
            session().flush()
        found.append(known.id)
    return found


Pairs = Iterable[tuple[UUID, UUID | None]]


def _joining(chosen: list[UUID], named: list[UUID]) -> Pairs:
    if len(named) != 1:
        raise DomainError(_l("Velg den ene kommunen som går inn, eller skriv navnet på den."), "successors")
    return [(named[0], None)]


def _leaving(chosen: list[UUID], named: list[UUID]) -> Pairs:
    if not chosen:
        raise DomainError(_l("Velg kommunen som går ut."), "organisations")
    if named:
        raise DomainError(_l("En kommune som går ut, har ingen etterfølger."), "successors")
    return [(one, None) for one in chosen]


def _merging(chosen: list[UUID], named: list[UUID]) -> Pairs:
    if not chosen:
        raise DomainError(_l("Velg kommunene som slås sammen."), "organisations")
    if len(named) != 1:
        raise DomainError(_l("Velg den ene kommunen de blir til, eller skriv navnet på den."), "successors")
    return [(one, named[0]) for one in chosen]


def _splitting(chosen: list[UUID], named: list[UUID]) -> Pairs:
    if len(chosen) != 1:
        raise DomainError(_l("Velg den ene kommunen som deles."), "organisations")
    if not 2 <= len(named) <= MOST_PARTS:
        raise DomainError(_l("Velg minst to kommuner den deles mellom."), "successors")
    return [(chosen[0], one) for one in named]


_PAIRS = {
    TransitionKind.JOIN: _joining,
    TransitionKind.LEAVE: _leaving,
    TransitionKind.MERGER: _merging,
    TransitionKind.SPLIT: _splitting,
}


def _demand_known(concerned: set[UUID]) -> None:
    known = set(session().scalars(sa.select(Organisation.id).where(Organisation.id.in_(sorted(concerned)))))
    if concerned - known:
        raise DomainError(_l("Organisasjonen finnes ikke."), "organisations")


def _demand_region(partnership: Partnership, region_id: UUID | None) -> None:
    known = sa.select(Region.id).where(Region.id == region_id, Region.partnership_id == partnership.id)
    if region_id is not None and session().scalar(known) is None:
        raise DomainError(_l("Regionen finnes ikke."), "region_id")


def _demand_pair(
    partnership: Partnership, given: StartMembership, before: UUID, after: UUID | None, leaving: list[UUID]
) -> None:
    if after in leaving:
        raise DomainError(_l("En kommune kan ikke etterfølge seg selv."), "successors")
    here = (Membership.partnership_id == partnership.id, Membership.organisation_id == before)
    if given.kind is TransitionKind.JOIN:
        later = sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= given.effective_on)
        if session().scalar(sa.select(Membership.id).where(*here, later).limit(1)) is not None:
            raise DomainError(_l("Kommunen er alt med i samarbeidet."), "successors")
        return
    member = sa.select(Membership.id).where(
        *here, on_day(Membership, given.effective_on), Membership.starts_on < given.effective_on
    )
    if session().scalar(member.limit(1)) is None:
        day = format_date(given.effective_on)
        raise DomainError(_l("Kommunen er ikke med i samarbeidet fram til %(day)s.", day=day), "organisations")


@action("transitions.abandon", load=Transition, rule=may_prepare_transition)
def abandon(_actor: Actor, transition: Transition, _given: Any) -> UUID:
    """Leave the change before it is carried out; the choices are kept with it, nothing else has changed."""
    if transition.state is TransitionState.CARRIED_OUT:
        raise DomainError(_l("Omleggingen er gjennomført og kan ikke forkastes."))
    transition.state = TransitionState.ABANDONED
    return transition.id
