"""A PDF read back: what it says of itself, what stands in it, and the originals it carries."""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

DIVIDED = "\ufffe"  # how pypdfium2 shows the hyphen of a divided word


@dataclass(frozen=True)
class EmbeddedFile:
    """An original inside the PDF."""

    name: str
    sha256: str
    mime_type: str
    description: str


@dataclass(frozen=True)
class Bookmark:
    """A line of the reader's table of contents; the outermost have depth 1."""

    depth: int
    title: str


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF says of itself and holds."""

    title: str
    language: str
    pages: int
    bookmarks: tuple[Bookmark, ...]
    headings: tuple[str, ...]
    roles: frozenset[str]
    attachments: tuple[EmbeddedFile, ...]
    text: str
    tagged: bool
    standards: frozenset[str]


def facts_of(pdf: bytes) -> PdfFacts:
    """Everything worth checking in a PDF."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        root, roles = opened.Root, tuple(_roles(opened.Root.get("/StructTreeRoot")))
        return PdfFacts(
            title=str(opened.docinfo.get("/Title", "")),
            language=str(root.get("/Lang", "")),
            pages=len(opened.pages),
            bookmarks=_bookmarks(opened),
            headings=tuple(role for role in roles if re.fullmatch("H[1-6]", role)),
            roles=frozenset(roles),
            attachments=_attachments(opened),
            text=_text(pdf),
            tagged="/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False)) and bool(roles),
            standards=_standards(opened),
        )


def _bookmarks(opened: Any) -> tuple[Bookmark, ...]:
    def walk(items: list[Any], depth: int) -> list[Bookmark]:
        return [mark for item in items for mark in (Bookmark(depth, str(item.title)), *walk(item.children, depth + 1))]

    with opened.open_outline() as outline:
        return tuple(walk(outline.root, 1))


def _roles(element: Any) -> list[str]:
    """The kinds of the structure elements below this one, in reading order."""
    if isinstance(element, pikepdf.Array):
        return [role for child in element for role in _roles(child)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own = [str(element.S)[1:]] if "/S" in element else []
    return own + (_roles(element.K) if "/K" in element else [])


def _attachments(opened: Any) -> tuple[EmbeddedFile, ...]:
    found = []
    for name, spec in opened.attachments.items():
        file = spec.get_file()
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        found.append(EmbeddedFile(spec.filename or name, digest, file.mime_type, spec.description))
    return tuple(found)


def _standards(opened: Any) -> frozenset[str]:
    """What the file claims to conform to, as "ua-1" and "a-3a"."""
    with opened.open_metadata() as meta:
        part, level = meta.get("pdfaid:part", ""), meta.get("pdfaid:conformance", "")
        accessible = meta.get("pdfuaid:part", "")
    return frozenset(filter(None, (part and f"a-{part}{level.lower()}", accessible and f"ua-{accessible}")))


def _text(pdf: bytes) -> str:
    """The text of all pages, in one line each, with words that were divided at the end of a line made whole."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range().replace(DIVIDED, "") for page in opened]
        return "\n".join(" ".join(page.split()) for page in pages)
    finally:
        opened.close()
