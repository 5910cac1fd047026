"""Appointing, deputies, leave, the chair plan: what is refused, and in which words."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions
from secretariat.bodies.invariants import one_holder_at_a_time
from secretariat.bodies.models import Appointment, Body, ChairTerm, DeputyRule, Seat, SeatRole
from secretariat.bodies.sitting import sitting_on
from secretariat.core.errors import Conflict, Denied, DomainError, NotFound
from secretariat.core.text.document import Document
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from tests.factories import Factory
from tests.factories.cast import Cast

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 30), date(2026, 9, 1)


def refusal(verb: Any, *args: Any, **values: Any) -> tuple[str | None, str]:
    """The field and the sentence of a refusal."""
    with pytest.raises(DomainError) as refused:
        verb(*args, **values)
    return refused.value.field, str(refused.value.reason)


@pytest.fixture
def seat(a: Factory, cast: Cast) -> Seat:
    """A vacant seat of the municipalities."""
    return a.seat(cast.body, Party.M)


def test_two_who_would_hold_a_seat_on_the_same_days_are_refused_by_name(cast: Cast, seat: Seat) -> None:
    secretary = cast.actor("secretary")
    actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=SPRING, ends_on=SUMMER)
    field, sentence = refusal(actions.appoint, secretary, seat, person_id=cast.person["archivist"].id, starts_on=SUMMER)
    assert field == "starts_on"
    assert sentence == "Contact Testesen har plassen fra 1. mars 2026 til 30. juni 2026."


def test_who_sits_until_a_successor_is_named_goes_out_the_day_before(cast: Cast, seat: Seat) -> None:
    secretary = cast.actor("secretary")
    actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=SPRING)
    successor = {"person_id": cast.person["archivist"].id, "starts_on": AUTUMN}
    assert "til ny er oppnevnt" in refusal(actions.appoint, secretary, seat, **successor)[1]
    actions.appoint(secretary, seat, replaces=True, **successor)
    by_day = [{s.seat_id: s.name for s in sitting_on(seat.body_id, day)} for day in (date(2026, 8, 31), AUTUMN)]
    assert [names[seat.id] for names in by_day] == ["Contact Testesen", "Archivist Testesen"]


def test_an_appointment_cannot_end_before_it_begins(cast: Cast, seat: Seat) -> None:
    given = {"person_id": cast.person["contact"].id, "starts_on": SUMMER, "ends_on": SPRING}
    assert refusal(actions.appoint, cast.actor("secretary"), seat, **given) == (
        "ends_on",
        "Siste dag kan ikke være før første dag.",
    )
    given = {"person_id": cast.person["contact"].id, "starts_on": None}
    assert refusal(actions.appoint, cast.actor("secretary"), seat, **given)[0] == "starts_on"


def test_nobody_is_appointed_to_a_place_that_is_not_there_yet(a: Factory, cast: Cast) -> None:
    late = a.seat(cast.body, starts_on=AUTUMN)
    given = {"person_id": cast.person["contact"].id, "starts_on": SPRING}
    field, sentence = refusal(actions.appoint, cast.actor("secretary"), late, **given)
    assert (field, sentence) == ("starts_on", "Plassen finnes først fra 1. september 2026.")


def test_a_new_person_is_registered_with_the_appointment_or_not_at_all(
    cast: Cast, seat: Seat, database: sa.orm.Session
) -> None:
    new = {"given_name": "Kari", "family_name": "Nordmann", "organisation_id": cast.municipality.id}
    people = sa.select(sa.func.count()).select_from(Person)
    before = database.scalar(people) or 0
    actions.appoint(cast.actor("secretary"), seat, starts_on=SPRING, **new)
    assert database.scalar(people) == before + 1
    refusal(actions.appoint, cast.actor("secretary"), seat, starts_on=SUMMER, **(new | {"given_name": "Ola"}))
    assert database.scalar(people) == before + 1


def test_an_appointment_needs_somebody(cast: Cast, seat: Seat) -> None:
    assert refusal(actions.appoint, cast.actor("secretary"), seat, starts_on=SPRING)[0] == "person_id"


def test_a_person_whom_the_secretary_does_not_know_is_not_appointed(cast: Cast, seat: Seat) -> None:
    stranger = cast.person["stranger"].id
    field, _sentence = refusal(actions.appoint, cast.actor("secretary"), seat, person_id=stranger, starts_on=SPRING)
    assert field == "person_id"


def test_nobody_is_ones_own_deputy(cast: Cast) -> None:
    secretary, own = cast.actor("secretary"), {"person_id": cast.person["chair"].id, "starts_on": SPRING}
    assert refusal(actions.appoint_deputy, secretary, cast.seats["chair"], **own) == (
        "person_id",
        "Ingen kan være vara for seg selv.",
    )
    assert refusal(actions.add_to_pool, secretary, cast.body, party=Party.M, **own)[0] == "person_id"
    deputy = {"person_id": cast.person["deputy"].id, "starts_on": SPRING, "replaces": True}
    assert refusal(actions.appoint, secretary, cast.seats["member"], **deputy)[0] == "person_id"


def test_who_holds_one_seat_may_be_deputy_for_another(cast: Cast) -> None:
    given = {"person_id": cast.person["chair"].id, "starts_on": SPRING}
    assert actions.appoint_deputy(cast.actor("secretary"), cast.seats["member"], **given)


def test_deputies_get_the_next_rank_and_two_cannot_have_the_same(cast: Cast, database: sa.orm.Session) -> None:
    secretary, seat = cast.actor("secretary"), cast.seats["member"]
    made = actions.appoint_deputy(secretary, seat, person_id=cast.person["contact"].id, starts_on=SPRING)
    assert database.get_one(Appointment, made).rank == 2
    same = {"person_id": cast.person["archivist"].id, "starts_on": SPRING, "rank": 2}
    assert refusal(actions.appoint_deputy, secretary, seat, **same)[0] == "rank"
    twice = {"person_id": cast.person["contact"].id, "starts_on": SUMMER}
    assert refusal(actions.appoint_deputy, secretary, seat, **twice)[0] == "person_id"


def test_a_body_without_deputies_takes_none(a: Factory, cast: Cast) -> None:
    body = a.body(partnership=cast.partnership, deputy_rule=DeputyRule.NONE)
    given = {"person_id": cast.person["contact"].id, "starts_on": SPRING}
    field, sentence = refusal(actions.appoint_deputy, cast.actor("secretary"), a.seat(body), **given)
    assert field is None
    assert sentence.startswith("Utvalget har ikke vara.")


def test_leave_lies_within_the_appointment_and_meets_no_other(cast: Cast, seat: Seat) -> None:
    secretary = cast.actor("secretary")
    spring, summer, autumn = (day.replace(year=2027) for day in (SPRING, SUMMER, AUTUMN))
    held = actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=spring, ends_on=autumn)
    leave = actions.give_leave(secretary, held, starts_on=spring, ends_on=summer)
    assert refusal(actions.give_leave, secretary, held, starts_on=summer)[0] == "starts_on"
    assert refusal(actions.give_leave, secretary, held, starts_on=date(2027, 10, 1))[0] == "starts_on"
    actions.end_leave(secretary, leave, ends_on=date(2027, 4, 1))
    assert actions.give_leave(secretary, held, starts_on=summer, ends_on=summer)
    assert refusal(actions.end_leave, secretary, leave, ends_on=summer)[0] == "ends_on"


def test_only_a_secretary_appoints(cast: Cast, seat: Seat) -> None:
    given = {"person_id": cast.person["contact"].id, "starts_on": SPRING}
    for role in ("chair", "member", "contact"):
        with pytest.raises(Denied):
            actions.appoint(cast.actor(role), seat, **given)
    with pytest.raises(NotFound):
        actions.appoint(cast.actor("stranger"), seat, **given)


# ---- the chair plan


def test_two_cannot_be_set_to_lead_on_the_same_day(a: Factory, cast: Cast, database: sa.orm.Session) -> None:
    body = a.body(partnership=cast.partnership)
    one, other = a.seat(body, Party.M), a.seat(body, Party.H)
    secretary, seats = cast.actor("secretary"), {"chair_seat_id": one.id, "deputy_chair_seat_id": other.id}
    term = actions.plan_chair(secretary, body, starts_on=SPRING, ends_on=SUMMER, **seats)
    field, sentence = refusal(actions.plan_chair, secretary, body, starts_on=SUMMER, ends_on=AUTUMN, **seats)
    assert (field, sentence) == ("starts_on", "Lederplanen har alt en periode fra 1. mars 2026 til 30. juni 2026.")
    actions.drop_chair_term(secretary, term)
    assert actions.plan_chair(secretary, body, starts_on=SUMMER, ends_on=AUTUMN, **seats)
    assert database.scalar(sa.select(sa.func.count()).select_from(ChairTerm).where(ChairTerm.body_id == body.id)) == 1


def test_a_body_is_led_from_two_seats_of_its_own(a: Factory, cast: Cast) -> None:
    body = a.body(partnership=cast.partnership)
    seat, when = a.seat(body), {"starts_on": SPRING, "ends_on": SUMMER}
    secretary, elsewhere = cast.actor("secretary"), cast.seats["chair"].id
    same = {"chair_seat_id": seat.id, "deputy_chair_seat_id": seat.id}
    assert refusal(actions.plan_chair, secretary, body, **same, **when)[0] == "deputy_chair_seat_id"
    assert refusal(actions.plan_chair, secretary, body, chair_seat_id=elsewhere, **when)[0] == "chair_seat_id"


# ---- bodies and seats


def settings_of(body: Body) -> dict[str, Any]:
    """A body's settings as they stand."""
    names = [name for name in actions.ChangeBody.__dataclass_fields__ if name != "version"]
    return {name: getattr(body, name) for name in names}


def test_a_body_never_reports_to_itself_not_even_through_others(a: Factory, cast: Cast) -> None:
    top = a.body("Øverst", partnership=cast.partnership)
    middle = a.body("Midt", partnership=cast.partnership, parent_id=top.id)
    low = a.body("Nederst", partnership=cast.partnership, parent_id=middle.id)
    for parent in (top, middle, low):
        given = settings_of(top) | {"parent_id": parent.id}
        assert refusal(actions.change, cast.actor("secretary"), top, **given)[0] == "parent_id"


def test_a_common_body_does_not_stand_under_one_that_only_one_party_sees(a: Factory, cast: Cast) -> None:
    hidden = a.body("Formøte", partnership=cast.partnership, room="M")
    new = {"name": "Fagråd", "short_name": "FR", "starts_on": SPRING, "parent_id": hidden.id}
    assert refusal(actions.set_up, cast.actor("secretary"), cast.partnership, **new)[0] == "parent_id"
    assert actions.set_up(cast.actor("secretary"), cast.partnership, **(new | {"room": "M"}))


def test_a_secretary_does_not_set_up_bodies_in_the_other_partys_room(cast: Cast) -> None:
    new = {"name": "Formøte", "short_name": "FM", "starts_on": SPRING, "room": "M"}
    assert refusal(actions.set_up, cast.actor("hospital_secretary"), cast.partnership, **new)[0] == "room"


@pytest.mark.parametrize(
    ("name", "value"),
    [("number_digits", 4), ("intake_days", -1), ("dispatch_days", 366), ("number_separator", "."), ("year_digits", 3)],
)
def test_a_number_pattern_or_deadline_that_makes_no_sense_is_refused_at_its_field(
    cast: Cast, name: str, value: Any
) -> None:
    given = settings_of(cast.body) | {name: value}
    assert refusal(actions.change, cast.actor("secretary"), cast.body, **given)[0] == name


def test_two_who_change_the_settings_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    began = cast.body.version
    given = settings_of(cast.body) | {"mandate": Document.empty(), "version": began}
    actions.change(cast.actor("secretary"), cast.body.id, **(given | {"name": "Først"}))
    with pytest.raises(Conflict):
        actions.change(cast.actor("hospital_secretary"), cast.body.id, **(given | {"name": "Sist"}))


def test_a_new_seat_comes_after_those_of_its_party(a: Factory, cast: Cast, database: sa.orm.Session) -> None:
    body = a.body(partnership=cast.partnership)
    for position, party in ((10, Party.M), (20, Party.H)):
        a.seat(body, party, position=position)
    actions.add_seat(cast.actor("secretary"), body, party=Party.M, starts_on=SPRING)
    order = database.scalars(sa.select(Seat.party).where(Seat.body_id == body.id).order_by(Seat.position))
    assert list(order) == [Party.M, Party.M, Party.H]


def test_chair_is_not_a_role_of_a_seat_but_follows_the_plan(cast: Cast) -> None:
    given = {"party": Party.M, "starts_on": SPRING, "role": SeatRole.CHAIR}
    assert refusal(actions.add_seat, cast.actor("secretary"), cast.body, **given)[0] == "role"


def test_a_place_that_somebody_has_held_keeps_its_party(cast: Cast) -> None:
    given = {"party": Party.H, "starts_on": SPRING}
    assert refusal(actions.change_seat, cast.actor("secretary"), cast.seats["chair"], **given)[0] == "party"


def test_two_holders_past_the_action_are_refused_by_postgresql_and_found_by_the_check_on_sqlite(
    a: Factory, cast: Cast, backend: str
) -> None:
    second: dict[str, Any] = {"seat": cast.seats["chair"], "person": cast.person["contact"]}
    if backend == "postgres":
        with pytest.raises(DomainError, match="fast representant"):
            a.appointment(**second)
    else:
        a.appointment(**second)
        assert len(list(one_holder_at_a_time())) == 1
