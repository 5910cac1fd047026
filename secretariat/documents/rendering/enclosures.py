"""The originals that travel inside the PDF: their names there, and whether they still are what was enclosed."""

import hashlib
import re
from functools import singledispatch
from pathlib import PurePosixPath

from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.documents.rendering.characters import printable
from secretariat.documents.rendering.headings import case_name
from secretariat.documents.rendering.papers import (
    Attachment,
    CasePaper,
    MinutesItem,
    MinutesPaper,
    NoticePaper,
    Paper,
    SingleCasePaper,
)

KIND = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)  # application/pdf, without what may follow ("; charset=utf-8")


class RenderingFailed(DomainError):
    """The paper cannot be printed; the reason says what stands in the way."""


def enclosed(paper: Paper) -> list[dict[str, str]]:
    """Every attachment as the template lists and embeds it, in the order of the paper."""
    cases = {item.item: case_name(item.number_text) for item in items_of(paper)}
    names = filenames(paper.attachments)
    return [
        _checked(one, name) | {"of": printable(cases.get(one.item, ""))}
        for one, name in zip(paper.attachments, names, strict=True)
    ]


def filenames(attachments: tuple[Attachment, ...]) -> list[str]:
    """The attachments' names inside the PDF: no folders, and no two alike."""
    names: list[str] = []
    for one in attachments:
        name = printable(one.filename).replace("/", "-").replace("\\", "-").strip(". ") or "vedlegg"
        path, count = PurePosixPath(name), 1
        while name in names:
            count += 1
            name = f"{path.stem} ({count}){path.suffix}"
        names.append(name)
    return names


@singledispatch
def items_of(paper: Paper) -> tuple[CasePaper | MinutesItem, ...]:
    """The items that an attachment may belong to."""
    return ()


@items_of.register
def _notice(paper: NoticePaper) -> tuple[CasePaper, ...]:
    return paper.case_papers


@items_of.register
def _single(paper: SingleCasePaper) -> tuple[CasePaper, ...]:
    return (paper.case,)


@items_of.register
def _minutes(paper: MinutesPaper) -> tuple[MinutesItem, ...]:
    return paper.items


def _checked(attachment: Attachment, name: str) -> dict[str, str]:
    if hashlib.sha256(attachment.content).hexdigest() != attachment.sha256:
        raise RenderingFailed(_l("Vedlegget «%(name)s» er ikke lenger det som ble lagt ved.", name=name))
    known = KIND.match(attachment.mime_type)
    return {
        "item": attachment.item,
        "filename": name,
        "mime_type": known.group() if known else "application/octet-stream",
        "description": printable(attachment.description),
    }
