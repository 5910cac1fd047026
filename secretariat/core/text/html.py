"""The document as a web page shows it. The words are escaped here and nowhere else."""

from itertools import groupby

from markupsafe import Markup

from secretariat.core.text.document import LISTS, Document, Node

_BREAK = Markup("<br>")
_WRAPPERS = {"bold": Markup("<strong>{}</strong>"), "italic": Markup("<em>{}</em>")}
_LINK = Markup('<a href="{}" rel="noopener">{}</a>')


def to_html(document: Document, *, heading_offset: int = 0) -> Markup:
    """The text, with its headings placed so many levels below the page's own."""
    return _blocks(document.blocks, heading_offset)


def _blocks(blocks: tuple[Node, ...], offset: int) -> Markup:
    return Markup("\n").join(_block(block, offset) for block in blocks)


def _block(block: Node, offset: int) -> Markup:
    match block.type:
        case "heading":
            return Markup("<h{0}>{1}</h{0}>").format(min(block.level + offset, 6), _line(block.content))
        case "bulletList":
            return Markup("<ul>{}</ul>").format(_items(block, offset))
        case "orderedList":
            start = Markup(' start="{}"').format(block.start) if block.start != 1 else ""
            return Markup("<ol{}>{}</ol>").format(start, _items(block, offset))
        case "blockquote":
            return Markup("<blockquote>{}</blockquote>").format(_blocks(block.content, offset))
        case "table":
            return _table(block)
        case _:
            return Markup("<p>{}</p>").format(_line(block.content))


def _items(block: Node, offset: int) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(_item(item, offset)) for item in block.content)


def _item(item: Node, offset: int) -> Markup:
    """A plain item is a line, perhaps with a list under it; only longer ones have paragraphs."""
    first, *rest = item.content
    if first.content and not all(block.type in LISTS for block in rest):
        return _blocks(item.content, offset)
    return _line(first.content) + _blocks(tuple(rest), offset)


def _table(block: Node) -> Markup:
    head, *body = block.content
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(
        _row(head, Markup('<th scope="col">{}</th>')),
        Markup("").join(_row(row, Markup("<td>{}</td>")) for row in body),
    )


def _row(row: Node, cell: Markup) -> Markup:
    return Markup("<tr>{}</tr>").format(
        Markup("").join(cell.format(_line(one.content[0].content)) for one in row.content)
    )


def _line(pieces: tuple[Node, ...]) -> Markup:
    """The words, those with one address in one link."""
    written = Markup("")
    for href, group in groupby(pieces, key=lambda piece: piece.href):
        words = Markup("").join(_words(piece) for piece in group)
        written += _LINK.format(href, words) if href else words
    return written


def _words(piece: Node) -> Markup:
    if piece.type == "hardBreak":
        return _BREAK
    written = Markup("{}").format(piece.text)
    for mark in reversed(piece.marks):
        written = _WRAPPERS.get(mark.type, Markup("{}")).format(written)
    return written
