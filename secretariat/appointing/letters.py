"""The mails of a round of appointing: the letter with its places, the reminder, and the word to who is appointed."""

from datetime import time, timedelta
from typing import Any

import sqlalchemy as sa

from secretariat.appointing.asking import Present, sitting_now, stand_of
from secretariat.appointing.called import BODY_IN_TERM, PRESENT_NAMES, SPEAKS_FOR_IN_TERM, beside_present, in_term
from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.appointing.pooling import EXPECTED, IN_ORDER, with_place
from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.naming import called_on
from secretariat.bodies.sitting import with_constituency
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date, use_language
from secretariat.directory.merged import merged_into
from secretariat.directory.models import Partnership, Person
from secretariat.messages import links, mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.letters import letter as letter_html
from secretariat.messages.models import Link, LinkPurpose, Mail

OPEN_AFTER_START = timedelta(days=180)


def ask(campaign: Campaign, letter: NominationLetter) -> Mail:
    """«Hvem oppnevner dere?», with the list of places and the contact's own link."""
    person = _contact(letter)
    with use_language(person.language):
        subject = _("Oppnevning: %(title)s", title=campaign.title)
        lead = _(
            "%(nominator)s bes oppnevne representanter for perioden %(first)s–%(last)s.",
            nominator=letter.nominator,
            first=format_date(campaign.starts_on),
            last=format_date(campaign.term_ends_on),
        )
        return _written(LetterKind.NOMINATION, campaign, letter, person, subject, lead)


def remind_of(actor: Actor, campaign: Campaign, letter: NominationLetter) -> Mail:
    """Purring: the places wait for names."""
    person = _contact(letter)
    with use_language(person.language):
        subject = _("Påminnelse om oppnevning: %(title)s", title=campaign.title)
        lead = _(
            "%(name)s minner om at %(nominator)s ikke har svart for alle plassene sine.",
            name=actor.name,
            nominator=letter.nominator,
        )
        return _written(LetterKind.REMINDER, campaign, letter, person, subject, lead)


def _contact(letter: NominationLetter) -> Person:
    assert letter.contact_id is not None  # noqa: S101 - a letter without a contact is never sent
    return session().get_one(Person, merged_into([letter.contact_id]).get(letter.contact_id, letter.contact_id))


def _written(
    kind: LetterKind, campaign: Campaign, letter: NominationLetter, person: Person, subject: str, lead: str
) -> Mail:
    said = {
        "title": subject,
        "name": person.name,
        "lead": lead,
        "note": campaign.text,
        "deadline": _("Svarfrist: %(date)s", date=format_date(campaign.answer_by, "weekday")),
        "lines": place_lines(letter),
        "label": _("Svar på oppnevningen"),
        "address": links.address(link_of(letter, campaign)),
        "after": _("Dere kan svare for noen plasser nå og resten senere, og endre svaret til det er registrert."),
    }
    return _mail(kind, letter, person, said)


def tell_nominator(campaign: Campaign, letter: NominationLetter) -> Mail:
    """«Oppnevningene er registrert», with the way to the letter that names them all."""
    person = _contact(letter)
    with use_language(person.language):
        said = {
            "title": _("Registrert: %(title)s", title=campaign.title),
            "name": person.name,
            "lead": _("Oppnevningene fra %(nominator)s er registrert.", nominator=letter.nominator),
            "note": "",
            "deadline": "",
            "lines": [],
            "label": _("Se hvem som er oppnevnt, og hent oppnevningsbrevet"),
            "address": links.address(link_of(letter, campaign)),
            "after": _("De som er oppnevnt, får hver sin e-post."),
        }
        return _mail(LetterKind.NOMINATION_REGISTERED, letter, person, said)


def tell_appointed(appointment: Appointment, body: Body, person: Person) -> Mail:
    """«Du er oppnevnt», with a link to all one needs to know, and the letter itself."""
    with use_language(person.language):
        name = called_on(body, appointment.starts_on)
        subject = _("Du er oppnevnt til %(body)s", body=name)
        capacity = _("vara") if appointment.capacity is Capacity.DEPUTY else _("representant")
        values = {"capacity": capacity, "body": name, "date": format_date(appointment.starts_on)}
        said = {
            "title": subject,
            "name": person.name,
            "lead": _("Du er oppnevnt som %(capacity)s i %(body)s fra %(date)s.", **values),
            "note": "",
            "deadline": "",
            "lines": [],
            "label": _("Les om utvalget og hent oppnevningsbrevet"),
            "address": links.address(_welcome_link(appointment)),
            "after": _("Siden viser mandatet, hvem som sitter der, og neste møte. Du trenger ikke passord."),
        }
        return _mail(LetterKind.APPOINTED, appointment, person, said)


def _mail(kind: LetterKind, about: Any, person: Person, said: dict[str, Any]) -> Mail:
    partnership = session().get_one(Partnership, about.partnership_id)
    return mail.write(
        kind,
        to=person,
        subject=said["title"],
        text=as_text(said),
        html=letter_html("appointing/letter.html", partnership=partnership, **said),
        partnership_id=about.partnership_id,
        about=about,
    )


def as_text(said: dict[str, Any]) -> str:
    """The same words without markup."""
    places = "\n".join(f"{heading}\n" + "\n".join(f"- {line}" for line in lines) for heading, lines in said["lines"])
    press = f"{said['label']}: {said['address']}"
    parts = (said["name"], said["lead"], said["note"], said["deadline"], places, press, said["after"])
    return "\n\n".join(filter(None, parts)) + "\n"


def place_lines(letter: NominationLetter) -> list[tuple[str, list[str]]]:
    """The places by body, by the names of the term: whom each speaks for, who sits there now; then common deputies."""
    columns = (Nomination, BODY_IN_TERM, SPEAKS_FOR_IN_TERM, sa.func.coalesce(Seat.title, ""), *PRESENT_NAMES)
    query = in_term(with_constituency(with_place(sa.select(*columns).select_from(Nomination))))
    ordered = query.where(Nomination.letter_id == letter.id, EXPECTED).order_by(Body.level, Body.sort_key, Body.id)
    rows = session().execute(ordered.order_by(*IN_ORDER)).all()
    now = sitting_now([row[0] for row in rows], clock.today())
    lines: dict[str, list[str]] = {}
    for nomination, body, speaks_for, title, body_now, speaks_for_now in rows:
        present = now.get(stand_of(nomination))
        words = " · ".join(filter(None, (beside_present(speaks_for, speaks_for_now), title))) or _("Plass")
        line = _pool_line(present) if nomination.seat_id is None else _place_line(words, present)
        lines.setdefault(beside_present(body, body_now), []).append(line)
    return list(lines.items())


def _place_line(words: str, present: Present | None) -> str:
    sits = _("sitter nå: %(name)s", name=present.name) if present else _("ubesatt")
    return f"{words} ({sits})"


def _pool_line(present: Present | None) -> str:
    """One of those who stand behind all the places."""
    return _("Felles vara (nå: %(name)s)", name=present.name) if present else _("Felles vara (ny)")


def open_links(about: Any) -> list[Link]:
    """The ways in by mail that are open to this letter or appointment."""
    return list(
        session().scalars(
            sa.select(Link)
            .where(Link.purpose == LinkPurpose.NOMINATION, Link.subject_id == about.id, Link.revoked_at.is_(None))
            .order_by(Link.created_at, Link.id)
        )
    )


def link_of(letter: NominationLetter, campaign: Campaign) -> Link:
    """The contact's own way to answer; the same one in every mail."""
    assert letter.contact_id is not None  # noqa: S101 - a letter without a contact is never sent
    return _link(letter, letter.contact_id, campaign.starts_on)


def _welcome_link(appointment: Appointment) -> Link:
    return _link(appointment, appointment.person_id, max(appointment.starts_on, clock.today()))


def _link(about: Any, person_id: Any, day: Any) -> Link:
    known = next((link for link in open_links(about) if link.person_id == person_id), None)
    link = known or links.make(LinkPurpose.NOMINATION, person_id, partnership_id=about.partnership_id, about=about)
    link.expires_at = instant(day + OPEN_AFTER_START, time(0))
    return link
