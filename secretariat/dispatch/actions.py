"""Sending: short, since everything slow was done when the parcel was prepared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from secretariat.core.actions import Preparation, action
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.inputs import Fingerprint, Note
from secretariat.core.text.language import _l, format_datetime
from secretariat.dispatch.copies import deliver_copies
from secretariat.dispatch.letters import notice_letter, supplement_letter
from secretariat.dispatch.models import Dispatch, DispatchKind
from secretariat.dispatch.parcels import parcels_of, send
from secretariat.dispatch.policy import may_dispatch
from secretariat.dispatch.preparing import Ready, files_of_parcel, look, prepare
from secretariat.meetings import calling, numbers
from secretariat.meetings.models import Meeting
from secretariat.meetings.queries import meeting_row


@dataclass(frozen=True)
class Send:
    """Which parcel the sender saw (none: the one that would be sent now), and a greeting that goes into the mails."""

    manifest_sha256: Fingerprint = ""
    note: Note = ""


def _printing(kind: DispatchKind) -> Preparation:
    """Whoever has not looked at the parcel, as a program, gets it printed as it stands now."""

    def printed(actor: Actor, subject: Any, given: Send) -> Send:
        meeting = None if given.manifest_sha256 else meeting_row(actor, getattr(subject, "id", subject))
        if meeting is None or not may_dispatch(actor, meeting):
            return given
        return replace(given, manifest_sha256=prepare(actor, meeting, kind).sha256)

    return printed


_notice, _supplement = _printing(DispatchKind.NOTICE), _printing(DispatchKind.SUPPLEMENT)


@action("dispatch.send_notice", load=Meeting, rule=may_dispatch, input=Send, prepare=_notice)
def send_notice(actor: Actor, meeting: Meeting, given: Send) -> UUID:
    """Send the notice that was seen: numbers are given, everybody is called, the parcel is frozen. Once."""
    for sent in parcels_of(meeting.id, DispatchKind.NOTICE):
        return _sent_before(sent, given)
    ready = _verified(actor, meeting, DispatchKind.NOTICE, given)
    numbers.give(meeting)
    participants = calling.call(meeting)
    people, lines = ready.contents.people, _lines(ready)
    letters = [notice_letter(meeting, p, people[p.person_id], lines=lines, note=given.note) for p in participants]
    return _send(actor, meeting, ready, letters)


@action("dispatch.send_supplement", load=Meeting, rule=may_dispatch, input=Send, prepare=_supplement)
def send_supplement(actor: Actor, meeting: Meeting, given: Send) -> UUID:
    """Send what is new, changed or withdrawn since the last parcel, as a numbered supplement."""
    for sent in parcels_of(meeting.id, DispatchKind.SUPPLEMENT):
        if sent.manifest_sha256 == given.manifest_sha256:
            return sent.id
    ready = _verified(actor, meeting, DispatchKind.SUPPLEMENT, given)
    numbers.give(meeting)
    calling.open_doors(meeting)
    people, lines, number = ready.contents.people, _lines(ready), ready.contents.number
    letters = [
        supplement_letter(meeting, p, people[p.person_id], number=number, lines=lines, note=given.note)
        for p in ready.contents.called
    ]
    return _send(actor, meeting, ready, letters)


def _sent_before(sent: Dispatch, given: Send) -> UUID:
    """The same press twice is once; a press on another page than what was sent is told so."""
    if sent.manifest_sha256 == given.manifest_sha256:
        return sent.id
    raise DomainError(_l("Innkallingen er alt sendt %(when)s.", when=format_datetime(sent.created_at)))


def _verified(actor: Actor, meeting: Meeting, kind: DispatchKind, given: Send) -> Ready:
    """The parcel as it is now, if it is the one that was seen, nothing hinders it and its PDFs are made."""
    ready = look(actor, meeting, kind)
    if ready.hindrances:
        raise Hindered(ready.hindrances)
    if ready.sha256 != given.manifest_sha256 or not ready.printed:
        raise DomainError(_l("Noe er endret siden du så på utsendingen. Se over den på nytt og send igjen."))
    return ready


def _lines(ready: Ready) -> list[tuple[str, str]]:
    return [(matter.written, matter.item.title) for matter in ready.matters]


def _send(actor: Actor, meeting: Meeting, ready: Ready, letters: Sequence[Any]) -> UUID:
    contents = ready.contents
    parcel = send(
        actor,
        meeting,
        kind=contents.kind,
        manifest=ready.manifest,
        files=files_of_parcel(ready),
        letters=letters,
        number=contents.number,
        statement=contents.statement,
    )
    deliver_copies(parcel, meeting, [(m.written, m.public_title) for m in ready.matters], files_of_parcel(ready))
    return parcel.id
