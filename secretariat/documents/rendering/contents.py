"""A paper as plain data for the template: dates in words, texts as markup, all in the reader's language."""

from collections import UserString
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, time
from functools import singledispatch
from typing import Any

from secretariat.core.text.document import Document
from secretariat.core.text.language import _, format_date, format_time, use_language
from secretariat.core.text.typst import to_typst
from secretariat.documents.rendering.characters import printable
from secretariat.documents.rendering.enclosures import enclosed
from secretariat.documents.rendering.facts import case_facts, extract_facts, meeting_facts
from secretariat.documents.rendering.headings import case_name, heading_of
from secretariat.documents.rendering.levels import without_skipped_levels
from secretariat.documents.rendering.papers import (
    AgendaLine,
    Attendee,
    CasePaper,
    ExtractPaper,
    MeetingFacts,
    MinutesItem,
    Paper,
)
from secretariat.documents.rendering.words import words

# An item of the meeting is a heading of the first level and its parts are of the second; those in a text come below.
PARTS_OF_AN_ITEM = 2


def contents(paper: Paper) -> dict[str, Any]:
    """Everything the template prints, in the language of the paper."""
    with use_language(paper.language):
        own: dict[str, Any] = plain(replace(paper, attachments=()))
        return own | {
            "heading": plain(heading_of(paper)),
            "enclosed": enclosed(paper),
            "words": words(),
            "stamp": _stamp(paper),
        }


@singledispatch
def plain(value: Any) -> Any:
    """The value as the template takes it: a row becomes a dictionary, a text Typst markup, a date its words."""
    return _fields(value) if is_dataclass(value) else value


def _fields(row: Any) -> dict[str, Any]:
    return {field.name: plain(getattr(row, field.name)) for field in fields(row)}


@plain.register(str)
@plain.register(UserString)
def _text(value: str | UserString) -> str:
    return printable(str(value))


@plain.register(tuple)
def _rows(value: tuple[Any, ...]) -> list[Any]:
    return [plain(one) for one in value]


@plain.register
def _day(value: date) -> str:
    return format_date(value)


@plain.register
def _clock(value: time) -> str:
    return format_time(value)


@plain.register
def _markup(value: Document) -> str:
    return printable(to_typst(without_skipped_levels(value), heading_offset=PARTS_OF_AN_ITEM))


@plain.register
def _meeting(value: MeetingFacts) -> dict[str, Any]:
    return {"lines": plain(meeting_facts(value)), "practical": plain(value.practical)}


@plain.register
def _agenda_line(value: AgendaLine) -> dict[str, Any]:
    detail = " · ".join(filter(None, (value.kind_label, value.presenter)))
    return _fields(value) | {"detail": printable(detail), "basis": basis(value.exempt_basis)}


@plain.register
def _case(value: CasePaper) -> dict[str, Any]:
    return _fields(value) | _named(value) | {"facts": plain(case_facts(value))}


@plain.register
def _item(value: MinutesItem) -> dict[str, Any]:
    return _fields(value) | _named(value)


@plain.register
def _extract(value: ExtractPaper) -> dict[str, Any]:
    facts, name = extract_facts(value), case_name(value.number_text)
    return _fields(value) | {"facts": plain(facts), "case_name": printable(name), "told": printable(told(value))}


@plain.register
def _attendee(value: Attendee) -> dict[str, Any]:
    return _fields(value) | {"remark": printable(remark(value))}


def told(extract: ExtractPaper) -> str:
    """The sentence that leads to the decision."""
    day = format_date(extract.meeting_day)
    return _("Saken var oppe i %(body)s %(date)s, med dette utfallet:", body=extract.letterhead.body, date=day)


def remark(person: Attendee) -> str:
    """vara for Ola Nordmann, med fullmakt; fra sak 12/26 til sak 14/26."""
    said = []
    if person.deputy_for:
        said.append(_("vara for %(name)s", name=person.deputy_for))
    if person.with_authority is not None:
        said.append(_("med fullmakt") if person.with_authority else _("uten fullmakt"))
    if person.from_item:
        said.append(_("fra sak %(number)s", number=person.from_item))
    if person.until_item:
        said.append(_("til og med sak %(number)s", number=person.until_item))
    return ", ".join(said)


def basis(exempt_basis: str | None) -> str:
    """Unntatt offentlighet, jf. offentleglova § 13."""
    if not exempt_basis:
        return ""
    # The sign and the number of the paragraph stay on one line.
    return _("Unntatt offentlighet, jf. %(basis)s", basis=printable(exempt_basis).replace("§ ", "§\u00a0"))


def _named(row: CasePaper | MinutesItem) -> dict[str, str]:
    return {"name": printable(case_name(row.number_text)), "basis": basis(row.exempt_basis)}


def _stamp(paper: Paper) -> dict[str, int]:
    moment = paper.made_at.astimezone(UTC)
    return {part: getattr(moment, part) for part in ("year", "month", "day", "hour", "minute", "second")}
