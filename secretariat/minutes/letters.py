"""The mails that bring the minutes: where to read them, and what is asked of the reader."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa

from secretariat import config
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date, use_language
from secretariat.directory.models import Person
from secretariat.dispatch.parcels import Letter
from secretariat.messages.kinds import LetterKind
from secretariat.messages.letters import letter
from secretariat.minutes.record import Record

Words = Callable[[dict[str, str]], tuple[str, str]]


def draft_letters(record: Record, comments_until: date) -> list[Letter]:
    """The draft is out: read it and say what is wrong, until the deadline."""

    def words(said: dict[str, str]) -> tuple[str, str]:
        subject = _("Utkast til referat: %(title)s %(date)s", **said)
        lead = _("Her er utkastet til referat fra «%(title)s» %(date)s.", **said)
        deadline = format_date(comments_until)
        ask = _("Har du merknader, skriver du dem på siden med referatet innen %(deadline)s.", deadline=deadline)
        return subject, f"{lead} {ask}"

    return _letters(LetterKind.DRAFT_MINUTES, record, words)


def approved_letters(record: Record) -> list[Letter]:
    """The minutes are approved."""

    def words(said: dict[str, str]) -> tuple[str, str]:
        subject = _("Godkjent referat: %(title)s %(date)s", **said)
        return subject, _("Referatet fra «%(title)s» %(date)s er godkjent.", **said)

    return _letters(LetterKind.MINUTES, record, words)


def correction_letters(record: Record, correction: str) -> list[Letter]:
    """Approved minutes have got a correction."""

    def words(said: dict[str, str]) -> tuple[str, str]:
        subject = _("Rettelse til referat: %(title)s %(date)s", **said)
        return subject, _("Det godkjente referatet har fått en rettelse: %(text)s", text=correction)

    return _letters(LetterKind.CORRECTION, record, words)


def _letters(kind: LetterKind, record: Record, words: Words) -> list[Letter]:
    ids = [person.person_id for person in record.people]
    people = sa.select(Person).where(Person.id.in_(ids), Person.anonymised_at.is_(None))
    address = f"{config.settings().url}/moter/{record.meeting.id}/referat"
    return [
        _letter(kind, record, person, words, address)
        for person in session().scalars(people.order_by(Person.sort_key, Person.id))
    ]


def _letter(kind: LetterKind, record: Record, person: Person, words: Words, address: str) -> Letter:
    with use_language(person.language):
        subject, lead = words({"title": record.meeting.title, "date": format_date(record.meeting.day)})
        html = letter("minutes/letter.html", subject=subject, name=person.name, lead=lead, address=address)
        read = _("Les referatet (krever innlogging): %(address)s", address=address)
        text = f"{person.name}\n\n{lead}\n\n{read}\n"
        return Letter(person=person, kind=kind, subject=subject, text=text, html=html)
