"""A text of the house in a Word file: paragraphs, headings, lists, quotes and tables, with bold, italic and links."""

from collections.abc import Iterable
from typing import Any

from secretariat.core.text.document import Document, Node

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "se": "se-NO"}
LISTS = {"bulletList": "List Bullet", "orderedList": "List Number"}
DEEPEST_STYLE = 3
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def add_text(file: Any, text: Document, *, deeper: int = 0) -> None:
    """Write a text at the end of the file, its headings so many levels below the file's own."""
    for block in text.blocks:
        _block(file, block, deeper, depth=0)


def _block(file: Any, block: Node, deeper: int, depth: int) -> None:
    match block.type:
        case "heading":
            _line(file.add_heading("", min(block.level + deeper, 9)), block.content)
        case "bulletList" | "orderedList":
            _list(file, block, deeper, depth)
        case "blockquote":
            for inner in block.content:
                _quoted(file, inner, deeper, depth)
        case "table":
            _table(file, block)
        case _:
            _line(file.add_paragraph(), block.content)


def _list(file: Any, block: Node, deeper: int, depth: int) -> None:
    """Word numbers its own lists on from each other, so numbers are written as they stand in the text."""
    for at, item in enumerate(block.content):
        first, *rest = item.content
        if block.type == "orderedList":
            line = file.add_paragraph()
            _indent(line, depth)
            line.add_run(f"{(block.start or 1) + at}. ")
        else:
            name = LISTS[block.type]
            line = file.add_paragraph(style=name if depth == 0 else f"{name} {min(depth + 1, DEEPEST_STYLE)}")
        _line(line, first.content)
        for inner in rest:
            _block(file, inner, deeper, depth + 1)


def _indent(line: Any, depth: int) -> None:
    from docx.shared import Cm

    line.paragraph_format.left_indent = Cm(0.6 * (depth + 1))
    line.paragraph_format.first_line_indent = Cm(-0.6)


def _quoted(file: Any, block: Node, deeper: int, depth: int) -> None:
    if block.type == "paragraph":
        _line(file.add_paragraph(style="Quote"), block.content)
    else:
        _block(file, block, deeper, depth)


def _table(file: Any, block: Node) -> None:
    from docx.oxml import OxmlElement

    rows = [row.content for row in block.content]
    table = file.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, node in zip(row.cells, cells, strict=True):
            _line(cell.paragraphs[0], node.content[0].content, bold=node.type == "tableHeader")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    file.add_paragraph()


def _line(paragraph: Any, pieces: Iterable[Node], *, bold: bool = False) -> None:
    for piece in pieces:
        if piece.type == "hardBreak":
            paragraph.add_run().add_break()
        else:
            _words(paragraph, piece, bold=bold)


def _words(paragraph: Any, piece: Node, *, bold: bool) -> None:
    run = paragraph.add_run(piece.text)
    marks = {mark.type for mark in piece.marks}
    run.bold = True if bold or "bold" in marks else None
    run.italic = True if "italic" in marks else None
    if piece.href:
        _link(paragraph, run, piece.href)


def _link(paragraph: Any, run: Any, href: str) -> None:
    """Word keeps the address of a link beside the text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, LINK, is_external=True))
    run.font.underline = True
    run._r.addprevious(link)
    link.append(run._r)
