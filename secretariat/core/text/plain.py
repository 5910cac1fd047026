"""The document as plain words: for search, mail, the identity-number guard and the difference between versions."""

from collections.abc import Iterator
from itertools import groupby

from secretariat.core.text.document import LISTS, Document, Node


def to_plain(document: Document) -> str:
    """Every word a reader sees, and every address a link hides."""
    return _blocks(document.blocks)


def _blocks(blocks: tuple[Node, ...]) -> str:
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Node) -> str:
    if block.type in LISTS:
        return "\n".join(_items(block))
    if block.type == "blockquote":
        return _blocks(block.content)
    if block.type == "table":
        return "\n".join(" | ".join(_cell(cell) for cell in row.content) for row in block.content)
    return _line(block.content)


def _items(block: Node) -> Iterator[str]:
    for at, item in enumerate(block.content):
        sign = f"{block.start + at}. " if block.type == "orderedList" else "- "
        body = "\n".join(_block(inner) for inner in item.content if inner.content)
        yield sign + body.replace("\n", "\n" + " " * len(sign))


def _cell(cell: Node) -> str:
    return _line(cell.content[0].content).replace("\n", " ")


def _line(pieces: tuple[Node, ...]) -> str:
    return "".join(_words(href, list(group)) for href, group in groupby(pieces, key=lambda piece: piece.href))


def _words(href: str, pieces: list[Node]) -> str:
    """The words, and where they lead when the words do not say it."""
    words = "".join(piece.text or "\n" for piece in pieces)
    return f"{words} ({href})" if href and href.removeprefix("mailto:") != words else words
