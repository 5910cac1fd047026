"""The frozen rows that pages get of bodies, and what can be said of them without asking the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from secretariat.bodies.models import SeatRole
from secretariat.bodies.sitting import Sitting, Stand
from secretariat.bodies.structures import Level
from secretariat.bodies.terms import A_LEAP_YEAR, day_of_year, in_year
from secretariat.core.dates import ONE_DAY
from secretariat.core.text.language import _l
from secretariat.directory.parties import Party, label

Words = Any


@dataclass(frozen=True)
class BodyRow:
    """A body in the list and in the picture; ``seats`` and ``filled`` count places by party, ``meeting`` those of them
    that count in the balance and for which somebody meets.
    """

    id: UUID
    partnership_id: UUID
    parent_id: UUID | None
    name: str
    short_name: str
    level: int
    level_name: str
    room: str
    starts_on: date
    ends_on: date | None
    seats: tuple[tuple[Party, int], ...] = ()
    filled: tuple[tuple[Party, int], ...] = ()
    meeting: tuple[tuple[Party, int], ...] = ()
    chair: str = ""

    @property
    def level_word(self) -> Words:
        """The level's own name here, else its usual one."""
        return level_word(self.level, self.level_name)

    @property
    def vacant(self) -> int:
        """How many places nobody holds."""
        return sum(count for _party, count in self.seats) - sum(count for _party, count in self.filled)

    def meeting_from(self, party: Party) -> int:
        """How many meet for the party."""
        return dict(self.meeting).get(party, 0)


@dataclass(frozen=True)
class BodyName:
    """A body as it is named on pages."""

    id: UUID
    name: str
    short_name: str


@dataclass(frozen=True)
class Neighbour:
    """Who held a vacant place last, or will hold a place next."""

    name: str
    day: date


@dataclass(frozen=True)
class Absence:
    """A leave that goes on or is to come."""

    id: UUID
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Place:
    """A place on a day: whose, for whom, and who holds it (nobody: Ubesatt)."""

    id: UUID
    party: Party
    role: SeatRole
    title: str
    represents: str
    nominated_by: str
    may_speak: bool
    may_propose: bool
    may_vote: bool
    holder: Sitting | None = None
    deputies: tuple[Stand, ...] = ()
    before: Neighbour | None = None
    after: Neighbour | None = None
    leaves: tuple[Absence, ...] = ()

    @property
    def lacks_vote(self) -> bool:
        """Whether the place has less than all rights."""
        return not (self.may_vote and self.may_propose and self.may_speak)


@dataclass(frozen=True)
class PartyGroup:
    """The places of one party, and its pool of deputies."""

    party: Party
    places: tuple[Place, ...]
    pool: tuple[Stand, ...]

    @property
    def nominated_by(self) -> str:
        """Who names them all, when it is the same for every place."""
        names = {place.nominated_by for place in self.places}
        return names.pop() if len(names) == 1 else ""


@dataclass(frozen=True)
class Term:
    """A stretch of the chair plan, with those who hold the two places."""

    id: UUID
    starts_on: date
    ends_on: date
    chair_party: Party
    chair: str
    deputy_party: Party | None
    deputy: str


def level_word(level: int, level_name: str) -> Words:
    """The level's own name in this partnership, else its usual one."""
    levels = list(Level)
    return level_name or (levels[level - 1].word if 1 <= level <= len(levels) else "")


def seat_words(place: Place) -> str:
    """A place in a few words: whom it speaks for, what it is called, who holds it."""
    words = [place.represents, place.title, place.holder.name if place.holder else ""]
    return " · ".join(word for word in words if word)


def term_on(terms: list[Term], day: date) -> Term | None:
    """The stretch that holds on the day."""
    return next((term for term in terms if term.starts_on <= day <= term.ends_on), None)


def next_term(terms: list[Term], day: date) -> Term | None:
    """The next stretch to begin."""
    return next((term for term in terms if term.starts_on > day), None)


def gaps(terms: Sequence[Any]) -> list[tuple[date, date]]:
    """The days between two stretches on which nobody is set to lead."""
    pairs = pairwise(sorted(terms, key=lambda term: term.starts_on))
    return [(a.ends_on + ONE_DAY, b.starts_on - ONE_DAY) for a, b in pairs if b.starts_on - a.ends_on > ONE_DAY]


def chair_rule(body: Any) -> str:
    """The agreement's rule of the chair, as forms choose it: the party that leads first and the years between."""
    return f"{body.chair_first}{body.chair_years}" if body.chair_first else ""


def chair_words(body: Any) -> Words:
    """The agreement's rule of the chair in words; empty when there is none."""
    from_municipalities = body.chair_first == Party.M
    if not body.chair_first:
        return ""
    if not body.chair_years:
        return ALWAYS_MUNICIPAL if from_municipalities else ALWAYS_HOSPITAL
    first = label(Party.M if from_municipalities else Party.H)
    every = {1: _l("hvert år"), 2: _l("hvert annet år")}
    turns = every.get(body.chair_years, _l("hvert %(years)s. år", years=body.chair_years))
    return _l("Skifter mellom partene %(turns)s; først leder %(first)s", turns=turns, first=str(first).lower())


def term_words(body: Any) -> Words:
    """How long one sits, in words; empty when the agreement says nothing."""
    turn = day_of_year(body.term_begins, "term_begins")
    if turn is not None:
        first = in_year(turn, A_LEAP_YEAR)
        return _l("%(first)s–%(last)s", first=short_day(first), last=short_day(first - ONE_DAY))
    return _l("%(years)s år", years=body.term_years) if body.term_years else ""


def short_day(day: date) -> str:
    """A day of any year."""
    return f"{day.day}.{day.month}."


ALWAYS_MUNICIPAL = _l("Lederen kommer alltid fra kommunene")
ALWAYS_HOSPITAL = _l("Lederen kommer alltid fra helseforetaket")
