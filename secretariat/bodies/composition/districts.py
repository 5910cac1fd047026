"""The municipalities of a partnership on a day, and the groups (regions) they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.sitting import DAY, on_day
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Region, RegionMember
from secretariat.directory.names import named_on


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
    """The districts on the day. One statement."""
    municipalities: dict[str, frozenset[str]] = {}
    regions: dict[str, None] = {}
    given = {"partnership_id": partnership_id, "day": day}
    for municipality, region, _order in session().execute(_districts(actor), given):
        if region:
            regions[region] = None
        if municipality:
            known = municipalities.get(municipality, frozenset())
            municipalities[municipality] = known | ({region} if region else frozenset())
    return Districts(municipalities, tuple(regions))


@built_once
def _districts(actor: Actor) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """All groups in their order, then the municipalities in theirs, each with its groups."""
    partnership = sa.bindparam("partnership_id", type_=sa.Uuid())
    own = sa.and_(
        RegionMember.organisation_id == Organisation.id,
        RegionMember.partnership_id == Membership.partnership_id,
        on_day(RegionMember, DAY),
    )
    first = sa.literal("0").concat(Region.sort_key).label("place")
    groups = sa.select(sa.null().label("municipality"), Region.name, first)
    members = (
        sa.select(named_on(Organisation, DAY), Region.name, sa.literal("1").concat(Organisation.sort_key))
        .select_from(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(RegionMember, own)
        .outerjoin(Region, Region.id == RegionMember.region_id)
        .where(visible(actor, Membership), Membership.partnership_id == partnership, on_day(Membership, DAY))
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY)
    )
    here = groups.where(visible(actor, Region), Region.partnership_id == partnership)
    return sa.union_all(here, members).order_by("place")
