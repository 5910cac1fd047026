"""Invitations by mail (iTIP): one object per person, in that person's language, from the secretariat's own mailbox."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.calendar.components import Attendee, Invitation, PartStat, Role, cancel, request
from secretariat.calendar.events import Edition, event_of
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date, use_language
from secretariat.directory.models import Partnership, Person
from secretariat.dispatch.letters import facts_of, reply_address
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Meeting, Participant, ParticipantRole, Reply
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.letters import letter

ROLES = {
    ParticipantRole.CHAIR: Role.CHAIR,
    ParticipantRole.MEMBER: Role.MEMBER,
    ParticipantRole.DEPUTY: Role.MEMBER,
}
ANSWERS = {Reply.ATTENDING: PartStat.ACCEPTED, Reply.ABSENT: PartStat.DECLINED}


def invitation_of(participant: Participant, meeting: Meeting) -> Invitation | None:
    """The meeting as one person is called to it; None for the organiser's own mailbox, which is not called."""
    person = session().get_one(Person, participant.person_id)
    body, partnership = session().get_one(Body, meeting.body_id), session().get_one(Partnership, meeting.partnership_id)
    event = event_of(meeting, body, partnership, Edition.INTERNAL, person.language, _moment())
    if not person.email or person.email.lower() == event.organizer_email.lower():
        return None
    attendee = Attendee(
        name=participant.name,
        email=person.email,
        role=ROLES.get(participant.role, Role.OBSERVER),
        partstat=ANSWERS.get(participant.reply, PartStat.NEEDS_ACTION),
    )
    return Invitation(**vars(event), attendee=attendee)


def _moment() -> datetime:
    return clock.now().replace(microsecond=0)


def request_for(participant: Participant, meeting: Meeting) -> Iterable[bytes]:
    """What the notice of the meeting carries for this participant's calendar."""
    invitation = invitation_of(participant, meeting)
    return [request(invitation)] if invitation is not None else []


def send_update(meeting: Meeting) -> None:
    """Time, place or status has changed: everybody's invitation is brought up to date."""
    for participant, person in _called(meeting):
        with use_language(person.language):
            subject = _("Endret: %(title)s %(date)s", title=meeting.title, date=format_date(meeting.day))
            lead = _("Tid, sted eller møteform er endret. Slik er møtet nå:")
            _write(meeting, participant, person, LetterKind.MEETING_CHANGED, subject, lead)


def send_cancellation(meeting: Meeting) -> None:
    """The meeting is off; it leaves the calendars of all who were called."""
    for participant, person in _called(meeting):
        with use_language(person.language):
            subject = _("Avlyst: %(title)s %(date)s", title=meeting.title, date=format_date(meeting.day))
            lead = _("Møtet er avlyst. %(reason)s", reason=meeting.cancelled_because).strip()
            _write(meeting, participant, person, LetterKind.MEETING_CANCELLED, subject, lead)


def send_removal(meeting: Meeting, participant: Participant) -> None:
    """One person is no longer called; the meeting goes on."""
    person = session().get_one(Person, participant.person_id)
    with use_language(person.language):
        subject = _("Ikke lenger innkalt: %(title)s %(date)s", title=meeting.title, date=format_date(meeting.day))
        lead = _("Du er ikke lenger kalt inn til dette møtet. Møtet holdes uten deg.")
        _write(meeting, participant, person, LetterKind.NO_LONGER_CALLED, subject, lead)


def _cancel_whole(invitation: Invitation) -> bytes:
    return cancel(invitation, whole_meeting=True)


def _cancel_one(invitation: Invitation) -> bytes:
    return cancel(invitation, whole_meeting=False)


CALENDAR: dict[LetterKind, tuple[str, Callable[[Invitation], bytes]]] = {
    LetterKind.MEETING_CHANGED: ("REQUEST", request),
    LetterKind.MEETING_CANCELLED: ("CANCEL", _cancel_whole),
    LetterKind.NO_LONGER_CALLED: ("CANCEL", _cancel_one),
}
"""What each letter does to the calendar of its receiver."""


def _called(meeting: Meeting) -> list[tuple[Participant, Person]]:
    participants = rows_of(meeting)
    query = sa.select(Person).where(Person.id.in_([participant.person_id for participant in participants]))
    people = {person.id: person for person in session().scalars(query)}
    return [(participant, people[participant.person_id]) for participant in participants]


def _write(
    meeting: Meeting,
    participant: Participant,
    person: Person,
    kind: LetterKind,
    subject: str,
    lead: str,
) -> None:
    method, make = CALENDAR[kind]
    asks = kind is LetterKind.MEETING_CHANGED
    invitation = invitation_of(participant, meeting)
    said: dict[str, Any] = {
        "title": subject,
        "name": person.name,
        "lead": lead,
        "facts": facts_of(meeting),
        "reply": reply_address(meeting, participant) if asks else "",
    }
    mail.write(
        kind,
        to=person,
        subject=subject,
        text=_as_text(said),
        html=letter("calendar/letter.html", **said),
        calendar=make(invitation) if invitation is not None else None,
        method=method if invitation is not None else None,
        partnership_id=meeting.partnership_id,
        room=meeting.room,
        about=meeting,
    )


def _as_text(said: dict[str, Any]) -> str:
    facts = "\n".join(f"{name}: {value}" for name, value in said["facts"])
    reply = _("Svar på nytt hvis det nye ikke passer: %(address)s", address=said["reply"]) if said["reply"] else ""
    return "\n\n".join(filter(None, (said["name"], said["lead"], facts, reply))) + "\n"
