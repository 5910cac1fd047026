"""The public edition of a notice: what was sent out, less what is exempt and what concerns only those called."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from secretariat.cases.models import SECTIONS
from secretariat.core.actor import Actor
from secretariat.core.text.language import _, _l, use_language
from secretariat.dispatch.contents import Contents, Matter, read, text_of
from secretariat.dispatch.models import DispatchKind
from secretariat.documents.rendering.headings import case_name
from secretariat.meetings.models import ItemKind, Meeting, MeetingState
from secretariat.publishing.edition import Edition, File, Item, Section
from secretariat.publishing.leaving_out import LeftOut, missing_title


def contents_of(actor: Actor, meeting: Meeting) -> Contents:
    """What there is to publish from."""
    return read(actor, meeting, DispatchKind.NOTICE)


def agenda_edition(contents: Contents) -> Edition:
    """The edition, in the meeting's language."""
    with use_language(contents.meeting.language):
        return Edition(**frame(contents), items=tuple(_item(matter, contents) for matter in sent(contents)))


def frame(contents: Contents) -> dict[str, Any]:
    """Who meets, when and where."""
    meeting, body = contents.meeting, contents.body
    return {
        "language": meeting.language,
        "partnership": contents.partnership.name,
        "body": body.name,
        "body_short": body.short_name,
        "word": str(body.minutes_word.word),
        "title": meeting.title,
        "day": meeting.day,
        "starts": meeting.starts,
        "ends": meeting.ends,
        "timezone": meeting.timezone,
        "place": meeting.place,
        "form": str(meeting.form.word),
        "cancelled": meeting.state is MeetingState.CANCELLED,
    }


def sent(contents: Contents) -> list[Matter]:
    """The lines that have gone out in the notice or a supplement."""
    known = {entry["id"] for parcel in contents.before for entry in parcel.manifest["items"]}
    return [matter for matter in contents.matters if str(matter.item.id) in known]


def _item(matter: Matter, contents: Contents) -> Item:
    item = matter.item
    known = Item(
        number=matter.written,
        title=matter.public_title,
        kind=str(item.kind.word),
        heading=item.kind is ItemKind.HEADING,
        withdrawn=not matter.stands,
        exempt_basis=matter.exempt_basis,
        clock=matter.clock if matter.stands else None,
    )
    return known if matter.exempt_basis or not matter.stands else _with_paper(known, matter, contents.meeting.language)


def _with_paper(known: Item, matter: Matter, language: str) -> Item:
    case = matter.case
    return replace(
        known,
        presenter=matter.item.presenter,
        raised_by=(case.on_behalf_of if case else "") or matter.raised_by,
        language=case.language if case and case.language != language else "",
        proposal=text_of(matter.paper, "proposal"),
        sections=tuple(_sections(matter)),
        files=tuple(File(f.title, f.filename, f.mime_type, f.sha256) for f in _open_files(matter)),
    )


def _sections(matter: Matter) -> Iterable[Section]:
    for name, heading in SECTIONS.items():
        text = text_of(matter.paper, name)
        if text and name != "proposal":
            yield Section(str(heading), text)


def _open_files(matter: Matter) -> list[Any]:
    return [file for file in matter.files if file.is_checked and not file.exempt_basis]


def left_out_of_agenda(contents: Contents) -> Iterable[LeftOut]:
    """What the secretariat sees of the agenda and the public does not."""
    known = {matter.item.id for matter in sent(contents)}
    for matter in contents.matters:
        name = named(matter.written, matter.item.title)
        if matter.item.id not in known:
            yield LeftOut(name, _l("er ikke sendt ut"))
        elif matter.exempt_basis:
            yield LeftOut(name, _l("tekst og vedlegg: %(basis)s", basis=matter.exempt_basis))
        else:
            yield from _files_left_out(matter, name)
    yield LeftOut(_l("Innkalte, lenken til det digitale møtet og praktiske opplysninger"), _l("gjelder deltakerne"))


def _files_left_out(matter: Matter, name: str) -> Iterable[LeftOut]:
    for file in matter.files:
        if file.exempt_basis or not file.is_checked:
            why = file.exempt_basis or _l("er ikke ferdig kontrollert")
            yield LeftOut(_("%(case)s, vedlegget «%(file)s»", case=name, file=file.filename), why)


def agenda_hindrances(contents: Contents) -> Iterable[Any]:
    """Why the agenda cannot be published now."""
    if contents.meeting.called_at is None:
        yield _l("Innkallingen er ikke sendt.")
    yield from (missing_title(m.written) for m in sent(contents) if m.exempt_basis and not m.item.public_title)


def named(written: str, title: str) -> str:
    """Sak 12/2026 «Tittel»."""
    return " ".join(filter(None, (case_name(written), f"«{title}»")))
