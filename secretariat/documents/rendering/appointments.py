"""Oppnevningsbrev: who is appointed to what, from–to, with what rights, and who named the person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secretariat.core.text.language import _
from secretariat.documents.rendering.contents import plain
from secretariat.documents.rendering.facts import Fact
from secretariat.documents.rendering.headings import Heading, heading_of
from secretariat.documents.rendering.papers import Attachment, Edition, Letterhead, Signature


@dataclass(frozen=True)
class AppointedLine:
    """One who is appointed, in the table of a nominating body's letter."""

    name: str
    body: str
    place: str
    period: str


@dataclass(frozen=True)
class AppointmentPaper:
    """The letter to one person (``facts``), or to a nominating body with all it named (``lines``)."""

    language: str
    made_at: datetime
    letterhead: Letterhead
    receiver: tuple[str, ...]
    subject: str
    lead: str
    facts: tuple[Fact, ...] = ()
    lines: tuple[AppointedLine, ...] = ()
    closing: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    edition: Edition = Edition.INTERNAL


@heading_of.register(AppointmentPaper)
def _heading(paper: Any) -> Heading:
    title = f"{_('Oppnevningsbrev')}: {paper.subject}"
    return Heading(title, _("Oppnevningsbrev"), paper.subject, title)


@plain.register
def _contents(paper: AppointmentPaper) -> dict[str, Any]:
    values = {name: plain(getattr(paper, name)) for name in AppointmentPaper.__dataclass_fields__}
    return values | {"columns": [_("Navn"), _("Utvalg"), _("Representerer"), _("Funksjonstid")]}
