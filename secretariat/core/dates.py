"""Days, wall clocks and deadlines as people in Norway write and count them.

A day is a date. A time is what the wall clock shows in a named zone; the UTC instant follows from it. Two nights a year
the clock jumps: a time that the wall never shows is refused, a time it shows twice must be told apart (``fold``: 0 the
first, 1 the second). Every refusal is a ValueError with a lazy sentence in ``reason``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from secretariat.core.text.language import LazySentence, _l, format_date, format_time

Unit = Literal["days", "working_days"]

OSLO = "Europe/Oslo"
ONE_DAY = timedelta(days=1)
SATURDAY = 5
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[./ -] ?(?P<month>\d{1,2})[./ -] ?(?P<year>\d{4}|\d{2})", re.ASCII)
_IN_WORDS = re.compile(r"(?P<day>[0-9]{1,2})\.? ?(?P<month>[a-z]{3,9})\.? ?(?P<year>[0-9]{4}|[0-9]{2})")
_CLOCK = re.compile(r"(?:kl\.? ?|klokk[ae]n? )?(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d{2}))?", re.ASCII)


class DateRefused(ValueError):
    """What was written is not a day or a time; ``reason`` says why in the reader's language."""

    def __init__(self, reason: LazySentence) -> None:
        super().__init__(reason)
        self.reason = reason


class NoSuchTime(DateRefused):
    """The wall clock never shows this time on this day: it is set forward that night."""


class AmbiguousTime(DateRefused):
    """The wall clock shows this time twice on this day: it is set back that night."""


def parse_date(text: str) -> date:
    """The day someone wrote, in any of the ways people write it. A year of two digits is in this century."""
    written = " ".join(text.lower().split())
    for form in (_YEAR_FIRST, _DAY_FIRST, _IN_WORDS):
        if found := form.fullmatch(written):
            return _existing_day(written, found)
    raise DateRefused(_l("Skriv datoen med dag, måned og år, for eksempel 3.12.2026."))


def year_of(text: str) -> int:
    """A year of the calendar. Raises ValueError for any other number."""
    year = int(text)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(text)
    return year


def _existing_day(written: str, found: re.Match[str]) -> date:
    year = int(found["year"])
    try:
        return date(year + 2000 if len(found["year"]) == 2 else year, _month(found["month"]), int(found["day"]))
    except ValueError as error:
        raise DateRefused(_l("Datoen %(date)s finnes ikke.", date=written)) from error


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(written)), 0)


def parse_time(text: str) -> time:
    """The time of day someone wrote: 9, 9.30, 09:30, 0930 and kl. 9 are all understood."""
    written = " ".join(text.lower().split())
    found = _CLOCK.fullmatch(written)
    if found is None:
        raise DateRefused(_l("Skriv klokkeslettet med timer og minutter, for eksempel 09.30."))
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError as error:
        raise DateRefused(_l("Klokkeslettet %(time)s finnes ikke.", time=written)) from error


def wall_time(day: date, at: time, zone: str = OSLO, fold: int | None = None) -> datetime:
    """What the wall clock in ``zone`` shows, as an aware datetime; ``fold`` says which where it shows it twice."""
    first, second = (datetime.combine(day, at.replace(tzinfo=ZoneInfo(zone), fold=n)) for n in (0, 1))
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) != datetime.combine(day, at):
        raise NoSuchTime(
            _l("Klokken %(time)s finnes ikke %(date)s: klokken stilles fram den natten.", **_shown(day, at))
        )
    if first.utcoffset() == second.utcoffset():
        return first
    if fold is None:
        raise AmbiguousTime(
            _l("Klokken %(time)s kommer to ganger %(date)s: klokken stilles tilbake den natten.", **_shown(day, at))
        )
    return second if fold else first


def instant(day: date, at: time, zone: str = OSLO, fold: int | None = None) -> datetime:
    """The UTC instant of a wall clock time, stored beside it."""
    return wall_time(day, at, zone, fold).astimezone(UTC)


def easter_sunday(year: int) -> date:
    """The Sunday after the first full moon of spring, as the church counts moons (Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    drift = (8 * century + 13) // 25
    moon = (19 * golden + century - century // 4 - drift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> Mapping[date, LazySentence]:
    """The public holidays of Norway with their names (helligdagsfredloven § 2; 1 and 17 May by a law of their own)."""
    sunday = easter_sunday(year)
    fixed = (
        (1, 1, _l("første nyttårsdag")), (5, 1, _l("1. mai")), (5, 17, _l("17. mai")),
        (12, 25, _l("første juledag")), (12, 26, _l("andre juledag")),
    )  # fmt: skip
    moved = (
        (-3, _l("skjærtorsdag")), (-2, _l("langfredag")), (0, _l("første påskedag")), (1, _l("andre påskedag")),
        (39, _l("Kristi himmelfartsdag")), (49, _l("første pinsedag")), (50, _l("andre pinsedag")),
    )  # fmt: skip
    by_easter = {sunday + timedelta(days=days): name for days, name in moved}
    return by_easter | {date(year, month, day): name for month, day, name in fixed}


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday. (Christmas Eve and New Year's Eve are working days in law.)"""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day ``count`` working days after ``day``, or before it when negative; 0 is the day itself."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def days_after(day: date, count: int, unit: Unit = "days") -> date:
    """The day so many days later, whatever day that is; counted in working days it is one."""
    return add_working_days(day, count) if unit == "working_days" else day + timedelta(days=count)


def days_before(meeting_day: date, count: int, unit: Unit = "days") -> date:
    """The day so many days before the meeting, whatever day that is."""
    return days_after(meeting_day, -count, unit)


def due_after(day: date, count: int, unit: Unit = "days") -> date:
    """A deadline counted forward: "referat ut 10 dager etter møtet". One that hits a day when nobody works is the first
    working day after it, as in law: nobody gets less time than was promised.
    """
    counted = days_after(day, count, unit)
    return counted if is_working_day(counted) else add_working_days(counted, 1)


def due_before(meeting_day: date, count: int, unit: Unit = "days") -> date:
    """A deadline counted back from the meeting. One that hits a day when nobody works is the last working day before
    it: those who meet have the papers for as long as was promised.
    """
    counted = days_before(meeting_day, count, unit)
    return counted if is_working_day(counted) else add_working_days(counted, -1)


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Whether ``day`` lies in the interval; both ends belong to it, None is open."""
    return (first is None or first <= day) and (last is None or day <= last)


def overlap(a_from: date | None, a_to: date | None, b_from: date | None, b_to: date | None) -> bool:
    """Whether two intervals share a day; both ends belong to them, None is open."""
    return (a_from or date.min) <= (b_to or date.max) and (b_from or date.min) <= (a_to or date.max)


@dataclass(frozen=True)
class _Shown:
    """A day or a time, written as its reader writes it once the reader is known."""

    write: Callable[[Any], str]
    value: date | time

    def __str__(self) -> str:
        return self.write(self.value)


def _shown(day: date, at: time) -> dict[str, object]:
    return {"time": _Shown(format_time, at), "date": _Shown(format_date, day)}
