"""The sides that meet, and which of them are equal (party = part).

A code is stored and never shown; what stands on a screen is its label. Municipalities and health trust have equal
standing, the rest attend with the rights that their place in a body gives them.
"""

from enum import StrEnum
from typing import Any

from secretariat.core.text.language import _l


class Party(StrEnum):
    """The side a person, a place in a body or an office belongs to."""

    M = "M"
    H = "H"
    U = "U"
    G = "G"
    S = "S"
    E = "E"
    K = "K"
    A = "A"
    O = "O"  # noqa: E741 - the letter is the trade's code for "andre"


EQUAL_PARTIES = (Party.M, Party.H)

_LABELS: dict[Party, Any] = {
    Party.M: _l("Kommunene"),
    Party.H: _l("Helseforetaket"),
    Party.U: _l("Brukerrepresentanter"),
    Party.G: _l("Fastleger og praksiskonsulenter"),
    Party.S: _l("Statsforvalteren"),
    Party.E: _l("Ansattes organisasjoner"),
    Party.K: _l("KS"),
    Party.A: _l("Utdanningsinstitusjoner"),
    Party.O: _l("Andre"),
}


def alone_in(room: str) -> Party | None:
    """The one party whose room it is; none for the common room."""
    return Party(room) if room in set(Party) else None


def label(party: Party) -> Any:
    """The party's name in the reader's language."""
    return _LABELS[party]
