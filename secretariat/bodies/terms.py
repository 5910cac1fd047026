"""How long one sits, and when the lead changes: every so many years, or on a fixed day of the year."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from secretariat.core.dates import ONE_DAY, DateRefused, parse_date
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l

A_LEAP_YEAR = 2024
Stretch = tuple[date, date]
MonthAndDay = tuple[int, int]


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    return in_year((day.month, day.day), day.year + years)


def in_year(turn: MonthAndDay, year: int) -> date:
    """The day of the year with this month and day; 29 February becomes 1 March where there is none."""
    if turn == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return date(year, *turn)


def day_of_year(written: str, field: str) -> MonthAndDay | None:
    """Month and day as somebody wrote them: «1.4.», «1. april» or, as it is stored, «04-01»; none when empty."""
    text = written.strip().rstrip(".")
    if not text:
        return None
    month, dash, number = text.partition("-")
    try:
        day = date(A_LEAP_YEAR, int(month), int(number)) if dash else parse_date(f"{text}.{A_LEAP_YEAR}")
    except (DateRefused, ValueError) as refused:
        raise DomainError(_l("Skriv dag og måned, for eksempel 1.4."), field) from refused
    return day.month, day.day


def stretches(starts_on: date, years: int, count: int, turn: MonthAndDay | None = None) -> Iterator[Stretch]:
    """So many stretches after one another, each of so many years. With a turn, the first reaches to the next one."""
    first = starts_on
    for number in range(1, count + 1):
        next_first = _after(starts_on, years, number, turn)
        yield first, next_first - ONE_DAY
        first = next_first


def _after(starts_on: date, years: int, number: int, turn: MonthAndDay | None) -> date:
    """The first day after stretch ``number``."""
    if turn is None or in_year(turn, starts_on.year) == starts_on:
        return years_later(starts_on, years * number)
    return in_year(turn, _next_turn(turn, starts_on).year + years * (number - 1))


def _next_turn(turn: MonthAndDay, day: date) -> date:
    """The next day of the year with this month and day, after ``day``."""
    return next(found for year in (day.year, day.year + 1) if (found := in_year(turn, year)) > day)


def term_end(body: Any, day: date) -> date | None:
    """The last day of the term that runs on the day; none when the body has no rule of terms.

    Years are counted from the body's first day.
    """
    turn = day_of_year(body.term_begins, "term_begins")
    if turn is not None:
        return _next_turn(turn, day) - ONE_DAY
    if not body.term_years or day < body.starts_on:
        return None
    passed = (day.year - body.starts_on.year) // body.term_years
    ends = (years_later(body.starts_on, body.term_years * number) for number in (passed, passed + 1))
    return next(end for end in ends if end > day) - ONE_DAY


def without_anyone(planned: Iterable[Stretch]) -> list[Stretch]:
    """The days between the stretches that none of them covers."""
    gaps: list[Stretch] = []
    covered: date | None = None
    for first, last in sorted(planned):
        if covered is not None and first - covered > ONE_DAY:
            gaps.append((covered + ONE_DAY, first - ONE_DAY))
        covered = last if covered is None else max(covered, last)
    return gaps


def met_by(stretch: Stretch, planned: Sequence[Stretch]) -> Stretch | None:
    """The first of those planned that has a day in common with the stretch."""
    first, last = stretch
    return next((other for other in sorted(planned) if other[0] <= last and other[1] >= first), None)


def term_from(day: date, term_ends_on: date | None) -> date | None:
    """The end of the term for whoever sits from the day on; none when it is over by then (``TERM_IN_ORDER``)."""
    return term_ends_on if term_ends_on is not None and term_ends_on >= day else None
