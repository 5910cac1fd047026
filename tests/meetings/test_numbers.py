"""A number is given once, and written the way the body writes it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.meetings import numbers
from secretariat.meetings.models import AgendaItem, ItemKind, ItemState, Meeting
from tests.factories import Factory

SEEN = [
    ("12/2026", {"number_digits": 0}, 2026, 12),
    ("01-21", {"number_digits": 2, "number_separator": "-", "year_digits": 2}, 2021, 1),
    ("2014/15", {"year_first": True}, 2014, 15),
    ("PS 49/17", {"number_prefix": "PS", "year_digits": 2}, 2017, 49),
    ("SSU-sak 05/22", {"number_prefix": "SSU-sak", "year_digits": 2}, 2022, 5),
    ("046/2020", {"number_digits": 3}, 2020, 46),
    ("15/2019 LEV", {"number_suffix": "LEV"}, 2019, 15),
]


def body_that_writes(**values: Any) -> Any:
    """A body's number pattern, with what bodies have by default."""
    pattern = {
        "number_prefix": "",
        "number_digits": 2,
        "number_separator": "/",
        "number_suffix": "",
        "year_digits": 4,
        "year_first": False,
    }
    return SimpleNamespace(**(pattern | values))


@pytest.mark.parametrize(("expected", "pattern", "year", "number"), SEEN)
def test_every_pattern_that_is_in_use_can_be_written(
    expected: str, pattern: dict[str, Any], year: int, number: int
) -> None:
    assert numbers.written(body_that_writes(**pattern), year, number) == expected


def test_a_series_of_its_own_stands_where_the_prefix_stands() -> None:
    body = body_that_writes(number_prefix="PS", year_digits=2)

    assert numbers.written(body, 2017, 3, series="RS") == "RS 03/17"


@given(
    year=st.integers(2000, 2099),
    number=st.integers(1, 999),
    other=st.integers(1, 999),
    digits=st.integers(0, 3),
    separator=st.sampled_from("/-"),
    year_first=st.booleans(),
)
def test_two_numbers_of_a_year_are_never_written_alike(
    year: int, number: int, other: int, digits: int, separator: str, year_first: bool
) -> None:
    body = body_that_writes(number_digits=digits, number_separator=separator, year_first=year_first)

    alike = numbers.written(body, year, number) == numbers.written(body, year, other)

    assert alike == (number == other)


def give(meeting: Meeting) -> dict[Any, numbers.Number]:
    """Give the meeting its numbers, as its dispatch does."""
    with writing("test"):
        return numbers.give(session().get_one(Meeting, meeting.id))


def test_what_was_planned_is_what_is_given(a: Factory) -> None:
    body = a.body()
    meeting = a.meeting(body)
    items = [a.item(meeting, title) for title in ("Én", "To", "Tre")]

    planned = numbers.planned_numbers(meeting, body, items)

    assert give(meeting) == planned
    assert [number for _, _, number in planned.values()] == [1, 2, 3]


def test_headings_take_no_number_and_standing_items_only_where_the_body_wants_it(a: Factory) -> None:
    meeting = a.meeting(a.body(standing_items_numbered=False))
    a.item(meeting, "Overskrift", kind=ItemKind.HEADING)
    a.item(meeting, "Eventuelt", kind=ItemKind.ANY_OTHER)
    case = a.item(meeting, "Vedtakssak", kind=ItemKind.DECISION)

    assert give(meeting) == {case.id: ("", 2026, 1)}


def test_a_withdrawn_item_keeps_its_number_and_a_late_one_gets_the_next(a: Factory) -> None:
    meeting = a.meeting()
    first, second = a.item(meeting, "Utgår"), a.item(meeting, "Blir")
    give(meeting)
    with writing("test"):
        session().get_one(AgendaItem, first.id).state = ItemState.WITHDRAWN
    late = a.item(meeting, "Tilleggssak", position=1)

    given_now = give(meeting)

    assert [given_now[item.id][2] for item in (first, second, late)] == [1, 2, 3]


def test_a_sent_meeting_that_moves_into_another_year_keeps_its_numbers(a: Factory) -> None:
    meeting = a.meeting(day=date(2026, 12, 18))
    item = a.item(meeting)
    give(meeting)
    with writing("test"):
        session().get_one(Meeting, meeting.id).day = date(2027, 1, 8)
    late = a.item(meeting, "Tilleggssak")

    given_now = give(meeting)

    assert given_now[item.id] == ("", 2026, 1)
    assert given_now[late.id] == ("", 2027, 1)


def test_each_series_counts_by_itself_and_each_year_begins_anew(a: Factory) -> None:
    body = a.body()
    this_year, next_year = a.meeting(body, day=date(2026, 11, 3)), a.meeting(body, day=date(2027, 2, 3))
    cases = [a.item(this_year, series=series) for series in ("PS", "RS", "PS")]
    later = a.item(next_year, series="PS")

    now, then = give(this_year), give(next_year)

    assert [now[item.id] for item in cases] == [("PS", 2026, 1), ("RS", 2026, 1), ("PS", 2026, 2)]
    assert then[later.id] == ("PS", 2027, 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3), st.booleans()), max_size=6))
def test_however_items_come_and_go_no_number_is_given_twice(a: Factory, batches: list[tuple[int, int, bool]]) -> None:
    body = a.body()
    meetings = [a.meeting(body, day=date(2026, 10, day)) for day in (1, 8)]
    seen: dict[Any, numbers.Number] = {}
    for which, how_many, withdraw in batches:
        for _ in range(how_many):
            a.item(meetings[which])
        seen_now = give(meetings[which])
        assert all(seen_now[item] == number for item, number in seen.items() if item in seen_now)
        seen |= seen_now
        if withdraw and seen_now:
            with writing("test"):
                session().get_one(AgendaItem, next(iter(seen_now))).state = ItemState.WITHDRAWN

    stored = list(session().execute(sa.select(AgendaItem.number).where(AgendaItem.body_id == body.id)).scalars())
    assert len(seen) == len(set(seen.values()))
    assert sorted(stored) == list(range(1, len(stored) + 1))
