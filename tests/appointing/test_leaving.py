"""Who goes out before the term is over: out of one place, or out of all that was held for an employer."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.appointing import leaving
from secretariat.appointing.models import NominationChoice
from secretariat.bodies.models import Appointment, Capacity
from secretariat.bodies.sitting import on_day, sitting_on
from secretariat.core.actions import writing
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory.parties import Party
from secretariat.meetings.models import MeetingState, Participant
from secretariat.web.verifying import findings
from tests.factories import Factory
from tests.factories.appointing import TERM, answer, asked, keep, letters_of, register, sent
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.pages import Browser
from tests.pages.statements import count_statements

LAST, NEXT = date(2026, 10, 1), date(2026, 10, 2)


def appointment_of(database: sa.orm.Session, cast: Cast, role: str) -> Appointment:
    """The appointment of one of the cast."""
    database.expire_all()
    held = sa.select(Appointment).where(Appointment.person_id == cast.person[role].id).order_by(Appointment.starts_on)
    return database.scalars(held).all()[0]


def names_on(cast: Cast, day: date) -> set[str]:
    """Who holds the member's place."""
    return {row.name for row in sitting_on(cast.body.id, day) if row.seat_id == cast.seats["member"].id}


def refusal(verb: Any, *args: Any, **values: Any) -> tuple[str | None, str]:
    """The field and the sentence of a refusal."""
    with pytest.raises(DomainError) as refused:
        verb(*args, **values)
    return refused.value.field, str(refused.value.reason)


def test_a_place_is_vacant_from_the_day_after_when_nobody_follows(cast: Cast, database: sa.orm.Session) -> None:
    leaving.resign(cast.actor("secretary"), appointment_of(database, cast, "member"), ends_on=LAST)
    assert (names_on(cast, LAST), names_on(cast, NEXT)) == ({"Member Testesen"}, set())


def test_a_successor_comes_the_day_after(cast: Cast, database: sa.orm.Session) -> None:
    given = {"ends_on": LAST, "person_id": cast.person["archivist"].id}
    leaving.resign(cast.actor("hospital_secretary"), appointment_of(database, cast, "member"), **given)
    assert (names_on(cast, LAST), names_on(cast, NEXT)) == ({"Member Testesen"}, {"Archivist Testesen"})


def test_who_follows_one_that_sat_on_after_the_term_sits_for_no_term(cast: Cast, database: sa.orm.Session) -> None:
    with writing("test"):
        appointment_of(database, cast, "member").term_ends_on = date(2026, 6, 30)
    given = {"ends_on": LAST, "person_id": cast.person["archivist"].id}
    leaving.resign(cast.actor("secretary"), appointment_of(database, cast, "member"), **given)
    assert appointment_of(database, cast, "archivist").term_ends_on is None
    assert [found for found in findings() if found.id == "TERM_IN_ORDER"] == []


def test_the_deputy_moves_up_until_a_successor_is_named(cast: Cast, database: sa.orm.Session) -> None:
    leaving.resign(cast.actor("secretary"), appointment_of(database, cast, "member"), ends_on=LAST, moves_up=True)
    assert names_on(cast, NEXT) == {"Deputy Testesen"}


def test_the_deputy_holds_the_place_between_and_stands_behind_it_again(cast: Cast, database: sa.orm.Session) -> None:
    comes = date(2026, 12, 1)
    given = {"ends_on": LAST, "moves_up": True, "follows_on": comes, "person_id": cast.person["archivist"].id}
    leaving.resign(cast.actor("secretary"), appointment_of(database, cast, "member"), **given)
    days = (LAST, NEXT, date(2026, 11, 30), comes)
    assert [names_on(cast, day) for day in days] == [
        {"Member Testesen"},
        {"Deputy Testesen"},
        {"Deputy Testesen"},
        {"Archivist Testesen"},
    ]
    behind = sa.select(Appointment.person_id).where(
        Appointment.seat_id == cast.seats["member"].id, Appointment.capacity == Capacity.DEPUTY
    )
    assert database.scalars(behind.where(on_day(Appointment, comes))).all() == [cast.person["deputy"].id]
    assert database.scalars(behind.where(on_day(Appointment, NEXT))).all() == []


def test_days_out_of_order_and_a_deputy_who_is_not_there_are_refused(cast: Cast, database: sa.orm.Session) -> None:
    secretary = cast.actor("secretary")
    member, chair = (appointment_of(database, cast, role) for role in ("member", "chair"))
    assert refusal(leaving.resign, secretary, member, ends_on=date(2019, 1, 1))[0] == "ends_on"
    early = {"ends_on": LAST, "follows_on": LAST, "person_id": cast.person["archivist"].id}
    assert refusal(leaving.resign, secretary, member, **early)[0] == "follows_on"
    itself = {"ends_on": LAST, "person_id": cast.person["member"].id}
    assert refusal(leaving.resign, secretary, member, **itself)[0] == "person_id"
    assert refusal(leaving.resign, secretary, chair, ends_on=LAST, moves_up=True)[0] == "moves_up"
    with pytest.raises(Denied):
        leaving.resign(cast.actor("member"), member, ends_on=LAST)


def test_the_secretary_registers_it_from_the_page_of_the_body(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}").follow("Fratrer: Member Testesen")
    assert "Vara: Deputy Testesen" in page.text
    page = page.fill("Siste dag", "2026-10-01").press("Registrer fratredelsen")
    assert page.title == cast.body.name
    assert names_on(cast, NEXT) == set()


# ---- an employer


def test_one_press_ends_all_that_was_held_for_the_employer_and_leaves_the_past(
    a: Factory, browse: Browser, cast: Cast, database: sa.orm.Session
) -> None:
    person = cast.person["member"]
    user_seat = a.seat(cast.body, Party.U)
    a.appointment(user_seat, person)
    a.office(person, "contact", party=Party.M, organisation_id=cast.municipality.id, partnership_id=cast.partnership.id)
    page = browse.as_("secretary").open(f"/oppnevning/slutter/{person.id}")
    page = page.fill("Siste dag hos arbeidsgiveren", "2026-10-01").press("Avslutt det som er valgt")
    assert page.status == 200
    database.rollback()
    held = database.scalars(sa.select(Appointment).where(Appointment.person_id == person.id)).all()
    assert {(row.party, row.ends_on) for row in held} == {(Party.M, LAST), (Party.U, None)}
    assert {row.starts_on.year for row in held} == {2020}
    offices = database.scalars(sa.select(Office.ends_on).where(Office.person_id == person.id)).all()
    assert offices == [LAST]


def test_meetings_already_called_are_not_changed_but_named(
    a: Factory, browse: Browser, cast: Cast, database: sa.orm.Session
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    person = cast.person["member"]
    leaving.leave_employer(
        cast.actor("secretary"),
        person,
        ends_on=date(2026, 9, 10),
        appointment_ids=(appointment_of(database, cast, "member").id,),
    )
    page = browse.as_("secretary").open(f"/oppnevning/slutter/{person.id}")
    assert meeting.title in page.text
    database.rollback()
    still = sa.select(Participant).where(Participant.person_id == person.id, Participant.removed_at.is_(None))
    assert len(database.scalars(still).all()) == 1
    assert database.get_one(type(meeting), meeting.id).state is MeetingState.CALLED


def test_only_what_the_person_holds_here_can_be_ended(cast: Cast, database: sa.orm.Session) -> None:
    secretary, person = cast.actor("secretary"), cast.person["member"]
    others = appointment_of(database, cast, "chair").id
    with pytest.raises(NotFound):
        leaving.leave_employer(secretary, person, ends_on=LAST, appointment_ids=(others,))
    assert refusal(leaving.leave_employer, secretary, person, ends_on=LAST)[0] == "appointment_ids"
    with pytest.raises((Denied, NotFound)):
        leaving.leave_employer(cast.actor("chair"), person, ends_on=LAST, appointment_ids=(others,))


@pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("member", 403), ("chair", 404), ("secretary", 200)])
def test_only_a_secretary_sees_all_that_somebody_holds(browse: Browser, cast: Cast, role: str, status: int) -> None:
    assert browse.as_(role).open(f"/oppnevning/slutter/{cast.person['member'].id}").status == status


def test_the_page_costs_the_same_however_much_is_held(a: Factory, cast: Cast, browse: Browser) -> None:
    costs = []
    for more in (0, 12):
        with a.together():
            for _number in range(more):
                a.appointment(a.seat(cast.body), cast.person["member"])
        with count_statements() as statements:
            browse.as_("secretary").open(f"/oppnevning/slutter/{cast.person['member'].id}")
        costs.append(statements.count)
    assert costs[0] == costs[1], costs


def test_a_place_in_the_term_to_come_never_begins_and_who_was_named_to_it_is_named_still(
    cast: Cast, database: sa.orm.Session
) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    (nomination,) = [one for one in asked(letter) if one.seat_id == cast.seats["member"].id]
    answer(cast.actor("contact"), letter, keep(nomination))
    register(cast, letter)
    held = sa.select(Appointment.id).where(Appointment.person_id == cast.person["member"].id)
    to_come = held.where(Appointment.starts_on == TERM[0])
    ids = tuple(database.scalars(held))
    assert database.scalar(to_come) in ids
    leaving.leave_employer(cast.actor("secretary"), cast.person["member"].id, ends_on=LAST, appointment_ids=ids)
    database.expire_all()
    assert database.scalar(to_come) is None
    assert (nomination.choice, nomination.appointment_id) == (NominationChoice.KEEP, None)
