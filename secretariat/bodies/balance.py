"""How many meet from each of the two equal parties, at which level, against what was agreed.

The secretariat, observers and those who only attend are not counted; a practice consultant counts as the place says.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import CompositionRule, RuleKind, Seat, SeatRole, Tier
from secretariat.bodies.sitting import DAY, on_day
from secretariat.core.reading import Ready
from secretariat.core.text.language import _
from secretariat.directory.parties import EQUAL_PARTIES, Party

COUNTED = (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR, SeatRole.MEMBER)


@dataclass(frozen=True)
class Balance:
    """The places of the municipalities and of the trust for which somebody meets, and how many were agreed.

    ``levels`` counts those whose level is known: (party, tier, number).
    """

    municipal: int
    hospital: int
    agreed_municipal: int = 0
    agreed_hospital: int = 0
    levels: tuple[tuple[Party, Tier, int], ...] = ()

    @property
    def note(self) -> str:
        """At which level the two parties meet, in words."""
        told = {party: self._told(party) for party in EQUAL_PARTIES}
        sides = [
            _("kommunene: %(levels)s", levels=told[Party.M]) if told[Party.M] else "",
            _("helseforetaket: %(levels)s", levels=told[Party.H]) if told[Party.H] else "",
        ]
        return _("Nivå – %(sides)s", sides="; ".join(filter(None, sides))) if any(sides) else ""

    def _told(self, party: Party) -> str:
        return ", ".join(f"{str(tier.word).lower()} {count}" for of, tier, count in self.levels if of is party)


def balanced(places: Iterable[tuple[Party, str]], agreed: tuple[int, int] = (0, 0)) -> Balance:
    """The balance of these places: whose each is, and the level of the one who meets (empty: not known)."""
    counted = [(party, tier) for party, tier in places if party in EQUAL_PARTIES]
    parties = Counter(party for party, _tier in counted)
    levels = Counter(counted)
    ordered = [(p, tier, levels[p, tier.value]) for p in EQUAL_PARTIES for tier in Tier if levels[p, tier.value]]
    return Balance(parties[Party.M], parties[Party.H], *agreed, tuple(ordered))


def agreed_on(body_id: UUID, day: date) -> tuple[int, int]:
    """What was agreed for municipalities and trust: the composition's number, else the places there are, vacant too."""
    rows = _agreed().rows(body_id=body_id, day=day)
    return agreed_of({party: places for party, places, rule in rows if rule is None}, _numbers(rows))


def agreed_of(places: dict[Party, int], numbers: dict[Party, int]) -> tuple[int, int]:
    """The number of the rules where there is one, else the number of places."""
    return tuple(numbers.get(party, places.get(party, 0)) for party in (Party.M, Party.H))  # type: ignore[return-value]


def _numbers(rows: Iterable[Any]) -> dict[Party, int]:
    return {party: rule for party, _places, rule in rows if rule is not None}


@cache
def _agreed() -> Ready:
    body = sa.bindparam("body_id", type_=sa.Uuid())
    places = sa.select(Seat.party, sa.func.count(), sa.cast(sa.null(), sa.Integer))
    rules = sa.select(CompositionRule.party, sa.literal(0), sa.func.max(CompositionRule.least))
    union = sa.union_all(
        places.where(Seat.body_id == body, Seat.role.in_(COUNTED), on_day(Seat, DAY)).group_by(Seat.party),
        rules.where(CompositionRule.body_id == body, CompositionRule.kind == RuleKind.COUNT)
        .where(on_day(CompositionRule, DAY))
        .group_by(CompositionRule.party),
    )
    return Ready(union)
