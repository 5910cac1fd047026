"""Which side leads the common secretariat, and until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import SecretariatTerm
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.parties import Party


@dataclass(frozen=True)
class SecretariatStretch:
    """A stretch in which one side leads the secretariat."""

    id: UUID
    partnership_id: UUID
    party: Party
    starts_on: date
    ends_on: date


def _stretches(actor: Actor) -> sa.Select[UUID, UUID, Party, date, date]:
    row = SecretariatTerm
    query = sa.select(row.id, row.partnership_id, row.party, row.starts_on, row.ends_on).where(visible(actor, row))
    return query.order_by(row.starts_on, row.id)


def secretariat_plan(actor: Actor, partnership_id: UUID) -> list[SecretariatStretch]:
    """The whole plan, in the order of time."""
    here = _stretches(actor).where(SecretariatTerm.partnership_id == partnership_id)
    return [SecretariatStretch(*row) for row in session().execute(here)]


def leading_from(actor: Actor, day: date) -> dict[UUID, list[SecretariatStretch]]:
    """By partnership: the stretch that holds on the day, and those after it."""
    plans: dict[UUID, list[SecretariatStretch]] = {}
    for row in session().execute(_stretches(actor).where(SecretariatTerm.ends_on >= day)):
        plans.setdefault(row.partnership_id, []).append(SecretariatStretch(*row))
    return plans


def secretariat_term(actor: Actor, term_id: UUID) -> SecretariatTerm | None:
    """One stretch."""
    return session().scalar(
        sa.select(SecretariatTerm).where(SecretariatTerm.id == term_id, visible(actor, SecretariatTerm))
    )
