"""The block of facts at the top of a paper and of a case: a word and what stands beside it, without empty lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from secretariat.core.text.language import _, format_date, format_time
from secretariat.documents.rendering.papers import (
    ArchiveReference,
    CasePaper,
    ExtractPaper,
    MeetingFacts,
)

NORWAY = "Europe/Oslo"


@dataclass(frozen=True)
class Fact:
    """Møtested: Rådhuset i Steinkjer. ``link`` is an address the reader may follow."""

    label: str
    text: str
    link: str = ""


def meeting_facts(facts: MeetingFacts) -> tuple[Fact, ...]:
    """When, where and how the meeting is, and who leads it."""
    return _told(
        Fact(_("Møtedato"), _long_day(facts.day)),
        Fact(_("Tid"), hours(facts)),
        Fact(_("Møteform"), facts.form),
        Fact(_("Møtested"), facts.place),
        Fact(_("Digitalt møte"), facts.digital_link, facts.digital_link if _followable(facts.digital_link) else ""),
        Fact(_("Svarfrist"), _long_day(facts.deadline)),
        Fact(_("Møteleder"), facts.chair),
        Fact(_("Referent"), facts.secretary),
    )


def case_facts(case: CasePaper) -> tuple[Fact, ...]:
    """Where the case comes from and what it is called in the archives."""
    return _told(
        Fact(_("Sakstype"), case.kind_label),
        Fact(_("Meldt inn av"), case.raised_by),
        Fact(_("Legges fram av"), case.presenter),
        *_archive(case.archive_references),
    )


def extract_facts(paper: ExtractPaper) -> tuple[Fact, ...]:
    """To whom the decision is told, under which references, and by when an answer is awaited."""
    return _told(
        Fact(_("Til"), ", ".join(paper.recipients)),
        Fact(_("Dato"), format_date(paper.made_at)),
        *_archive(paper.archive_references),
        Fact(_("Svarfrist"), _long_day(paper.answer_by)),
    )


def hours(facts: MeetingFacts) -> str:
    """kl. 09.00–14.00; the time zone is named only where it is not Norway's."""
    if facts.starts is None:
        return ""
    shown = "–".join(format_time(at) for at in (facts.starts, facts.ends) if at)
    zone = "" if facts.timezone == NORWAY else f" ({facts.timezone})"
    return _("kl. %(time)s", time=shown) + zone


def _told(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.text)


def _archive(references: Iterable[ArchiveReference]) -> list[Fact]:
    return [Fact(_("Arkivref. %(organisation)s", organisation=one.organisation), one.reference) for one in references]


def _long_day(day: date | None) -> str:
    return format_date(day, "weekday") if day else ""


def _followable(address: str) -> bool:
    return address.startswith(("https://", "http://"))
