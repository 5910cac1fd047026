"""Who speaks for an organisation today: its own contacts, and those of the relays that represent it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.bodies.sitting import on_day
from secretariat.core import clock
from secretariat.core.actor import Role
from secretariat.core.db import session
from secretariat.directory.models import Representation


def contacts_of(partnership_id: UUID, organisations: set[UUID]) -> dict[UUID, set[UUID]]:
    """Who is contact today for each of the organisations, in this partnership."""
    contacts: dict[UUID, set[UUID]] = {organisation_id: set() for organisation_id in organisations}
    speaking: sa.CompoundSelect[*tuple[Any, ...]] = sa.union_all(
        _own(partnership_id, contacts), _of_relays(partnership_id, contacts)
    )
    for organisation_id, person_id in session().execute(speaking):
        contacts[organisation_id].add(person_id)
    return contacts


def _own(partnership_id: UUID, organisations: Iterable[UUID]) -> sa.Select[UUID | None, UUID]:
    query = sa.select(Office.organisation_id, Office.person_id)
    return query.where(*_is_contact(partnership_id), Office.organisation_id.in_(sorted(organisations)))


def _of_relays(partnership_id: UUID, organisations: Iterable[UUID]) -> sa.Select[UUID, UUID]:
    relays = sa.and_(
        Representation.organisation_id == Office.organisation_id,
        Representation.partnership_id == Office.partnership_id,
        on_day(Representation, clock.today()),
    )
    query = sa.select(Representation.represented_id, Office.person_id).join(Representation, relays)
    return query.where(*_is_contact(partnership_id), Representation.represented_id.in_(sorted(organisations)))


def _is_contact(partnership_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return Office.role == Role.CONTACT, Office.partnership_id == partnership_id, on_day(Office, clock.today())
