"""The whole of a meeting's minutes: read once for page, paper and Word file, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.decisions import queries as decisions, task_queries as tasks
from secretariat.decisions.models import DecisionWording, Position
from secretariat.decisions.naming import item_number
from secretariat.decisions.task_queries import name_of
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings import queries as meetings
from secretariat.meetings.models import ItemKind, Participant, Presence, SteppedAside
from secretariat.minutes.models import Addition, Correction, ItemText, Minutes

T = TypeVar("T")


@dataclass(frozen=True)
class Came:
    """Somebody was there, from one item to another (none: from the beginning, to the end)."""

    from_item_id: UUID | None
    to_item_id: UUID | None


@dataclass(frozen=True)
class Aside:
    """Somebody is not impartial in an item, and why."""

    participant_id: UUID
    name: str
    because: str


@dataclass(frozen=True)
class Added:
    """A protokolltilførsel, in the name of the one who asked for it."""

    id: UUID
    name: str
    text: str


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
    asides: tuple[Aside, ...] = ()
    additions: tuple[Added, ...] = ()

    @property
    def exempt_basis(self) -> str:
        """The law that exempts it: the item's own, or that of a decision under it."""
        return self.row.exempt_basis or next((one.exempt_basis for one in self.decisions if one.exempt_basis), "")

    @property
    def name(self) -> str:
        """How the item is referred to: by number, or by title where it has none."""
        return self.number or self.row.title

    @property
    def label(self) -> str:
        """Number and title."""
        return f"{self.number} {self.row.title}".strip()


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


def record(actor: Actor, row: Minutes, *, going_on: bool = False) -> Record:
    """All that the minutes hold, as this reader may read it; while the body meets, without what comes afterwards."""
    meeting = meetings.meeting(actor, row.meeting_id)
    assert meeting is not None  # noqa: S101 - who sees the minutes sees their meeting
    people, presence = _people(actor, meeting.id)
    return Record(
        meeting=meeting,
        minutes=row,
        people=people,
        presence=presence,
        items=tuple(_items(actor, meeting, going_on=going_on)),
        corrections=() if going_on else tuple(_corrections(actor, row)),
    )


def _items(actor: Actor, meeting: meetings.MeetingPage, *, going_on: bool) -> Iterable[OneItem]:
    texts = {row.agenda_item_id: row for row in session().execute(_texts(actor, meeting.id))}
    decided = decisions.of_meeting(actor, meeting.id)
    under = _grouped(decided, lambda one: one.agenda_item_id)
    given = _grouped(tasks.of_meeting(actor, meeting.id), lambda one: one.agenda_item_id)
    asides, added = _besides(actor, meeting.id)
    positions, first_words = ({}, {}) if going_on else _after_meeting([one.id for one in decided])
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
            asides=tuple(asides.get(row.id, ())),
            additions=tuple(added.get(row.id, ())),
        )


def _besides(actor: Actor, meeting_id: UUID) -> tuple[dict[UUID, list[Aside]], dict[UUID, list[Added]]]:
    """Under each item: who stepped aside, and what was added in somebody's name; in one statement."""
    who = (SteppedAside.agenda_item_id, SteppedAside.participant_id, Participant.name.label("who"))
    left = sa.select(sa.literal(0).label("kind"), *who, SteppedAside.because, SteppedAside.created_at.label("at"))
    left = left.join(Participant, Participant.id == SteppedAside.participant_id)
    what = (Addition.agenda_item_id, Addition.id, Addition.name, Addition.text, Addition.created_at)
    added = sa.select(sa.literal(1), *what).join(Minutes, Minutes.id == Addition.minutes_id)
    both = left.where(SteppedAside.meeting_id == meeting_id, visible(actor, SteppedAside)).union_all(
        added.where(Minutes.meeting_id == meeting_id, visible(actor, Addition))
    )
    asides: dict[UUID, list[Aside]] = defaultdict(list)
    additions: dict[UUID, list[Added]] = defaultdict(list)
    for kind, item_id, row_id, name, text, _at in session().execute(both.order_by("kind", "at", "who")):
        if kind:
            additions[item_id].append(Added(row_id, name, text))
        else:
            asides[item_id].append(Aside(row_id, name, text))
    return asides, additions


def _texts(actor: Actor, meeting_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    of_meeting = ItemText.minutes_id.in_(sa.select(Minutes.id).where(Minutes.meeting_id == meeting_id))
    return sa.select(ItemText.agenda_item_id, ItemText.text, ItemText.version).where(
        of_meeting, visible(actor, ItemText)
    )


def _grouped(rows: Iterable[T], key: Any) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _after_meeting(decided: list[UUID]) -> tuple[dict[UUID, dict[Party, Document]], dict[UUID, Document]]:
    """Where the parties stand; and, for decisions reworded since, the words that went out when the meeting closed."""
    changed = sa.select(DecisionWording.decision_id).where(DecisionWording.because != "")
    stands = sa.select(Position.decision_id, Position.party, Position.text, sa.literal(0).label("number"))
    wordings = (DecisionWording.decision_id, sa.null(), DecisionWording.wording, DecisionWording.number)
    words = sa.select(*wordings).where(DecisionWording.because == "", DecisionWording.decision_id.in_(changed))
    both = stands.where(Position.decision_id.in_(decided)).union_all(
        words.where(DecisionWording.decision_id.in_(decided))
    )
    positions: dict[UUID, dict[Party, Document]] = defaultdict(dict)
    first_words: dict[UUID, Document] = {}
    for decision_id, party, text, _number in session().execute(both.order_by("decision_id", "number", "party")):
        if party is None:
            first_words[decision_id] = text
        else:
            positions[decision_id][party] = text
    return dict(positions), first_words


def _people(actor: Actor, meeting_id: UUID) -> tuple[tuple[meetings.ParticipantRow, ...], dict[UUID, tuple[Came, ...]]]:
    """Those called, the chair first, and when each of them was there."""
    names = list(meetings.ParticipantRow.__dataclass_fields__)
    order = sa.case({role: place for place, role in enumerate(meetings.ROLE_ORDER)}, value=Participant.role)
    query = (
        sa.select(
            *(getattr(Participant, name) for name in names), Presence.id, Presence.from_item_id, Presence.to_item_id
        )
        .outerjoin(Presence, Presence.participant_id == Participant.id)
        .where(Participant.meeting_id == meeting_id, Participant.removed_at.is_(None), visible(actor, Participant))
        .order_by(order, Participant.sort_key, Participant.id, Presence.created_at, Presence.id)
    )
    people: dict[UUID, meetings.ParticipantRow] = {}
    presence: dict[UUID, tuple[Came, ...]] = {}
    for *person, presence_id, first, last in session().execute(query):
        row = meetings.ParticipantRow(*person)
        people[row.id] = row
        if presence_id is not None:
            presence[row.id] = (*presence.get(row.id, ()), Came(first, last))
    return tuple(people.values()), presence


def _corrections(actor: Actor, row: Minutes) -> list[Corrected]:
    query = (
        sa.select(Correction.text, Correction.made_on, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == Correction.made_by_id)
        .where(Correction.minutes_id == row.id, visible(actor, Correction))
        .order_by(Correction.made_on, Correction.id)
    )
    return [Corrected(text, day, name_of(given, family)) for text, day, given, family in session().execute(query)]
