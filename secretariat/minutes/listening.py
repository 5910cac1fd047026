"""When minutes begin, and what they stand in the way of."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.decisions.models import Decision, Task
from secretariat.meetings.models import Meeting, Presence, SteppedAside
from secretariat.minutes.models import Addition, ItemText, Minutes, MinutesState


def begin(meeting: Meeting) -> None:
    """The notice has gone out: the minutes of the meeting can be written."""
    if minutes_of(meeting) is None:
        session().add(Minutes(partnership_id=meeting.partnership_id, meeting_id=meeting.id))
        session().flush()


def minutes_of(meeting: Any) -> Minutes | None:
    """The minutes of a meeting."""
    return session().scalar(sa.select(Minutes).where(Minutes.meeting_id == meeting.id))


def hindrances(verb: str, subject: Any) -> Iterable[Any]:
    """What the minutes stand in the way of: opening their meeting again, noting presence, taking an item away."""
    if verb in ("meetings.reopen", "meetings.note_presence"):
        return _of_meeting(verb, minutes_of(subject))
    return _of_item(subject) if verb == "meetings.remove_item" else []


def _of_meeting(verb: str, minutes: Minutes | None) -> Iterable[Any]:
    if minutes is not None and minutes.state is MinutesState.APPROVED:
        yield _l("Referatet er godkjent.")
    elif minutes is not None and minutes.state is MinutesState.COMMENTING and verb == "meetings.reopen":
        yield _l("Referatet er til merknader. Ta det tilbake først.")


def _of_item(item: Any) -> Iterable[Any]:
    """All that is written of an item, and those who came or left at it."""
    for kind in (ItemText, Decision, Task, Addition, SteppedAside):
        if session().scalar(sa.select(kind.id).where(kind.agenda_item_id == item.id).limit(1)):
            yield _l("Det er ført tekst, vedtak eller oppgaver i saken.")
            return
    at_item = sa.or_(Presence.from_item_id == item.id, Presence.to_item_id == item.id)
    if session().scalar(sa.select(Presence.id).where(at_item).limit(1)):
        yield _l("Noen er ført som til stede fra eller til saken. Endre det først.")
