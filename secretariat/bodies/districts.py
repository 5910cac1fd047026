"""The municipalities of a partnership on a day, and the groups (regions) they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.sitting import DAY, on_day
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Region, RegionMember


@dataclass(frozen=True)
class Districts:
    """Municipalities by name, in their order, each with its groups; and all groups there are."""

    municipalities: Mapping[str, frozenset[str]]
    regions: tuple[str, ...]

    def spoken_for(self, represents: str, employer: str) -> str:
        """Whom a place speaks for: the municipality or group it says, else the employer of the one who meets."""
        return represents if represents in self.municipalities or represents in self.regions else employer

    def within(self, region: str) -> frozenset[str]:
        """The group itself and its municipalities."""
        return frozenset({region} | {name for name, groups in self.municipalities.items() if region in groups})

    def without(self, spoken_for: Iterable[str]) -> tuple[list[str], list[str]]:
        """The groups and the municipalities that none of these speaks for; a group does not speak as a municipality."""
        heard = set(spoken_for)
        regions = [region for region in self.regions if not heard & self.within(region)]
        return regions, [name for name in self.municipalities if name not in heard]


def districts_on(actor: Actor, partnership_id: UUID, day: date) -> Districts:
    """The districts on the day. Two statements."""
    given = {"partnership_id": partnership_id, "day": day}
    regions = session().scalars(_regions().where(visible(actor, Region)), {"partnership_id": partnership_id})
    municipalities: dict[str, frozenset[str]] = {}
    for name, region in session().execute(_districts().where(visible(actor, Membership)), given):
        municipalities[name] = municipalities.get(name, frozenset()) | ({region} if region else frozenset())
    return Districts(municipalities, tuple(regions))


@cache
def _districts() -> sa.Select[*tuple[Any, ...]]:
    own = sa.and_(
        RegionMember.organisation_id == Organisation.id,
        RegionMember.partnership_id == Membership.partnership_id,
        on_day(RegionMember, DAY),
    )
    return (
        sa.select(Organisation.name, Region.name)
        .select_from(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(RegionMember, own)
        .outerjoin(Region, Region.id == RegionMember.region_id)
        .where(Membership.partnership_id == sa.bindparam("partnership_id", type_=sa.Uuid()), on_day(Membership, DAY))
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY)
        .order_by(Organisation.sort_key, Organisation.id, Region.sort_key)
    )


@cache
def _regions() -> sa.Select[*tuple[Any, ...]]:
    here = Region.partnership_id == sa.bindparam("partnership_id", type_=sa.Uuid())
    return sa.select(Region.name).where(here).order_by(Region.sort_key, Region.id)
