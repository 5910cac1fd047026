"""The two ways up through the house, both named and typed here, connected in ``create_app`` and listed on one page.

A **signal** tells what has happened (past tense) to rooms above, in the same transaction. An **ask** collects what
rooms above answer. Neither side knows the other.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
A = TypeVar("A")


class Signal(Generic[P]):
    """Something that happened; every connected listener hears it before the action commits."""

    def __init__(self, name: str, says: str) -> None:
        self.name, self.says = name, says
        self.listeners: list[Callable[P, Any]] = []

    def connect(self, listener: Callable[P, Any]) -> Callable[P, Any]:
        """Let ``listener`` hear it; connecting twice is once."""
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def tell(self, *args: P.args, **values: P.kwargs) -> None:
        """Tell every listener, in the order they were connected."""
        for listener in self.listeners:
            listener(*args, **values)


class Ask(Generic[P, A]):
    """A question to the rooms above; the answer is everything they give, in order."""

    def __init__(self, name: str, asks: str) -> None:
        self.name, self.asks = name, asks
        self.answerers: list[Callable[P, Iterable[A]]] = []

    def connect(self, answerer: Callable[P, Iterable[A]]) -> Callable[P, Iterable[A]]:
        """Let ``answerer`` answer; connecting twice is once."""
        if answerer not in self.answerers:
            self.answerers.append(answerer)
        return answerer

    def collect(self, *args: P.args, **values: P.kwargs) -> list[A]:
        """All answers."""
        return [answer for answerer in self.answerers for answer in answerer(*args, **values)]


# The list. Subjects are rows of the room that tells; the type is left open since the kernel knows no domain.

seating_changed = Signal[[Any]]("seating_changed", "who sits in a body, or who leads it, has changed (the body's id)")
appointment_withdrawn = Signal[[Any]]("appointment_withdrawn", "an appointment made by mistake is about to be deleted")
treatment_removed = Signal[[Any]]("treatment_removed", "a step of a case's way is about to be deleted")
meeting_planned = Signal[[Any]]("meeting_planned", "a meeting has got a date")
meeting_changed = Signal[[Any]]("meeting_changed", "time, place, title or state of a meeting has changed")
notice_sent = Signal[[Any]](
    "notice_sent", "the first notice of a meeting has gone out; its participants are rows from now on"
)
participant_added = Signal[[Any]]("participant_added", "a person has been called to a meeting after the notice")
participant_removed = Signal[[Any]]("participant_removed", "a person is no longer called to a meeting")
meeting_cancelled = Signal[[Any]]("meeting_cancelled", "a meeting will not be held")
meeting_closed = Signal[[Any]]("meeting_closed", "a meeting has been held; what it decided is in force")
minutes_approved = Signal[[Any]]("minutes_approved", "the minutes of a meeting (its row) have been approved")
meeting_reopened = Signal[[Any]]("meeting_reopened", "a held meeting is open again, before its minutes were approved")
person_anonymised = Signal[[Any]](
    "person_anonymised", "who a person was is erased: the ids, names, addresses and numbers that are to be gone"
)
notification_chosen = Signal[[Any]](
    "notification_chosen", "how much mail a person wants has changed, or who a registration is read as"
)

hindrances = Ask[[str, Any], Any]("hindrances", "what stands in the way of a verb on a subject? (lazy sentences)")
standing_text = Ask[[Any, Any, str], Any](
    "standing_text", "what does a standing item say by itself? (its kind, body and room; documents)"
)
invitation = Ask[[Any, Any], bytes]("invitation", "what does a participant put in the calendar? (participant, meeting)")
open_matters = Ask[[Any, Any, Any], Any](
    "open_matters", "what would be left undone in a body that closes? (actor, body, its last day)"
)
roles_of = Ask[[Any, Any], Any]("roles_of", "what do these registrations sit in, hold and attend? (ids, reader)")
held_on = Ask[[Any, Any], Any](
    "held_on", "what else is held on these registrations of a person? (ids; the reader, None: the person)"
)
last_used = Ask[[Any], Any]("last_used", "when did these people last do what is kept? (a select of ids; None: they do)")

SIGNALS: tuple[Signal[Any], ...] = (
    seating_changed,
    appointment_withdrawn,
    treatment_removed,
    meeting_planned,
    meeting_changed,
    notice_sent,
    participant_added,
    participant_removed,
    meeting_cancelled,
    meeting_closed,
    minutes_approved,
    meeting_reopened,
    person_anonymised,
    notification_chosen,
)
ASKS: tuple[Ask[Any, Any], ...] = (hindrances, standing_text, invitation, open_matters, roles_of, held_on, last_used)
