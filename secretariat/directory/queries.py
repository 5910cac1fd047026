"""What is read of the directory."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.core.text.language import _l, format_date
from secretariat.core.text.sorting import folded
from secretariat.directory.merged import is_merged
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Person, Region
from secretariat.directory.parties import Party

MOST_PEOPLE = 200


@dataclass(frozen=True)
class PartnershipName:
    """A partnership as it is named on pages."""

    id: UUID
    name: str
    short_name: str
    language: str


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation in the list."""

    id: UUID
    name: str
    kind: OrganisationKind
    party: Party
    email: str
    last_day: date = date.max

    def has_left(self, day: date) -> bool:
        """Whether it was a member before the day, and is no more."""
        return self.last_day < day


@dataclass(frozen=True)
class PersonRow:
    """A person in the list."""

    id: UUID
    given_name: str
    family_name: str
    title: str
    organisation: str
    email: str | None
    phone: str

    @property
    def name(self) -> str:
        """Given and family name as they are said."""
        return f"{self.given_name} {self.family_name}".strip()


def partnership_names(actor: Actor) -> list[PartnershipName]:
    """The partnerships the actor takes part in, by name."""
    return [PartnershipName(*row) for row in _names(actor).rows()]


@built_once
def _names(actor: Actor) -> Ready:
    columns = (Partnership.id, Partnership.name, Partnership.short_name, Partnership.language)
    query = sa.select(*columns).where(visible(actor, Partnership))
    return Ready(query.order_by(Partnership.sort_key, Partnership.id))


def served_partnerships(actor: Actor) -> list[PartnershipName]:
    """The partnerships whose secretariat the actor belongs to."""
    return [name for name in partnership_names(actor) if name.id in actor.secretary_in]


def partnership(actor: Actor, partnership_id: UUID) -> Partnership | None:
    """One partnership."""
    return session().scalar(sa.select(Partnership).where(Partnership.id == partnership_id, visible(actor, Partnership)))


def organisations(actor: Actor, partnership_id: UUID | None = None, words: str = "") -> list[OrganisationRow]:
    """The organisations that take part (in one partnership, or in any of the actor's), by name."""
    last_day = sa.func.max(sa.func.coalesce(Membership.ends_on, date.max)).label("last_day")
    members = sa.select(Membership.organisation_id, last_day).where(visible(actor, Membership))
    if partnership_id is not None:
        members = members.where(Membership.partnership_id == partnership_id)
    member = members.group_by(Membership.organisation_id).subquery()
    columns = (Organisation.id, Organisation.name, Organisation.kind, Organisation.party, Organisation.email)
    query = (
        sa.select(*columns, member.c.last_day)
        .join(member, member.c.organisation_id == Organisation.id)
        .where(visible(actor, Organisation))
        .order_by(Organisation.sort_key, Organisation.id)
    )
    rows = [OrganisationRow(*row) for row in session().execute(query)]
    return [row for row in rows if folded(words) in folded(row.name)]


def organisation_choices(
    actor: Actor, partnership_id: UUID | None = None, party: Party | None = None
) -> list[tuple[Any, Any]]:
    """Organisations (of one party alone) for a select field; those that have left come last, with their last day."""
    found = [row for row in organisations(actor, partnership_id) if party in (None, row.party)]
    rows = sorted(found, key=lambda row: row.has_left(actor.today))
    return [(str(row.id), _with_last_day(row) if row.has_left(actor.today) else row.name) for row in rows]


def _with_last_day(row: OrganisationRow) -> Any:
    return _l("%(name)s (til %(day)s)", name=row.name, day=format_date(row.last_day, "short"))


def region_choices(actor: Actor, partnership_id: UUID) -> list[tuple[Any, Any]]:
    """Regions for a select field."""
    query = sa.select(Region.id, Region.name).where(visible(actor, Region), Region.partnership_id == partnership_id)
    return [(str(row.id), row.name) for row in session().execute(query.order_by(Region.sort_key, Region.id))]


def organisation(actor: Actor, organisation_id: UUID) -> Organisation | None:
    """One organisation."""
    return session().scalar(
        sa.select(Organisation).where(Organisation.id == organisation_id, visible(actor, Organisation))
    )


def person(actor: Actor, person_id: UUID) -> Person | None:
    """One person."""
    return session().scalar(sa.select(Person).where(Person.id == person_id, visible(actor, Person)))


def people(
    actor: Actor, words: str = "", organisation_id: UUID | None = None, party: Party | None = None
) -> list[PersonRow]:
    """The people the actor may register and appoint, whose name holds every word; by family name. A ``party`` asks for
    those who work for it.
    """
    query = (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.title,
            sa.func.coalesce(Organisation.name, ""),
            Person.email,
            Person.phone,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(visible(actor, Person), Person.anonymised_at.is_(None), ~is_merged())
        .where(*(Person.folded_name.contains(word, autoescape=True) for word in folded(words).split()))
        .order_by(Person.sort_key, Person.id)
        .limit(MOST_PEOPLE)
    )
    if organisation_id is not None:
        query = query.where(Person.organisation_id == organisation_id)
    if party is not None:
        query = query.where(Organisation.party == party)
    return [PersonRow(*row) for row in session().execute(query)]
