"""What a body lacks against its agreed composition on a day. It is said to secretariat and chairs; nothing is blocked.

A place counts when somebody meets in it: a vacant one does not, nor does one whose holder is on leave without a
personal deputy.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from secretariat.bodies.balance import COUNTED
from secretariat.bodies.composition.districts import Districts
from secretariat.bodies.composition.rules import ONE_FROM_EACH, Rule, counted
from secretariat.bodies.models import RuleKind
from secretariat.bodies.rows import PartyGroup, Place
from secretariat.core.text.language import _, _n
from secretariat.core.text.sorting import folded
from secretariat.directory.parties import EQUAL_PARTIES, Party

NAMED, LISTED = 4, 8


@dataclass(frozen=True)
class Manned:
    """A place in which somebody meets: for whom, and by which titles the one who meets may be known."""

    party: Party
    spoken_for: str
    titles: str


def manned(groups: Iterable[PartyGroup], districts: Districts) -> list[Manned]:
    """The places in which somebody meets. For the two equal parties only those that count in the balance."""
    places = [place for group in groups for place in group.places if place.holder and place.holder.meets]
    return [_manned(place, districts) for place in places if _counts(place)]


def _counts(place: Place) -> bool:
    return place.role in COUNTED or place.party not in EQUAL_PARTIES


def _manned(place: Place, districts: Districts) -> Manned:
    who: Any = place.holder and place.holder.meets
    spoken_for = districts.spoken_for(place.represents, who.organisation)
    return Manned(place.party, spoken_for, folded(f"{place.title} {place.represents} {who.title}"))


def needs_districts(rules: Iterable[Rule]) -> bool:
    """Whether the rules ask for one from each group or municipality."""
    return any(rule.kind in ONE_FROM_EACH for rule in rules)


def missing(rules: Sequence[Rule], groups: Iterable[PartyGroup], districts: Districts) -> list[str]:
    """What is missing, each in a few words; those named as missing from a group are not counted once more."""
    here = manned(groups, districts)
    lacking = _lacking(rules, here, districts)
    named = [name for kind, names in lacking.items() for name in _named(kind, names)]
    called = max(map(len, lacking.values()), default=0)
    return [*_numbers(rules, here, called), *named, *_titles(rules, here)]


def _lacking(rules: Iterable[Rule], here: Iterable[Manned], districts: Districts) -> dict[RuleKind, list[str]]:
    regions, municipalities = districts.without(one.spoken_for for one in here if one.party is Party.M)
    found = {RuleKind.EACH_REGION: regions, RuleKind.EACH_MUNICIPALITY: municipalities}
    return {rule.kind: found[rule.kind] for rule in rules if rule.kind in found}


def _named(kind: RuleKind, names: Sequence[str]) -> list[str]:
    if kind is RuleKind.EACH_REGION:
        return [_("én fra kommunegruppe %(region)s", region=name) for name in names]
    if len(names) <= NAMED:
        return [_("én fra %(municipality)s", municipality=name) for name in names]
    if len(names) <= LISTED:
        return [_("én fra hver av %(number)s kommuner (%(names)s)", number=len(names), names=", ".join(names))]
    return [_("én fra hver av %(number)s kommuner", number=len(names))]


def _numbers(rules: Iterable[Rule], here: Sequence[Manned], named: int) -> Iterator[str]:
    for rule in rules:
        if rule.kind is RuleKind.COUNT:
            sitting = sum(one.party is rule.party for one in here)
            lacking = rule.least - sitting - (named if rule.party is Party.M else 0)
            if lacking > 0:
                yield counted(rule.party, lacking)


def _titles(rules: Iterable[Rule], here: Sequence[Manned]) -> Iterator[str]:
    for rule in rules:
        if rule.kind is RuleKind.TITLE:
            sitting = sum(one.party is rule.party and folded(rule.title) in one.titles for one in here)
            if sitting < rule.least:
                yield _n("én %(title)s", "%(number)s med tittelen %(title)s", rule.least - sitting, title=rule.title)
