"""The picture of who reports to whom: where each box, line and word stands.

Bodies with others under them stand side by side; those without hang in columns below the body they report to, gathered
by level. The same tree as a nested list (``outline``) is the text alternative, and what a phone shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

BOX_WIDTH = 208
PADDING = 12
PADDING_ABOVE = 8  # the letters keep some air of their own
INDENT = 20
TRUNK = 8
DROP = 14
GAP = 10
COLUMN_GAP = 20
TREE_GAP = 44
CAPTION_HEIGHT = 24
MARGIN = 4
MOST_ROWS = 6
MOST_WIDTH = 1160
FONT_SIZE = {"level": 12, "short": 15, "name": 13, "note": 12}
LINE_HEIGHT = {"level": 17, "short": 20, "name": 17, "note": 17}


@dataclass(frozen=True)
class DrawnBody:
    """A body as the picture needs it; ``level`` is the level's name, and no ``href`` gives a box without a link."""

    id: str
    short: str
    name: str
    level: Any
    parent_id: str | None = None
    href: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Twig:
    """A body with those that report to it."""

    body: DrawnBody
    children: tuple["Twig", ...]


@dataclass(frozen=True)
class TextLine:
    """One line of text in its place; ``kind`` is level, short, name or note."""

    text: str
    kind: str
    x: int
    y: int

    @property
    def size(self) -> int:
        """The font's size in pixels."""
        return FONT_SIZE[self.kind]

    def moved(self, x: int, y: int) -> "TextLine":
        """The same line, further right and further down."""
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True)
class Box:
    """A body's box with its lines of text; ``reports_to`` is the short name of the body above."""

    body: DrawnBody
    reports_to: str
    texts: tuple[TextLine, ...]
    height: int
    x: int = 0
    y: int = 0
    width: int = BOX_WIDTH

    def moved(self, x: int, y: int) -> "Box":
        """The same box, further right and further down."""
        return replace(self, x=self.x + x, y=self.y + y, texts=tuple(text.moved(x, y) for text in self.texts))


@dataclass(frozen=True)
class Line:
    """A straight line between two points."""

    x1: int
    y1: int
    x2: int
    y2: int

    def moved(self, x: int, y: int) -> "Line":
        """The same line, further right and further down."""
        return Line(self.x1 + x, self.y1 + y, self.x2 + x, self.y2 + y)


@dataclass(frozen=True)
class Drawing:
    """The whole picture, or a part of it; ``anchor`` is where a line from above meets the part's upper edge."""

    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    captions: tuple[TextLine, ...] = ()
    lines: tuple[Line, ...] = ()
    anchor: int = 0
    outline: tuple[Twig, ...] = ()

    def moved(self, x: int, y: int) -> "Drawing":
        """The same part, further right and further down; it reaches as far as before, counted from the old corner."""
        return Drawing(
            self.width + x,
            self.height + y,
            tuple(box.moved(x, y) for box in self.boxes),
            tuple(caption.moved(x, y) for caption in self.captions),
            tuple(line.moved(x, y) for line in self.lines),
            self.anchor + x,
        )


def draw(bodies: Sequence[DrawnBody]) -> Drawing:
    """The picture of these bodies, in their order; one whose parent is not among them stands at the top."""
    outline = _outline(bodies)
    parts = [_tree(twig, reports_to="") for twig in outline if twig.children]
    parts += [_column(groups) for groups in _columns([twig for twig in outline if not twig.children])]
    picture = _together(_shelved(parts)).moved(MARGIN, MARGIN)
    return replace(picture, width=picture.width + MARGIN, height=picture.height + MARGIN, outline=outline)


def _outline(bodies: Sequence[DrawnBody]) -> tuple[Twig, ...]:
    known = {body.id for body in bodies}
    below: dict[str | None, list[DrawnBody]] = {}
    for body in bodies:
        below.setdefault(body.parent_id if body.parent_id in known else None, []).append(body)
    return _twigs(below, None)


def _twigs(below: dict[str | None, list[DrawnBody]], parent_id: str | None) -> tuple[Twig, ...]:
    return tuple(Twig(body, _twigs(below, body.id)) for body in below.get(parent_id, ()))


# ---------------------------------------------------------------- a tree: its head over branches and columns


def _tree(twig: Twig, reports_to: str) -> Drawing:
    """A body that others report to, with all of them below it."""
    leaves = [child for child in twig.children if not child.children]
    parts = [_tree(child, twig.body.short) for child in twig.children if child.children]
    parts += [_hanging(_column(groups, INDENT, twig.body.short)) for groups in _columns(leaves)]
    return _under(_box(twig.body, reports_to, with_level=True), _beside(parts))


def _under(head: Box, parts: Sequence[Drawing]) -> Drawing:
    """The parts below the head, joined to it by lines."""
    x = _head_x(parts)
    parts = [part.moved(0, head.height + 2 * DROP) for part in parts]
    head = head.moved(x, 0)
    reach = Drawing(head.x + head.width, head.height, boxes=(head,), lines=_joints(head, parts))
    return replace(_together([reach, *parts]), anchor=head.x + head.width // 2)


def _head_x(parts: Sequence[Drawing]) -> int:
    """Where the head begins: over the middle of what is below it, or at the left edge of a single column."""
    if len(parts) > 1:
        return (max(part.width for part in parts) - BOX_WIDTH) // 2
    return max(0, parts[0].anchor - BOX_WIDTH // 2)


def _joints(head: Box, parts: Sequence[Drawing]) -> tuple[Line, ...]:
    top, bottom = head.height, head.height + 2 * DROP
    ends = [part.anchor for part in parts]
    if len(ends) == 1:
        return (Line(ends[0], top, ends[0], bottom),)
    middle, beam = head.x + head.width // 2, top + DROP
    across = (Line(middle, top, middle, beam), Line(min(ends), beam, max(ends), beam))
    return across + tuple(Line(x, beam, x, bottom) for x in ends)


def _beside(parts: Iterable[Drawing]) -> list[Drawing]:
    placed: list[Drawing] = []
    for part in parts:
        placed.append(part.moved(placed[-1].width + COLUMN_GAP if placed else 0, 0))
    return placed


def _shelved(parts: Iterable[Drawing]) -> list[Drawing]:
    """Side by side as far as a page is wide, then on a new shelf below."""
    placed: list[Drawing] = []
    right = top = 0
    for part in parts:
        if right and right + part.width > MOST_WIDTH:
            right, top = 0, max(one.height for one in placed) + TREE_GAP
        placed.append(part.moved(right, top))
        right = placed[-1].width + TREE_GAP
    return placed


def _together(parts: Sequence[Drawing]) -> Drawing:
    return Drawing(
        max((part.width for part in parts), default=0),
        max((part.height for part in parts), default=0),
        tuple(box for part in parts for box in part.boxes),
        tuple(caption for part in parts for caption in part.captions),
        tuple(line for part in parts for line in part.lines),
    )


# ---------------------------------------------------------------- columns: bodies of a level under its name


@dataclass(frozen=True)
class _Group:
    caption: str
    bodies: tuple[DrawnBody, ...]


def _columns(leaves: Sequence[Twig]) -> list[list[_Group]]:
    """The bodies gathered by level and filled into columns: a large level gets several, small ones share one."""
    columns: list[list[_Group]] = []
    for groups in _by_level(leaves):
        room = MOST_ROWS - sum(len(group.bodies) for group in columns[-1]) if columns else 0
        if len(groups) == 1 and len(groups[0].bodies) <= room:
            columns[-1] += groups
        else:
            columns += [[group] for group in groups]
    return columns


def _by_level(leaves: Sequence[Twig]) -> list[list[_Group]]:
    levels: dict[str, list[DrawnBody]] = {}
    for leaf in leaves:
        levels.setdefault(str(leaf.body.level), []).append(leaf.body)
    return [_split(level, bodies) for level, bodies in levels.items()]


def _split(level: str, bodies: Sequence[DrawnBody]) -> list[_Group]:
    rows = ceil(len(bodies) / ceil(len(bodies) / MOST_ROWS))
    starts = range(0, len(bodies), rows)
    return [_Group("" if start else level, tuple(bodies[start : start + rows])) for start in starts]


def _column(groups: Sequence[_Group], x: int = 0, reports_to: str = "") -> Drawing:
    boxes: list[Box] = []
    captions: list[TextLine] = []
    y = 0
    for group in groups:
        captions.append(TextLine(group.caption, "level", x, y + CAPTION_HEIGHT - 8))
        y += CAPTION_HEIGHT
        for body in group.bodies:
            boxes.append(_box(body, reports_to).moved(x, y))
            y += boxes[-1].height + GAP
    return Drawing(x + BOX_WIDTH, y - GAP, tuple(boxes), tuple(caption for caption in captions if caption.text))


def _hanging(column: Drawing) -> Drawing:
    """The column with a line down its left side and a short one to each box."""
    middles = [box.y + box.height // 2 for box in column.boxes]
    stubs = tuple(Line(TRUNK, y, INDENT, y) for y in middles)
    return replace(column, lines=(Line(TRUNK, 0, TRUNK, middles[-1]), *stubs), anchor=TRUNK)


# ---------------------------------------------------------------- a box: the words in lines that fit


def _box(body: DrawnBody, reports_to: str, *, with_level: bool = False) -> Box:
    level = str(body.level) if with_level else ""
    name = body.name if body.name != body.short else ""
    texts: list[TextLine] = []
    y = PADDING_ABOVE
    for kind, words in (("level", level), ("short", body.short), ("name", name), ("note", str(body.note))):
        for line in wrapped(words, BOX_WIDTH - 2 * PADDING, FONT_SIZE[kind]):
            texts.append(TextLine(line, kind, PADDING, y + FONT_SIZE[kind]))
            y += LINE_HEIGHT[kind]
    return Box(body, reports_to, tuple(texts), y + PADDING_ABOVE)


def wrapped(text: str, width: int, size: int) -> list[str]:
    """The text in lines that are surely not wider than ``width`` pixels, broken between words, else after - or /."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width, size)
    return lines


def _pieces(word: str, width: int, size: int) -> list[str]:
    """A word, in pieces where it is wider than a line."""
    pieces = [""]
    for letter in word:
        if _width(f"{pieces[-1]}{letter}-", size) > width:
            pieces += _broken(pieces.pop())
        pieces[-1] += letter
    return pieces


def _broken(piece: str) -> list[str]:
    """A full line and the start of the next."""
    at = max(piece.rfind("-"), piece.rfind("/")) + 1
    return [piece[:at], piece[at:]] if at else [f"{piece}-", ""]


def _width(text: str, size: int) -> float:
    """A careful guess, since the server does not know the reader's font."""
    return size * sum(_LETTER_WIDTHS.get(letter, 0.68 if letter.isupper() else 0.58) for letter in text)


_LETTER_WIDTHS = dict.fromkeys("ijl.,:;'|!", 0.3) | dict.fromkeys(" ftr()-/", 0.4) | dict.fromkeys("mwMW@%æ", 0.92)
