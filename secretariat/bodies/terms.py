"""How long one sits: the day on which a term that is running ends, by the body's own rule."""

from datetime import date, timedelta
from typing import Any

from secretariat.bodies.founding import years_later


def term_end(body: Any, day: date) -> date | None:
    """The last day of the term that runs on the day; none when the body has no rule of terms.

    Years are counted from the body's first day, a fixed day of the year from that day to the one before it.
    """
    if body.term_begins:
        return _next_turn(body.term_begins, day) - timedelta(days=1)
    if not body.term_years or day < body.starts_on:
        return None
    passed = (day.year - body.starts_on.year) // body.term_years
    ends = (years_later(body.starts_on, body.term_years * number) for number in (passed, passed + 1))
    return next(end for end in ends if end > day) - timedelta(days=1)


def _next_turn(month_and_day: str, day: date) -> date:
    """The next day of the year with this month and day, after ``day``."""
    month, _, number = month_and_day.partition("-")
    first = date(2000, int(month), int(number))
    turns = (years_later(first, day.year + more - first.year) for more in (0, 1))
    return next(turn for turn in turns if turn > day)
