"""The document as Typst markup for PDF. Words stand only inside string literals, so no text is ever read as code."""

import re
from itertools import groupby

from secretariat.core.text.document import Document, Node

_WRAPPERS = {"bold": "strong", "italic": "emph"}
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_typst(document: Document, *, heading_offset: int = 0) -> str:
    """The text as markup, with its headings placed so many levels below the paper's own."""
    return _blocks(document.blocks, heading_offset)


def typst_string(text: str) -> str:
    """A Typst string literal that means exactly this text; for titles and names in a paper as well."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNPRINTED.sub(" ", quoted) + '"'


def _blocks(blocks: tuple[Node, ...], offset: int) -> str:
    return "\n\n".join(_block(block, offset) for block in blocks)


def _block(block: Node, offset: int) -> str:
    match block.type:
        case "heading":
            return f"#heading(level: {block.level + offset})[{_line(block.content)}]"
        case "bulletList":
            return f"#list({_items(block, offset)})"
        case "orderedList":
            return f"#enum(start: {block.start}, {_items(block, offset)})"
        case "blockquote":
            return f"#quote(block: true)[{_blocks(block.content, offset)}]"
        case "table":
            return _table(block)
        case _:
            return _line(block.content)


def _items(block: Node, offset: int) -> str:
    return ", ".join(f"[{_blocks(item.content, offset)}]" for item in block.content)


def _table(block: Node) -> str:
    head, *body = block.content
    rows = "".join(f", {_row(row)}" for row in body)
    return f"#table(columns: {len(head.content)}, table.header({_row(head)}){rows})"


def _row(row: Node) -> str:
    return ", ".join(f"[{_line(cell.content[0].content)}]" for cell in row.content)


def _line(pieces: tuple[Node, ...]) -> str:
    """The words, those with one address in one link."""
    written = ""
    for href, group in groupby(pieces, key=lambda piece: piece.href):
        words = "".join(_words(piece) for piece in group)
        written += f"#link({typst_string(href)})[{words}]" if href else words
    return written


def _words(piece: Node) -> str:
    if piece.type == "hardBreak":
        return "#linebreak()"
    written = f"#{typst_string(piece.text)}"
    for mark in reversed(piece.marks):
        if mark.type in _WRAPPERS:
            written = f"#{_WRAPPERS[mark.type]}[{written}]"
    return written
