"""What stands in the way of sending, all of it at once, in sentences that say what to mend."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import Person
from secretariat.dispatch.contents import Contents, Matter, called_and_people, matters_lightly
from secretariat.documents.models import FileState
from secretariat.documents.rendering.headings import case_name
from secretariat.meetings.models import ItemKind, Meeting, MeetingState, ParticipantRole

NEEDS_PAPER = (ItemKind.DECISION, ItemKind.DISCUSSION)


def what_hinders(contents: Contents, matters: Sequence[Matter]) -> list[Any]:
    """Every reason why this parcel cannot be sent now."""
    meeting, is_supplement = contents.meeting, contents.is_supplement
    of_agenda = _nothing_new(matters) if is_supplement else _empty_agenda(matters)
    return [
        *_of_meeting(meeting),
        *_sent_before(meeting, is_supplement),
        *of_agenda,
        *_of_matters(matters),
        *_of_recipients(contents.called, contents.people),
    ]


def what_hinders_notice(meeting: Meeting) -> list[Any]:
    """The same for the notice of a meeting, read lightly: the answer to what the rooms below ask."""
    matters = matters_lightly(Actor.system("hindrances"), meeting)
    called, people = called_and_people(meeting)
    return [
        *_of_meeting(meeting),
        *_sent_before(meeting, False),
        *_empty_agenda(matters),
        *_of_matters(matters),
        *_of_recipients(called, people),
    ]


def _of_meeting(meeting: Meeting) -> Iterable[Any]:
    if meeting.state is MeetingState.CANCELLED:
        yield _l("Møtet er avlyst.")
    elif meeting.state is MeetingState.HELD:
        yield _l("Møtet er holdt.")
    elif meeting.starts_at <= clock.now():
        yield _l("Møtet var %(date)s. Flytt det før noe sendes.", date=format_date(meeting.day))
    if not meeting.place and not meeting.digital_link:
        yield _l("Møtet har verken sted eller lenke til digitalt møte.")


def _sent_before(meeting: Meeting, is_supplement: bool) -> Iterable[Any]:
    if not is_supplement and meeting.state is MeetingState.CALLED:
        yield _l("Innkallingen er alt sendt. Det som er nytt, sendes som tilleggssakliste.")


def _empty_agenda(matters: Sequence[Matter]) -> Iterable[Any]:
    if not any(matter.stands and matter.item.kind is not ItemKind.HEADING for matter in matters):
        yield _l("Sakslisten er tom.")


def _nothing_new(matters: Sequence[Matter]) -> Iterable[Any]:
    if not matters:
        yield _l("Ingenting er nytt siden forrige utsending.")


def _of_matters(matters: Sequence[Matter]) -> Iterable[Any]:
    for matter in matters:
        if matter.stands:
            yield from _of_matter(matter)


def _of_matter(matter: Matter) -> Iterable[Any]:
    name, title = case_name(matter.written) or _l("Sak"), matter.item.title
    if matter.item.kind in NEEDS_PAPER and not matter.has_text:
        yield _l("%(case)s mangler saksframlegg: «%(title)s».", case=name, title=title)
    for file in matter.files:
        said = {"case": name, "title": title, "file": file.filename}
        if file.state is FileState.RECEIVED:
            yield _l("%(case)s «%(title)s»: vedlegget «%(file)s» er ikke ferdig kontrollert.", **said)
        elif not file.is_checked:
            why = file.reason.word if file.reason else ""
            yield _l("%(case)s «%(title)s»: vedlegget «%(file)s» er stoppet. %(why)s", **said, why=why)


def _of_recipients(called: Sequence[Any], people: Mapping[UUID, Person]) -> Iterable[Any]:
    if all(person.role is ParticipantRole.SECRETARIAT for person in called):
        yield _l("Ingen er kalt inn: utvalget har ingen medlemmer på møtedagen.")
    for person in called:
        if not people[person.person_id].email:
            yield _l("%(name)s mangler e-postadresse.", name=person.name)
