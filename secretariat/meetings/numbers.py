"""The numbers of agenda items: integers per body, series and year, given once (invariant ``ONE_NUMBER``).

The year is that of the meeting's local date. A withdrawn item keeps its number, headings take none, and standing items
take one where the body wants it. A party's own meetings in a joint body count in a series of their own (invariant
``PARTYS_OWN_SERIES``): no gap in the joint series tells that they were held. What stands on paper is written from the
integers by the body's pattern.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.bodies.numbers import written
from secretariat.core.db import session
from secretariat.directory.parties import Party
from secretariat.meetings.models import AgendaItem, ItemKind, ItemState, Meeting, NumberSeries

__all__ = ["Number", "give", "planned_numbers", "takes_number", "written"]

Number = tuple[str, int, int]

PARTY_MARKS: dict[str, str] = {Party.M: "K", Party.H: "HF"}
"""What stands before the numbers of a party's own meetings."""

STANDING_KINDS = (ItemKind.APPROVAL, ItemKind.FOLLOW_UP, ItemKind.ANY_OTHER)


def planned_numbers(meeting: Meeting, body: Body, items: Iterable[AgendaItem]) -> dict[UUID, Number]:
    """The numbers of the meeting's items: those given, and those that a dispatch now would give."""
    return _numbered(body, meeting, items, _counters(body.id, meeting.day.year))


def give(meeting: Meeting, only: AgendaItem | None = None) -> dict[UUID, Number]:
    """Give the items that lack it (or one of them) their number, in an action; the counters are locked."""
    session().execute(sa.select(Body.id).where(Body.id == meeting.body_id).with_for_update(key_share=True))
    body = session().get_one(Body, meeting.body_id)
    items = _items(meeting.id) if only is None else [only]
    counters = _counters(body.id, meeting.day.year, lock=True)
    numbers = _numbered(body, meeting, items, counters)
    for item in items:
        if item.number is None and item.id in numbers:
            item.series, item.year, item.number = numbers[item.id]
            _count(meeting, counters, *numbers[item.id])
    session().flush()
    return numbers


def _items(meeting_id: UUID) -> list[AgendaItem]:
    query = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(session().scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _counters(body_id: UUID, year: int, *, lock: bool = False) -> dict[str, NumberSeries]:
    query = sa.select(NumberSeries).where(NumberSeries.body_id == body_id, NumberSeries.year == year)
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    return {row.series: row for row in session().scalars(query)}


def _numbered(
    body: Body, meeting: Meeting, items: Iterable[AgendaItem], counters: dict[str, NumberSeries]
) -> dict[UUID, Number]:
    last = {series: counter.last for series, counter in counters.items()}
    numbers: dict[UUID, Number] = {}
    for item in items:
        if item.number is not None and item.year is not None:
            numbers[item.id] = (item.series, item.year, item.number)
        elif item.state is ItemState.STANDING and takes_number(body, item.kind):
            series = series_in(meeting, body, item.series)
            last[series] = last.get(series, 0) + 1
            numbers[item.id] = (series, meeting.day.year, last[series])
    return numbers


def series_in(meeting: Any, body: Any, series: str) -> str:
    """The series an item counts in: what is chosen for it, and in a party's own meeting marked as that party's."""
    if meeting.room == body.room:
        return series
    return f"{PARTY_MARKS[meeting.room]} {series}".strip()


def is_reserved(series: str) -> bool:
    """Whether a series would be taken for one of a party's own; nobody gets its next number by choosing its name."""
    return series.partition(" ")[0] in PARTY_MARKS.values()


def takes_number(body: Any, kind: ItemKind) -> bool:
    """Whether items of this kind are numbered in the body."""
    return kind != ItemKind.HEADING and (body.standing_items_numbered or kind not in STANDING_KINDS)


def _count(meeting: Meeting, counters: dict[str, NumberSeries], series: str, year: int, number: int) -> None:
    """The counter remembers the last number given."""
    if series not in counters:
        counters[series] = NumberSeries(
            partnership_id=meeting.partnership_id, body_id=meeting.body_id, series=series, year=year
        )
        session().add(counters[series])
    counters[series].last = number
