"""A round of appointing, from the first letter to the last appointment."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.appointing import actions, registering
from secretariat.bodies.actions import give_leave
from secretariat.bodies.life.actions import change_from
from secretariat.bodies.models import Appointment, Capacity, Leave
from secretariat.bodies.naming import PARTS
from secretariat.bodies.sitting import on_day
from secretariat.core import db
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import Conflict, Denied, DomainError, Hindered, NotFound
from secretariat.directory import names
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.appointing import (
    TERM,
    answer,
    asked,
    keep,
    later,
    letters_of,
    link_to,
    path_of,
    prepared,
    register,
    sent,
    somebody,
)
from tests.factories.cast import Cast
from tests.pages import Browser


def sentence(verb: Any, *args: Any, **values: Any) -> tuple[str | None, str]:
    """The field and the words of a refusal."""
    with pytest.raises(DomainError) as refused:
        verb(*args, **values)
    return refused.value.field, str(refused.value.reason)


def test_there_is_one_letter_for_each_nominating_body_and_the_trust_answers_for_its_own(a: Factory, cast: Cast) -> None:
    a.seat(cast.body, Party.M, nominated_by="Namdal regionråd")
    a.seat(cast.body, Party.M, nominated_by="Kommunen", organisation_id=cast.municipality.id)
    letters = letters_of(prepared(cast))
    assert set(letters) == {"Kommunene", "Namdal regionråd", "Stedet kommune", "Sykehuset HF", "Statsforvalteren"}
    assert len(asked(letters["Sykehuset HF"])) == 2


def test_each_its_own_municipality_is_asked_about_its_own_place_only(a: Factory, cast: Cast) -> None:
    other = a.organisation("Grong kommune", partnership=cast.partnership)
    for organisation in (cast.municipality, other):
        a.seat(cast.body, Party.M, nominated_by="Kommunen", organisation_id=organisation.id)
    letters = letters_of(prepared(cast))
    assert [len(asked(letters[name])) for name in ("Grong kommune", "Stedet kommune")] == [1, 1]


def test_a_letter_names_bodies_and_organisations_as_they_are_called_when_the_term_begins(
    browse: Browser, a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    secretary, town = cast.actor("secretary"), cast.municipality
    a.seat(cast.body, Party.M, organisation_id=town.id)
    names.rename(secretary, town.id, name="Nye Steder kommune", starts_on=TERM[0])
    was = {part: getattr(cast.body, part) for part in PARTS}
    change_from(secretary, cast.body.id, **(was | {"starts_on": date(2026, 10, 1), "name": "Nytt utvalg"}))
    campaign = sent(cast)
    letter = letters_of(campaign)["Nye Steder kommune"]
    assert letter.contact_id == cast.person["contact"].id
    both = (f"Nytt utvalg (nå {was['name']})", "Nye Steder kommune (nå Stedet kommune)")
    text = next(mail.text for mail in database.scalars(sa.select(Mail)) if "Nye Steder kommune bes" in mail.text)
    page = browse.as_("secretary").open(f"/oppnevning/{campaign.id}").text
    answering = browse.open(path_of(link_to(letter))).text
    for words in both:
        assert words in text
        assert words in answering
    assert both[1] in page
    answer(cast.actor("contact"), letter, somebody(asked(letter)[0], town.id))
    register(cast, letter)
    registering.tell(secretary, letter.id)
    told = next(mail for mail in database.scalars(sa.select(Mail)) if mail.subject.startswith("Du er oppnevnt"))
    assert told.subject == "Du er oppnevnt til Nytt utvalg"


def test_a_nominating_body_that_changes_its_name_keeps_the_contact_of_the_last_round(a: Factory, cast: Cast) -> None:
    a.seat(cast.body, Party.M, organisation_id=cast.municipality.id)
    secretary, chosen = cast.actor("secretary"), cast.person["hospital_member"].id
    actions.choose_contact(secretary, letters_of(prepared(cast))["Stedet kommune"], person_id=chosen)
    names.rename(secretary, cast.municipality.id, name="Nye Steder kommune", starts_on=TERM[0])
    assert letters_of(prepared(cast))["Nye Steder kommune"].contact_id == chosen


def test_only_common_bodies_that_are_chosen_are_covered(a: Factory, cast: Cast) -> None:
    own, chosen = (
        a.body(name, partnership=cast.partnership, room=room) for name, room in (("Rom", "M"), ("Valgt", "common"))
    )
    for body in (own, chosen):
        a.seat(body, Party.M, nominated_by=body.name)
    assert set(letters_of(prepared(cast, body_ids=(chosen.id,)))) == {"Valgt"}
    assert "Rom" not in letters_of(prepared(cast))
    assert sentence(prepared, cast, body_ids=(own.id,)) == ("body_ids", "Utvalget finnes ikke.")


def test_the_contact_of_the_organisation_is_proposed_and_the_next_round_knows_who_answered(
    a: Factory, cast: Cast
) -> None:
    a.seat(cast.body, Party.M, organisation_id=cast.municipality.id)
    first = prepared(cast)
    assert letters_of(first)["Stedet kommune"].contact_id == cast.person["contact"].id
    trust = letters_of(first)["Sykehuset HF"]
    actions.choose_contact(cast.actor("secretary"), trust, person_id=cast.person["hospital_member"].id)
    assert letters_of(prepared(cast))["Sykehuset HF"].contact_id == cast.person["hospital_member"].id


def test_a_letter_without_a_contact_holds_the_round_back_and_is_named(cast: Cast) -> None:
    campaign = prepared(cast)
    with pytest.raises(Hindered) as refused:
        actions.send(cast.actor("secretary"), campaign)
    assert "Sykehuset HF mangler kontakt." in [str(reason) for reason in refused.value.reasons]


def test_each_contact_gets_one_mail_with_the_places_and_a_link(cast: Cast, database: sa.orm.Session) -> None:
    campaign = sent(cast)
    actions.send(cast.actor("hospital_secretary"), campaign.id)
    mails = database.scalars(sa.select(Mail).where(Mail.subject_kind == "nomination_letter")).all()
    assert len(mails) == len(letters_of(campaign))
    (trust,) = [mail for mail in mails if "Sykehuset HF bes oppnevne" in mail.text]
    assert "sitter nå: Deputychair Testesen" in trust.text.replace("DeputyChair", "Deputychair")
    assert "/lenke/" in trust.text


def test_the_term_and_the_deadline_are_in_order(cast: Cast) -> None:
    backwards = sentence(prepared, cast, term_ends_on=date(2026, 10, 1))
    assert backwards == ("term_ends_on", "Perioden kan ikke slutte før den begynner.")
    assert sentence(prepared, cast, answer_by=date(2026, 11, 2))[0] == "answer_by"
    late = prepared(cast, answer_by=date(2026, 9, 1))
    assert "Svarfristen er passert. Sett en ny." in str(sentence(actions.send, cast.actor("secretary"), late)[1])


def test_who_was_to_go_out_when_the_term_ends_sits_on_but_who_has_resigned_goes(
    a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    ending, resigned = (a.seat(cast.body, Party.M) for _ in range(2))
    sits = a.appointment(ending, ends_on=date(2026, 10, 31))
    goes = a.appointment(resigned, ends_on=date(2026, 9, 30))
    sent(cast)
    assert (database.get_one(Appointment, sits.id).ends_on, database.get_one(Appointment, sits.id).term_ends_on) == (
        None,
        date(2026, 10, 31),
    )
    assert database.get_one(Appointment, goes.id).ends_on == date(2026, 9, 30)


def test_deputies_in_a_pool_sit_on_too(a: Factory, cast: Cast, database: sa.orm.Session) -> None:
    pooled = Appointment(partnership_id=cast.partnership.id, body_id=cast.body.id, person_id=cast.person["contact"].id)
    pooled.party, pooled.capacity, pooled.starts_on = Party.M, Capacity.DEPUTY, date(2022, 11, 1)
    pooled.ends_on = date(2026, 10, 31)
    with writing("test"):
        database.add(pooled)
    sent(cast)
    assert database.get_one(Appointment, pooled.id).ends_on is None


def test_answers_become_appointments_for_the_term_and_places_without_a_name_keep_who_sits_there(
    cast: Cast, database: sa.orm.Session
) -> None:
    campaign = sent(cast)
    letter = letters_of(campaign)["Sykehuset HF"]
    first, second = asked(letter)
    answer(cast.actor("contact"), letter, keep(first), later(second))
    register(cast, letter)
    made = database.get_one(Appointment, asked(letter)[0].appointment_id)
    assert (made.starts_on, made.ends_on, made.term_ends_on) == (TERM[0], None, TERM[1])
    before, after = (held_on(first.seat_id, day) for day in (date(2026, 10, 31), TERM[0]))
    assert before.id != after.id == made.id
    assert before.person_id == after.person_id
    assert held_on(second.seat_id, date(2027, 1, 1)).person_id == cast.person["hospital_member"].id


def held_on(seat_id: Any, day: date) -> Appointment:
    """The holder's appointment on a day."""
    query = sa.select(Appointment).where(
        Appointment.seat_id == seat_id, Appointment.capacity == Capacity.HOLDER, on_day(Appointment, day)
    )
    return session().scalars(query).one()


def test_a_person_who_is_known_by_the_address_is_not_registered_twice(cast: Cast, database: sa.orm.Session) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    first, second = asked(letter)
    known = cast.person["archivist"]
    named = {"given_name": "Archivist", "family_name": "Testesen", "email": known.email.upper()}
    people = database.scalar(sa.select(sa.func.count()).select_from(Person))
    answer(cast.actor("contact"), letter, somebody(first, cast.municipality.id, **named))
    answer(cast.actor("contact"), letter, somebody(second, cast.municipality.id))
    register(cast, letter)
    assert held_on(first.seat_id, TERM[0]).person_id == known.id
    assert database.scalar(sa.select(sa.func.count()).select_from(Person)) == people + 1


def test_registering_twice_makes_nothing_twice_and_late_answers_begin_later(
    cast: Cast, database: sa.orm.Session
) -> None:
    campaign = sent(cast)
    letter = letters_of(campaign)["Kommunene"]
    first, second = asked(letter)
    answer(cast.actor("contact"), letter, keep(first))
    for role in ("secretary", "hospital_secretary"):
        registering.register_all(cast.actor(role), campaign.id)
    database.expire_all()
    answer(cast.actor("contact"), letter, somebody(second, cast.municipality.id))
    register(cast, letter, starts_on=date(2026, 12, 1))
    assert held_on(first.seat_id, TERM[0]).starts_on == TERM[0]
    assert held_on(second.seat_id, date(2026, 11, 30)).person_id == cast.person["member"].id
    assert held_on(second.seat_id, date(2026, 12, 1)).starts_on == date(2026, 12, 1)
    assert sentence(register, cast, letter, starts_on=date(2026, 10, 1))[0] == "starts_on"


def test_two_secretaries_who_register_at_once_make_each_appointment_once(
    a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    with a.together():
        seats = [a.seat(cast.body, nominated_by="Namdal regionråd") for _number in range(8)]
        for seat in seats:
            a.appointment(seat)
    campaign = sent(cast)
    letter = letters_of(campaign)["Namdal regionråd"]
    answer(cast.actor("contact"), letter, *(keep(one) for one in asked(letter)))
    database.rollback()
    actors = [cast.actor(role) for role in ("secretary", "hospital_secretary")]
    verbs = [(registering.register_all, campaign.id), (registering.register, letter.id)]

    def press(actor: Any, verb: Any, subject: Any) -> None:
        with db.connected():
            verb(actor, subject)

    with ThreadPoolExecutor(2) as presses:
        done = [
            presses.submit(copy_context().run, press, actor, *verb) for actor, verb in zip(actors, verbs, strict=True)
        ]
        for one in done:
            one.result()
    database.rollback()
    held = [held_on(seat.id, TERM[0]) for seat in seats]
    assert {row.starts_on for row in held} == {TERM[0]}
    made = (
        sa.select(sa.func.count()).select_from(Appointment).where(Appointment.seat_id.in_([seat.id for seat in seats]))
    )
    assert database.scalar(made) == 2 * len(seats)


def test_a_deputy_who_is_named_to_the_place_stands_behind_it_no_more(cast: Cast, database: sa.orm.Session) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    member = next(one for one in asked(letter) if one.seat_id == cast.seats["member"].id)
    deputy = cast.person["deputy"]
    named = {"given_name": "Deputy", "family_name": "Testesen", "email": deputy.email}
    answer(cast.actor("contact"), letter, somebody(member, cast.municipality.id, **named))
    register(cast, letter)
    assert held_on(member.seat_id, TERM[0]).person_id == deputy.id
    stood = sa.select(Appointment.ends_on).where(Appointment.person_id == deputy.id, Appointment.rank == 1)
    assert database.scalars(stood).all() == [date(2026, 10, 31)]


def test_deputies_are_appointed_with_their_number_and_the_one_before_goes_out(
    cast: Cast, database: sa.orm.Session
) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    behind = next(one for one in asked(letter, Capacity.DEPUTY) if one.seat_id == cast.seats["member"].id)
    answer(cast.actor("contact"), letter, somebody(behind, cast.municipality.id))
    register(cast, letter)
    rows = database.scalars(
        sa.select(Appointment)
        .where(Appointment.seat_id == behind.seat_id, Appointment.capacity == Capacity.DEPUTY)
        .order_by(Appointment.starts_on)
    ).all()
    assert [(row.rank, row.starts_on, row.ends_on) for row in rows] == [
        (1, date(2020, 1, 1), date(2026, 10, 31)),
        (1, TERM[0], None),
    ]


def test_leave_goes_on_over_the_turn_of_the_term(cast: Cast, database: sa.orm.Session) -> None:
    member = held_on(cast.seats["member"].id, date(2026, 9, 7))
    give_leave(cast.actor("secretary"), member, starts_on=date(2026, 10, 1), ends_on=date(2027, 1, 31))
    letter = letters_of(sent(cast))["Kommunene"]
    place = next(one for one in asked(letter) if one.seat_id == cast.seats["member"].id)
    answer(cast.actor("contact"), letter, keep(place))
    register(cast, letter)
    days = database.execute(sa.select(Leave.starts_on, Leave.ends_on).order_by(Leave.starts_on)).all()
    assert [tuple(row) for row in days] == [(date(2026, 10, 1), date(2026, 10, 31)), (TERM[0], date(2027, 1, 31))]


def test_an_address_that_belongs_to_somebody_else_is_told_to_the_secretary(cast: Cast) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    answer(
        cast.actor("contact"),
        letter,
        somebody(asked(letter)[0], cast.municipality.id, email=cast.person["archivist"].email),
    )
    said = sentence(register, cast, letter)[1]
    assert "tilhører Archivist Testesen i registeret, ikke Kari Nordmann." in said


def test_an_address_of_somebody_outside_the_partnership_is_told_to_the_secretary(cast: Cast) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    known = {"email": cast.person["stranger"].email, "family_name": "Testesen"}
    answer(cast.actor("contact"), letter, somebody(asked(letter)[0], cast.municipality.id, **known))
    assert "er registrert på noen utenfor samarbeidet." in sentence(register, cast, letter)[1]


def test_a_draft_is_changed_and_keeps_the_contacts_that_were_chosen(cast: Cast) -> None:
    campaign = prepared(cast)
    secretary = cast.actor("secretary")
    trust = letters_of(campaign)["Sykehuset HF"]
    actions.choose_contact(secretary, trust, person_id=cast.person["hospital_member"].id)
    given = {"title": "Nytt navn", "starts_on": TERM[0], "term_ends_on": TERM[1], "answer_by": date(2026, 10, 20)}
    actions.change(secretary, campaign.id, **given)
    assert letters_of(campaign)["Sykehuset HF"].contact_id == cast.person["hospital_member"].id
    with pytest.raises(Conflict):
        actions.change(cast.actor("hospital_secretary"), campaign.id, version=1, **given)
    actions.drop(secretary, campaign.id)
    assert letters_of(campaign) == {}


def test_a_round_that_is_sent_keeps_its_term_and_only_its_deadline_moves(cast: Cast) -> None:
    campaign, secretary = sent(cast), cast.actor("secretary")
    given = {"title": "Nytt", "starts_on": TERM[0], "term_ends_on": TERM[1], "answer_by": date(2026, 10, 20)}
    assert "Bare svarfristen" in sentence(actions.change, secretary, campaign.id, **given)[1]
    assert "kan ikke slettes" in sentence(actions.drop, secretary, campaign.id)[1]
    actions.postpone(secretary, campaign.id, answer_by=date(2026, 10, 20))
    assert sentence(actions.postpone, secretary, campaign.id, answer_by=date(2026, 11, 2))[0] == "answer_by"
    assert sentence(actions.postpone, secretary, campaign.id, answer_by=date(2026, 9, 1))[0] == "answer_by"


@pytest.mark.parametrize("role", ["member", "chair", "contact", "stranger", "administrator"])
def test_only_a_secretary_sets_up_a_round(cast: Cast, role: str) -> None:
    given = {"title": "Runde", "starts_on": TERM[0], "term_ends_on": TERM[1], "answer_by": date(2026, 10, 1)}
    with pytest.raises((Denied, NotFound)):
        actions.prepare(cast.actor(role), cast.partnership.id, **given)


def test_the_secretary_sets_up_a_round_and_sends_it_from_its_page(browse: Browser, cast: Cast) -> None:
    body = cast.factory.body("Regionalt utvalg", partnership=cast.partnership)
    cast.factory.seat(body, nominated_by="Namdal regionråd")
    page = browse.as_("secretary").open("/utvalg").follow("Oppnevninger").follow("Ny oppnevningsrunde")
    typed = {"starts_on": "2026-11-01", "term_ends_on": "2026-10-01", "answer_by": "2026-10-15"}
    page = page.press("Lag brevene", **typed, body_ids=[str(body.id)])
    assert page.status == 422
    assert "Perioden kan ikke slutte før den begynner." in page.text
    page = page.press("Lag brevene", term_ends_on="2030-10-31", body_ids=[str(body.id)])
    assert "Namdal regionråd mangler kontakt." in page.text
    page = page.follow("Velg kontakt").fill("Person", "Contact Testesen").press("Lagre")
    page = page.press("Send 1 brev")
    assert "Brevene er sendt." in page.text
    assert "1 av 1: Namdal regionråd" in page.text
