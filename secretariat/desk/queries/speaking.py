"""What a contact's desk holds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases.models import Case, CaseState
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.desk.queries.counting import MOST
from secretariat.directory.models import Organisation, OrganisationKind

UNDER_WAY = (CaseState.MORE_WANTED, CaseState.RAISED, CaseState.IN_PREPARATION, CaseState.READY)


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation the actor speaks for."""

    id: UUID
    name: str
    kind: OrganisationKind


def own_organisations(actor: Actor) -> list[OwnOrganisation]:
    """The organisations the actor speaks for, by name."""
    query = sa.select(Organisation.id, Organisation.name, Organisation.kind).where(visible(actor, Organisation))
    ours = query.where(Organisation.id.in_(sorted(actor.organisations)))
    return [OwnOrganisation(*row) for row in session().execute(ours.order_by(Organisation.sort_key, Organisation.id))]


@dataclass(frozen=True)
class OwnCase:
    """A case that one's organisation has raised."""

    id: UUID
    title: str
    state: CaseState
    raised_on: date
    reason: str


def own_cases(actor: Actor) -> list[OwnCase]:
    """The cases that one's organisations have raised and that are under way; what waits for an answer first."""
    query = (
        sa.select(Case.id, Case.title, Case.state, Case.raised_on, Case.reason)
        .where(visible(actor, Case), Case.state.in_(UNDER_WAY))
        .where(Case.raised_by_organisation_id.in_(sorted(actor.organisations)))
        .order_by(sa.case((Case.state == CaseState.MORE_WANTED, 0), else_=1), Case.raised_on, Case.id)
        .limit(MOST)
    )
    return [OwnCase(*row) for row in session().execute(query)]
