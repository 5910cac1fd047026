"""What the change looks like while it is prepared: what there is, what shall come, what has been chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.founding import picture_of
from secretariat.bodies.models import Body
from secretariat.bodies.sitting import on_day
from secretariat.bodies.structures import BodyPlan, Structure, read_structure
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.dates import ONE_DAY
from secretariat.core.db import session
from secretariat.directory.models import Membership, Organisation, Partnership
from secretariat.directory.parties import Party
from secretariat.transitions.matters import BODY, NEW, ORGANISATION, code_of
from secretariat.transitions.models import (
    MatterChoice,
    MatterKind,
    Transition,
    TransitionKind,
    TransitionMatter,
    TransitionOrganisation,
)
from secretariat.transitions.suggesting import successor_of

UNLIMITED = 10_000
Choices = dict[tuple[MatterKind, UUID], TransitionMatter]


@dataclass(frozen=True)
class OldBody:
    """A common body at work before the day."""

    id: UUID
    name: str
    short_name: str
    level: int
    level_name: str
    parent_id: UUID | None


@dataclass(frozen=True)
class Scene:
    """All that choices are read and weighed against; built with a fixed number of statements."""

    actor: Actor
    transition: Transition
    bodies: Mapping[UUID, OldBody]
    choices: Choices
    structure: Structure | None = None
    organisations: tuple[tuple[UUID, UUID | None], ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    members: frozenset[UUID] = frozenset()

    @property
    def day(self) -> date:
        """The first day of what is new."""
        return self.transition.effective_on

    @property
    def eve(self) -> date:
        """The last day of what was."""
        return self.day - ONE_DAY

    @property
    def is_structure(self) -> bool:
        """Whether bodies change, not the parties to the agreement."""
        return self.transition.kind is TransitionKind.STRUCTURE

    # ---- the structure

    @cached_property
    def plans(self) -> dict[str, BodyPlan]:
        """The bodies that will be founded: the common ones of the structure."""
        found = self.structure.bodies if self.structure else ()
        return {plan.short: plan for plan in found if not plan.is_secretariat and plan.room is None}

    @cached_property
    def fate(self) -> dict[UUID, str]:
        """What each body comes to: the choice made, else the one suggested."""
        return {body_id: self._fate(body) for body_id, body in self.bodies.items()}

    def _fate(self, body: OldBody) -> str:
        chosen = self.choices.get((MatterKind.BODY, body.id))
        return code_of(chosen) if chosen else successor_of(body, list(self.plans.values()))

    def ends(self, body_id: UUID) -> bool:
        """Whether the body works no more from the day."""
        return self.is_structure and self.fate.get(body_id, "keep") != "keep"

    def successor(self, body_id: UUID) -> str:
        """Where a body's matters go on, in one word; empty when nobody takes over."""
        fate = self.fate.get(body_id, "keep")
        return fate if fate.startswith((NEW, BODY)) else ""

    @cached_property
    def body_targets(self) -> dict[str, str]:
        """Where matters may go on: new bodies, and old ones that work on."""
        new = {f"{NEW}:{short}": plan.name for short, plan in self.plans.items()}
        kept = {f"{BODY}:{one.id}": one.name for one in self.bodies.values() if not self.ends(one.id)}
        return new | kept

    def seats_planned(self, short: str, party: Party | None) -> int:
        """How many places a new body has for a party; as many as are wanted where the structure names no number."""
        return UNLIMITED if self.unnumbered(short, party) else len(self._seats_of(short, party))

    def unnumbered(self, short: str, party: Party | None) -> bool:
        """Whether the structure says that the party has places there, but not how many."""
        return any(seat.assumed for seat in self._seats_of(short, party))

    def _seats_of(self, short: str, party: Party | None) -> list[Any]:
        plan = self.plans.get(short)
        planned = self.structure.seats_of(plan) if self.structure and plan else ()
        return [seat for seat in planned if seat.party is party]

    @cached_property
    def new_picture(self) -> list[Any]:
        """The new bodies, to be drawn."""
        return [one for one in picture_of(self.structure) if one.id in self.plans] if self.structure else []

    # ---- the parties to the agreement

    @cached_property
    def leaving(self) -> tuple[UUID, ...]:
        """The organisations that are no longer members from the day."""
        if self.transition.kind is TransitionKind.JOIN:
            return ()
        return tuple(dict.fromkeys(organisation_id for organisation_id, _successor in self.organisations))

    @cached_property
    def newcomers(self) -> tuple[UUID, ...]:
        """The municipalities that join."""
        return () if self.leaving else tuple(before for before, _after in self.organisations)

    def successors(self, organisation_id: UUID) -> list[UUID]:
        """Who takes over after an organisation."""
        pairs = self.organisations
        return [after for before, after in pairs if before == organisation_id and after is not None]

    @cached_property
    def organisation_targets(self) -> dict[str, str]:
        """The organisations to which matters may be handed: the successors first, then those that stay."""
        after = [after for _before, after in self.organisations if after is not None]
        staying = [one for one in self.names if one in self.members and one not in self.leaving]
        return {f"{ORGANISATION}:{one}": self.names[one] for one in dict.fromkeys([*after, *staying])}

    def targets(self, kind: MatterKind) -> dict[str, str]:
        """Where a matter of this kind may go on."""
        if self.newcomers:
            return {f"{ORGANISATION}:{one}": self.names[one] for one in self.newcomers}
        if not self.is_structure:
            return self.organisation_targets
        if kind is MatterKind.SEAT:
            return {code: name for code, name in self.body_targets.items() if code.startswith(NEW)}
        return self.body_targets


def read_scene(actor: Actor, transition: Transition) -> Scene:
    """The change as it is prepared now."""
    choices = _choices(actor, transition)
    if transition.kind is TransitionKind.STRUCTURE:
        partnership = session().get_one(Partnership, transition.partnership_id)
        structure = read_structure(transition.structure_key, partnership.language)
        return Scene(actor, transition, _bodies(actor, transition), choices, structure)
    pairs = _organisations(transition)
    names, members = _names(transition, {one for pair in pairs for one in pair if one is not None})
    return Scene(actor, transition, {}, choices, None, pairs, names, members)


def _choices(actor: Actor, transition: Transition) -> Choices:
    query = sa.select(TransitionMatter).where(
        TransitionMatter.transition_id == transition.id, visible(actor, TransitionMatter)
    )
    rows = session().scalars(query.order_by(TransitionMatter.created_at, TransitionMatter.id))
    return {(row.kind, row.subject_id): row for row in rows}


def _bodies(actor: Actor, transition: Transition) -> dict[UUID, OldBody]:
    day = transition.effective_on
    query = (
        sa.select(Body.id, Body.name, Body.short_name, Body.level, Body.level_name, Body.parent_id)
        .where(visible(actor, Body), Body.partnership_id == transition.partnership_id, Body.room == COMMON_ROOM)
        .where(on_day(Body, day), Body.starts_on < day)
        .order_by(Body.level, Body.created_at, Body.id)
    )
    return {row.id: OldBody(*row) for row in session().execute(query)}


def _organisations(transition: Transition) -> tuple[tuple[UUID, UUID | None], ...]:
    query = sa.select(TransitionOrganisation.organisation_id, TransitionOrganisation.successor_id).where(
        TransitionOrganisation.transition_id == transition.id
    )
    rows = session().execute(query.order_by(TransitionOrganisation.created_at, TransitionOrganisation.id))
    return tuple((row.organisation_id, row.successor_id) for row in rows)


def _names(transition: Transition, concerned: set[UUID]) -> tuple[dict[UUID, str], frozenset[UUID]]:
    """Those concerned and the members on the day, by name; and which of them are members."""
    day, here = transition.effective_on, Membership.partnership_id == transition.partnership_id
    member = sa.exists().where(Membership.organisation_id == Organisation.id, here, on_day(Membership, day))
    query = sa.select(Organisation.id, Organisation.name, member.label("member")).where(
        sa.or_(member, Organisation.id.in_(sorted(concerned)))
    )
    rows = session().execute(query.order_by(Organisation.sort_key, Organisation.id)).all()
    return {row.id: row.name for row in rows}, frozenset(row.id for row in rows if row.member)


def handed_over(matter: TransitionMatter) -> bool:
    """Whether the choice is that the matter goes on elsewhere."""
    return matter.choice is MatterChoice.HAND_OVER
