"""What a paper is called: in the file's metadata, on its first page and in its running head."""

from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from secretariat.core.text.language import _, format_date
from secretariat.documents.rendering.papers import (
    ExtractPaper,
    MinutesPaper,
    MinutesState,
    NoticePaper,
    SingleCasePaper,
)


@dataclass(frozen=True)
class Heading:
    """``headline`` and ``under`` stand on the first page, ``running`` on the others, ``title`` names the file."""

    title: str
    headline: str
    under: str
    running: str


def case_name(number_text: str | None) -> str:
    """Sak 12/26; a number that brings its own word (PS 49/17) stands as it is."""
    if not number_text:
        return ""
    return _("Sak %(number)s", number=number_text) if number_text[0].isdigit() else number_text


@singledispatch
def heading_of(paper: Any) -> Heading:
    """The names of a paper, in the language that is in use."""
    raise TypeError(f"no heading for {type(paper).__name__}")


@heading_of.register
def _notice(paper: NoticePaper) -> Heading:
    if paper.supplement_number is not None:
        headline = _("Tilleggssakliste nr. %(number)s", number=paper.supplement_number)
    elif paper.facts.written:
        headline = _("Innkalling til skriftlig behandling")
    else:
        headline = _("Møteinnkalling")
    return _of_meeting(paper, headline, paper.facts.title)


@heading_of.register
def _minutes(paper: MinutesPaper) -> Heading:
    draft = paper.state is not MinutesState.APPROVED
    headline = _("Utkast til %(word)s", word=paper.word.lower()) if draft else paper.word
    return _of_meeting(paper, headline, minutes_standing(paper), headline)


@heading_of.register
def _single(paper: SingleCasePaper) -> Heading:
    head, case = paper.letterhead, paper.case
    name = ", ".join(filter(None, (_("Saksframlegg"), case_name(case.number_text))))
    running = _running(head.body, paper.meeting_day and format_date(paper.meeting_day))
    return Heading(f"{name}: {case.title}", name, "", running)


@heading_of.register
def _extract(paper: ExtractPaper) -> Heading:
    head, day = paper.letterhead, format_date(paper.meeting_day)
    title = _("Melding om vedtak: %(case)s %(title)s", case=case_name(paper.number_text), title=paper.title)
    under = _("Fra ikke godkjent referat") if paper.unapproved else ""
    return Heading(title, _("Melding om vedtak"), under, _running(head.body, day))


def minutes_standing(paper: MinutesPaper) -> str:
    """How far the minutes have come, as a sentence under their name."""
    if paper.state is MinutesState.APPROVED and paper.approved_on:
        return approved(paper.approved_on, paper.approved_by)
    if paper.state is MinutesState.APPROVED:
        return _("Godkjent")
    if paper.state is MinutesState.OUT_FOR_COMMENTS and paper.comments_by:
        return _("Til godkjenning. Merknadsfrist %(date)s", date=format_date(paper.comments_by))
    if paper.state is MinutesState.OUT_FOR_COMMENTS:
        return _("Til godkjenning")
    return _("Ikke godkjent")


def approved(day: date, by: str) -> str:
    """Godkjent 12. mars 2026: av leder og nestleder."""
    said = _("Godkjent %(date)s", date=format_date(day))
    return f"{said}: {by}" if by else said


def _of_meeting(paper: NoticePaper | MinutesPaper, headline: str, under: str, running: str = "") -> Heading:
    head, day = paper.letterhead, format_date(paper.facts.day)
    return Heading(f"{headline}: {head.body} {day}", headline, under, _running(head.body, day, running))


def _running(*parts: Any) -> str:
    return " · ".join(filter(None, parts))
