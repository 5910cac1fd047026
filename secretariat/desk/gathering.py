"""Nyhetene samlet: the one letter that tells what has waited, on Monday morning or when somebody wants it at once.

The letter is written and what it told is closed in one transaction, and the letter of a week has the same id however
often it is written: a worker that was killed, or two at once, send nobody two (``ONE_LETTER_A_WEEK``). A worker that
was down on Monday does it when it is up again.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from secretariat import config
from secretariat.accounts.recognition import actor_of
from secretariat.cases.news import returned_told
from secretariat.core import clock, outbox
from secretariat.core.actions import writing
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _, _n, use_language
from secretariat.decisions.news import decisions_told, wordings_told
from secretariat.directory.merged import merged_into
from secretariat.directory.models import Notification, Partnership, Person
from secretariat.messages import mail, news
from secretariat.messages.kinds import BY_NAME, LetterKind
from secretariat.messages.letters import letter
from secretariat.messages.models import GatheredNews, Mail
from secretariat.messages.news import Told
from secretariat.minutes.news import corrections_told, minutes_told

TELLERS: dict[LetterKind, Callable[[Actor, Collection[UUID]], Iterable[Told]]] = {
    LetterKind.DECISIONS: decisions_told,
    LetterKind.NEW_WORDING: wordings_told,
    LetterKind.MINUTES: minutes_told,
    LetterKind.CORRECTION: corrections_told,
    LetterKind.CASE_RETURNED: returned_told,
}
"""Who tells which news. Each asks ``visible``: what the reader may not see any more is not in the letter."""

LETTER_IDS = UUID("3f0e7d52-6f0b-5d5a-9a0f-6c1a4f0b7c11")
"""The names of letters are told apart from all others by this one."""


@outbox.handles(news.GATHER)
def gather(payload: dict[str, Any]) -> None:
    """Write the letter of one person; doing it again writes none."""
    with writing("news.gather"):
        write_letter(UUID(payload["person"]), at_once=payload.get("at_once", False))


def write_letter(person_id: UUID, *, at_once: bool = False) -> Mail | None:
    """The letter with all that waits for the person, as whoever reads it has chosen now. ``at_once``: it was to be told
    at once; who has thought better of it has it on Monday.
    """
    reader = _locked(merged_into([person_id]).get(person_id, person_id))
    rows = news.waiting_for(news.registrations_of(reader.id))
    if not rows:
        return None
    if reader.anonymised_at is not None or reader.notification is Notification.NEVER:
        news.drop(row.person_id for row in rows)
        return None
    if reader.notification is Notification.EACH:
        return _tell(reader, rows, LetterKind.NEWS_THAT_WAITED, uuid5(LETTER_IDS, str(rows[-1].id)))
    return None if at_once else _tell_of_week(reader, rows)


def letter_id(person_id: UUID, day: date) -> UUID:
    """The one letter that somebody may get in the week of a day."""
    return uuid5(LETTER_IDS, f"{person_id} {news.this_monday(day)}")


def _tell_of_week(reader: Person, rows: list[GatheredNews]) -> Mail | None:
    """One that was written late has been this week's: what came after it waits for the next Monday."""
    mail_id = letter_id(reader.id, clock.today())
    if session().get(Mail, mail_id) is None:
        return _tell(reader, rows, LetterKind.WEEKLY_NEWS, mail_id)
    news.call(reader.id)
    return None


def _locked(person_id: UUID) -> Person:
    """Two workers do not write to the same person at once."""
    query = sa.select(Person).where(Person.id == person_id).with_for_update()
    return session().scalars(query.execution_options(populate_existing=True)).one()


def _tell(reader: Person, rows: list[GatheredNews], kind: LetterKind, mail_id: UUID) -> Mail | None:
    """What can be told is told, and closed; the rest is let go."""
    with use_language(reader.language):
        told = _in_order(actor_of(reader.id, via="mail"), rows)
        written = _written(reader, [line for _row, line in told], kind, mail_id) if told else None
    if written is not None:
        session().flush()
        for row, _line in told:
            row.mail_id = written.id
        session().flush()
    news.let_go(rows)
    return written


def _in_order(actor: Actor, rows: list[GatheredNews]) -> list[tuple[GatheredNews, Told]]:
    """What waits and may be told, the oldest first. A decision that is told has its present words anyhow."""
    lines = {kind: _lines(actor, kind, rows) for kind in TELLERS}
    for decision_id in lines[LetterKind.DECISIONS]:
        lines[LetterKind.NEW_WORDING].pop(decision_id, None)
    known = ((row, lines[BY_NAME[row.kind]].pop(row.subject_id, None)) for row in rows)
    return [(row, line) for row, line in known if line is not None]


def _lines(actor: Actor, kind: LetterKind, rows: list[GatheredNews]) -> dict[UUID, Told]:
    ids = {row.subject_id for row in rows if row.kind == kind.value}
    return {line.subject_id: line for line in TELLERS[kind](actor, ids)} if ids else {}


def _written(reader: Person, lines: list[Told], kind: LetterKind, mail_id: UUID) -> Mail:
    groups, count = _by_body(lines), len(lines)
    weekly = kind is LetterKind.WEEKLY_NEWS
    waited = _n("%(number)s nyhet som ventet", "%(number)s nyheter som ventet", count)
    subject = _n("%(number)s nyhet siden sist", "%(number)s nyheter siden sist", count) if weekly else waited
    choose = f"{config.settings().url}/min-side"
    said = {"subject": subject, "lede": _lede(weekly), "groups": groups, "why": _why(weekly), "choose": choose}
    return mail.write(
        kind,
        mail_id=mail_id,
        to=reader,
        subject=subject,
        text=_as_text(said),
        html=letter("desk/news_letter.html", **said),
    )


def _by_body(lines: list[Told]) -> list[tuple[str, list[Told]]]:
    """Grouped by body; cases that are in none come last. With several partnerships each group says which."""
    names = _partnerships({line.partnership_id for line in lines})

    def place(line: Told) -> tuple[bool, str, str]:
        return not line.body, names[line.partnership_id], line.body

    groups = groupby(sorted(lines, key=place), key=place)
    return [(_heading(body, name if len(names) > 1 else ""), list(found)) for (_last, name, body), found in groups]


def _heading(body: str, partnership: str) -> str:
    return " · ".join(filter(None, (body or _("Saker du har meldt"), partnership)))


def _partnerships(ids: set[UUID]) -> dict[UUID, str]:
    query = sa.select(Partnership.id, Partnership.name).where(Partnership.id.in_(sorted(ids)))
    return {partnership_id: name for partnership_id, name in session().execute(query)}


def _lede(weekly: bool) -> str:
    if weekly:
        return _("Dette er nytt siden sist. Det meste kan du lese mer om når du logger inn.")
    return _("Du har valgt å få nyhetene med en gang. Her er det som ventet.")


def _why(weekly: bool) -> str:
    if weekly:
        return _("Du får denne e-posten mandager når det er noe nytt, fordi du har valgt å få nyhetene samlet.")
    return _("Du får denne e-posten én gang. Heretter kommer hver nyhet for seg.")


def _as_text(said: dict[str, Any]) -> str:
    parts = [said["lede"]]
    for heading, lines in said["groups"]:
        parts.append(f"{heading}\n{'=' * len(heading)}")
        parts += ["\n".join(filter(None, (line.heading, line.text, line.address))) for line in lines]
    return "\n\n".join((*parts, said["why"], f"{_('Velg hvordan du får nyheter')}: {said['choose']}")) + "\n"
