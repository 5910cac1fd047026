"""What is read of mail: what was sent to whom, and how the queues stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import audit, clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.outbox import Errand
from secretariat.core.text.sorting import folded
from secretariat.directory.models import Person
from secretariat.messages import invitations
from secretariat.messages.links import sealed_away
from secretariat.messages.models import Mail, MailState
from secretariat.messages.news import news_refused_lately
from secretariat.messages.policy import may_run_installation

PAGE = 50
LATE = timedelta(minutes=1)


@dataclass(frozen=True)
class MailRow:
    """A mail in the list."""

    id: UUID
    written_at: datetime
    sent_at: datetime | None
    to_name: str
    to_address: str
    subject: str
    state: MailState
    failure: str
    attempts: int


@dataclass(frozen=True)
class OpenedMail:
    """A mail as this reader may see it: the links in it work only for the one it was sent to."""

    row: Mail
    is_mine: bool
    text: str
    html: str
    invitation: invitations.Invitation | None

    @property
    def id(self) -> UUID:
        """The mail's own id."""
        return self.row.id

    @property
    def calendar(self) -> bytes:
        """The calendar part as a file."""
        content = self.row.calendar or b""
        return content if self.is_mine else invitations.without_seals(content)

    @property
    def source(self) -> str:
        """The bytes that were sent, as text; others than the receiver see only the head."""
        whole = (self.row.raw or b"").decode("utf-8", "replace")
        return whole if self.is_mine else whole.partition("\r\n\r\n")[0]


@dataclass(frozen=True)
class Running:
    """How the installation's queues stand; numbers only."""

    waiting: int
    failing: int
    stands_since: datetime | None
    last_done: datetime | None
    failures: tuple[str, ...]
    mail: dict[MailState, int]
    refused: int = 0
    refused_news: int = 0

    @property
    def is_well(self) -> bool:
        """Whether there is nothing for the administrator to look after."""
        return self.is_working and not self.failing and not self.refused

    @property
    def is_working(self) -> bool:
        """Whether the worker keeps up: nothing that is due has waited for more than a minute."""
        return self.stands_since is None


def mails(actor: Actor, *, state: MailState | None = None, words: str = "", page: int = 1) -> tuple[list[MailRow], int]:
    """A page of the mail this reader may see, the newest first, and how many there are in all."""
    found = sa.select(
        Mail.id,
        Mail.created_at,
        Mail.sent_at,
        Mail.to_name,
        Mail.to_address,
        Mail.subject,
        Mail.state,
        Mail.failure,
        Mail.attempts,
    ).where(visible(actor, Mail))
    if state is not None:
        found = found.where(Mail.state == state)
    if words:
        receivers = sa.select(Person.id).where(Person.folded_name.contains(folded(words), autoescape=True))
        found = found.where(Mail.person_id.in_(receivers))
    total = session().scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    rows = found.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return [MailRow(*row) for row in session().execute(rows)], total


def mail(actor: Actor, mail_id: UUID) -> OpenedMail | None:
    """One mail, opened."""
    row = session().scalar(sa.select(Mail).where(Mail.id == mail_id, visible(actor, Mail)))
    if row is None:
        return None
    is_mine = actor.is_person(row.person_id)
    text, html = (row.text, row.html) if is_mine else (sealed_away(row.text), sealed_away(row.html))
    invitation = invitations.read(row.calendar, row.calendar_method or "") if row.calendar else None
    return OpenedMail(row, is_mine, text, html, invitation)


def mail_row(actor: Actor, mail_id: UUID) -> Mail | None:
    """One mail, to do something to it."""
    return session().scalar(sa.select(Mail).where(Mail.id == mail_id, visible(actor, Mail)))


def running(actor: Actor) -> Running:
    """The queues in numbers, for the administrator; nobody learns what is in them."""
    if not may_run_installation(actor):
        return Running(0, 0, None, None, (), {})
    undone, moment = Errand.done_at.is_(None), clock.now()
    counts = sa.select(
        sa.func.count().filter(undone),
        sa.func.count().filter(undone, Errand.last_failure.is_not(None)),
        sa.func.max(Errand.done_at),
    )
    waiting, failing, last_done = session().execute(counts).one()
    states, refused, refused_news = _mail_states(moment)
    return Running(waiting, failing, _stands_since(moment), last_done, _failures(), states, refused, refused_news)


def _stands_since(moment: datetime) -> datetime | None:
    """Since when something that is due has lain untouched; each action leaves something to do, so this tells a lot."""
    due = sa.select(sa.func.min(Errand.not_before).label("since")).where(
        Errand.done_at.is_(None), sa.or_(Errand.leased_until.is_(None), Errand.leased_until < moment)
    )
    sealed = sa.exists().where(audit.AuditSeal.entry_id == audit.AuditEntry.id)
    unsealed = sa.select(sa.func.min(audit.AuditEntry.created_at)).where(~sealed)
    oldest = [since for since in session().scalars(sa.union_all(due, unsealed)) if since is not None]
    since = min(oldest, default=None)
    return since if since is not None and since < moment - LATE else None


def _failures() -> tuple[str, ...]:
    query = (
        sa.select(Errand.last_failure)
        .where(Errand.done_at.is_(None), Errand.last_failure.is_not(None))
        .distinct()
        .order_by(Errand.last_failure)
        .limit(5)
    )
    return tuple(str(failure) for failure in session().scalars(query))


def _mail_states(moment: datetime) -> tuple[dict[MailState, int], int, int]:
    """How many mails are in each state, how many of the last week were refused, and how many of them gathered news."""
    lately = sa.func.count().filter(Mail.created_at > moment - timedelta(days=7))
    news = sa.func.count().filter(news_refused_lately())
    rows = session().execute(sa.select(Mail.state, sa.func.count(), lately, news).group_by(Mail.state)).all()
    found = {state: counts for state, *counts in rows}
    _all, refused, refused_news = found.get(MailState.REFUSED, (0, 0, 0))
    return {state: found.get(state, (0,))[0] for state in MailState}, refused, refused_news
