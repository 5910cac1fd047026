"""The picture of who leads when: time runs downwards, the municipalities to the left, the trust to the right.

The one who leads stands in a full box, the deputy in an open one, so that the turns are seen from afar. It is narrow
enough for a phone; the same stands in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.bodies.drawing import TextLine, wrapped
from secretariat.bodies.terms import without_anyone
from secretariat.core.dates import ONE_DAY
from secretariat.core.text.language import _, format_date
from secretariat.directory.parties import EQUAL_PARTIES, Party, label

WIDTH = 344
BOX_WIDTH = 166
GUTTER = 12
PADDING = 10
TOP = 26
CAPTION_HEIGHT = 22
ROW_GAP = 10
GAP_HEIGHT = 30
LINE = 18
LEFT = {Party.M: 0, Party.H: BOX_WIDTH + GUTTER}


@dataclass(frozen=True)
class Turn:
    """A stretch: which side leads it, by whom, and who is deputy; both roles in words."""

    starts_on: date
    ends_on: date
    party: Party
    leads: Any
    name: str = ""
    deputy_party: Party | None = None
    stands_in: Any = ""
    deputy_name: str = ""


@dataclass(frozen=True)
class TurnBox:
    """One side's box in a stretch."""

    party: Party
    leads: bool
    x: int
    y: int
    height: int
    texts: tuple[TextLine, ...]


@dataclass(frozen=True)
class Band:
    """A stretch in the picture: its days, its boxes; without boxes it is a gap. ``now``: it holds on the day."""

    days: TextLine
    now: bool
    boxes: tuple[TurnBox, ...]


@dataclass(frozen=True)
class Timeline:
    """The whole picture."""

    width: int
    height: int
    heads: tuple[TextLine, ...]
    bands: tuple[Band, ...]


def timeline(turns: Sequence[Turn], today: date) -> Timeline:
    """The picture of these stretches, in the order of time, with the days on which nobody leads."""
    heads = tuple(TextLine(str(label(party)), "short", LEFT[party], 14) for party in EQUAL_PARTIES)
    bands: list[Band] = []
    y = TOP
    for starts_on, turn in _in_order(turns):
        band, y = _band(turn, today, y) if turn else _gap(starts_on, turns, y)
        bands.append(band)
    return Timeline(WIDTH, y, heads, tuple(bands))


def _in_order(turns: Sequence[Turn]) -> list[tuple[date, Turn | None]]:
    gaps = [(first, None) for first, _last in without_anyone((turn.starts_on, turn.ends_on) for turn in turns)]
    return sorted([*gaps, *((turn.starts_on, turn) for turn in turns)], key=lambda one: one[0])


def _band(turn: Turn, today: date, y: int) -> tuple[Band, int]:
    now = turn.starts_on <= today <= turn.ends_on
    below = y + CAPTION_HEIGHT
    lines = {turn.party: _words(turn.leads, turn.name)}
    if turn.deputy_party is not None and turn.deputy_party is not turn.party:
        lines[turn.deputy_party] = _words(turn.stands_in, turn.deputy_name)
    height = 2 * PADDING + LINE * max(map(len, lines.values()))
    boxes = tuple(_box(party, words, party is turn.party, below, height) for party, words in lines.items())
    return Band(_caption(turn.starts_on, turn.ends_on, y, now), now, boxes), below + height + ROW_GAP


def _words(role: Any, name: str) -> list[tuple[str, str]]:
    """A box's lines with their kind: the role, then the name in as many lines as it needs."""
    return [("short", str(role)), *(("name", line) for line in wrapped(name, BOX_WIDTH - 2 * PADDING, 13))]


def _box(party: Party, words: list[tuple[str, str]], leads: bool, y: int, height: int) -> TurnBox:
    x = LEFT.get(party, 0)
    texts = tuple(
        TextLine(line, kind, x + PADDING, y + PADDING + 13 + LINE * number) for number, (kind, line) in enumerate(words)
    )
    return TurnBox(party, leads, x, y, height, texts)


def _gap(starts_on: date, turns: Sequence[Turn], y: int) -> tuple[Band, int]:
    ends_on = min(turn.starts_on for turn in turns if turn.starts_on > starts_on) - ONE_DAY
    words = _("Ingen leder %(days)s", days=_days(starts_on, ends_on))
    return Band(TextLine(words, "note", 0, y + 14), False, ()), y + GAP_HEIGHT


def _caption(first: date, last: date, y: int, now: bool) -> TextLine:
    words = _days(first, last)
    return TextLine(_("%(days)s · nå", days=words) if now else words, "level", 0, y + 14)


def _days(first: date, last: date) -> str:
    return f"{format_date(first, 'short')}–{format_date(last, 'short')}"
