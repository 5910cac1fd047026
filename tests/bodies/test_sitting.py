"""Who sits on a day: seats, chair plan, deputies and leave laid together."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.bodies import actions
from secretariat.bodies.models import Appointment, Capacity, Leave, SeatRole
from secretariat.bodies.sitting import sitting_on
from secretariat.core.actions import writing
from secretariat.core.errors import DomainError
from secretariat.directory.parties import Party
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages.statements import count_statements

FIRST = date(2026, 1, 1)
TO_COME = date(2027, 1, 1)  # what is over cannot be changed
SPAN = 12


def names_on(body: Any, day: date) -> list[str]:
    """The names of those who sit."""
    return [sitting.name for sitting in sitting_on(body.id, day)]


def test_an_appointment_that_ends_on_the_day_counts_and_one_that_ended_the_day_before_does_not(a: Factory) -> None:
    seat = a.seat()
    a.appointment(seat, a.person("Kari Nordmann"), starts_on=FIRST, ends_on=date(2026, 6, 30))
    body = a.last["Body"]
    assert names_on(body, date(2026, 6, 30)) == ["Kari Nordmann"]
    assert names_on(body, date(2026, 7, 1)) == []
    assert names_on(body, date(2025, 12, 31)) == []


def test_old_dates_show_who_sat_then(a: Factory) -> None:
    seat = a.seat()
    a.appointment(seat, a.person("Gamle Hansen"), starts_on=FIRST, ends_on=date(2026, 6, 30))
    a.appointment(seat, a.person("Nye Hansen"), starts_on=date(2026, 7, 1))
    body = a.last["Body"]
    assert names_on(body, date(2026, 3, 1)) == ["Gamle Hansen"]
    assert names_on(body, date(2026, 9, 1)) == ["Nye Hansen"]


def test_the_chair_follows_from_the_date(a: Factory) -> None:
    body = a.body()
    one, other = a.seat(body, Party.M), a.seat(body, Party.H)
    a.appointment(one)
    a.appointment(other)
    a.chair_term(body, one, other, starts_on=FIRST, ends_on=date(2026, 12, 31))
    a.chair_term(body, other, one, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    roles = {day.year: [s.role for s in sitting_on(body.id, day)] for day in (date(2026, 12, 31), date(2027, 1, 1))}
    assert roles == {
        2026: [SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR],
        2027: [SeatRole.DEPUTY_CHAIR, SeatRole.CHAIR],
    }
    assert {s.role for s in sitting_on(body.id, date(2028, 1, 1))} == {SeatRole.MEMBER}


def test_personal_deputies_come_in_rank_before_the_pool_of_the_party(a: Factory, cast: Cast) -> None:
    seat = a.seat(cast.body, Party.M)
    a.appointment(seat)
    a.appointment(seat, a.person("Anna Andre"), capacity=Capacity.DEPUTY, rank=2)
    a.appointment(seat, a.person("Frida Første"), capacity=Capacity.DEPUTY, rank=1, may_decide=False)
    pool = a.person("Pia Pool")
    actions.add_to_pool(cast.actor("secretary"), cast.body.id, party=Party.M, person_id=pool.id, starts_on=FIRST)
    sittings = {s.seat_id: s for s in sitting_on(cast.body.id, date(2026, 9, 7))}
    deputies = sittings[seat.id].deputies
    assert [(d.name, d.may_decide, d.pool) for d in deputies] == [
        ("Frida Første", False, False),
        ("Anna Andre", True, False),
        ("Pia Pool", True, True),
    ]
    hospital = sittings[cast.seats["hospital_member"].id]
    assert hospital.deputies == ()


def test_the_first_personal_deputy_steps_up_while_the_holder_is_on_leave(a: Factory) -> None:
    seat = a.seat()
    held = a.appointment(seat, a.person("Kari Nordmann"))
    a.appointment(seat, a.person("Vera Vara"), capacity=Capacity.DEPUTY, rank=1)
    with writing("test") as work:
        work.add(Leave(partnership_id=seat.partnership_id, appointment_id=held.id, starts_on=FIRST, ends_on=FIRST))
    (away,) = sitting_on(seat.body_id, FIRST)
    (back,) = sitting_on(seat.body_id, FIRST + timedelta(days=1))
    assert away.on_leave
    assert away.stands_in is not None
    assert away.stands_in.name == "Vera Vara"
    assert not back.on_leave
    assert back.stands_in is None


def test_a_deputy_on_leave_stands_behind_nobody(a: Factory) -> None:
    seat = a.seat()
    a.appointment(seat)
    deputy = a.appointment(seat, capacity=Capacity.DEPUTY, rank=1)
    with writing("test") as work:
        work.add(Leave(partnership_id=seat.partnership_id, appointment_id=deputy.id, starts_on=FIRST))
    assert sitting_on(seat.body_id, FIRST)[0].deputies == ()


def test_a_seat_speaks_for_its_organisation_or_with_its_own_words(a: Factory, cast: Cast) -> None:
    body = a.body(partnership=cast.partnership)
    for values in ({"organisation_id": cast.municipality.id}, {"represents": "Fastlegene i Namdal"}):
        a.appointment(a.seat(body, **values))
    assert [s.represents for s in sitting_on(body.id, FIRST)] == ["Stedet kommune", "Fastlegene i Namdal"]


def test_asking_who_sits_costs_the_same_for_two_seats_as_for_twenty(a: Factory) -> None:
    body = a.body()
    body_id, counts = body.id, []
    for seats in (2, 18):
        for _number in range(seats):
            seat = a.seat(body)
            a.appointment(seat)
            a.appointment(seat, capacity=Capacity.DEPUTY, rank=1)
        with count_statements() as statements:
            sitting_on(body_id, FIRST)
        counts.append(sum(said.startswith("SELECT") for said in statements.said))
    assert counts == [2, 2], statements.said


# ---- any sequence of appointing and ending, against a list of intervals


@dataclass(frozen=True)
class Span:
    """Somebody in a seat."""

    seat: int
    person: int
    first: int
    last: int | None

    def covers(self, number: int) -> bool:
        """Whether the day is one of them."""
        return self.first <= number and (self.last is None or number <= self.last)

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it begins."""
        return self.last is not None and self.last < self.first

    def shares_day(self, other: "Span") -> bool:
        """Whether both are in the same seat on some day."""
        return self.seat == other.seat and any(self.covers(n) and other.covers(n) for n in range(2 * SPAN))

    def meets(self, successor: "Span") -> bool:
        """Whether the successor comes while this one sits."""
        return self.seat == successor.seat and self.first < successor.first and self.covers(successor.first)


@dataclass(frozen=True)
class Step:
    """Appoint somebody (``ends`` None), or end one of those appointed; days are counted from the first."""

    span: Span
    replaces: bool = False
    ends: int | None = None


days = st.integers(0, SPAN)
spans = st.builds(Span, st.integers(0, 1), st.integers(0, 2), days, st.none() | days)
steps_of_it = st.builds(Step, spans, st.booleans(), st.none() | st.integers(0, 5))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(steps_of_it, max_size=8))
def test_whatever_is_appointed_and_ended_a_seat_has_one_holder_a_day(a: Factory, cast: Cast, steps: list[Step]) -> None:
    body = a.body(partnership=cast.partnership)
    stage = Stage(cast, [a.seat(body).id, a.seat(body).id], {})
    for step in steps:
        stage.does(step)
    for number in range(SPAN + 3):
        seated = [(s.seat_id, s.person_id) for s in sitting_on(body.id, TO_COME + timedelta(days=number))]
        assert sorted(seated) == stage.seated(number)
        assert len({seat for seat, _person in seated}) == len(seated)


@dataclass
class Stage:
    """The seats, and by appointment who should sit: a list of intervals, counted the slow and sure way."""

    cast: Cast
    seats: list[UUID]
    known: dict[UUID, Span]

    @property
    def people(self) -> list[UUID]:
        """Three who may be appointed."""
        return [self.cast.person[name].id for name in ("chair", "member", "contact")]

    def seated(self, number: int) -> list[tuple[UUID, UUID]]:
        """Who should sit on the day with this number."""
        return sorted((self.seats[s.seat], self.people[s.person]) for s in self.known.values() if s.covers(number))

    def after(self, step: Step) -> dict[UUID, Span] | None:
        """Who should sit after the step; None when it must be refused."""
        if step.ends is not None:
            return self._after_end(step)
        span = step.span
        others = {
            key: replace(one, last=span.first - 1) if step.replaces and one.meets(span) else one
            for key, one in self.known.items()
        }
        return None if span.is_backwards or any(one.shares_day(span) for one in others.values()) else others

    def _after_end(self, step: Step) -> dict[UUID, Span] | None:
        if not self.known:
            return self.known
        key = self.which(step)
        ended = replace(self.known[key], last=step.span.first)
        others = [one for made, one in self.known.items() if made != key]
        refused = ended.is_backwards or any(one.shares_day(ended) for one in others)
        return None if refused else self.known | {key: ended}

    def which(self, step: Step) -> UUID:
        """The appointment that the step is about."""
        return list(self.known)[(step.ends or 0) % len(self.known)]

    def does(self, step: Step) -> None:
        """Do it; whether it is refused must be what the list says."""
        wanted = self.after(step)
        if wanted is None:
            with pytest.raises(DomainError):
                self._do(step)
        elif step.ends is None:
            self.known = wanted | {self._do(step): step.span}
        elif self.known:
            self._do(step)
            self.known = wanted

    def _do(self, step: Step) -> UUID:
        secretary, span = self.cast.actor("secretary"), step.span
        if step.ends is not None:
            return actions.end_appointment(secretary, self.which(step), ends_on=day(span.first))
        given = {"person_id": self.people[span.person], "starts_on": day(span.first), "ends_on": day(span.last)}
        return actions.appoint(secretary, self.seats[span.seat], replaces=step.replaces, **given)


def day(number: int | None) -> date | None:
    """The day with this number."""
    return None if number is None else TO_COME + timedelta(days=number)


def test_the_rows_hold_what_the_list_says(a: Factory, cast: Cast, database: sa.orm.Session) -> None:
    seat = a.seat(cast.body)
    secretary = cast.actor("secretary")
    first = actions.appoint(secretary, seat.id, person_id=cast.person["contact"].id, starts_on=FIRST)
    second = date(2026, 5, 1)
    actions.appoint(secretary, seat.id, person_id=cast.person["archivist"].id, starts_on=second, replaces=True)
    database.expire_all()
    assert database.get_one(Appointment, first).ends_on == date(2026, 4, 30)
