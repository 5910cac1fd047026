"""The levels of headings inside a text, mended for print: PDF/UA refuses a third level straight under the first."""

from dataclasses import replace

from secretariat.core.text.document import Document, Node


def without_skipped_levels(document: Document) -> Document:
    """The same text with its headings beginning at the first level and never going down more than one at a time."""
    above: list[int] = []
    return Document(tuple(_mended(block, above) for block in document.blocks))


def _mended(node: Node, above: list[int]) -> Node:
    """``above`` holds the levels, as written, of the headings this one stands under."""
    if node.type != "heading":
        return replace(node, content=tuple(_mended(child, above) for child in node.content))
    while above and above[-1] >= node.level:
        above.pop()
    above.append(node.level)
    return replace(node, level=len(above))
