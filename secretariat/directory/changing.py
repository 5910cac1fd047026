"""What changes with the years: memberships end and begin, people get another employer, organisations a successor.

A row that has held is never rewritten: it gets a last day, and another row goes on (invariant ``HISTORY_STAYS``).
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.directory.models import (
    Membership,
    OrganisationSuccession,
    Person,
    RegionMember,
)


def lasts_beyond(model: Any, day: date) -> Any:
    """The row holds on the day, and would hold the day after."""
    return sa.and_(model.starts_on <= day, sa.or_(model.ends_on.is_(None), model.ends_on > day))


def end_membership(partnership_id: UUID, organisation_id: UUID, last_day: date) -> list[UUID]:
    """The organisation is a member, and in its regions, until the day, counted; the regions it was in."""
    here = {"partnership_id": partnership_id, "organisation_id": organisation_id}
    members = session().scalars(sa.select(Membership).filter_by(**here).where(lasts_beyond(Membership, last_day)))
    grouped = sa.select(RegionMember).filter_by(**here).where(lasts_beyond(RegionMember, last_day))
    regions = session().scalars(grouped.order_by(RegionMember.id)).all()
    for row in (*members, *regions):
        row.ends_on = last_day
    session().flush()
    return [row.region_id for row in regions]


def begin_membership(partnership_id: UUID, organisation_id: UUID, first_day: date) -> None:
    """The organisation is a member from the day; one that is stays so (invariant ``ONE_MEMBERSHIP``)."""
    here = {"partnership_id": partnership_id, "organisation_id": organisation_id}
    known = sa.select(Membership).filter_by(**here)
    later = sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= first_day)
    if session().scalar(known.where(later).limit(1)) is None:
        session().add(Membership(**here, starts_on=first_day))
        session().flush()


def enter_region(partnership_id: UUID, region_id: UUID, organisation_id: UUID, first_day: date) -> None:
    """The municipality belongs to the region from the day; one that belongs there already does so once."""
    later = sa.or_(RegionMember.ends_on.is_(None), RegionMember.ends_on >= first_day)
    known = sa.select(RegionMember.id).where(
        RegionMember.region_id == region_id, RegionMember.organisation_id == organisation_id, later
    )
    if session().scalar(known.limit(1)) is None:
        row = RegionMember(partnership_id=partnership_id, region_id=region_id, organisation_id=organisation_id)
        row.starts_on = first_day
        session().add(row)
        session().flush()


def succeed(organisation_id: UUID, successor_id: UUID, first_day: date) -> None:
    """Another organisation takes over from the day; the same said twice is once, also by two partnerships."""
    if organisation_id == successor_id:
        raise DomainError(_l("En kommune kan ikke etterfølge seg selv."), "successors")
    pair = {"organisation_id": organisation_id, "successor_id": successor_id}
    if session().scalar(sa.select(OrganisationSuccession.id).filter_by(**pair)) is None:
        session().add(OrganisationSuccession(**pair, starts_on=first_day))
        session().flush()


# ---- a new employer, when the day comes


def employ_from(person_id: UUID, organisation_id: UUID, first_day: date) -> None:
    """The person is employed elsewhere from the day: at once when it has come, else at its midnight."""
    if first_day <= clock.today():
        session().get_one(Person, person_id).organisation_id = organisation_id
        return
    payload = {"person_id": str(person_id), "organisation_id": str(organisation_id)}
    key = f"directory.employ:{person_id}:{organisation_id}:{first_day}"
    outbox.put("directory.employ", payload, key=key, not_before=instant(first_day, time()))


def takes_up_changes(actor: Actor, _subject: Any) -> bool:
    """The worker alone."""
    return actor.is_system


@dataclass(frozen=True)
class Employ:
    """The new employer."""

    organisation_id: UUID


@action("directory.employ", load=Person, rule=takes_up_changes, input=Employ)
def employ(_actor: Actor, person: Person, given: Employ) -> UUID:
    """The day has come: the person has the new employer; one who has been forgotten since has none."""
    if person.anonymised_at is None:
        person.organisation_id = given.organisation_id
    return person.id


@outbox.handles("directory.employ")
def take_up_employment(payload: dict[str, Any]) -> None:
    """Let a planned change of employer take effect."""
    employ(Actor.system("worker"), UUID(payload["person_id"]), organisation_id=UUID(payload["organisation_id"]))
