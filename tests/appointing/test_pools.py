"""Common deputies (felles vara): they are asked for, named and registered like others, in no order."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import sqlalchemy as sa

from secretariat.appointing import actions, invariants as promises, queries
from secretariat.appointing.inputs import PoolNumber
from secretariat.appointing.models import Nomination, NominationLetter
from secretariat.appointing.naming import field_name
from secretariat.bodies.corrections.actions import withdraw_appointment
from secretariat.bodies.models import Appointment, Capacity, DeputyRule
from secretariat.bodies.sitting import deputies_on
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.errors import Denied, DomainError, Invalid, NotFound
from secretariat.directory.models import Person, Region, RegionMember
from secretariat.directory.parties import Party
from secretariat.messages.models import Mail
from tests.factories import LONG_AGO, Factory
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
from tests.pages.statements import count_statements

EVE = date(2026, 10, 31)


def in_pool(a: Factory, cast: Cast, name: str = "Pål Poolsen", party: Party = Party.M, **values: object) -> Person:
    """Somebody who stands in a pool of the cast's body."""
    home = cast.municipality if party is Party.M else cast.trust
    person = a.person(name, organisation=values.pop("home", home))
    given = {"capacity": Capacity.DEPUTY, "starts_on": LONG_AGO} | values
    a._store(
        Appointment(partnership_id=cast.partnership.id, body_id=cast.body.id, person_id=person.id, party=party, **given)
    )
    return person


def pool_of(letter: NominationLetter) -> list[Nomination]:
    """The common deputies that a letter asks for."""
    return [one for one in asked(letter, Capacity.DEPUTY) if one.seat_id is None]


def ask_for(cast: Cast, letter: NominationLetter, number: int, party: Party = Party.M) -> None:
    """The secretary asks for so many."""
    pools = (PoolNumber(cast.body.id, party, number),)
    actions.ask_for_pools(cast.actor("secretary"), letter.id, pools=pools)


def stands(cast: Cast, day: date, party: Party = Party.M) -> set[tuple[str, date | None]]:
    """Who stands in the pool on the day, with the end of the term."""
    return {(one.name, one.term_ends_on) for one in deputies_on(cast.body.id, day).pool.get(party, ())}


# ---- asking


def test_a_nominating_body_is_asked_for_as_many_as_stand_there_now(a: Factory, cast: Cast) -> None:
    in_pool(a, cast, "Pål Poolsen")
    in_pool(a, cast, "Per Poolsen")
    in_pool(a, cast, "Hanne Hospitalsen", Party.H)
    letters = letters_of(prepared(cast))
    assert [len(pool_of(letters[name])) for name in ("Kommunene", "Sykehuset HF")] == [2, 1]
    assert all(one.before_id for one in pool_of(letters["Kommunene"]))


def test_as_many_as_was_agreed_are_asked_for_when_the_secretary_says_so(
    browse: Browser, a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    in_pool(a, cast)
    campaign = prepared(cast)
    page = browse.as_("secretary").open(f"/oppnevning/{campaign.id}").follow("Antall felles vara: Kommunene")
    assert page.title == "Felles vara fra Kommunene"
    name = f"number_{cast.body.id.hex}_M"
    assert page.press("Lagre", **{name: "200"}).status == 422
    page = page.press("Lagre", **{name: "3"})
    assert "3 felles vara" in page.text
    database.rollback()
    assert [bool(one.before_id) for one in pool_of(letters_of(campaign)["Kommunene"])] == [True, False, False]


def test_a_draft_that_is_changed_keeps_the_number_that_was_agreed(a: Factory, cast: Cast) -> None:
    in_pool(a, cast)
    campaign = prepared(cast)
    ask_for(cast, letters_of(campaign)["Kommunene"], 2)
    ask_for(cast, letters_of(campaign)["Sykehuset HF"], 1, Party.H)
    given = {"title": "Nytt navn", "starts_on": TERM[0], "term_ends_on": TERM[1], "answer_by": date(2026, 10, 20)}
    actions.change(cast.actor("secretary"), campaign.id, **given)
    letters = letters_of(campaign)
    assert [len(pool_of(letters[name])) for name in ("Kommunene", "Sykehuset HF")] == [2, 1]


def test_the_number_is_the_secretaries_to_say_and_only_before_the_letter_is_sent(a: Factory, cast: Cast) -> None:
    letter = letters_of(sent(cast))["Kommunene"]
    with pytest.raises(DomainError, match="Runden er sendt"):
        ask_for(cast, letter, 2)
    with pytest.raises(Denied):
        actions.ask_for_pools(cast.actor("contact"), letter.id)
    draft = letters_of(prepared(cast))["Kommunene"]
    with pytest.raises(NotFound):
        actions.ask_for_pools(cast.actor("member"), draft.id)
    with pytest.raises(DomainError, match="Utvalget finnes ikke"):
        ask_for(cast, draft, 2, Party.U)
    with pytest.raises(Invalid, match="Skriv et tall fra 0 til 20"):
        ask_for(cast, draft, 21)


def test_a_body_without_deputies_is_asked_for_none(a: Factory, cast: Cast) -> None:
    in_pool(a, cast)
    with writing("test"):
        cast.body.deputy_rule = DeputyRule.NONE
    assert pool_of(letters_of(prepared(cast))["Kommunene"]) == []


def test_where_several_name_each_is_asked_for_those_who_come_from_it(a: Factory, cast: Cast) -> None:
    towns = {name: a.organisation(f"{name} kommune", partnership=cast.partnership) for name in ("Indre", "Ytre")}
    here = {"partnership_id": cast.partnership.id}
    for name, town in towns.items():
        (region,) = [a._store(Region(**here, name=f"{name} region"))]
        a._store(RegionMember(**here, region_id=region.id, organisation_id=town.id, starts_on=LONG_AGO))
        a.seat(cast.body, Party.M, region_id=region.id)
    in_pool(a, cast, "Inga Indresen", home=towns["Indre"])
    in_pool(a, cast, "Yngve Ytresen", home=towns["Ytre"])
    in_pool(a, cast, "Arne Annensteds", home=cast.trust)
    letters = letters_of(prepared(cast))
    assert {name: len(pool_of(letter)) for name, letter in letters.items() if pool_of(letter)} == {
        "Indre region": 1,
        "Ytre region": 1,
        "Kommunene": 1,
    }


def test_whoever_named_a_deputy_in_the_last_round_is_asked_again(a: Factory, cast: Cast) -> None:
    a.seat(cast.body, Party.M, nominated_by="Namdal regionråd")
    first = prepared(cast)
    ask_for(cast, letters_of(first)["Namdal regionråd"], 1)
    letter = letters_of(first)["Namdal regionråd"]
    actions.choose_contact(cast.actor("secretary"), letter, person_id=cast.person["contact"].id)
    for other in letters_of(first).values():
        if other.contact_id is None:
            actions.choose_contact(cast.actor("secretary"), other, person_id=cast.person["contact"].id)
    actions.send(cast.actor("secretary"), first.id)
    answer(cast.actor("contact"), letter, somebody(pool_of(letter)[0], cast.municipality.id))
    register(cast, letter)
    with clock.at(clock.now().replace(year=2027)):
        years = {"starts_on": date(2027, 11, 1), "term_ends_on": date(2031, 10, 31), "answer_by": date(2027, 10, 1)}
        again = letters_of(prepared(cast, **years))
    assert {name: len(pool_of(one)) for name, one in again.items() if pool_of(one)} == {"Namdal regionråd": 1}


def test_the_letter_tells_of_the_common_deputies_beside_the_places(
    a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    in_pool(a, cast)
    campaign = prepared(cast)
    ask_for(cast, letters_of(campaign)["Kommunene"], 2)
    for letter in letters_of(campaign).values():
        if letter.contact_id is None:
            actions.choose_contact(cast.actor("secretary"), letter, person_id=cast.person["contact"].id)
    actions.send(cast.actor("secretary"), campaign.id)
    text = next(mail.text for mail in database.scalars(sa.select(Mail)) if "Kommunene bes" in mail.text)
    assert "- Felles vara (nå: Pål Poolsen)" in text
    assert "- Felles vara (ny)" in text


# ---- naming and registering


def test_they_are_named_in_the_same_form_and_registered_in_the_pool_for_the_new_term(
    browse: Browser, a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    in_pool(a, cast, "Pål Poolsen", may_decide=False, ends_on=EVE, term_ends_on=EVE)
    in_pool(a, cast, "Per Poolsen")
    letter = letters_of(sent(cast))["Kommunene"]
    replaced, goes_on = sorted(pool_of(letter), key=lambda one: one.rank)
    page = browse.open(path_of(link_to(letter)))
    assert "Felles vara" in page.text
    assert "Pål Poolsen gjenoppnevnes" in page.text
    new = {"given_name": "Ny", "family_name": "Varasen", "email": "ny.varasen@stedet.example"}
    typed = {"choice": "new", "organisation_id": str(cast.municipality.id)} | new
    page = page.press(
        "Lagre svaret",
        **{field_name("choice", goes_on.id): "keep"},
        **{field_name(name, replaced.id): value for name, value in typed.items()},
    )
    assert page.status == 200
    register(cast, letter)
    assert stands(cast, EVE) == {("Pål Poolsen", EVE), ("Per Poolsen", None)}
    assert stands(cast, TERM[0]) == {("Pål Poolsen", TERM[1]), ("Ny Varasen", TERM[1])}
    made = database.scalars(sa.select(Appointment).where(Appointment.starts_on == TERM[0])).all()
    assert {(row.seat_id, row.rank, row.capacity) for row in made} == {(None, None, Capacity.DEPUTY)}
    assert [row.may_decide for row in made if row.ends_on is None] == [True, False]
    assert list(promises.each_appointment_is_the_one_that_was_named()) == []


def test_a_common_deputy_appointed_by_mistake_is_taken_back_though_a_letter_asks_about_that_one(
    a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    in_pool(a, cast)
    (asked_for,) = pool_of(letters_of(sent(cast))["Kommunene"])
    withdraw_appointment(cast.actor("secretary"), asked_for.before_id)
    database.expire_all()
    assert (asked_for.before_id, asked_for.choice) == (None, None)
    answer(cast.actor("contact"), database.get_one(NominationLetter, asked_for.letter_id), later(asked_for))


def test_a_letter_is_not_answered_while_a_common_deputy_that_it_asks_for_has_no_name(
    browse: Browser, a: Factory, cast: Cast
) -> None:
    in_pool(a, cast)
    campaign = sent(cast)
    letter = letters_of(campaign)["Kommunene"]
    places, pool = asked(letter), pool_of(letter)
    answer(cast.actor("contact"), letter, *map(keep, places))
    secretary = cast.actor("secretary")
    assert queries.letter_row(secretary, letter.id).state == "partly"
    assert letter.id in actions.unanswered(campaign)
    page = browse.as_("secretary").open(f"/oppnevning/{campaign.id}")
    assert f"{len(places)} av {len(places) + 1} navngitt" in page.text
    answer(cast.actor("contact"), letter, *map(keep, pool))
    assert queries.letter_row(secretary, letter.id).state == "answered"
    assert letter.id not in actions.unanswered(campaign)


def test_a_letter_is_registered_when_its_common_deputies_are(a: Factory, cast: Cast) -> None:
    in_pool(a, cast)
    campaign = sent(cast)
    letter = letters_of(campaign)["Kommunene"]
    secretary = cast.actor("secretary")
    for named, state in ((asked(letter), "partly"), (pool_of(letter), "registered")):
        answer(cast.actor("contact"), letter, *map(keep, named))
        register(cast, letter)
        assert queries.letter_row(secretary, letter.id).state == state
    (row,) = queries.campaigns(secretary)
    assert row.registered == queries.letter_row(secretary, letter.id).expected


def test_who_is_not_named_anew_stands_until_a_successor_is(a: Factory, cast: Cast) -> None:
    in_pool(a, cast, "Pål Poolsen", ends_on=EVE, term_ends_on=EVE)
    letter = letters_of(sent(cast))["Kommunene"]
    answer(cast.actor("contact"), letter, later(pool_of(letter)[0]))
    register(cast, letter)
    assert stands(cast, TERM[0]) == {("Pål Poolsen", EVE)}


def test_a_common_deputy_who_gets_a_place_stands_in_the_pool_no_more(
    a: Factory, cast: Cast, database: sa.orm.Session
) -> None:
    person = in_pool(a, cast, "Pål Poolsen")
    letter = letters_of(sent(cast))["Kommunene"]
    named = {"given_name": "Pål", "family_name": "Poolsen", "email": person.email}
    answer(cast.actor("contact"), letter, somebody(asked(letter)[0], cast.municipality.id, **named))
    register(cast, letter)
    assert stands(cast, TERM[0]) == set()
    held = sa.select(Appointment.capacity).where(Appointment.person_id == person.id, Appointment.ends_on.is_(None))
    assert database.scalars(held).all() == [Capacity.HOLDER]


def test_nobody_is_named_twice_to_the_pool(a: Factory, cast: Cast) -> None:
    in_pool(a, cast, "Pål Poolsen")
    in_pool(a, cast, "Per Poolsen")
    letter = letters_of(sent(cast))["Kommunene"]
    first, second = pool_of(letter)
    with pytest.raises(Invalid, match="Samme person er navngitt to ganger"):
        answer(
            cast.actor("contact"),
            letter,
            somebody(first, cast.municipality.id),
            somebody(second, cast.municipality.id),
        )
    answer(cast.actor("contact"), letter, keep(first), keep(second))


def test_the_letter_of_appointment_says_felles_vara(browse: Browser, a: Factory, cast: Cast) -> None:
    in_pool(a, cast, "Pål Poolsen")
    letter = letters_of(sent(cast))["Kommunene"]
    answer(cast.actor("contact"), letter, keep(pool_of(letter)[0]))
    register(cast, letter)
    made = pool_of(letter)[0].appointment_id
    secretary = browse.as_("secretary")
    for address, words in (
        (f"/oppnevning/brev/{letter.id}/oppnevningsbrev.pdf", "Felles vara · Kommunene"),
        (f"/oppnevning/oppnevnt/{made}/oppnevningsbrev.pdf", "Felles vara"),
    ):
        response = secretary.client.get(address)
        assert response.status_code == 200, address
        pdf = pypdfium2.PdfDocument(BytesIO(response.data))
        assert words in " ".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_pages_cost_the_same_with_one_common_deputy_as_with_ten(browse: Browser, a: Factory, cast: Cast) -> None:
    costs = []
    for number in (1, 9):
        for one in range(number):
            in_pool(a, cast, f"Pool nr. {number}{one}")
        campaign = sent(cast)
        letter = letters_of(campaign)["Kommunene"]
        pages = (path_of(link_to(letter)), f"/oppnevning/{campaign.id}", f"/oppnevning/brev/{letter.id}/felles-vara")
        for address in pages:
            browse.as_("secretary").open(address)
        with count_statements() as statements:
            for address in pages:
                browse.as_("secretary").open(address)
        costs.append(statements.count)
    assert costs[0] == costs[1], costs
