"""A text as the secretariat stores it: blocks and marked words, with the names of Tiptap's schema.

A document never changes; an edit makes a new one. What is stored has one form only, however it was typed:
neighbouring words with the same marks are one text, spaces are single and never stand at the edge of a line or a mark,
a double line break is a new paragraph, and what is empty is gone. Two documents are equal when their content is;
the ids of the blocks only help to recognise a block from one version to the next.
"""

import json
import re
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Self
from urllib.parse import quote

from secretariat.core.text.language import _

TEXT_BLOCKS = ("paragraph", "heading")
LISTS = ("bulletList", "orderedList")
MAX_DEPTH = 8  # lists and quotes inside each other; what lies deeper is lifted up to this level
MAX_START = 99_999

_NEWLINE = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\ufeff\ufdd0-\ufdef\ud800-\udfff"
    + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_SPACES = re.compile("[ \t]+")
_ID = re.compile(r"[A-Za-z0-9_-]{1,36}")
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_UNSAFE_IN_ADDRESS = re.compile(r"""[\s<>"\\^`{|}]""")


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said about some words: bold, italic, or a link."""

    type: str
    href: str = ""


BOLD, ITALIC = Mark("bold"), Mark("italic")
Marks = tuple[Mark, ...]  # always in the order link, bold, italic


@dataclass(frozen=True, slots=True)
class Node:
    """A block, or a piece of a line: words or a line break."""

    type: str
    content: tuple["Node", ...] = ()
    text: str = ""
    marks: Marks = ()
    level: int = 0
    start: int = 0
    id: str = field(default="", compare=False)

    def words(self) -> Iterator["Node"]:
        """Every piece of a line inside, in reading order."""
        if self.type in ("text", "hardBreak"):
            yield self
        for child in self.content:
            yield from child.words()

    @property
    def href(self) -> str:
        """Where these words lead, if they are a link."""
        return self.marks[0].href if self.marks else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text: case paper, minutes, decision, remark."""

    blocks: tuple[Node, ...] = ()

    @classmethod
    def empty(cls) -> Self:
        """Nothing written yet."""
        return cls()

    @classmethod
    def parse(cls, source: str | dict[str, Any]) -> Self:
        """The document an editor or an API client sends; ValueError, in the reader's words, when it is not one."""
        try:
            raw = json.loads(source) if isinstance(source, str) else source
            if not isinstance(raw, dict) or raw.get("type") != "doc":
                raise ValueError(_("Teksten er ikke et gyldig dokument."))
            return cls(_with_ids(_blocks(_content(raw), 0), {}))
        except (json.JSONDecodeError, RecursionError) as problem:
            raise ValueError(_("Teksten er ikke et gyldig dokument.")) from problem

    @classmethod
    def load(cls, stored: str) -> Self:
        """The document that `to_json` stored, which needs no checking."""
        return cls(tuple(_loaded(block) for block in json.loads(stored)["content"]))

    def keeping_ids(self, before: "Document") -> Self:
        """The same text, where each block that stood in the earlier version keeps the id it had there."""
        known: dict[Node, list[str]] = defaultdict(list)
        for block in _with_inner(before.blocks):
            known[block].append(block.id)
        return replace(self, blocks=_with_ids(self.blocks, known))

    def to_json(self) -> str:
        """The one form in which this document is stored."""
        content = [_dumped(block) for block in self.blocks]
        return json.dumps({"type": "doc", "content": content}, ensure_ascii=False, separators=(",", ":"))

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def __len__(self) -> int:
        return sum(len(piece.text) or 1 for block in self.blocks for piece in block.words())


def _wrong(kind: object) -> ValueError:
    return ValueError(_("Teksten inneholder noe som ikke kan lagres her (%(kind)s).", kind=kind))


def _content(raw: dict[str, Any]) -> list[dict[str, Any]]:
    content = raw.get("content") or []
    if not isinstance(content, list) or not all(isinstance(child, dict) for child in content):
        raise ValueError(_("Teksten er ikke et gyldig dokument."))
    return content


def _attribute(raw: dict[str, Any], name: str) -> Any:
    attributes = raw.get("attrs") or {}
    return attributes.get(name) if isinstance(attributes, dict) else None


# Blocks


def _blocks(content: Iterable[dict[str, Any]], depth: int) -> tuple[Node, ...]:
    return tuple(block for raw in content for block in _block(raw, depth))


def _block(raw: dict[str, Any], depth: int) -> Iterable[Node]:
    """What one block from the editor becomes: itself, nothing, or several paragraphs."""
    given = _attribute(raw, "id")
    id = given if isinstance(given, str) and _ID.fullmatch(given) else ""
    match raw.get("type"):
        case "paragraph":
            return _paragraphs(raw, id)
        case "heading":
            return _heading(raw, id)
        case "bulletList" | "orderedList":
            return _list(raw, id, depth)
        case "blockquote":
            inner = _blocks(_content(raw), depth + 1)
            return [Node("blockquote", inner, id=id)] if inner and depth < MAX_DEPTH else inner
        case "table":
            return _table(raw, id)
        case other:
            raise _wrong(other)


def _paragraphs(raw: dict[str, Any], id: str) -> Iterator[Node]:
    for written, lines in groupby(_lines(_content(raw)), key=bool):
        if written:
            yield Node("paragraph", _joined(lines), id=id)


def _heading(raw: dict[str, Any], id: str) -> list[Node]:
    level = _attribute(raw, "level") or 1
    if level not in (1, 2, 3):
        raise ValueError(_("En overskrift må ha nivå 1, 2 eller 3."))
    spaced = [({"type": "text", "text": " "} if piece.get("type") == "hardBreak" else piece) for piece in _content(raw)]
    line = tuple(_line([(text.replace("\n", " "), marks) for text, marks in _runs(spaced)]))
    return [Node("heading", line, level=int(level), id=id)] if line else []


def _list(raw: dict[str, Any], id: str, depth: int) -> Iterable[Node]:
    items = [_blocks(_content(item), depth + 1) for item in _children(raw, "listItem")]
    if depth >= MAX_DEPTH:
        return [block for item in items for block in item]
    written = tuple(Node("listItem", _beginning_with_paragraph(item)) for item in items if item)
    return [Node(raw["type"], written, start=_start(raw), id=id)] if written else []


def _beginning_with_paragraph(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """The editor wants a paragraph first in every list item, empty if need be."""
    return blocks if blocks[0].type == "paragraph" else (Node("paragraph"), *blocks)


def _start(raw: dict[str, Any]) -> int:
    start = _attribute(raw, "start")
    if raw["type"] == "bulletList":
        return 0
    return min(max(int(start), 1), MAX_START) if isinstance(start, int) else 1


def _table(raw: dict[str, Any], id: str) -> list[Node]:
    """The first row is the heading, and every row has the same number of cells."""
    found = [_children(row, "tableHeader", "tableCell") for row in _children(raw, "tableRow")]
    rows = [[_cell_content(cell) for cell in cells] for cells in found]
    if not any(cell for row in rows for cell in row):
        return []
    width = max(len(row) for row in rows)
    padded = [[*row, *[()] * (width - len(row))] for row in rows]
    kinds = ["tableHeader", *["tableCell"] * (len(rows) - 1)]
    return [Node("table", tuple(_row(row, kind) for row, kind in zip(padded, kinds, strict=True)), id=id)]


def _row(cells: list[tuple[Node, ...]], kind: str) -> Node:
    return Node("tableRow", tuple(Node(kind, (Node("paragraph", cell),)) for cell in cells))


def _cell_content(raw: dict[str, Any]) -> tuple[Node, ...]:
    """A cell holds lines; what an editor put there of paragraphs and lists becomes lines."""
    return _joined(line for block in _blocks(_content(raw), 0) for line in _lines_of(block) if line)


def _lines_of(block: Node) -> Iterator[tuple[Node, ...]]:
    if block.type in TEXT_BLOCKS:
        yield block.content
    else:
        for child in block.content:
            yield from _lines_of(child)


def _children(raw: dict[str, Any], *kinds: str) -> list[dict[str, Any]]:
    children = _content(raw)
    for child in children:
        if child.get("type") not in kinds:
            raise _wrong(child.get("type"))
    return children


# Lines


def _joined(lines: Iterable[Iterable[Node]]) -> tuple[Node, ...]:
    pieces: list[Node] = []
    for line in lines:
        pieces += [Node("hardBreak"), *line] if pieces else line
    return tuple(pieces)


def _lines(content: Iterable[dict[str, Any]]) -> list[tuple[Node, ...]]:
    """The lines of a paragraph, each with its marked words; an empty line is an empty tuple."""
    lines: list[list[tuple[str, Marks]]] = [[]]
    for text, marks in _runs(content):
        first, *rest = text.split("\n")
        lines[-1].append((first, marks))
        lines += [[(line, marks)] for line in rest]
    return [tuple(_line(line)) for line in lines]


def _runs(content: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Marks]]:
    for raw in content:
        if raw.get("type") == "hardBreak":
            yield "\n", ()
        elif raw.get("type") == "text" and isinstance(raw.get("text"), str):
            yield _INVISIBLE.sub("", _NEWLINE.sub("\n", raw["text"])), _marks(raw)
        else:
            raise _wrong(raw.get("type"))


def _line(runs: Iterable[tuple[str, Marks]]) -> Iterator[Node]:
    """One line: same marks joined, spaces single, none at the edge of the line or of a mark."""
    for marks, pieces in groupby(_settled(runs), key=lambda piece: piece[1]):
        text = "".join(text for text, _marks in pieces)
        yield Node("text", text=unicodedata.normalize("NFC", _SPACES.sub(" ", text)), marks=marks)


def _settled(runs: Iterable[tuple[str, Marks]]) -> Iterator[tuple[str, Marks]]:
    """Words and the gaps between them; a gap has only the marks that its neighbours share."""
    gap, before = "", None
    for text, marks in runs:
        words = text.strip()
        if not words:
            gap += text
            continue
        gap += text[: len(text) - len(text.lstrip())]
        if gap and before is not None:
            yield gap, _shared(before, marks)
        yield words, marks
        gap, before = text[len(text.rstrip()) :], marks


def _shared(before: Marks, after: Marks) -> Marks:
    """The marks, from the outermost in, that go on unbroken from one word to the next."""
    shared: list[Mark] = []
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        shared.append(one)
    return tuple(shared)


def _marks(raw: dict[str, Any]) -> Marks:
    given = raw.get("marks") or []
    if not isinstance(given, list) or not all(isinstance(mark, dict) for mark in given):
        raise ValueError(_("Teksten er ikke et gyldig dokument."))
    marks = {mark.get("type"): mark for mark in given}
    for kind in marks.keys() - {"link", "bold", "italic"}:
        raise _wrong(kind)
    link = (Mark("link", address(_attribute(marks["link"], "href"))),) if "link" in marks else ()
    return (*link, *(mark for mark in (BOLD, ITALIC) if mark.type in marks))


def address(href: object) -> str:
    """A link's address, in its one written form; ValueError unless it leads to the web or to an e-mail address."""
    written = _INVISIBLE.sub("", href).strip() if isinstance(href, str) else ""
    if not _ADDRESS.match(written):
        raise ValueError(_("En lenke må begynne med https://, http:// eller mailto:."))
    scheme, rest = unicodedata.normalize("NFC", written).split(":", 1)
    return f"{scheme.lower()}:{_UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0]), rest)}"


# Ids and storage


def _with_inner(blocks: Iterable[Node]) -> Iterator[Node]:
    """Every block that has an id of its own, outermost first."""
    for block in blocks:
        if block.type != "listItem":
            yield block
        if block.type != "table":
            yield from _with_inner(child for child in block.content if child.type not in ("text", "hardBreak"))


def _with_ids(blocks: Iterable[Node], known: dict[Node, list[str]]) -> tuple[Node, ...]:
    """The blocks, each with an id that no other has: the known one, else its own, else a new one."""
    taken: set[str] = set()

    def identified(block: Node) -> Node:
        if block.type in ("text", "hardBreak"):
            return block
        content = block.content if block.type == "table" else tuple(identified(child) for child in block.content)
        return replace(block, content=content, id="" if block.type == "listItem" or not content else chosen(block))

    def chosen(block: Node) -> str:
        id = known[block].pop(0) if known.get(block) else block.id
        while not id or id in taken:
            id = secrets.token_hex(4)
        taken.add(id)
        return id

    return tuple(identified(block) for block in blocks)


def _dumped(node: Node) -> dict[str, Any]:
    if node.type == "text":
        marks = [_dumped_mark(mark) for mark in node.marks]
        return {"type": "text", "text": node.text, **({"marks": marks} if marks else {})}
    attributes = {name: value for name in ("id", "level", "start") if (value := getattr(node, name))}
    content = [_dumped(child) for child in node.content]
    return {
        "type": node.type,
        **({"attrs": attributes} if attributes else {}),
        **({"content": content} if content else {}),
    }


def _dumped_mark(mark: Mark) -> dict[str, Any]:
    return {"type": mark.type, **({"attrs": {"href": mark.href}} if mark.href else {})}


def _loaded(raw: dict[str, Any]) -> Node:
    marks = tuple(Mark(mark["type"], mark.get("attrs", {}).get("href", "")) for mark in raw.get("marks", ()))
    content = tuple(_loaded(child) for child in raw.get("content", ()))
    return Node(raw["type"], content, raw.get("text", ""), marks, **raw.get("attrs", {}))
