"""Giving and ending offices, closing and opening users: the administrator's work.

Invariant ``LAST_ADMINISTRATOR``: somebody who can sign in is administrator without an end date, always.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office, User
from secretariat.accounts.policy import may_keep_users
from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import LastDay, in_order
from secretariat.core.text.language import _l
from secretariat.directory.models import Person
from secretariat.directory.parties import Party

SPEAKS_FOR_ORGANISATION = (Role.CONTACT, Role.ORGANISATION_ADMINISTRATOR)


@dataclass(frozen=True)
class GivenOffice:
    """The office, for whom, and from when."""

    role: Role | None
    partnership_id: UUID | None = None
    party: Party | None = None
    organisation_id: UUID | None = None
    body_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@action("accounts.give_office", load=Person, rule=may_keep_users, input=GivenOffice)
def give_office(actor: Actor, person: Person, given: GivenOffice) -> UUID:
    """Give a person an office, from today unless another day is said."""
    if given.role is None:
        raise DomainError(_l("Velg hvilken rolle det gjelder."), "role")
    _require_place(given)
    starts_on = given.starts_on or clock.today()
    in_order(starts_on, given.ends_on)
    office = Office(
        person_id=person.id,
        role=given.role,
        party=given.party,
        partnership_id=None if given.role == Role.ADMINISTRATOR else given.partnership_id,
        organisation_id=given.organisation_id,
        body_id=given.body_id,
        starts_on=starts_on,
        ends_on=given.ends_on,
    )
    session().add(office)
    return office.id


def _require_place(given: GivenOffice) -> None:
    if given.role == Role.ADMINISTRATOR:
        return
    if given.partnership_id is None:
        raise DomainError(_l("Velg hvilket helsefellesskap rollen gjelder."), "partnership_id")
    if given.role == Role.SECRETARY and given.party is None:
        raise DomainError(_l("Velg hvilken part sekretæren hører til."), "party")
    if given.role in SPEAKS_FOR_ORGANISATION and given.organisation_id is None:
        raise DomainError(_l("Velg hvilken organisasjon rollen gjelder."), "organisation_id")


@action("accounts.end_office", load=Office, rule=may_keep_users, input=LastDay)
def end_office(actor: Actor, office: Office, given: LastDay) -> UUID:
    """Let an office end; it is kept, with its last day."""
    in_order(office.starts_on, given.ends_on)
    office.ends_on = given.ends_on
    require_administrator()
    return office.id


@action("accounts.close_user", load=User, rule=may_keep_users)
def close_user(actor: Actor, user: User, _given: Any) -> UUID:
    """Nobody signs in as this user any more; what the person has done stays."""
    user.disabled_at = user.disabled_at or clock.now()
    require_administrator()
    return user.id


@action("accounts.open_user", load=User, rule=may_keep_users)
def open_user(actor: Actor, user: User, _given: Any) -> UUID:
    """The user may sign in again."""
    user.disabled_at = None
    return user.id


def require_administrator() -> None:
    """Raise unless somebody stays administrator. All their offices are locked: two cannot end each other's at once."""
    session().flush()
    held = sa.select(Office).where(Office.role == Role.ADMINISTRATOR).order_by(Office.id).with_for_update()
    offices = session().scalars(held.execution_options(populate_existing=True)).all()
    lasting = [o.person_id for o in offices if o.ends_on is None and o.starts_on <= clock.today()]
    signing_in = sa.select(User.id).where(User.person_id.in_(lasting), User.disabled_at.is_(None)).limit(1)
    if session().scalar(signing_in) is None:
        raise DomainError(_l("Installasjonen må alltid ha en administrator. Gi rollen til en annen først."), "ends_on")
