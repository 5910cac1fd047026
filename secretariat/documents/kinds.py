"""The kinds of file that are taken in: how their names end, what they are served as, and how their content begins."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from secretariat.core.text.identity import find_identity_numbers
from secretariat.documents.models import Finding

LARGEST = 50 * 1024 * 1024
LONGEST_NAME = 150

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_WIDE_LETTERS = (b"\xff\xfe", b"\xfe\xff")
_NO_LETTER = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PASSWORD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wraps a document in when it has a password


@dataclass(frozen=True)
class Kind:
    """A kind of file. ``content`` is what its first bytes tell; ``part`` a file that must lie in its container."""

    mime_type: str
    content: str
    part: str = ""


KINDS = {
    ".pdf": Kind("application/pdf", "pdf"),
    ".docx": Kind(_OFFICE + "wordprocessingml.document", "container", "word/document.xml"),
    ".xlsx": Kind(_OFFICE + "spreadsheetml.sheet", "container", "xl/workbook.xml"),
    ".pptx": Kind(_OFFICE + "presentationml.presentation", "container", "ppt/presentation.xml"),
    ".odt": Kind(_OPEN + "text", "container", "content.xml"),
    ".ods": Kind(_OPEN + "spreadsheet", "container", "content.xml"),
    ".png": Kind("image/png", "png"),
    ".jpg": Kind("image/jpeg", "jpg"),
    ".jpeg": Kind("image/jpeg", "jpg"),
    ".txt": Kind("text/plain", "text"),
    ".csv": Kind("text/csv", "text"),
    ".md": Kind("text/markdown", "text"),
}

_SIGNS = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')


def clean_name(given: str) -> str:
    """The file's name without folders, invisible signs and what no disk takes; its ending stays however long it is."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = " ".join(_SIGNS.sub("", " ".join(last.split())).split()).strip(". ")
    ending = PurePosixPath(name).suffix[:10]
    stem = name.removesuffix(ending).strip(". ")
    return f"{stem[: LONGEST_NAME - len(ending)].strip() or 'vedlegg'}{ending}"


def kind_of(filename: str) -> Kind | None:
    """The kind that the name's ending promises."""
    return KINDS.get(PurePosixPath(filename).suffix.lower())


def first_look(filename: str, content: bytes) -> Finding | None:
    """What is cheap to see while the sender waits; None when nothing stands in the way."""
    kind = kind_of(filename)
    if kind is None:
        return Finding.KIND
    if not content:
        return Finding.EMPTY
    if len(content) > LARGEST:
        return Finding.TOO_LARGE
    if find_identity_numbers(filename):
        return Finding.IDENTITY_NUMBER
    return _promise_kept(kind, content)


def _promise_kept(kind: Kind, content: bytes) -> Finding | None:
    if kind.content == "container" and content.startswith(_PASSWORD_CONTAINER):
        return Finding.ENCRYPTED
    return None if _looks_like(content) == kind.content else Finding.CONTENT


def _looks_like(content: bytes) -> str:
    import filetype  # type: ignore[import-untyped]

    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "container"
    if content.startswith(_WIDE_LETTERS) or not _NO_LETTER.search(content[: 64 * 1024]):
        return "text"
    found = filetype.guess(content[:8192])
    return str(found.extension) if found else "unknown"


def decoded(content: bytes) -> str:
    """The words of a text file, in whichever of the usual encodings it is."""
    if content.startswith(_WIDE_LETTERS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
