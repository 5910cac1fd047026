"""The only way to write.

``@action("minutes.approve", load=Minutes, rule=may_approve, input=Approve)`` declares a verb. Running it ends the
reading transaction, opens a writing one, locks and reloads the subject through what the actor may see, and only
then asks the rule, checks the version and the input, and runs. Audit and outbox rows are written in the same
transaction; anything but a return rolls everything back. An action called by an action joins it. Every action
returns the id of what it made or changed.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from secretariat.core import audit, clock, db
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import Base, session
from secretariat.core.errors import Busy, Conflict, Denied, DomainError, NotFound, WriteOutsideAction
from secretariat.core.inputs import Nothing, checked
from secretariat.core.text.language import _l

Rule = Callable[[Actor, Any], bool]
Body = Callable[[Actor, Any, Any], UUID | None]
Preparation = Callable[[Actor, Any, Any], Any]

TRIES = 3

running: ContextVar[str | None] = ContextVar("running", default=None)
request_key: ContextVar[str | None] = ContextVar("request_key", default=None)
registry: dict[str, "Action"] = {}


class RequestKey(Base):
    """A one-time key that has been used: the repeat of a request gets the first answer (double click, resent form)."""

    __tablename__ = "request_key"

    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    action: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    person_id: Mapped[UUID | None]
    result: Mapped[UUID | None]
    used_at: Mapped[Any] = mapped_column(db.Instant(), default=clock.now)


@dataclass(frozen=True)
class Action:
    """A verb of the trade: what it is done to, who may, what it takes in."""

    name: str
    load: type[Any] | None
    rule: Rule
    input: type[Any]
    body: Body
    audited: bool = True
    prepare: Preparation | None = None

    def __call__(self, actor: Actor, subject: Any = None, given: Any = None, /, **values: Any) -> Any:
        """Do it to ``subject`` (a row or its id); the answer is the id of what was made or changed.

        Raises the refusals of core.errors; then nothing is stored.
        """
        given = given if given is not None else self.input(**values)
        if running.get() is not None:
            return self._within(actor, subject, given)
        if self.prepare is not None:
            given = self.prepare(actor, subject, given)
        return _retried(lambda: self._outermost(actor, subject, given))

    def _outermost(self, actor: Actor, subject: Any, given: Any) -> UUID | None:
        with writing(self.name):
            repeated = _first_answer(self.name, actor)
            if repeated is not None:
                return repeated.result
            row = self._loaded(actor, subject)
            result = self._allowed(actor, row, given)
            _remember_answer(self.name, actor, result)
            if self.audited:
                audit.write_entry(actor, self.name, row)
            return result

    def _within(self, actor: Actor, subject: Any, given: Any) -> UUID | None:
        row = subject if self.load and isinstance(subject, self.load) else self._loaded(actor, subject)
        return self._allowed(actor, row, given)

    def _loaded(self, actor: Actor, subject: Any) -> Any:
        if self.load is None:
            return None
        subject_id = getattr(subject, "id", subject)
        row = session().scalar(
            sa.select(self.load)
            .where(self.load.id == subject_id, visible(actor, self.load))
            .with_for_update(of=self.load)
            .execution_options(populate_existing=True)
        )
        if row is None:
            raise NotFound
        return row

    def _allowed(self, actor: Actor, row: Any, given: Any) -> UUID | None:
        if not self.rule(actor, row):
            raise Denied(self.name)
        began_from = getattr(given, "version", None)
        if began_from is not None and hasattr(row, "version") and began_from != row.version:
            raise Conflict(row)
        result = self.body(actor, row, checked(given))
        session().flush()
        return result


def action(
    name: str,
    *,
    load: type[Any] | None,
    rule: Rule,
    input: type[Any] = Nothing,
    audited: bool = True,
    prepare: Preparation | None = None,
) -> Callable[[Body], Action]:
    """Declare a verb: what kind of thing it is done to (None: the installation), who may, what it takes in.

    ``prepare(actor, subject, given)`` does what is slow, such as printing, before the transaction; it reads with the
    actor's eyes and gives the input back, completed.
    """

    def declare(body: Body) -> Action:
        if name in registry:
            raise ValueError(f"two actions are named {name}")
        registry[name] = Action(name, load, rule, input, body, audited, prepare)
        return registry[name]

    return declare


@contextmanager
def writing(name: str) -> Iterator[Session]:
    """A write transaction of its own: commits at the end, rolls back when anything is raised.

    Actions open it by themselves; the kernel, the worker and migrations of data use it directly.
    """
    work = session()
    work.rollback()
    work.info.pop("changes", None)
    name_token, write_token = running.set(name), db.writing.set(True)
    try:
        yield work
        work.commit()
    except sa.exc.IntegrityError as error:
        work.rollback()
        raise _explained(error) from error
    except BaseException:
        work.rollback()
        raise
    finally:
        running.reset(name_token)
        db.writing.reset(write_token)


def _explained(error: sa.exc.IntegrityError) -> Exception:
    """The trade's sentence for a fired constraint; a clash that nobody explained stays what it is."""
    name = db.fired_constraint(error)
    if name is not None and name.startswith("pk_request_key"):
        return error
    known = db.CONSTRAINT_REASONS.get(name or "")
    return DomainError(*known) if known else error


def _retried(run: Callable[[], UUID | None]) -> UUID | None:
    for attempt in range(TRIES):
        try:
            return run()
        except sa.exc.OperationalError as error:
            if not _may_pass(error):
                raise
        except sa.exc.IntegrityError as error:
            if "request_key" not in str(error.orig):
                raise
        time.sleep(random.uniform(0.02, 0.1) * (attempt + 1))  # noqa: S311 - only spreads the tries
    raise Busy


def _may_pass(error: sa.exc.OperationalError) -> bool:
    """Whether a lock, a deadlock or a serialization failure is all that went wrong."""
    state = getattr(error.orig, "sqlstate", None)
    return state in {"40001", "40P01", "55P03"} or "locked" in str(error.orig) or "busy" in str(error.orig)


def _first_answer(name: str, actor: Actor) -> RequestKey | None:
    key = request_key.get()
    if key is None:
        return None
    known = session().get(RequestKey, (key, name))
    if known is not None and known.person_id != actor.person_id:
        raise DomainError(_l("Denne innsendingen er alt brukt av en annen. Last siden på nytt."))
    return known


def _remember_answer(name: str, actor: Actor, result: UUID | None) -> None:
    key = request_key.get()
    if key is not None:
        session().add(RequestKey(key=key, action=name, person_id=actor.person_id, result=result))
        session().flush()


@event.listens_for(Session, "before_flush")
def _flush_needs_action(work: Session, *_: Any) -> None:
    changed = work.new or work.deleted or any(work.is_modified(row) for row in work.dirty)
    if changed and running.get() is None:
        raise WriteOutsideAction("a flush outside an action")
    if changed:
        audit.note_changes(work)


@event.listens_for(Session, "do_orm_execute")
def _statement_needs_action(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and running.get() is None:
        raise WriteOutsideAction("a bulk write outside an action")
