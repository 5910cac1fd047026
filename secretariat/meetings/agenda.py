"""The order of an agenda and its clock: positions are sparse integers, times follow from the durations."""

from collections.abc import Iterable, Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.bodies.models import MinutesWord
from secretariat.meetings.models import AgendaItem, ItemKind, ItemState

STEP = 1000


def is_about_minutes(kind: ItemKind, title: str) -> bool:
    """Whether an item approves minutes: its title, which is the secretary's own, names them as bodies do («referat»,
    «protokoll») in the language that is current.
    """
    names = {name.lower() for word in MinutesWord for name in (word.value, str(word.word))}
    return kind is ItemKind.APPROVAL and any(name in title.lower() for name in names)


def clock_times(meeting: Any, items: Iterable[Any]) -> dict[UUID, time]:
    """When each item begins on the wall clock; an item that is withdrawn or postponed takes no time."""
    zone, moment, times = ZoneInfo(meeting.timezone), meeting.starts_at, {}
    for item in items:
        times[item.id] = moment.astimezone(zone).time().replace(tzinfo=None)
        if item.state is ItemState.STANDING:
            moment += timedelta(minutes=item.duration)
    return times


def place(item: AgendaItem, others: Sequence[AgendaItem], index: int) -> None:
    """Put ``item`` before the ``index``-th of the others; when there is no gap left, all get new positions."""
    before = others[index - 1].position if index > 0 else 0
    after = others[index].position if index < len(others) else before + 2 * STEP
    if after - before > 1:
        item.position = (before + after) // 2
        return
    order = [*others[:index], item, *others[index:]]
    for number, each in enumerate(order, 1):
        each.position = number * STEP
