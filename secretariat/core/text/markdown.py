"""The document as Markdown (GFM), for the plain text field, the API and what people paste from Word.

Reading is kind: a line stays a line, a date is no list, a pasted bullet is one, and nothing typed is swallowed.
Writing is strict: whatever could be read otherwise is escaped, and reading what was written gives the same document.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from secretariat.core.text.document import LISTS, Document, Mark, Node, address

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_MONTH = re.compile(rf"(?:{_MONTHS})\b", re.IGNORECASE)
_DATE = re.compile(
    rf"^((?:[ \t>*+-]|\d{{1,9}}[.)][ \t])*\d{{1,2}})\. (?={_MONTH.pattern})", re.IGNORECASE | re.MULTILINE
)
_BULLETS = "•◦▪‣●·−\uf0b7\uf0a7"
_PASTED_BULLET = re.compile(rf"^([ \t]*)(?:[{_BULLETS}]\s|o\t)\s*(?=\S)", re.MULTILINE)
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SCHEME = re.compile(r"\bhttps?$")
_BARE_ADDRESS = re.compile(r"://[^\s<>*\\|\[\]\"«»]+")
_MAX_NESTING = 100

# Reading


def read_markdown(text: str) -> Document:
    """The document a person typed or pasted as plain text."""
    return Document.parse({"type": "doc", "content": _read_blocks(text)})


def _read_blocks(text: str) -> list[dict[str, Any]]:
    tokens = _reader().parse(_as_meant(text))
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):  # beyond this the parser would drop the text
        return [_paragraph(line) for line in text.splitlines()]
    return _children(SyntaxTreeNode(tokens))


def _paragraph(line: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": line}]}


def _as_meant(text: str) -> str:
    """The text with what Word and people mean, but CommonMark reads otherwise, put in its words."""
    text = "\n".join(text.splitlines())
    text = _PASTED_BULLET.sub(r"\1- ", text)
    text = _DATE.sub(r"\1\\. ", text)
    return "\n".join(_with_lists_closed(text.split("\n")))


def _with_lists_closed(lines: Iterable[str]) -> Iterator[str]:
    """A line at the margin after a list is a new paragraph, not the end of the last item."""
    in_list = False
    for line in lines:
        if _LIST_ITEM.match(line):
            in_list = True
        elif in_list and not line.startswith((" ", "\t")):
            in_list = False
            yield ""
        yield line


class _Reader(MarkdownIt):
    """CommonMark and tables, without what no one in a secretariat means: code, HTML, definitions, underlined titles."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
        self.enable("table")
        self.disable(["code", "fence", "reference", "lheading", "html_block", "html_inline", "backticks", "image"])
        self.inline.ruler.before("escape", "bare_address", _read_bare_address)
        self.inline.ruler.before("autolink", "line_break_tag", _read_line_break_tag)

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the parser's name)
        try:
            return bool(address(url))
        except ValueError:
            return False

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@cache
def _reader() -> MarkdownIt:
    return _Reader()


def _read_line_break_tag(state: StateInline, silent: bool) -> bool:
    """A `<br>`, the only way to break a line in a table cell."""
    found = _LINE_BREAK_TAG.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _read_bare_address(state: StateInline, silent: bool) -> bool:
    """An address pasted as it is becomes a link; full stops and brackets after it do not belong to it."""
    found = _BARE_ADDRESS.match(state.src, state.pos, state.posMax)
    scheme = found and _SCHEME.search(state.pending[-6:])
    if silent or state.linkLevel or not found or not scheme:
        return False
    rest = _without_end_of_sentence(found[0])
    if not state.md.validateLink(scheme[0] + rest):
        return False
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrs = {"href": scheme[0] + rest}
    state.push("text", "", 0).content = scheme[0] + rest
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _without_end_of_sentence(found: str) -> str:
    """The address, less the signs that a sentence puts after it; a bracket it opened itself belongs to it."""
    superfluous = max(found.count(")") - found.count("("), 0)
    while found[-1] in ".,;:!?'_~" or (found[-1] == ")" and superfluous):
        superfluous -= found[-1] == ")"
        found = found[:-1]
    return found


def _children(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    return [block for child in node.children for block in _read_block(child)]


def _read_block(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    match node.type:
        case "hr":
            return []
        case "paragraph" | "heading":
            attributes = {"level": min(int(node.tag[1]), 3)} if node.type == "heading" else {}
            return [{"type": node.type, "attrs": attributes, "content": list(_pieces(node.children[0]))}]
        case "table":
            rows = [row for section in node.children for row in section.children]
            return [{"type": "table", "content": [_read_row(row) for row in rows]}]
        case _:
            return [{"type": _BLOCK_NAMES[node.type], "attrs": dict(node.attrs), "content": _children(node)}]


_BLOCK_NAMES = {
    "bullet_list": "bulletList",
    "ordered_list": "orderedList",
    "list_item": "listItem",
    "blockquote": "blockquote",
}


def _read_row(row: SyntaxTreeNode) -> dict[str, Any]:
    cells = [{"type": "paragraph", "content": list(_pieces(cell.children[0]))} for cell in row.children]
    return {"type": "tableRow", "content": [{"type": "tableCell", "content": [cell]} for cell in cells]}


_MARK_NAMES = {"strong": "bold", "em": "italic", "link": "link"}


def _pieces(node: SyntaxTreeNode, marks: tuple[dict[str, Any], ...] = ()) -> Iterator[dict[str, Any]]:
    for child in node.children:
        if child.type in ("softbreak", "hardbreak"):
            yield {"type": "hardBreak"}
        elif child.type == "text":
            yield {"type": "text", "text": child.content, "marks": list(marks)}
        else:
            yield from _pieces(child, (*marks, {"type": _MARK_NAMES[child.type], "attrs": dict(child.attrs)}))


# Writing


def write_markdown(document: Document) -> str:
    """The document as a person can edit it in a plain text field."""
    return _write_blocks(document.blocks)


def _write_blocks(blocks: Iterable[Node], between: str = "\n\n") -> str:
    return between.join(_WRITERS[block.type](block, other) for block, other in _told_apart(blocks))


def _told_apart(blocks: Iterable[Node]) -> Iterator[tuple[Node, bool]]:
    """Each block, and whether its list needs the other sign so as not to run together with the list before it."""
    for _kind, neighbours in groupby(blocks, key=lambda block: block.type):
        for number, block in enumerate(neighbours):
            yield block, bool(number % 2)


def _write_paragraph(block: Node, _other: bool) -> str:
    return _write_lines(block, "  \n", at_margin=True)


def _write_heading(block: Node, _other: bool) -> str:
    return "#" * block.level + " " + re.sub("#+$", r"\\\g<0>", _write_lines(block, " "))


def _write_quote(block: Node, _other: bool) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in _write_blocks(block.content).split("\n"))


def _write_list(block: Node, other: bool) -> str:
    tight = all(_is_simple(item) for item in block.content)
    return ("\n" if tight else "\n\n").join(
        _write_item(item, _sign(block, at, other), tight) for at, item in enumerate(block.content)
    )


def _sign(block: Node, at: int, other: bool) -> str:
    if block.type == "bulletList":
        return "* " if other else "- "
    return f"{block.start + at}{')' if other else '.'} "


def _is_simple(item: Node) -> bool:
    """One paragraph and at most one list under it can stand without empty lines."""
    first, *rest = item.content
    return bool(first.content) and len(rest) < 2 and all(_can_follow_at_once(block) for block in rest)


def _can_follow_at_once(block: Node) -> bool:
    return block.type in LISTS and block.start < 2 and all(_is_simple(item) for item in block.content)


def _write_item(item: Node, sign: str, tight: bool) -> str:
    written = [block for block in item.content if block.type != "paragraph" or block.content]
    body = _write_blocks(written, "\n" if tight else "\n\n")
    if sign.endswith(". ") and _MONTH.match(body):  # a list, although it reads as a date
        body = _as_code(body[0]) + body[1:]
    return sign + re.sub(r"\n(?!\n)", "\n" + " " * len(sign), body)


def _write_table(block: Node, _other: bool) -> str:
    head, *rows = (_write_row([_write_cell(cell) for cell in row.content]) for row in block.content)
    return "\n".join([head, _write_row(["---"] * len(block.content[0].content)), *rows])


def _write_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _write_cell(cell: Node) -> str:
    return _write_lines(cell.content[0], "<br>").replace("|", r"\|")


_WRITERS: dict[str, Callable[[Node, bool], str]] = {
    "paragraph": _write_paragraph,
    "heading": _write_heading,
    "bulletList": _write_list,
    "orderedList": _write_list,
    "blockquote": _write_quote,
    "table": _write_table,
}


# Writing lines

_SPECIAL = re.compile(r"[\\`*_\[\]<]|~(?=~)|&(?=#?\w+;)|(?<=http):(?=//)|(?<=https):(?=//)", re.IGNORECASE)
_SPECIAL_AT_MARGIN = re.compile(r"^(?:>|[-+=|:](?=[-+=|:\s]|$)|#(?=[#\s]|$))")
_NUMBER_AT_MARGIN = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BULLET_AT_MARGIN = re.compile(rf"^[{_BULLETS}](?=\s|$)")
_STANDS_FREE = re.compile(r"[ !-/:-@\[-`{-~]")
_SIGNS = {"bold": "**", "italic": "_"}


def _write_lines(block: Node, line_break: str, at_margin: bool = False) -> str:
    lines = [
        list(line) for broken, line in groupby(block.content, lambda piece: piece.type == "hardBreak") if not broken
    ]
    return line_break.join(_write_line(line, at_margin) for line in lines)


def _write_line(pieces: list[Node], at_margin: bool) -> str:
    written = ""
    for link, group in groupby(pieces, key=lambda piece: piece.href):
        words = list(group)
        if not link:
            written += _write_words(words, at_margin and not written)
        else:
            written = re.sub("!$", r"\!", written) + _write_link(words, link)
    return written


def _write_link(words: list[Node], href: str) -> str:
    if [(piece.text, piece.marks) for piece in words] == [(href, (Mark("link", href),))]:
        return f"<{href}>"
    target = re.sub(r"[()]|&(?=#?\w+;)", r"\\\g<0>", href)
    return f"[{_write_words(words, at_margin=False)}]({target})"


def _write_words(pieces: list[Node], at_margin: bool) -> str:
    """Bold around italic. A letter that touches a mark from outside is written as its code: then every mark holds."""
    wanted = [[_SIGNS[mark.type] for mark in piece.marks if mark.type in _SIGNS] for piece in pieces]
    turns = [_turn(before, after) for before, after in zip([[], *wanted], [*wanted, []], strict=True)]
    written = ""
    for piece, (closing, opening), (closing_next, opening_next) in zip(pieces, turns, turns[1:], strict=False):
        text = piece.text
        head = text[0] if closing and not opening and not _STANDS_FREE.match(text) else ""
        rest = text[len(head) :]
        tail = rest[-1:] if opening_next and not closing_next and not _STANDS_FREE.match(rest[-1:]) else ""
        plain = _escaped(rest[: len(rest) - len(tail)], at_margin and not written and not opening)
        written += closing + opening + _as_code(head) + plain + _as_code(tail)
    return written + turns[-1][0]


def _turn(before: list[str], after: list[str]) -> tuple[str, str]:
    """The signs that close and those that open between two pieces of a line."""
    shared = 0
    while before[shared : shared + 1] == after[shared : shared + 1] != []:
        shared += 1
    return "".join(reversed(before[shared:])), "".join(after[shared:])


def _escaped(text: str, at_margin: bool) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    if not at_margin:
        return text
    text = _SPECIAL_AT_MARGIN.sub(r"\\\g<0>", _NUMBER_AT_MARGIN.sub(r"\1\\\2", text))
    return _BULLET_AT_MARGIN.sub(lambda bullet: _as_code(bullet[0]), text)


def _as_code(characters: str) -> str:
    return "".join(f"&#{ord(character)};" for character in characters)
