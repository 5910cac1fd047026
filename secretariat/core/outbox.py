"""What must still be done after a commit: rows in the same transaction, taken by the worker, done at least once.

A handler does its slow work (rendering, SMTP) outside any write transaction, opens actions or
:func:`~secretariat.core.actions.writing` for what it stores, and may be called again after a crash; a row's ``key``
is unique, so the same errand is put once.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import Row, session
from secretariat.core.text.language import _

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)


class Errand(Row):
    """One thing to do: its kind names the handler, its payload is all the handler needs."""

    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    payload: Mapped[dict[str, Any]]
    not_before: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    last_failure: Mapped[str | None] = mapped_column(sa.String(500))


Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Name the handler of a kind of errand."""

    def declare(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return declare


def put(kind: str, payload: dict[str, Any], *, key: str, not_before: datetime | None = None) -> None:
    """Put an errand in the transaction of the running action; the same key twice is once."""
    work = session()
    known = work.scalar(sa.select(Errand.id).where(Errand.key == key))
    if known is None:
        work.add(Errand(kind=kind, payload=payload, key=key, not_before=not_before or clock.now()))
        work.flush()


def lease() -> tuple[UUID, str, dict[str, Any]] | None:
    """Take the next errand that is due, for as long as the lease lasts; None when there is none."""
    with writing("outbox.lease"):
        moment = clock.now()
        due = (
            sa.select(Errand)
            .where(
                Errand.done_at.is_(None),
                Errand.not_before <= moment,
                sa.or_(Errand.leased_until.is_(None), Errand.leased_until < moment),
            )
            .order_by(Errand.not_before, Errand.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        errand = session().scalar(due)
        if errand is None:
            return None
        errand.leased_until = moment + LEASE
        errand.attempts += 1
        return errand.id, errand.kind, errand.payload


def finish(errand_id: UUID) -> None:
    """The errand is done."""
    with writing("outbox.finish"):
        errand = session().get_one(Errand, errand_id)
        errand.done_at, errand.leased_until, errand.last_failure = clock.now(), None, None


def put_off(errand_id: UUID, failure: str) -> None:
    """The errand failed; try again later, each time after a longer while."""
    with writing("outbox.put_off"):
        errand = session().get_one(Errand, errand_id)
        wait = min(timedelta(seconds=5 * 2 ** min(errand.attempts, 10)), LONGEST_WAIT)
        errand.not_before = clock.now() + wait * random.uniform(0.8, 1.2)  # noqa: S311 - only spreads the tries
        errand.leased_until, errand.last_failure = None, failure[:500]


def work_once() -> bool:
    """Do one errand; False when nothing was due. A failure is stored with the errand and never stops the worker."""
    taken = lease()
    if taken is None:
        return False
    errand_id, kind, payload = taken
    try:
        _handlers[kind](payload)
    except Exception as failure:
        session().rollback()
        put_off(errand_id, reason_of(failure))
    else:
        finish(errand_id)
    return True


def reason_of(failure: Exception) -> str:
    """What the administrator reads of it: the failure's own sentence, if it was made to be read, else its kind too."""
    told = getattr(failure, "reason", None)
    kind = type(failure).__name__
    return str(told) if told else _("Uventet feil (%(kind)s): %(failure)s", kind=kind, failure=failure)
