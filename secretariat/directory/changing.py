"""What changes with the years: memberships end and begin, organisations get another name, or others take over.

A row that has held is never rewritten: it gets a last day, and another row goes on (invariant ``HISTORY_STAYS``).
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import (
    Membership,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Person,
    RegionMember,
)
from secretariat.directory.policy import may_edit_organisation

ONE_DAY = timedelta(days=1)


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


# ---- another name


@dataclass(frozen=True)
class Rename:
    """The new name, and the first day it is used."""

    name: Line
    starts_on: date


@action("directory.rename_organisation", load=Organisation, rule=may_edit_organisation, input=Rename)
def rename(_actor: Actor, organisation: Organisation, given: Rename) -> UUID:
    """The organisation is called something else from a day; what it was called until then is kept."""
    if given.starts_on is None or given.starts_on > clock.today():
        raise DomainError(_l("Skriv en dag som har vært, eller dagen i dag."), "starts_on")
    if given.name == organisation.name:
        raise DomainError(_l("Organisasjonen heter alt dette."), "name")
    last = given.starts_on - ONE_DAY
    kept = sa.select(sa.func.max(OrganisationName.ends_on)).where(OrganisationName.organisation_id == organisation.id)
    latest = session().scalar(kept)
    if latest is not None and latest >= last:
        raise DomainError(_l("Den fikk sitt nåværende navn %(day)s.", day=format_date(latest + ONE_DAY)), "starts_on")
    session().add(OrganisationName(organisation_id=organisation.id, name=organisation.name, ends_on=last))
    organisation.name = given.name
    return organisation.id


def former_names(actor: Actor, organisation_id: UUID) -> list[tuple[str, date]]:
    """What an organisation was called before, each with its last day, the newest first."""
    query = sa.select(OrganisationName.name, OrganisationName.ends_on).where(
        OrganisationName.organisation_id == organisation_id, visible(actor, OrganisationName)
    )
    return [(name, day) for name, day in session().execute(query.order_by(OrganisationName.ends_on.desc()))]
