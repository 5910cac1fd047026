"""What people are told by mail of decisions and tasks, each in the person's own language."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from secretariat import config
from secretariat.bodies.models import Body
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _, _l, format_date, use_language
from secretariat.core.text.plain import to_plain
from secretariat.decisions.concerned import News
from secretariat.decisions.models import Decision, Implementation, Task
from secretariat.decisions.naming import decision_number
from secretariat.directory.models import Organisation, Person
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.letters import letter
from secretariat.messages.models import Mail


def tell_in_force(meeting: Meeting, person: Person, news: News) -> Mail | None:
    """The meeting is closed: what it decided that concerns this person, from minutes not yet approved. A letter that
    gives the person something to do is not news.
    """
    body = session().get_one(Body, meeting.body_id)
    with use_language(person.language):
        subject = _(
            "Vedtak i %(body)s %(date)s, fra ikke godkjent referat", body=body.short_name, date=format_date(meeting.day)
        )
        lede = _(
            "Møtet i %(body)s %(date)s er holdt. Her er det som gjelder deg. Referatet er ikke godkjent ennå. "
            "Blir en ordlyd endret, får du beskjed.",
            body=body.name,
            date=format_date(meeting.day),
        )
        kind = LetterKind.TASK if news.tasks else LetterKind.DECISIONS
        return _write(kind, person, subject, lede, _entries(body, news), about=meeting, news_of=news.decisions)


def tell_changed(meeting: Meeting, person: Person, decisions: Sequence[Decision]) -> Mail | None:
    """The minutes are approved, and words that were in force are not the same any more."""
    body = session().get_one(Body, meeting.body_id)
    with use_language(person.language):
        subject = _("Endret ordlyd i vedtak, %(body)s %(date)s", body=body.short_name, date=format_date(meeting.day))
        lede = _(
            "Referatet fra møtet i %(body)s %(date)s er godkjent. Ordlyden er endret siden vedtaket ble sendt ut. "
            "Dette gjelder nå:",
            body=body.name,
            date=format_date(meeting.day),
        )
        entries = _entries(body, News(list(decisions)))
        return _write(LetterKind.NEW_WORDING, person, subject, lede, entries, about=meeting, news_of=decisions)


def tell_of_task(task: Task, person: Person) -> Mail | None:
    """The task is this person's from now on."""
    with use_language(person.language):
        lede = _("Du har fått en oppgave å følge opp.")
        subject = _("Oppgave til deg: %(task)s", task=_short(task.text))
        return _write(LetterKind.TASK, person, subject, lede, [_task_entry(task)], about=task)


def remind_of_task(actor: Actor, task: Task, person: Person) -> Mail | None:
    """Purring: the task waits."""
    with use_language(person.language):
        lede = _("%(name)s spør hvordan det går med denne oppgaven.", name=actor.name)
        subject = _("Påminnelse: %(task)s", task=_short(task.text))
        return _write(LetterKind.REMINDER, person, subject, lede, [_task_entry(task)], about=task)


def remind_of_implementation(actor: Actor, decision: Decision, line: Implementation, person: Person) -> Mail | None:
    """Purring: the organisation has not said that the decision is carried out."""
    body = session().get_one(Body, decision.body_id)
    organisation = session().get_one(Organisation, line.organisation_id)
    with use_language(person.language):
        entry = decision_entry(body, decision)
        subject = _("Påminnelse: %(decision)s", decision=entry["heading"])
        lede = _(
            "%(name)s spør hvor langt %(organisation)s er kommet med dette vedtaket.",
            name=actor.name,
            organisation=organisation.name,
        )
        return _write(LetterKind.REMINDER, person, subject, lede, [entry], about=line)


def demand_quiet_day(subject: Any) -> None:
    """One reminder a day is enough."""
    today = instant(clock.today(), time(0))
    if _written_since(subject, today):
        raise DomainError(_l("Det er alt sendt en e-post om dette i dag."))


def _written_since(subject: Any, moment: datetime) -> Any:
    about = (Mail.subject_kind == subject.__tablename__, Mail.subject_id == subject.id)
    return session().scalar(sa.select(Mail.id).where(*about, Mail.created_at >= moment).limit(1))


def _entries(body: Body, news: News) -> list[dict[str, str]]:
    return [decision_entry(body, one) for one in news.decisions] + [_task_entry(one) for one in news.tasks]


def decision_entry(body: Body, decision: Decision) -> dict[str, str]:
    item = session().get_one(AgendaItem, decision.agenda_item_id)
    words = (str(decision.kind.word), decision_number(body, item, decision.ordinal))
    heading = f"{' '.join(filter(None, words))}: {item.public_title or item.title}"
    text = _("Vedtaket er unntatt offentlighet. Logg inn for å lese det.")
    return {
        "heading": heading,
        "text": text if decision.exempt_basis else to_plain(decision.wording),
        "label": _("Les vedtaket"),
        "address": f"{config.settings().url}/vedtak/{decision.id}",
    }


def _task_entry(task: Task) -> dict[str, str]:
    by = _("Frist: %(date)s", date=format_date(task.deadline)) if task.deadline else ""
    return {
        "heading": _("Oppgave"),
        "text": "\n".join(filter(None, (task.text, by))),
        "label": _("Meld fra om oppgaven"),
        "address": f"{config.settings().url}/oppgaver/{task.id}",
    }


def _write(
    kind: LetterKind,
    person: Person,
    subject: str,
    lede: str,
    entries: list[dict[str, str]],
    *,
    about: Any,
    news_of: Sequence[Any] = (),
) -> Mail | None:
    parts = [lede, *(f"{e['heading']}\n{e['text']}\n{e['address']}" for e in entries)]
    return mail.tell(
        kind,
        to=person,
        news_of=news_of,
        subject=subject,
        text="\n\n".join(parts) + "\n",
        html=letter("decisions/letter.html", subject=subject, lede=lede, entries=entries),
        partnership_id=about.partnership_id,
        room=getattr(about, "room", "common"),
        about=about,
    )


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 80 else f"{first[:79]}…"
