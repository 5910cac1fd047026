"""News that wait to be gathered: what each is about, never its words. Those are found when the letter is written, as
they then stand and as far as the reader may then see them.

A row without a mail waits; the mail that told it closes it, in one transaction. An errand for Monday morning lies
ready for everybody something waits for (invariants ``NEWS_AS_WANTED``, ``ONE_LETTER_A_WEEK``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.dates import instant
from secretariat.core.db import new_id, session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Notification, Person, PersonMerge
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import GatheredNews, Mail, MailState

GATHER = "news.gather"
MORNING = time(7)
GATHERED = (LetterKind.WEEKLY_NEWS.value, LetterKind.NEWS_THAT_WAITED.value)


@dataclass(frozen=True)
class Told:
    """One piece of news as it is told: in which body, what has happened, and where to read it."""

    subject_id: UUID
    partnership_id: UUID
    body: str
    heading: str
    text: str
    label: str
    address: str


def choice_of(person_id: UUID) -> Notification:
    """What somebody has chosen; of two registrations that are one person, the one that is kept chooses."""
    reader = sa.select(Person.notification).where(Person.id == read_as(sa.literal(person_id, sa.Uuid())))
    return session().scalars(reader).one()


def keep(kind: LetterKind, person_id: UUID, subjects: Iterable[Any]) -> None:
    """Let the news wait for Monday, in the running action; the same thing waits once."""
    waiting = sa.select(GatheredNews.subject_id).where(GatheredNews.person_id == person_id, is_waiting())
    known = set(session().scalars(waiting.where(GatheredNews.kind == kind.value)))
    for subject in subjects:
        if subject.id not in known:
            session().add(_row(kind, person_id, subject))
    call(person_id)


def _row(kind: LetterKind, person_id: UUID, subject: Any) -> GatheredNews:
    return GatheredNews(
        partnership_id=subject.partnership_id,
        person_id=person_id,
        kind=kind.value,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
    )


def call(person_id: UUID) -> None:
    """See to it that what waits is gathered on Monday; what comes on a Monday waits for the next one."""
    monday = coming_monday(clock.today())
    outbox.put(GATHER, _payload(person_id), key=f"{GATHER} {person_id} {monday}", not_before=instant(monday, MORNING))


def choice_changed(person: Person) -> None:
    """Somebody has chosen anew, or is read as another one: what waits goes now, is dropped, or waits on."""
    ids = registrations_of(person.id)
    if not session().scalar(sa.select(GatheredNews.id).where(GatheredNews.person_id.in_(ids), is_waiting()).limit(1)):
        return
    choice = choice_of(person.id)
    if choice is Notification.NEVER:
        drop(ids)
    elif choice is Notification.EACH:
        outbox.put(GATHER, _payload(person.id) | {"at_once": True}, key=f"{GATHER} {person.id} {new_id()}")
    else:
        call(person.id)


def drop(person_ids: Iterable[UUID]) -> None:
    """What waits for these is forgotten."""
    waiting = sa.delete(GatheredNews).where(GatheredNews.person_id.in_(sorted(person_ids)), is_waiting())
    session().execute(waiting.execution_options(synchronize_session=False))


def let_go(rows: Iterable[GatheredNews]) -> None:
    """Those of the rows that were not told are not told any more; what has come meanwhile waits on."""
    ids = [row.id for row in rows if row.mail_id is None]
    gone = sa.delete(GatheredNews).where(GatheredNews.id.in_(ids), is_waiting())
    session().execute(gone.execution_options(synchronize_session=False))


def waiting_for(person_ids: Iterable[UUID]) -> list[GatheredNews]:
    """What waits for these registrations of one person, the oldest first."""
    query = sa.select(GatheredNews).where(GatheredNews.person_id.in_(sorted(person_ids)), is_waiting())
    return list(session().scalars(query.order_by(GatheredNews.created_at, GatheredNews.id)))


def registrations_of(person_id: UUID) -> list[UUID]:
    """The registration, and those that are read as it."""
    merged = sa.select(PersonMerge.person_id).where(PersonMerge.into_id == person_id, PersonMerge.undone_at.is_(None))
    return [person_id, *session().scalars(merged.order_by(PersonMerge.person_id))]


def news_refused_lately() -> sa.ColumnElement[bool]:
    """Letters with gathered news of the last week that did not get through."""
    week = clock.now() - timedelta(days=7)
    return sa.and_(Mail.kind.in_(GATHERED), Mail.state == MailState.REFUSED, Mail.created_at > week)


def is_waiting() -> sa.ColumnElement[bool]:
    """Nobody has been told it yet."""
    return GatheredNews.mail_id.is_(None)


def this_monday(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())


def coming_monday(day: date) -> date:
    """The first Monday after the day."""
    return this_monday(day) + timedelta(weeks=1)


def _payload(person_id: UUID) -> dict[str, Any]:
    return {"person": str(person_id)}
