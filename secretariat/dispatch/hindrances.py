"""What stands in the way of sending, all of it at once, in sentences that say what to mend."""

from collections.abc import Iterable, Sequence
from typing import Any

from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.text.language import _l, format_date
from secretariat.dispatch.contents import Contents, Matter, read
from secretariat.dispatch.models import DispatchKind
from secretariat.documents.models import FileState
from secretariat.documents.rendering.headings import case_name
from secretariat.meetings.models import ItemKind, Meeting, MeetingState

VERB = "dispatch.send_notice"
NEEDS_PAPER = (ItemKind.DECISION, ItemKind.DISCUSSION)


def answer(verb: str, subject: Any) -> Iterable[Any]:
    """What the house's question about sending a notice is answered with."""
    if verb != VERB:
        return []
    return hindrances_of(read(Actor.system("hindrances"), subject, DispatchKind.NOTICE))


def hindrances_of(contents: Contents, matters: Sequence[Matter] | None = None) -> list[Any]:
    """Every reason why the parcel cannot be sent now."""
    matters = contents.matters if matters is None else matters
    return [*_of_meeting(contents), *_of_agenda(contents, matters), *_of_recipients(contents)]


def _of_meeting(contents: Contents) -> Iterable[Any]:
    meeting: Meeting = contents.meeting
    if meeting.state is MeetingState.CANCELLED:
        yield _l("Møtet er avlyst.")
    if meeting.state is MeetingState.HELD:
        yield _l("Møtet er holdt.")
    if not contents.is_supplement and meeting.state is MeetingState.CALLED:
        yield _l("Innkallingen er alt sendt. Det som er nytt, sendes som tilleggssakliste.")
    if meeting.state in (MeetingState.PLANNED, MeetingState.CALLED) and meeting.starts_at <= clock.now():
        yield _l("Møtet var %(date)s. Flytt det før noe sendes.", date=format_date(meeting.day))
    if not meeting.place and not meeting.digital_link:
        yield _l("Møtet har verken sted eller lenke til digitalt møte.")


def _of_agenda(contents: Contents, matters: Sequence[Matter]) -> Iterable[Any]:
    if not contents.is_supplement and not any(m.stands and m.item.kind is not ItemKind.HEADING for m in matters):
        yield _l("Sakslisten er tom.")
    if contents.is_supplement and not matters:
        yield _l("Ingenting er nytt siden forrige utsending.")
    for matter in matters:
        if matter.stands:
            yield from _of_matter(matter)


def _of_matter(matter: Matter) -> Iterable[Any]:
    name = case_name(matter.written) or _l("Saken")
    if matter.item.kind in NEEDS_PAPER and not matter.has_text:
        yield _l("%(case)s mangler saksframlegg: «%(title)s».", case=name, title=matter.item.title)
    for file in matter.files:
        if file.state is FileState.RECEIVED:
            yield _l("%(case)s: vedlegget «%(file)s» er ikke ferdig kontrollert.", case=name, file=file.filename)
        elif not file.is_checked:
            why = file.reason.word if file.reason else ""
            yield _l("%(case)s: vedlegget «%(file)s» er stoppet. %(why)s", case=name, file=file.filename, why=why)


def _of_recipients(contents: Contents) -> Iterable[Any]:
    if not contents.called:
        yield _l("Ingen er kalt inn: utvalget har ingen medlemmer på møtedagen.")
    for person in contents.called:
        if not contents.people[person.person_id].email:
            yield _l("%(name)s mangler e-postadresse.", name=person.name)
