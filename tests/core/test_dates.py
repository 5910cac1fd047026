"""Days, wall clocks and deadlines: what people write, what the clock shows, what the holidays do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.easter import easter
from hypothesis import assume, given, reject, strategies as st

from secretariat.core.dates import (
    AmbiguousTime,
    NoSuchTime,
    Unit,
    add_working_days,
    covers,
    days_after,
    days_before,
    due_after,
    due_before,
    easter_sunday,
    holidays,
    instant,
    is_working_day,
    overlap,
    parse_date,
    parse_time,
    wall_time,
)

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
ends = st.none() | days


@pytest.mark.parametrize(
    "written",
    ["3.12.2026", "03.12.26", "2026-12-03", "3/12-2026", " 3. 12. 2026 ", "3 12 2026", "3. desember 2026", "3 des. 26"],
)
def test_a_date_is_understood_however_a_secretary_writes_it(written: str) -> None:
    assert parse_date(written) == date(2026, 12, 3)


@pytest.mark.parametrize("written", ["31.2.2026", "29.2.2027", "0.1.2026", "1.13.2026", "3. foo 2026", "1.1.0000"])
def test_a_day_that_does_not_exist_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match=f"Datoen {written} finnes ikke"):
        parse_date(written)


@pytest.mark.parametrize("written", ["", "neste tirsdag", "3.12", "12/2026", "٣.١٢.2026", "3.12.2026.1"])
def test_what_is_no_date_is_answered_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match=r"for eksempel 3\.12\.2026"):
        parse_date(written)


@given(days)
def test_every_day_written_by_a_machine_or_a_person_reads_back(day: date) -> None:
    assert (
        parse_date(day.isoformat())
        == parse_date(f"{day.day}.{day.month}.{day.year}")
        == parse_date(f"{day:%d.%m.%y}")
        == day
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("9", time(9)), ("09.30", time(9, 30)), ("9:30", time(9, 30)), ("0930", time(9, 30)), ("kl. 14", time(14))],
)
def test_a_time_of_day_is_understood_however_it_is_written(written: str, meant: time) -> None:
    assert parse_time(written) == meant


@pytest.mark.parametrize("written", ["24.00", "9.60", "2575"])
def test_a_time_that_does_not_exist_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match=f"Klokkeslettet {written} finnes ikke"):
        parse_time(written)


@pytest.mark.parametrize("written", ["", "etter lunsj", "9.5", "9-10"])
def test_what_is_no_time_of_day_is_answered_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match=r"for eksempel 09\.30"):
        parse_time(written)


def test_nine_in_the_morning_is_nine_on_the_wall_in_winter_and_in_summer() -> None:
    assert instant(date(2027, 1, 12), time(9)) == datetime(2027, 1, 12, 8, tzinfo=UTC)
    assert instant(date(2027, 7, 13), time(9)) == datetime(2027, 7, 13, 7, tzinfo=UTC)


@pytest.mark.parametrize("fold", [None, 0, 1])
def test_half_past_two_on_the_night_the_clock_goes_forward_is_refused(fold: int | None) -> None:
    with pytest.raises(NoSuchTime, match=r"Klokken 02\.30 finnes ikke 28\. mars 2027"):
        wall_time(SPRING, time(2, 30), fold=fold)


def test_half_past_two_on_the_night_the_clock_goes_back_must_be_told_apart() -> None:
    with pytest.raises(AmbiguousTime, match=r"Klokken 02\.30 kommer to ganger 31\. oktober 2027"):
        wall_time(AUTUMN, time(2, 30))
    assert instant(AUTUMN, time(2, 30), fold=0) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert instant(AUTUMN, time(2, 30), fold=1) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_the_clock_jumps_at_two_and_three_and_not_a_minute_beside() -> None:
    assert instant(SPRING, time(1, 59)) + timedelta(minutes=1) == instant(SPRING, time(3))
    assert instant(AUTUMN, time(1, 59)) + timedelta(hours=1, minutes=1) == instant(AUTUMN, time(2), fold=1)
    assert instant(AUTUMN, time(3)) == datetime(2027, 10, 31, 2, tzinfo=UTC)


def test_another_zone_has_its_own_nights() -> None:
    assert instant(SPRING, time(1, 30), "Atlantic/Reykjavik") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    with pytest.raises(NoSuchTime):
        wall_time(SPRING, time(1, 30), "Europe/London")


@given(days, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from([0, 1]))
def test_a_wall_time_that_is_given_is_the_one_the_wall_shows(day: date, at: time, fold: int) -> None:
    try:
        moment = instant(day, at, fold=fold)
    except NoSuchTime:
        reject()
    shown = moment.astimezone(ZoneInfo("Europe/Oslo"))
    assert (shown.date(), shown.time()) == (day, at)


def test_easter_is_where_the_church_has_it_for_three_centuries() -> None:
    assert [easter_sunday(year) for year in range(1900, 2200)] == [easter(year) for year in range(1900, 2200)]


def test_easter_moves_its_seven_holidays_with_it() -> None:
    assert {str(name) for name in holidays(2026).values()} == {str(name) for name in holidays(2024).values()}
    named = {str(name): day for day, name in holidays(2026).items()}
    assert named["skjærtorsdag"] == date(2026, 4, 2)
    assert named["andre påskedag"] == date(2026, 4, 6)
    assert named["Kristi himmelfartsdag"] == date(2026, 5, 14)
    assert named["andre pinsedag"] == date(2026, 5, 25)
    assert len(named) == 12


def test_a_holiday_that_falls_on_the_seventeenth_of_may_is_one_day() -> None:
    assert len(holidays(2027)) == 11
    assert str(holidays(2027)[date(2027, 5, 17)]) == "17. mai"


def test_christmas_eve_on_a_weekday_is_a_working_day_and_a_saturday_is_not() -> None:
    assert is_working_day(date(2026, 12, 24))
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 12, 19))


def test_working_days_are_counted_over_easter_in_both_directions() -> None:
    before, after = date(2026, 4, 1), date(2026, 4, 7)
    assert add_working_days(before, 1) == after
    assert add_working_days(after, -1) == before
    assert add_working_days(date(2026, 4, 3), 0) == date(2026, 4, 3)


def test_papers_due_ten_working_days_before_a_meeting_after_easter_are_due_before_it() -> None:
    assert days_before(date(2026, 4, 14), 10, "working_days") == date(2026, 3, 26)


def test_a_day_counted_to_may_be_a_holiday() -> None:
    assert days_before(date(2026, 5, 31), 14) == date(2026, 5, 17)
    assert days_after(date(2026, 12, 15), 10) == date(2026, 12, 25)


def test_papers_due_on_a_day_nobody_works_are_due_the_last_working_day_before_it() -> None:
    assert due_before(date(2026, 12, 8), 10) == date(2026, 11, 27), "Saturday"
    assert due_before(date(2026, 5, 31), 14) == date(2026, 5, 15), "Sunday 17 May"
    assert due_before(date(2026, 4, 16), 14) == date(2026, 4, 1), "Maundy Thursday"


def test_comments_due_on_a_day_nobody_works_are_due_the_first_working_day_after_it() -> None:
    assert due_after(date(2026, 12, 15), 10) == date(2026, 12, 28), "Christmas Day on a Friday"
    assert due_after(date(2026, 11, 2), 7) == date(2026, 11, 9), "a Monday stays"


@given(days, st.integers(1, 60), st.sampled_from(["days", "working_days"]))
def test_no_deadline_falls_on_a_day_nobody_works_or_gives_less_time(day: date, count: int, unit: Unit) -> None:
    before, after = due_before(day, count, unit), due_after(day, count, unit)
    assert is_working_day(before)
    assert is_working_day(after)
    assert before <= days_before(day, count, unit)
    assert after >= days_after(day, count, unit)


@given(days, st.integers(1, 60))
def test_a_deadline_in_working_days_is_one_and_has_just_as_many_between(day: date, count: int) -> None:
    due = days_before(day, count, "working_days")
    between = [due + timedelta(days=n) for n in range((day - due).days)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == count


def test_an_appointment_that_ends_on_the_meeting_day_covers_it() -> None:
    assert covers(date(2024, 1, 1), date(2026, 12, 3), date(2026, 12, 3))
    assert covers(date(2026, 12, 3), None, date(2026, 12, 3))
    assert not covers(date(2024, 1, 1), date(2026, 12, 2), date(2026, 12, 3))


def test_a_successor_who_starts_the_day_after_does_not_overlap() -> None:
    assert not overlap(None, date(2026, 3, 31), date(2026, 4, 1), None)
    assert overlap(None, date(2026, 4, 1), date(2026, 4, 1), None)


@given(ends, ends, ends, ends)
def test_intervals_overlap_just_when_some_day_lies_in_both(
    a_from: date | None, a_to: date | None, b_from: date | None, b_to: date | None
) -> None:
    assume(not (a_from and a_to and a_from > a_to) and not (b_from and b_to and b_from > b_to))
    shared = [day for day in (a_from, a_to, b_from, b_to, date(2050, 1, 1)) if day]
    both = any(covers(a_from, a_to, day) and covers(b_from, b_to, day) for day in shared)
    assert overlap(a_from, a_to, b_from, b_to) == both
