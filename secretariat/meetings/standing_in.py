"""For whom a deputy meets: the one whose place it is, who is on leave or has sent forfall.

The name is kept with the place (``instead_of`` in a participant's ``seats``) as it was when the deputy was called: the
same is said before the notice and after it, also where the other is not called at all.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from secretariat.core.text.language import _

Seats = Collection[Mapping[str, Any]]


def in_place_of(name: str, seats: Seats) -> list[dict[str, Any]]:
    """These places as a deputy takes them; behind another deputy it is still the first one's place."""
    return [{"instead_of": name} | dict(seat) for seat in seats]


def instead_of(seats: Seats | None) -> str:
    """Whom the holder of these places meets for; empty for one who meets in an own place only."""
    return _together(seat.get("instead_of", "") for seat in seats or ())


def meets_for(seats: Seats | None) -> str:
    """«Du er innkalt som vara for Kari Nordmann, som representerer Verdal kommune.»; empty for who has an own place."""
    name = instead_of(seats)
    if seats is None or not name:
        return ""
    if not all(seat.get("instead_of") for seat in seats):
        return _("Du møter også som vara for %(name)s.", name=name)
    place = _together(seat.get("represents", "") for seat in seats)
    if not place:
        return _("Du er innkalt som vara for %(name)s.", name=name)
    return _("Du er innkalt som vara for %(name)s, som representerer %(place)s.", name=name, place=place)


def _together(names: Iterable[str]) -> str:
    """«Kari Nordmann og Ola Nordmann», each once."""
    return _(" og ").join(dict.fromkeys(filter(None, names)))


class StandsIn:
    """What a row with ``seats`` says of the one met for."""

    __slots__ = ()
    seats: Any

    @property
    def instead_of(self) -> str:
        """Whom the person meets for; empty for one who meets in an own place only."""
        return instead_of(self.seats)

    @property
    def meets_for(self) -> str:
        """The same, said to the person, with the place that it is."""
        return meets_for(self.seats)
