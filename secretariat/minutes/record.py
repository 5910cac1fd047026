"""The whole of a meeting's minutes: read once for page, paper and Word file, in a fixed number of statements.

A guest reads what is not exempt; of the rest the number, the public title and the basis.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import served, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.decisions import queries as decisions, task_queries as tasks
from secretariat.decisions.models import DecisionWording, Position
from secretariat.decisions.naming import item_number
from secretariat.decisions.policy import meetings_called_to
from secretariat.decisions.task_queries import name_of
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings import queries as meetings
from secretariat.meetings.models import ItemKind, Meeting, Presence
from secretariat.minutes.models import Correction, ItemText, Minutes

T = TypeVar("T")


@dataclass(frozen=True)
class Came:
    """Somebody was there, from one item to another (none: from the beginning, to the end)."""

    from_item_id: UUID | None
    to_item_id: UUID | None


@dataclass(frozen=True)
class OneItem:
    """What came of one item. ``first_words`` are those a decision had when the meeting closed."""

    row: meetings.AgendaRow
    number: str
    text: Document
    text_version: int
    decisions: tuple[decisions.DecisionRow, ...]
    positions: dict[UUID, dict[Party, Document]]
    first_words: dict[UUID, Document]
    tasks: tuple[tasks.TaskRow, ...]

    @property
    def exempt_basis(self) -> str:
        """The law that exempts it: the item's own, or that of a decision under it."""
        return self.row.exempt_basis or next((one.exempt_basis for one in self.decisions if one.exempt_basis), "")

    @property
    def name(self) -> str:
        """How the item is referred to: by number, or by title where it has none."""
        return self.number or self.row.title


@dataclass(frozen=True)
class Corrected:
    """A dated addition to approved minutes."""

    text: str
    made_on: date
    by: str


@dataclass(frozen=True)
class Record:
    """The minutes of one meeting."""

    meeting: meetings.MeetingPage
    minutes: Minutes
    people: tuple[meetings.ParticipantRow, ...]
    presence: dict[UUID, tuple[Came, ...]]
    items: tuple[OneItem, ...]
    corrections: tuple[Corrected, ...]

    @property
    def treated(self) -> tuple[OneItem, ...]:
        """The items that something can come of: headings are left out."""
        return tuple(one for one in self.items if one.row.kind is not ItemKind.HEADING)


def minutes(actor: Actor, meeting_id: UUID) -> Minutes | None:
    """The minutes of a meeting, if the actor sees them."""
    return session().scalar(sa.select(Minutes).where(Minutes.meeting_id == meeting_id, visible(actor, Minutes)))


def record(actor: Actor, row: Minutes) -> Record:
    """All that the minutes hold, as this reader may read it."""
    meeting = meetings.meeting(actor, row.meeting_id)
    assert meeting is not None  # noqa: S101 - who sees the minutes sees their meeting
    whole = Record(
        meeting=meeting,
        minutes=row,
        people=tuple(meetings.participants(actor, meeting.id)),
        presence=_presence(meeting.id),
        items=tuple(_items(actor, meeting)),
        corrections=tuple(_corrections(actor, row)),
    )
    return whole if reads_all(actor, meeting) else replace(whole, items=tuple(map(_left_open, whole.items)))


def reads_all(actor: Actor, meeting: Any) -> bool:
    """Whether the actor reads what is exempt too: the secretariat, the body, those called otherwise than as guests."""
    if actor.is_system or meeting.body_id in actor.bodies:
        return True
    full = sa.or_(served(actor, Meeting), Meeting.id.in_(meetings_called_to(actor)))
    return session().scalar(sa.select(Meeting.id).where(Meeting.id == meeting.id, full)) is not None


def _left_open(one: OneItem) -> OneItem:
    """What a guest reads of an exempt item."""
    if not one.exempt_basis:
        return one
    row = replace(one.row, title=one.row.public_title or one.row.title, exempt_basis=one.exempt_basis, proposal=None)
    return replace(one, row=row, text=Document.empty(), decisions=(), positions={}, first_words={}, tasks=())


def _items(actor: Actor, meeting: meetings.MeetingPage) -> Iterable[OneItem]:
    texts = {row.agenda_item_id: row for row in session().execute(_texts(actor, meeting.id))}
    decided = decisions.of_meeting(actor, meeting.id)
    under = _grouped(decided, lambda one: one.agenda_item_id)
    given = _grouped(tasks.of_meeting(actor, meeting.id), lambda one: one.agenda_item_id)
    ids = [one.id for one in decided]
    positions, first_words = _positions(ids), _first_words(ids)
    for row in meetings.agenda(actor, meeting.id):
        text = texts.get(row.id)
        yield OneItem(
            row=row,
            number=item_number(meeting, row),
            text=text.text if text else Document.empty(),
            text_version=text.version if text else 0,
            decisions=tuple(under.get(row.id, ())),
            positions=positions,
            first_words=first_words,
            tasks=tuple(given.get(row.id, ())),
        )


def _texts(actor: Actor, meeting_id: UUID) -> sa.Select[Any]:
    of_meeting = ItemText.minutes_id.in_(sa.select(Minutes.id).where(Minutes.meeting_id == meeting_id))
    return sa.select(ItemText.agenda_item_id, ItemText.text, ItemText.version).where(
        of_meeting, visible(actor, ItemText)
    )


def _grouped(rows: Iterable[T], key: Any) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _positions(decided: list[UUID]) -> dict[UUID, dict[Party, Document]]:
    query = sa.select(Position.decision_id, Position.party, Position.text).where(Position.decision_id.in_(decided))
    found: dict[UUID, dict[Party, Document]] = defaultdict(dict)
    for decision_id, party, text in session().execute(query.order_by(Position.party, Position.id)):
        found[decision_id][party] = text
    return dict(found)


def _first_words(decided: list[UUID]) -> dict[UUID, Document]:
    """The words that went out «fra ikke godkjent referat», for those that were reworded since."""
    changed = sa.select(DecisionWording.decision_id).where(DecisionWording.because != "")
    query = (
        sa.select(DecisionWording.decision_id, DecisionWording.wording)
        .where(DecisionWording.decision_id.in_(decided), DecisionWording.decision_id.in_(changed))
        .where(DecisionWording.because == "")
        .order_by(DecisionWording.number)
    )
    return {decision_id: wording for decision_id, wording in session().execute(query)}


def _presence(meeting_id: UUID) -> dict[UUID, tuple[Came, ...]]:
    query = sa.select(Presence.participant_id, Presence.from_item_id, Presence.to_item_id)
    found: dict[UUID, tuple[Came, ...]] = {}
    for participant_id, first, last in session().execute(
        query.where(Presence.meeting_id == meeting_id).order_by(Presence.created_at, Presence.id)
    ):
        found[participant_id] = (*found.get(participant_id, ()), Came(first, last))
    return found


def _corrections(actor: Actor, row: Minutes) -> list[Corrected]:
    query = (
        sa.select(Correction.text, Correction.made_on, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == Correction.made_by_id)
        .where(Correction.minutes_id == row.id, visible(actor, Correction))
        .order_by(Correction.made_on, Correction.id)
    )
    return [Corrected(text, day, name_of(given, family)) for text, day, given, family in session().execute(query)]
