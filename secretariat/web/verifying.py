"""Whether all that is stored keeps what the house promises: the work behind ``secretariat verify``."""

from collections.abc import Iterator
from dataclasses import dataclass

from secretariat.accounts import invariants as accounts
from secretariat.appointing import invariants as appointing
from secretariat.bodies import invariants as bodies
from secretariat.calendar import invariants as calendar
from secretariat.cases import invariants as cases
from secretariat.core import invariants as kernel
from secretariat.core.db import session
from secretariat.core.invariants import Promise, promises
from secretariat.core.text.language import _
from secretariat.decisions import invariants as decisions
from secretariat.directory import invariants as directory
from secretariat.dispatch import invariants as dispatch
from secretariat.documents import invariants as documents
from secretariat.meetings import invariants as meetings
from secretariat.messages import invariants as messages
from secretariat.minutes import invariants as minutes
from secretariat.publishing import invariants as publishing
from secretariat.transitions import invariants as transitions

ROOMS = (
    kernel,
    directory,
    documents,
    messages,
    bodies,
    accounts,
    appointing,
    cases,
    meetings,
    decisions,
    transitions,
    dispatch,
    minutes,
    calendar,
    publishing,
)
"""Where each room says what it promises; a room missing here would never be asked."""


@dataclass(frozen=True)
class Finding:
    """A promise that was not kept, and where."""

    id: str
    promise: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.id}: {self.promise} {self.sentence}"


def findings() -> list[Finding]:
    """Everything that is not as it must be, in the session of this piece of work; nothing is changed."""
    return [found for name in sorted(promises) for found in _broken(promises[name])]


def _broken(promise: Promise) -> Iterator[Finding]:
    try:
        for sentence in promise.check():
            yield Finding(promise.id, str(promise.says), sentence)
    except Exception as error:
        session().rollback()
        reason = _("Kan ikke kontrolleres: %(error)s", error=f"{type(error).__name__}: {error}")
        yield Finding(promise.id, str(promise.says), reason)
