"""Every word in an answer, whatever it is packed in: pages, JSON, calendars, PDF with enclosures, ZIP, mail."""

import email
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pypdfium2
import pypdfium2.raw as pdfium

from tests.leaks.words import WORD

_FOLD = re.compile(rb"\r?\n[ \t]|=\r?\n|\xc2\xad")


@lru_cache(maxsize=512)
def secrets_in(content: bytes) -> frozenset[str]:
    """The secret words in some bytes."""
    return frozenset(word for text in texts(content) for word in WORD.findall(text.lower()))


def texts(content: bytes) -> Iterator[str]:
    """The texts inside: those of the parts too when the bytes are a package of others."""
    if content.startswith(b"%PDF"):
        yield from _pdf(content)
    elif content.startswith(b"PK") and is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as package:
            for name in package.namelist():
                yield name
                yield from texts(package.read(name))
    elif content.startswith((b"Message-ID:", b"From:", b"MIME-Version:", b"Received:")):
        for part in email.message_from_bytes(content).walk():
            yield str(part.items())
            if not part.is_multipart():
                yield from texts(bytes(part.get_payload(decode=True) or b""))
    else:
        yield _FOLD.sub(b"", content).decode("utf-8", "replace")


def _pdf(content: bytes) -> Iterator[str]:
    pdf = pypdfium2.PdfDocument(content)
    try:
        yield str(pdf.get_metadata_dict())
        yield from (mark.get_title() for mark in pdf.get_toc())
        for page in pdf:
            yield page.get_textpage().get_text_range().replace("\r\n", "").replace("\ufffe", "")
        yield from _enclosed(pdf)
    finally:
        pdf.close()


def _enclosed(pdf: Any) -> Iterator[str]:
    for place in range(pdfium.FPDFDoc_GetAttachmentCount(pdf)):
        enclosed = pypdfium2.PdfAttachment(pdfium.FPDFDoc_GetAttachment(pdf, place), pdf)
        yield enclosed.get_name()
        yield from texts(bytes(enclosed.get_data()))
