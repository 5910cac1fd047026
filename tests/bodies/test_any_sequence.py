"""Whatever is appointed, given leave, ended, resigned and withdrawn while days pass and meetings are called."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import example, given, settings, strategies as st

from secretariat.bodies import actions
from secretariat.bodies.balance import agreed_on
from secretariat.bodies.corrections import actions as correcting
from secretariat.bodies.models import Appointment, Body, Capacity, Leave, Seat, Tier
from secretariat.bodies.sitting import deputies_on, sitting_on
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import balance, call, called_people, rows_of
from secretariat.meetings.models import Meeting, Participant, ParticipantRole, Reply
from tests.factories import Factory
from tests.factories.cast import Cast

FIRST = date(2026, 9, 7)
SPAN = 20

numbers = st.integers(0, 5)
days = st.integers(0, SPAN)
later = st.none() | days


@dataclass(frozen=True)
class Step:
    """One thing that somebody does; days are counted from the first."""

    what: str
    which: int = 0
    who: int = 0
    first: int = 0
    last: int | None = None
    replaces: bool = False


steps = st.lists(
    st.builds(Step, st.just("appoint"), numbers, numbers, days, later, st.booleans())
    | st.builds(Step, st.sampled_from(["appoint_deputy", "add_to_pool", "leave"]), numbers, numbers, days, later)
    | st.builds(Step, st.sampled_from(["end", "resign", "withdraw", "end_leave"]), numbers, numbers, days)
    | st.builds(Step, st.sampled_from(["call", "absent"]), numbers)
    | st.builds(Step, st.just("pass"), first=days),
    min_size=8,
    max_size=20,
)


@dataclass
class Stage:
    """A body with two seats of each side, four people, and two meetings to come."""

    cast: Cast
    body: Body
    seats: list[UUID]
    people: list[UUID]
    meetings: list[UUID]
    today: date = FIRST
    sent: dict[UUID, Any] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)

    @classmethod
    def set(cls, a: Factory, cast: Cast) -> "Stage":
        """Before anything happens."""
        body = a.body(partnership=cast.partnership)
        seats = [a.seat(body, party).id for party in (Party.M, Party.M, Party.H, Party.H)]
        titles = ("ordfører", "kommunedirektør", "klinikksjef", "rådgiver")
        people = [a.person(title=title, organisation=cast.municipality).id for title in titles]
        held = [a.meeting(body, day=day(number), starts=time(9)).id for number in (6, 14)]
        return cls(cast, body, seats, people, held)

    def does(self, step: Step) -> None:
        """Do it, or be refused in words."""
        if step.what == "pass":
            self.today = max(self.today, day(step.first))
            return
        with clock.at(datetime.combine(self.today, time(8), UTC)):
            try:
                getattr(self, f"_{step.what}")(self.cast.actor("secretary"), step)
            except DomainError as refused:
                self.refusals.append(str(refused.reason))

    def _appoint(self, secretary: Any, step: Step) -> None:
        actions.appoint(secretary, self.seats[step.which % 4], replaces=step.replaces, **self._given(step))

    def _appoint_deputy(self, secretary: Any, step: Step) -> None:
        actions.appoint_deputy(secretary, self.seats[step.which % 4], **self._given(step))

    def _add_to_pool(self, secretary: Any, step: Step) -> None:
        party = (Party.M, Party.H)[step.which % 2]
        actions.add_to_pool(secretary, self.body.id, party=party, **self._given(step))

    def _given(self, step: Step) -> dict[str, Any]:
        last = None if step.last is None else day(step.last)
        return {"person_id": self.people[step.who % 4], "starts_on": day(step.first), "ends_on": last}

    def _leave(self, secretary: Any, step: Step) -> None:
        last = None if step.last is None else day(step.last)
        for row in self._chosen(Appointment, step):
            actions.give_leave(secretary, row.id, starts_on=day(step.first), ends_on=last)

    def _end_leave(self, secretary: Any, step: Step) -> None:
        for row in self._chosen(Leave, step):
            actions.end_leave(secretary, row.id, ends_on=day(step.first))

    def _end(self, secretary: Any, step: Step) -> None:
        for row in self._chosen(Appointment, step):
            actions.end_appointment(secretary, row.id, ends_on=day(step.first))

    def _resign(self, secretary: Any, step: Step) -> None:
        for row in self._chosen(Appointment, step):
            actions.end_appointment(secretary, row.id, ends_on=self.today)

    def _withdraw(self, secretary: Any, step: Step) -> None:
        for row in self._chosen(Appointment, step):
            correcting.withdraw_appointment(secretary, row.id)

    def _chosen(self, kind: Any, step: Step) -> Iterator[Any]:
        rows = of_body(kind, self.body)
        yield from rows[step.which % len(rows) :][:1] if rows else ()

    def _call(self, _secretary: Any, step: Step) -> None:
        meeting_id = self.meetings[step.which % 2]
        if meeting_id not in self.sent:
            with writing("test"):
                call(session().get_one(Meeting, meeting_id))
            self.sent[meeting_id] = self.as_sent(meeting_id)

    def _absent(self, secretary: Any, step: Step) -> None:
        called = [row for key in self.sent for row in rows_of(session().get_one(Meeting, key))]
        for row in called[step.which % (len(called) or 1) :][:1]:
            meetings.reply(secretary, row.id, reply=Reply.ABSENT)

    def as_sent(self, meeting_id: UUID) -> list[Any]:
        """Who was called, with seats and level, as it is stored now."""
        session().rollback()
        rows = session().scalars(sa.select(Participant).where(Participant.meeting_id == meeting_id))
        return sorted((str(row.person_id), row.name, str(row.role), str(row.seats)) for row in rows)


def day(number: int) -> date:
    """The day with this number."""
    return FIRST + timedelta(days=number)


def of_body(kind: Any, body: Body) -> list[Any]:
    """The stored appointments or leaves of the body, in the order they were made."""
    session().rollback()
    query = sa.select(kind).execution_options(populate_existing=True).order_by(kind.id)
    if kind is Leave:
        query = query.join(Appointment, Appointment.id == Leave.appointment_id)
    return list(session().scalars(query.where(Appointment.body_id == body.id)))


def holds(row: Any, when: date) -> bool:
    """Whether the row's days enclose the day."""
    return row.starts_on <= when and (row.ends_on is None or when <= row.ends_on)


def meeting_in_seats(body: Body, when: date) -> dict[UUID, tuple[UUID, str]]:
    """Who meets in each seat and at which level, counted the slow and sure way."""
    appointments, leaves = of_body(Appointment, body), of_body(Leave, body)
    away = {leave.appointment_id for leave in leaves if holds(leave, when)}
    here = [row for row in appointments if holds(row, when)]
    found = {}
    for row in here:
        if row.capacity is Capacity.HOLDER:
            behind = [
                d for d in here if d.capacity is Capacity.DEPUTY and d.seat_id == row.seat_id and d.id not in away
            ]
            stand_in = min(behind, key=lambda deputy: deputy.rank, default=None)
            who = stand_in if row.id in away else row
            if who is not None:
                found[row.seat_id] = (who.person_id, who.tier)
    return found


def over(body: Body, today: date) -> dict[UUID, tuple[Any, ...]]:
    """What has ended, as it is stored."""
    rows = of_body(Appointment, body)
    ended = [row for row in rows if row.ends_on is not None and row.ends_on < today]
    return {row.id: (row.person_id, row.seat_id, row.starts_on, row.ends_on, row.tier) for row in ended}


GONE_OUT = [Step("appoint", first=0, last=7), Step("pass", first=12), Step("appoint", who=1, first=3, replaces=True)]


@settings(max_examples=30)
@given(sequence=steps)
@example(sequence=GONE_OUT)
def test_seats_meetings_history_and_balance_hold_after_any_sequence(
    a: Factory, cast: Cast, sequence: list[Step]
) -> None:
    stage = Stage.set(a, cast)
    for step in sequence:
        history = over(stage.body, stage.today)
        stage.does(step)
        now = {key: over(stage.body, date.max).get(key) for key in history}
        assert now == history
    assert all(sentence.endswith(".") for sentence in stage.refusals)
    for number in range(SPAN + 2):
        one_holder_a_seat(stage, day(number))
        the_pool_stands_behind_others(stage, day(number))
    for meeting_id in stage.meetings:
        the_right_people(stage, session().get_one(Meeting, meeting_id))


def one_holder_a_seat(stage: Stage, when: date) -> None:
    """At most one holder per seat and day, in the rows and as it is read."""
    rows = of_body(Appointment, stage.body)
    holders = [row.seat_id for row in rows if row.capacity is Capacity.HOLDER and holds(row, when)]
    assert len(holders) == len(set(holders))
    assert sorted(s.seat_id for s in sitting_on(stage.body.id, when)) == sorted(holders)


def the_pool_stands_behind_others(stage: Stage, when: date) -> None:
    """A common deputy stands in the pool of a party once, and has no place of it."""
    here = [row for row in of_body(Appointment, stage.body) if holds(row, when)]
    pooled = [(row.party, row.person_id) for row in here if row.seat_id is None]
    assert len(pooled) == len(set(pooled))
    assert not {(row.party, row.person_id) for row in here if row.capacity is Capacity.HOLDER} & set(pooled)
    away = {leave.appointment_id for leave in of_body(Leave, stage.body) if holds(leave, when)}
    standing = [row.id for row in here if row.seat_id is None and row.id not in away]
    read = deputies_on(stage.body.id, when).pool
    assert sorted(one.appointment_id for pool in read.values() for one in pool) == sorted(standing)


def the_right_people(stage: Stage, meeting: Meeting) -> None:
    """A called meeting keeps what was sent; a planned one follows the appointments on its day; the balance counts."""
    if meeting.id in stage.sent:
        assert stage.as_sent(meeting.id) == stage.sent[meeting.id]
        people: list[Any] = rows_of(meeting)
    else:
        people = called_people(meeting)
        wanted = {seat: who for seat, (who, _tier) in meeting_in_seats(stage.body, meeting.day).items()}
        assert seats_of(people) == wanted
    seats = session().execute(sa.select(Seat.id, Seat.party).where(Seat.body_id == stage.body.id))
    parties = {str(key): party for key, party in seats}
    coming = {seat["seat_id"]: seat for person in people if person.reply is not Reply.ABSENT for seat in person.seats}
    found = balance(people, agreed_on(stage.body.id, meeting.day))
    assert found.municipal == sum(parties[key] is Party.M for key in coming)
    assert found.hospital == sum(parties[key] is Party.H for key in coming)
    assert (found.agreed_municipal, found.agreed_hospital) == (2, 2)
    for party, tier, number in found.levels:
        assert number == sum(parties[key] is party and seat["tier"] == tier for key, seat in coming.items())
    assert sum(number for _party, _tier, number in found.levels) == sum(bool(seat["tier"]) for seat in coming.values())


def seats_of(people: Any) -> dict[UUID, UUID]:
    """By seat: who is called for it."""
    called = [person for person in people if person.role is not ParticipantRole.SECRETARIAT]
    return {UUID(seat["seat_id"]): person.person_id for person in called for seat in person.seats}


def test_the_level_is_carried_into_what_was_sent_and_stays_there(a: Factory, cast: Cast) -> None:
    stage = Stage.set(a, cast)
    made = actions.appoint(cast.actor("secretary"), stage.seats[0], person_id=stage.people[0], starts_on=FIRST)
    with writing("test"):
        call(session().get_one(Meeting, stage.meetings[0]))
    correcting.change_appointment(cast.actor("secretary"), made, tier=Tier.PROFESSIONAL)
    with writing("test"):
        session().get_one(Person, stage.people[0]).title = "avdelingsleder"
    (row,) = [row for row in rows_of(session().get_one(Meeting, stage.meetings[0])) if row.seats]
    assert row.seats[0]["tier"] == Tier.POLITICAL
    (person,) = [one for one in called_people(session().get_one(Meeting, stage.meetings[1])) if one.seats]
    assert person.seats[0]["tier"] == Tier.PROFESSIONAL
