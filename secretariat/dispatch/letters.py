"""The mails that bring a parcel: what to meet for, when and where, what is new, and one press to say yes or no."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from secretariat import config
from secretariat.core import clock, signals
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date, format_time, use_language
from secretariat.directory.models import Person
from secretariat.dispatch.parcels import Letter
from secretariat.documents.rendering.headings import case_name
from secretariat.meetings.models import Meeting, Participant
from secretariat.meetings.standing_in import meets_for
from secretariat.messages import links
from secretariat.messages.kinds import LetterKind
from secretariat.messages.letters import letter
from secretariat.messages.models import Link, LinkPurpose

OPEN_AFTER_MEETING = timedelta(days=30)

Lines = Sequence[tuple[str, str]]
"""The agenda in the mail: the number as the body writes it, and the title."""


def notice_letter(
    meeting: Meeting, participant: Participant, person: Person, *, lines: Lines, note: str = ""
) -> Letter:
    """«Du er innkalt», to a deputy with for whom; the invitation for the calendar rides along."""
    with use_language(person.language):
        subject = _("Innkalling: %(title)s %(date)s", title=meeting.title, date=format_date(meeting.day))
        lead = f"{_('Du er innkalt til «%(title)s».', title=meeting.title)} {meets_for(participant.seats)}".strip()
        return _written(LetterKind.NOTICE, meeting, participant, person, subject, lead, lines, note)


def supplement_letter(
    meeting: Meeting, participant: Participant, person: Person, *, number: int, lines: Lines, note: str = ""
) -> Letter:
    """«Dette er nytt i sakslisten»; time and place are as they were."""
    with use_language(person.language):
        values = {"number": number, "title": meeting.title, "date": format_date(meeting.day)}
        subject = _("Tilleggssakliste %(number)s: %(title)s %(date)s", **values)
        lead = _("Dette er nytt i sakslisten til «%(title)s».", title=meeting.title)
        return _written(LetterKind.SUPPLEMENT, meeting, participant, person, subject, lead, lines, note)


def reminder_letter(actor: Actor, meeting: Meeting, participant: Participant, person: Person) -> Letter:
    """Purring: the secretariat waits for «Kommer» or «Meld forfall»; the way to answer is the same as in the notice."""
    with use_language(person.language):
        subject = _("Påminnelse: %(title)s %(date)s", title=meeting.title, date=format_date(meeting.day))
        lead = _("%(name)s spør om du kommer til «%(title)s».", name=actor.name, title=meeting.title)
        return _written(LetterKind.REMINDER, meeting, participant, person, subject, lead)


def agenda_reminder(actor: Actor, meeting: Meeting, person: Person, deadline: date, answer: str) -> Letter:
    """Chair or deputy chair is asked whether the agenda is good: again, if the ``answer`` was that it was not."""
    with use_language(person.language):
        values = {"title": meeting.title, "date": format_date(meeting.day)}
        subject = _("Påminnelse: sakslisten til «%(title)s» %(date)s", **values)
        said = {
            "title": subject,
            "name": person.name,
            "lead": _("%(name)s spør om sakslisten til «%(title)s» er god.", name=actor.name, title=meeting.title),
            "answer": _("Du svarte: «%(answer)s»", answer=answer) if answer else "",
            "until": _sent_all_the_same(deadline),
            "facts": facts_of(meeting),
            "address": papers_address(meeting),
        }
        return Letter(
            person=person,
            kind=LetterKind.REMINDER,
            subject=subject,
            text=_agenda_as_text(said),
            html=letter("dispatch/agenda_letter.html", **said),
        )


def _sent_all_the_same(deadline: date) -> str:
    if deadline < clock.today():
        return _("Innkallingen kan sendes også om du ikke svarer.")
    return _("Innkallingen sendes senest %(date)s, også om du ikke svarer.", date=format_date(deadline))


def _agenda_as_text(said: dict[str, Any]) -> str:
    facts = "\n".join(f"{name}: {value}" for name, value in said["facts"])
    answer = _("Les sakslisten og svar her (krever innlogging): %(address)s", address=said["address"])
    parts = (said["name"], said["lead"], said["answer"], said["until"], facts, answer)
    return "\n\n".join(filter(None, parts)) + "\n"


def _written(
    kind: LetterKind,
    meeting: Meeting,
    participant: Participant,
    person: Person,
    subject: str,
    lead: str,
    lines: Lines = (),
    note: str = "",
) -> Letter:
    said = {
        "title": subject,
        "name": person.name,
        "lead": lead,
        "facts": facts_of(meeting),
        "lines": [" ".join(filter(None, (case_name(written), title))) for written, title in lines],
        "note": note,
        "reply": reply_address(meeting, participant),
        "papers": papers_address(meeting),
    }
    calls = kind is LetterKind.NOTICE
    invitation = next(iter(signals.invitation.collect(participant, meeting)), None) if calls else None
    return Letter(
        person=person,
        kind=kind,
        subject=subject,
        text=as_text(said),
        html=letter("dispatch/letter.html", **said),
        calendar=invitation,
        method="REQUEST" if invitation else None,
    )


def facts_of(meeting: Meeting) -> list[tuple[str, str]]:
    """When and where, in the language that is current."""
    day, hours = format_date(meeting.day, "weekday"), f"{format_time(meeting.starts)}–{format_time(meeting.ends)}"
    told = [
        (_("Tid"), _("%(day)s kl. %(hours)s", day=day, hours=hours)),
        (_("Sted"), meeting.place),
        (_("Digitalt møte"), meeting.digital_link),
        (_("Praktisk"), " · ".join(filter(None, map(str.strip, meeting.practical.splitlines())))),
    ]
    return [(name, value) for name, value in told if value]


def as_text(said: dict[str, Any]) -> str:
    """The same words without markup."""
    facts = "\n".join(f"{name}: {value}" for name, value in said["facts"])
    agenda = "\n".join((_("Saksliste"), *said["lines"])) if said["lines"] else ""
    reply = _("Svar og les sakspapirene her, uten passord: %(address)s", address=said["reply"])
    papers = _("Møtet i Sekretariatet (krever innlogging): %(address)s", address=said["papers"])
    return "\n\n".join(filter(None, (said["name"], said["lead"], facts, said["note"], agenda, reply, papers))) + "\n"


def reply_address(meeting: Meeting, participant: Participant) -> str:
    """The participant's own way to answer, and to the papers, without a password; the same one in every mail."""
    known = session().scalar(
        sa.select(Link).where(
            Link.purpose == LinkPurpose.REPLY, Link.subject_id == participant.id, Link.revoked_at.is_(None)
        )
    )
    link = known or links.make(
        LinkPurpose.REPLY, participant.person_id, partnership_id=meeting.partnership_id, about=participant
    )
    link.expires_at = meeting.ends_at + OPEN_AFTER_MEETING
    return links.address(link)


def papers_address(meeting: Meeting) -> str:
    """Where the meeting's papers are, for those who sign in."""
    return f"{config.settings().url}/moter/{meeting.id}"
