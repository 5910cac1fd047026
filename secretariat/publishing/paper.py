"""The public PDF, printed from the public edition alone; only the open originals are fetched besides."""

from collections.abc import Mapping
from datetime import datetime, time

from secretariat.core.dates import wall_time
from secretariat.core.text.plain import to_plain
from secretariat.documents.rendering import papers
from secretariat.publishing.edition import Attendee, Edition, Item
from secretariat.publishing.models import PublicationKind


def paper_of(kind: PublicationKind, edition: Edition, originals: Mapping[str, bytes]) -> papers.Paper:
    """The paper of either part of the meeting. ``originals`` gives the attachments by their SHA-256."""
    return _notice(edition, originals) if kind is PublicationKind.MEETING else _minutes(edition)


def _notice(edition: Edition, originals: Mapping[str, bytes]) -> papers.NoticePaper:
    numbered = [(str(place), item) for place, item in enumerate(edition.items)]
    return papers.NoticePaper(
        language=edition.language,
        made_at=_midnight(edition),
        letterhead=_letterhead(edition),
        facts=_facts(edition),
        agenda=tuple(_line(key, item) for key, item in numbered),
        case_papers=tuple(_case(key, item) for key, item in numbered if _is_laid_before(item)),
        attachments=tuple(
            papers.Attachment(f.filename, f.mime_type, originals[f.sha256], f.sha256, f.title, key)
            for key, item in numbered
            for f in item.files
        ),
        edition=papers.Edition.PUBLIC,
    )


def _minutes(edition: Edition) -> papers.MinutesPaper:
    return papers.MinutesPaper(
        language=edition.language,
        made_at=_midnight(edition),
        letterhead=_letterhead(edition),
        word=edition.word,
        facts=_facts(edition),
        state=papers.MinutesState.APPROVED,
        attendance=tuple(papers.AttendanceGroup(g.party, tuple(map(_present, g.people))) for g in edition.present),
        items=tuple(_minutes_item(str(place), item) for place, item in enumerate(edition.items) if not item.heading),
        absent=tuple(map(_absent, edition.absent)),
        missing=tuple(map(_absent, edition.missing)),
        approved_on=edition.approved_on,
        approved_by=edition.approved_by,
        corrections=tuple(papers.Correction(one.day, "", one.text) for one in edition.corrections),
        edition=papers.Edition.PUBLIC,
    )


def _letterhead(edition: Edition) -> papers.Letterhead:
    return papers.Letterhead(edition.partnership, edition.body, edition.body_short)


def _facts(edition: Edition) -> papers.MeetingFacts:
    return papers.MeetingFacts(
        title=edition.title,
        day=edition.day,
        form=edition.form,
        starts=edition.starts,
        ends=edition.ends,
        timezone=edition.timezone,
        place=edition.place,
    )


def _line(key: str, item: Item) -> papers.AgendaLine:
    return papers.AgendaLine(
        item=key,
        title=item.title,
        number_text=item.number or None,
        kind_label=item.kind,
        presenter=item.presenter,
        clock=item.clock,
        withdrawn=item.withdrawn,
        exempt_basis=item.exempt_basis or None,
        heading=item.heading,
    )


def _is_laid_before(item: Item) -> bool:
    return bool(item.proposal or item.sections or item.files)


def _case(key: str, item: Item) -> papers.CasePaper:
    return papers.CasePaper(
        item=key,
        title=item.title,
        number_text=item.number or None,
        kind_label=item.kind,
        presenter=item.presenter,
        raised_by=item.raised_by,
        proposal=item.proposal or None,
        sections=tuple(papers.Section(section.heading, section.text) for section in item.sections),
        language=item.language or None,
    )


def _present(person: Attendee) -> papers.Attendee:
    return papers.Attendee(person.name, person.title, person.organisation)


def _absent(person: Attendee) -> papers.Recipient:
    return papers.Recipient(person.name, person.title, person.organisation, person.remark)


def _minutes_item(key: str, item: Item) -> papers.MinutesItem:
    return papers.MinutesItem(
        item=key,
        title=item.title,
        number_text=item.number or None,
        text=item.text or None,
        decisions=tuple(papers.DecisionBlock(one.kind, one.text) for one in item.outcomes),
        positions=tuple(papers.Position(p.heading, to_plain(p.text)) for one in item.outcomes for p in one.positions),
        next_steps=item.next_steps,
        additions=tuple(papers.Addition(one.name, one.text) for one in item.additions),
        stepped_aside=item.stepped_aside,
        withdrawn=item.withdrawn,
        exempt_basis=item.exempt_basis or None,
    )


def _midnight(edition: Edition) -> datetime:
    """The instant that dates the paper: printed again from the same edition it is the same file."""
    return wall_time(edition.day, time(0), edition.timezone)
