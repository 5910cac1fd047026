"""What is read of transitions: the list, one of them, and what was chosen in it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Person
from secretariat.transitions.models import (
    MatterKind,
    Transition,
    TransitionKind,
    TransitionMatter,
    TransitionOrganisation,
    TransitionState,
)


@dataclass(frozen=True)
class TransitionRow:
    """A transition in the list."""

    id: UUID
    partnership: str
    kind: TransitionKind
    state: TransitionState
    effective_on: date
    structure_key: str
    counts: list[dict[str, Any]]


@dataclass(frozen=True)
class Hands:
    """Who prepared a transition and who carried it out; both parties' secretaries have the same rights."""

    prepared_by: str
    carried_out_by: str
    carried_out_at: datetime | None


def transitions(actor: Actor) -> list[TransitionRow]:
    """The transitions of the partnerships the actor serves, the newest first."""
    columns = (Transition.kind, Transition.state, Transition.effective_on, Transition.structure_key, Transition.counts)
    query = (
        sa.select(Transition.id, Partnership.short_name, *columns)
        .join(Partnership, Partnership.id == Transition.partnership_id)
        .where(visible(actor, Transition))
        .order_by(Transition.effective_on.desc(), Transition.id.desc())
    )
    return [TransitionRow(*row) for row in session().execute(query)]


def transition(actor: Actor, transition_id: UUID) -> Transition | None:
    """One transition."""
    return session().scalar(sa.select(Transition).where(Transition.id == transition_id, visible(actor, Transition)))


def hands(actor: Actor, of: Transition) -> Hands:
    """By whom it was prepared and carried out."""
    ids = [one for one in (of.prepared_by_id, of.carried_out_by_id) if one is not None]
    query = sa.select(Person.id, Person.given_name, Person.family_name).where(Person.id.in_(ids))
    names = {row.id: f"{row.given_name} {row.family_name}".strip() for row in session().execute(query)}
    prepared = names.get(of.prepared_by_id, "") if of.prepared_by_id else ""
    carried_out = names.get(of.carried_out_by_id, "") if of.carried_out_by_id else ""
    return Hands(prepared, carried_out, of.carried_out_at)


def choices(actor: Actor, of: Transition, kind: MatterKind) -> list[TransitionMatter]:
    """The choices of one kind as they were made."""
    query = sa.select(TransitionMatter).where(
        TransitionMatter.transition_id == of.id, TransitionMatter.kind == kind, visible(actor, TransitionMatter)
    )
    return list(session().scalars(query.order_by(TransitionMatter.created_at, TransitionMatter.id)))


def concerned(actor: Actor, of: Transition) -> list[tuple[str, str]]:
    """The organisations a transition concerns, each with who takes over after it."""
    after = sa.orm.aliased(Organisation)
    query = (
        sa.select(Organisation.name, sa.func.coalesce(after.name, ""))
        .select_from(TransitionOrganisation)
        .join(Organisation, Organisation.id == TransitionOrganisation.organisation_id)
        .outerjoin(after, after.id == TransitionOrganisation.successor_id)
        .where(TransitionOrganisation.transition_id == of.id, visible(actor, TransitionOrganisation))
        .order_by(Organisation.sort_key, after.sort_key, TransitionOrganisation.id)
    )
    return [(before, successor) for before, successor in session().execute(query)]


def municipalities(actor: Actor, partnership_id: UUID) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """For a choice: the municipalities that take part now or later, and all that are known."""
    member = sa.exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.partnership_id == partnership_id,
        sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= actor.today),
    )
    query = sa.select(Organisation.id, Organisation.name, member.label("member")).where(
        visible(actor, Organisation), Organisation.kind == OrganisationKind.MUNICIPALITY
    )
    rows = session().execute(query.order_by(Organisation.sort_key, Organisation.id)).all()
    known = [(str(row.id), row.name) for row in rows]
    return [(str(row.id), row.name) for row in rows if row.member], known
