"""The parcel as it stands on paper, in the meeting's language: innkalling, or tilleggssakliste with what is new."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from secretariat.cases.models import SECTIONS
from secretariat.core import clock
from secretariat.core.text.language import _, use_language
from secretariat.directory.parties import label
from secretariat.dispatch.contents import Contents, Matter, text_of
from secretariat.dispatch.manifest import plain, sha256_of
from secretariat.dispatch.models import Edition
from secretariat.documents.rendering import papers
from secretariat.meetings.models import ItemKind, ParticipantRole
from secretariat.meetings.standing_in import instead_of

LONGEST_LABEL = 30


def paper_of(
    contents: Contents, matters: Iterable[Matter], edition: Edition, originals: Mapping[str, bytes]
) -> papers.NoticePaper:
    """The paper of an edition. ``originals`` gives the enclosed files by their SHA-256."""
    matters = tuple(matters)
    with use_language(contents.meeting.language):
        return papers.NoticePaper(
            language=contents.meeting.language,
            made_at=_made_at(),
            letterhead=papers.Letterhead(contents.partnership.name, contents.body.name, contents.body.short_name),
            facts=_facts(contents),
            agenda=tuple(_line(matter, edition) for matter in matters),
            case_papers=tuple(_papers(matters, edition, contents.meeting.language)),
            recipients=tuple(_groups(contents)),
            attachments=tuple(_attachments(matters, originals)),
            edition=papers.Edition(edition.value),
            supplement_number=contents.number if contents.is_supplement else None,
            absence_sentence="" if contents.is_supplement else _absence(contents),
            sent_statement=contents.statement,
        )


def paper_sha256(contents: Contents, matters: Iterable[Matter], edition: Edition) -> str:
    """What tells two papers apart: every word on them, texts and originals by their hash."""
    return sha256_of(plain(paper_of(contents, matters, edition, {})))


def _made_at() -> datetime:
    """The day the parcel is made up: made up again on the same day from the same contents it is the same file."""
    return datetime.combine(clock.today(), time(0), ZoneInfo("Europe/Oslo"))


def _absence(contents: Contents) -> str:
    address = contents.partnership.secretariat_email
    if not address:
        return _("Forfall meldes så snart som mulig med lenken i e-posten. Vara møter etter nærmere innkalling.")
    return _(
        "Forfall meldes så snart som mulig med lenken i e-posten, eller til %(address)s. "
        "Vara møter etter nærmere innkalling.",
        address=address,
    )


def _facts(contents: Contents) -> papers.MeetingFacts:
    meeting = contents.meeting
    return papers.MeetingFacts(
        title=meeting.title,
        day=meeting.day,
        form=str(meeting.form.word),
        starts=meeting.starts,
        ends=meeting.ends,
        timezone=meeting.timezone,
        place=meeting.place,
        digital_link=meeting.digital_link,
        chair=", ".join(person.name for person in contents.called if person.role is ParticipantRole.CHAIR),
        practical=tuple(_practical(meeting.practical)),
    )


def _practical(text: str) -> Iterable[papers.PracticalLine]:
    """«Lunsj: kl. 12 i kantina» has its own word; what has none is simply practical."""
    for line in filter(None, map(str.strip, text.splitlines())):
        word, colon, rest = line.partition(":")
        named = bool(colon) and len(word) <= LONGEST_LABEL and bool(rest.strip())
        yield papers.PracticalLine(word, rest.strip()) if named else papers.PracticalLine(_("Praktisk"), line)


def _line(matter: Matter, edition: Edition) -> papers.AgendaLine:
    item = matter.item
    return papers.AgendaLine(
        item=str(item.id),
        title=_title(matter, edition),
        number_text=matter.written or None,
        kind_label=str(item.kind.word),
        presenter=item.presenter,
        minutes=item.duration if matter.stands else None,
        clock=matter.clock if matter.stands else None,
        withdrawn=not matter.stands,
        exempt_basis=matter.exempt_basis or None,
        heading=item.kind is ItemKind.HEADING,
    )


def _title(matter: Matter, edition: Edition) -> str:
    return matter.public_title if edition is Edition.PUBLIC else matter.item.title


def _papers(matters: Iterable[Matter], edition: Edition, language: str) -> Iterable[papers.CasePaper]:
    for matter in matters:
        if _is_laid_before(matter):
            yield _case(matter, edition, language)
        elif matter.stands and matter.standing and edition is Edition.INTERNAL:
            yield _standing(matter)


def _is_laid_before(matter: Matter) -> bool:
    return matter.stands and matter.case is not None and (matter.has_text or bool(matter.files))


def _standing(matter: Matter) -> papers.CasePaper:
    """What a standing item says by itself is for those who are called."""
    return papers.CasePaper(
        item=str(matter.item.id),
        title=matter.item.title,
        number_text=matter.written or None,
        kind_label=str(matter.item.kind.word),
        sections=tuple(papers.Section(_("Til oppfølging"), text) for text in matter.standing),
    )


def _case(matter: Matter, edition: Edition, language: str) -> papers.CasePaper:
    case = matter.case
    return papers.CasePaper(
        item=str(matter.item.id),
        title=_title(matter, edition),
        number_text=matter.written or None,
        kind_label=str(matter.item.kind.word),
        presenter=matter.item.presenter,
        raised_by=(case.on_behalf_of if case else "") or matter.raised_by,
        archive_references=tuple(papers.ArchiveReference(*one) for one in matter.references),
        proposal=text_of(matter.paper, "proposal") or None,
        sections=tuple(_sections(matter)),
        earlier=tuple(papers.EarlierStep(e.body, e.day, e.number, e.outcome) for e in matter.earlier),
        exempt_basis=matter.exempt_basis or None,
        language=case.language if case and case.language != language else None,
    )


def _sections(matter: Matter) -> Iterable[papers.Section]:
    """Every part but the proposal, which stands by itself."""
    for name, heading in SECTIONS.items():
        text = text_of(matter.paper, name)
        if text and name != "proposal":
            yield papers.Section(str(heading), text)


def _groups(contents: Contents) -> Iterable[papers.RecipientGroup]:
    for party, people in by_party(contents.called):
        yield papers.RecipientGroup(party, tuple(_recipient(person) for person in people))
    if contents.copies:
        yield papers.RecipientGroup(_("Kopi til"), tuple(papers.Recipient(copy.name) for copy in contents.copies))


def by_party(called: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Those called, under their party's name; the secretariat of both parties stands together."""
    groups: dict[str, list[Any]] = {}
    for person in called:
        secretariat = person.role is ParticipantRole.SECRETARIAT
        groups.setdefault(_("Sekretariatet") if secretariat else str(label(person.party)), []).append(person)
    return list(groups.items())


def _recipient(person: Any) -> papers.Recipient:
    silent = (ParticipantRole.MEMBER, ParticipantRole.SECRETARIAT)
    other = instead_of(person.seats)
    note = _("vara for %(name)s", name=other) if other else str(person.role.word).lower()
    return papers.Recipient(person.name, person.title, person.organisation, "" if person.role in silent else note)


def checked_files(matter: Matter) -> list[Any]:
    """The originals that go with a matter; what is not checked is never enclosed (it hinders the sending besides)."""
    return [file for file in matter.files if file.is_checked] if _is_laid_before(matter) else []


def _attachments(matters: Iterable[Matter], originals: Mapping[str, bytes]) -> Iterable[papers.Attachment]:
    for matter in matters:
        for file in checked_files(matter):
            yield papers.Attachment(
                filename=file.filename,
                mime_type=file.mime_type,
                content=originals.get(file.sha256, b""),
                sha256=file.sha256,
                description=file.title if file.title != file.filename else "",
                item=str(matter.item.id),
                exempt_basis=file.exempt_basis or matter.exempt_basis or None,
            )
