"""A whole re-appointment after an election in fast motion: nine nominating bodies, 120 places, late and no answers."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from secretariat.appointing import actions, queries, registering
from secretariat.appointing.invariants import (
    each_appointment_is_the_one_that_was_named,
    each_place_is_asked_of_one,
    nobody_is_named_twice_to_one_body,
)
from secretariat.appointing.models import Campaign, NominationLetter
from secretariat.bodies.invariants import nobody_deputises_for_oneself, one_holder_at_a_time
from secretariat.bodies.models import Appointment, Body, Capacity, DeputyRule, Seat
from secretariat.bodies.sitting import on_day
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.directory.models import Person
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.appointing import TERM, answer, asked, keep, later, letters_of, prepared, somebody
from tests.factories.cast import ROLES, Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

NOMINATORS = [f"Regionråd {number}" for number in range(1, 9)] + ["Helseforetaket"]
BODIES = 10
OLD_TERM_ENDS = date(2026, 10, 31)


def days(month: int, day: int, year: int = 2026) -> datetime:
    """Noon on a day."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def full_bodies(a: Factory, cast: Cast, places: int) -> list[Body]:
    """Bodies with ``places`` places in all, each held to the end of the old term, named by the nine in turn."""
    with a.together():
        rule = {"partnership": cast.partnership, "deputy_rule": DeputyRule.NONE}
        bodies = [a.body(f"Utvalg {number:02}", short_name=f"U{number:02}", **rule) for number in range(BODIES)]
        for number in range(places):
            seat = a.seat(bodies[number % BODIES], nominated_by=NOMINATORS[number % len(NOMINATORS)])
            person = a.person(organisation=cast.municipality)
            a.appointment(seat, person, ends_on=OLD_TERM_ENDS)
    return bodies


def ready_to_send(cast: Cast, bodies: list[Body]) -> Campaign:
    """The round over these bodies, each letter with a contact."""
    campaign = prepared(cast, body_ids=tuple(body.id for body in bodies))
    for letter in letters_of(campaign).values():
        actions.choose_contact(cast.actor("secretary"), letter, person_id=cast.person["contact"].id)
    return campaign


def sitting(bodies: list[Body], day: date) -> list[Appointment]:
    """All holders on a day."""
    held = (Appointment.body_id.in_([body.id for body in bodies]), Appointment.capacity == Capacity.HOLDER)
    return list(session().scalars(sa.select(Appointment).where(*held, on_day(Appointment, day))))


@pytest.fixture
def bodies(a: Factory, cast: Cast) -> list[Body]:
    """Ten bodies with 120 places."""
    return full_bodies(a, cast, 120)


def all_is_well() -> Iterator[str]:
    """What the house promises of appointments and rounds."""
    yield from one_holder_at_a_time()
    yield from nobody_deputises_for_oneself()
    yield from each_place_is_asked_of_one()
    yield from each_appointment_is_the_one_that_was_named()
    yield from nobody_is_named_twice_to_one_body()


def test_a_whole_reappointment_after_an_election_in_fast_motion(
    cast: Cast, bodies: list[Body], database: sa.orm.Session, now: datetime
) -> None:
    secretary, contact = cast.actor("secretary"), cast.actor("contact")
    campaign = ready_to_send(cast, bodies)
    letters = letters_of(campaign)
    assert set(letters) == set(NOMINATORS)
    assert _total(letters) == 120
    actions.send(secretary, campaign)
    assert _count(database, Mail.subject.startswith("Oppnevning:")) == 9

    # Six answer in time: four keep everybody, one has new people, one says «navngis senere» of half.
    in_time, new, half, silent, late = NOMINATORS[:4], NOMINATORS[4], NOMINATORS[5], NOMINATORS[6:8], NOMINATORS[8]
    with clock.at(days(9, 20)):
        for name in in_time:
            answer(contact, letters[name], *(keep(one) for one in asked(letters[name])), women=6, men=7)
        names = enumerate(asked(letters[new]))
        home = cast.municipality.id
        answer(contact, letters[new], *(_new(one, number, home) for number, one in names))
        half_of = asked(letters[half])
        answer(contact, letters[half], *(later(one) if n % 2 else keep(one) for n, one in enumerate(half_of)))

    # The deadline passes: three are purred, once; the places said «navngis senere» of are now late too.
    with clock.at(days(10, 16)):
        assert actions.unanswered(session().get_one(Campaign, campaign.id)) == {
            letters[name].id for name in (half, *silent, late)
        }
        actions.remind_all(secretary, campaign.id)
        with pytest.raises(DomainError, match="alt fått en e-post i dag"):
            actions.remind_all(cast.actor("hospital_secretary"), campaign.id)
        assert _count(database, Mail.subject.startswith("Påminnelse")) == 4

    # What came in is registered before the term; registering again makes nothing twice.
    with clock.at(days(10, 25)):
        for role in ("secretary", "hospital_secretary"):
            registering.register_all(cast.actor(role), campaign.id)
    registered = [one for name in (*in_time, new, half) for one in asked(letters[name]) if one.appointment_id]
    kept, fresh = sum(len(asked(letters[name])) for name in in_time), len(asked(letters[new]))
    assert len(registered) == kept + fresh + (len(half_of) + 1) // 2

    # On the first day of the term every place is held: by those appointed, and by those who hold over.
    with clock.at(days(11, 1)):
        holders = sitting(bodies, TERM[0])
        assert len(holders) == 120
        assert Counter(row.starts_on == TERM[0] for row in holders)[True] == len(registered)
        over = [row for row in holders if row.starts_on < TERM[0]]
        assert {(row.ends_on, row.term_ends_on) for row in over} == {(None, OLD_TERM_ENDS)}

    # The trust answers three weeks late: its people begin that day, and those before them sat until the day before.
    with clock.at(days(11, 22)):
        answer(contact, letters[late], *(keep(one) for one in asked(letters[late])[1:]), later(asked(letters[late])[0]))
        registering.register(secretary, letters[late].id)
        started = Counter(row.starts_on for row in sitting(bodies, date(2026, 11, 22)))
        assert started[date(2026, 11, 22)] == len(asked(letters[late])) - 1
        assert len(sitting(bodies, date(2026, 11, 21))) == 120

    # The round is closed; two never answered, and their people still sit in the new year.
    with clock.at(days(1, 5, 2027)):
        actions.close(secretary, campaign.id)
        rows = {row.nominator: row.state for row in queries.letters(secretary, campaign.id)}
        assert [rows[name] for name in (*in_time, new, half, *silent, late)] == [
            *["registered"] * 5,
            "partly",
            *["waiting"] * 2,
            "partly",
        ]
        assert len(sitting(bodies, date(2027, 1, 5))) == 120
    assert database.scalar(sa.select(sa.func.count()).select_from(Person)) == len(ROLES) + 120 + fresh
    assert list(all_is_well()) == []


def _new(one: object, number: int, home: object) -> object:
    values = {"given_name": "Kari", "family_name": f"Nordmann {number}", "email": f"kari{number}@steinkjer.example"}
    return somebody(one, home, **values)  # type: ignore[arg-type]


def _total(letters: dict[str, NominationLetter]) -> int:
    return sum(len(asked(letter)) for letter in letters.values())


def _count(database: sa.orm.Session, *which: sa.ColumnElement[bool]) -> int:
    return database.scalar(sa.select(sa.func.count()).select_from(Mail).where(*which)) or 0


def test_the_page_of_a_round_costs_the_same_with_nine_places_and_with_120(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    costs = []
    for places in (9, 120):
        campaign = ready_to_send(cast, full_bodies(a, cast, places))
        actions.send(cast.actor("secretary"), campaign)
        secretary = browse.as_("secretary")
        for address in (f"/oppnevning/{campaign.id}", "/oppnevning", f"/oppnevning/{campaign.id}/registrer"):
            with count_statements() as statements:
                assert secretary.open(address).status == 200
            costs.append(statements.count)
    assert costs[:3] == costs[3:]
    assert max(costs) <= 15, costs


def test_a_seat_that_a_body_gets_after_the_letters_is_not_in_them(a: Factory, cast: Cast, bodies: list[Body]) -> None:
    campaign = ready_to_send(cast, bodies)
    seats = session().scalar(sa.select(sa.func.count()).select_from(Seat).where(Seat.body_id == bodies[0].id))
    a.seat(bodies[0], nominated_by=NOMINATORS[0])
    assert _total(letters_of(campaign)) == 120
    assert seats == 12
