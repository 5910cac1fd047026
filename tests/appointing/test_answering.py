"""A nominating body answers: by its own link, as much as it knows, for its own places only."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.appointing import actions, naming
from secretariat.appointing.balance import is_lopsided
from secretariat.appointing.models import Nomination, NominationLetter
from secretariat.appointing.naming import field_name
from secretariat.bodies.models import Capacity
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.errors import Conflict, Denied, DomainError, Invalid, NotFound
from secretariat.directory.models import PersonMerge
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.appointing import (
    answer,
    asked,
    keep,
    later,
    letters_of,
    link_to,
    path_of,
    register,
    sent,
    somebody,
)
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements


@pytest.fixture
def letter(cast: Cast) -> NominationLetter:
    """The trust's letter, sent to the municipal contact."""
    return letters_of(sent(cast))["Sykehuset HF"]


def reasons(verb: Any, *args: Any, **values: Any) -> dict[str | None, list[str]]:
    """Every refusal under its field."""
    with pytest.raises(DomainError) as refused:
        verb(*args, **values)
    return {field: [str(reason) for reason in found] for field, found in refused.value.fields.items()}


# ---- on the page


def test_opening_the_link_changes_nothing(browse: Browser, letter: NominationLetter, database: sa.orm.Session) -> None:
    before = database.scalar(sa.select(sa.func.count()).select_from(Mail)), letter.answers
    page = browse.open(path_of(link_to(letter)))
    assert page.title == "Oppnevning fra Sykehuset HF"
    assert "DeputyChair Testesen gjenoppnevnes" in page.text
    database.rollback()
    assert (database.scalar(sa.select(sa.func.count()).select_from(Mail)), letter.answers) == before


def test_a_contact_answers_some_places_now_and_the_rest_later(
    browse: Browser, letter: NominationLetter, database: sa.orm.Session
) -> None:
    first, second = asked(letter)
    page = browse.open(path_of(link_to(letter)))
    page = page.press("Lagre svaret", **{field_name("choice", first.id): "keep", "women": "1"})
    assert "1 av 2 er navngitt" in page.text
    page = page.press("Lagre svaret", **{field_name("choice", second.id): "later"})
    database.rollback()
    assert [row.choice.value for row in asked(letter)] == ["keep", "later"]
    assert letter.women == 1


def test_one_press_lets_all_who_sit_go_on(browse: Browser, letter: NominationLetter, database: sa.orm.Session) -> None:
    browse.open(path_of(link_to(letter))).press("Alle ubesvarte som sitter nå, gjenoppnevnes", keep_all="1")
    database.rollback()
    assert [row.choice.value for row in asked(letter)] == ["keep", "keep"]


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    browse: Browser, cast: Cast, letter: NominationLetter, database: sa.orm.Session
) -> None:
    first, _second = asked(letter)
    typed = {"choice": "new", "given_name": "Kari", "family_name": "", "email": "ikke en adresse"}
    page = browse.open(path_of(link_to(letter)))
    page = page.press(
        "Lagre svaret", **{field_name(name, first.id): value for name, value in typed.items()}, women="-3"
    )
    assert page.status == 422
    assert 'value="ikke en adresse"' in page.response.get_data(as_text=True)
    assert "Skriv et helt tall." in page.text
    page = page.press("Lagre svaret", women="")
    assert "Dette er ikke en gyldig e-postadresse." in page.text
    assert "Velg en organisasjon som er med i samarbeidet." in page.text
    database.rollback()
    assert letter.answers == 0


def test_a_link_that_is_revoked_or_too_old_opens_nothing(
    browse: Browser, cast: Cast, letter: NominationLetter, now: datetime
) -> None:
    old = path_of(link_to(letter))
    actions.choose_contact(cast.actor("secretary"), letter.id, person_id=cast.person["hospital_member"].id)
    assert browse.open(old).status == 410
    fresh = path_of(link_to(letter))
    assert browse.open(fresh).status == 200
    with clock.at(now + timedelta(days=400)):
        assert browse.open(fresh).status == 410


def test_a_round_that_is_closed_takes_no_more_answers(browse: Browser, cast: Cast, letter: NominationLetter) -> None:
    path = path_of(link_to(letter))
    actions.close(cast.actor("secretary"), letter.campaign_id)
    assert browse.open(path).status == 410
    given = reasons(naming.answer, cast.actor("secretary"), letter.id, places=(keep(asked(letter)[0]),))
    assert given == {None: ["Oppnevningsrunden er avsluttet."]}


# ---- whose places


def test_a_nominating_body_never_answers_for_anothers_places(cast: Cast, letter: NominationLetter) -> None:
    other = letters_of(database_campaign(letter))["Kommunene"]
    with pytest.raises(NotFound):
        answer(cast.actor("contact"), letter, keep(asked(other)[0]))
    actions.choose_contact(cast.actor("secretary"), other.id, person_id=cast.person["hospital_member"].id)
    with pytest.raises(NotFound):
        answer(cast.actor("contact"), other, keep(asked(other)[0]))


def database_campaign(letter: NominationLetter) -> Any:
    """The round of a letter."""
    from secretariat.appointing.models import Campaign
    from secretariat.core.db import session

    return session().get_one(Campaign, letter.campaign_id)


@pytest.mark.parametrize(
    ("role", "status"),
    [("member", 404), ("hospital_member", 404), ("stranger", 404), ("administrator", 404), ("contact", 200)],
)
def test_only_the_contact_and_the_secretaries_know_of_a_letter(
    browse: Browser, letter: NominationLetter, role: str, status: int
) -> None:
    assert browse.as_(role).open(f"/oppnevning/brev/{letter.id}").status == status
    assert browse.as_("hospital_secretary").open(f"/oppnevning/brev/{letter.id}").status == 200


def test_a_contact_who_sees_the_round_may_not_run_it(browse: Browser, cast: Cast, letter: NominationLetter) -> None:
    assert browse.as_("contact").open(f"/oppnevning/{letter.campaign_id}").status == 403
    for verb, subject in ((actions.remind, letter.id), (actions.remind_all, letter.campaign_id)):
        with pytest.raises(Denied):
            verb(cast.actor("contact"), subject)


def test_the_secretary_writes_down_an_answer_that_came_by_telephone(
    browse: Browser, cast: Cast, letter: NominationLetter, database: sa.orm.Session
) -> None:
    first, _second = asked(letter)
    page = browse.as_("secretary").open(f"/oppnevning/brev/{letter.id}")
    assert "Du fører svaret på vegne av Sykehuset HF." in page.text
    page.press("Lagre svaret", **{field_name("choice", first.id): "keep"})
    database.rollback()
    assert letter.answered_by_id == cast.person["secretary"].id
    assert "ført av Secretary Testesen" in browse.as_("secretary").open(f"/oppnevning/{letter.campaign_id}").text


# ---- what cannot be answered


def test_the_same_person_is_not_named_twice_to_one_body(cast: Cast, letter: NominationLetter) -> None:
    first, second = asked(letter)
    stand = asked(letter, Capacity.DEPUTY)[0]
    contact, home = cast.actor("contact"), cast.trust.id
    twice = "Samme person er navngitt to ganger i dette utvalget."
    for other in (second, stand):
        given = reasons(answer, contact, letter, somebody(first, home), somebody(other, home))
        assert [twice] in given.values()
    answer(contact, letter, keep(first))
    member = somebody(second, home, email=cast.person["deputy_chair"].email)
    assert reasons(answer, contact, letter, member) == {field_name("email", second.id): [twice]}


def test_a_place_that_is_registered_is_not_answered_again(cast: Cast, letter: NominationLetter) -> None:
    first, second = asked(letter)
    answer(cast.actor("contact"), letter, keep(first))
    register(cast, letter)
    given = reasons(answer, cast.actor("contact"), letter, later(first))
    assert list(given) == [field_name("choice", first.id)]
    answer(cast.actor("contact"), letter, keep(second))
    assert asked(letter)[1].choice is not None


def test_who_answers_while_the_secretary_registers_is_told_so(
    browse: Browser, cast: Cast, letter: NominationLetter, database: sa.orm.Session
) -> None:
    first, second = asked(letter)
    answer(cast.actor("contact"), letter, keep(first))
    page = browse.open(path_of(link_to(letter)))
    register(cast, letter)
    page = page.press(
        "Lagre svaret", **{field_name("choice", first.id): "later", field_name("choice", second.id): "later"}
    )
    assert page.status == 409
    assert "Svaret er endret eller registrert siden du åpnet siden." in page.text
    database.rollback()
    assert [row.choice and row.choice.value for row in asked(letter)] == ["keep", None]


def test_nobody_goes_on_in_a_vacant_place(a: Factory, cast: Cast) -> None:
    a.seat(cast.body, nominated_by="Namdal regionråd")
    letter = letters_of(sent(cast))["Namdal regionråd"]
    (place,) = asked(letter)
    given = reasons(answer, cast.actor("secretary"), letter, keep(place))
    assert given == {field_name("choice", place.id): ["Plassen er ubesatt. Ingen kan gjenoppnevnes."]}


def test_two_who_answer_at_once_do_not_overwrite_each_other(
    browse: Browser, cast: Cast, letter: NominationLetter
) -> None:
    first, second = asked(letter)
    page = browse.open(path_of(link_to(letter)))
    answer(cast.actor("secretary"), letter, keep(first), answers=0)
    with pytest.raises(Conflict):
        answer(cast.actor("contact"), letter, later(first), answers=0)
    page = page.press("Lagre svaret", **{field_name("choice", second.id): "later"})
    assert page.status == 409
    assert page.press("Lagre svaret").status == 200


@pytest.mark.parametrize(("women", "men"), [(-1, 0), (0, 501)])
def test_counts_are_numbers_of_people(cast: Cast, letter: NominationLetter, women: int, men: int) -> None:
    given = reasons(answer, cast.actor("contact"), letter, women=women, men=men)
    assert list(given.values()) == [["Skriv et tall fra 0 til 500."]]


def test_no_more_are_counted_than_are_named(cast: Cast, letter: NominationLetter) -> None:
    given = reasons(answer, cast.actor("contact"), letter, keep(asked(letter)[0]), women=1, men=1)
    assert given == {"women": ["Dere har talt 2, men navngitt 1."]}


def test_a_lopsided_answer_is_remarked_on_and_kept(
    browse: Browser, cast: Cast, letter: NominationLetter, database: sa.orm.Session
) -> None:
    answer(cast.actor("contact"), letter, *(keep(one) for one in asked(letter)), women=0, men=2)
    assert "§ 28" in browse.open(path_of(link_to(letter))).text
    assert "0 kvinner og 2 menn" in browse.as_("secretary").open(f"/oppnevning/{letter.campaign_id}").text
    database.rollback()
    assert letter.answered_at is not None


@given(women=st.integers(0, 500), men=st.integers(0, 500))
@settings(max_examples=60)
def test_the_remark_comes_when_one_sex_is_under_forty_per_cent(women: int, men: int) -> None:
    total = women + men
    assert is_lopsided(women, men) == (total > 1 and 10 * min(women, men) < 4 * total)


# ---- reminding


def test_who_has_not_answered_is_reminded_once_a_day_and_it_is_counted(
    cast: Cast, letter: NominationLetter, now: datetime, database: sa.orm.Session
) -> None:
    secretary = cast.actor("secretary")
    assert reasons(actions.remind, secretary, letter.id) == {None: ["Det er alt sendt en e-post om dette i dag."]}
    with clock.at(now + timedelta(days=10)):
        actions.remind_all(secretary, letter.campaign_id)
        again = reasons(actions.remind_all, cast.actor("hospital_secretary"), letter.campaign_id)
        assert again == {None: ["Alle som ikke har svart, har alt fått en e-post i dag."]}
        database.rollback()
        assert (letter.reminders, letter.reminded_at.date()) == (1, date(2026, 9, 17))
    with clock.at(now + timedelta(days=11)):
        answer(secretary, letter, *(keep(one) for one in asked(letter)))
        assert reasons(actions.remind, secretary, letter.id) == {None: ["Alle plassene er besvart."]}
    reminders = database.scalars(sa.select(Mail).where(Mail.subject.startswith("Påminnelse om oppnevning"))).all()
    assert len(reminders) == len(letters_of(database_campaign(letter)))


def test_the_answer_page_costs_the_same_with_few_places_and_many(a: Factory, cast: Cast, browse: Browser) -> None:
    costs = []
    for more in (0, 20):
        with a.together():
            for _number in range(more):
                a.appointment(a.seat(cast.body, nominated_by="Namdal regionråd"))
            a.seat(cast.body, nominated_by="Namdal regionråd")
        letter = letters_of(sent(cast))["Namdal regionråd"]
        path = path_of(link_to(letter))
        with count_statements() as statements:
            assert browse.open(path).status == 200
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 15, costs


def test_only_named_fields_of_ones_own_letter_are_read(cast: Cast, letter: NominationLetter) -> None:
    stray = Nomination(letter_id=letter.id)
    with pytest.raises((NotFound, Invalid)):
        answer(cast.actor("contact"), letter, keep(stray))


def test_a_contact_who_was_registered_twice_answers_all_the_same(
    a: Factory, browse: Browser, cast: Cast, letter: NominationLetter, database: sa.orm.Session
) -> None:
    path = path_of(link_to(letter))
    contact, other = cast.person["contact"], cast.person["archivist"]
    with writing("test"):
        database.add(PersonMerge(person_id=contact.id, into_id=other.id))
    browse.open(path).press("Lagre svaret", **{field_name("choice", asked(letter)[0].id): "keep"})
    database.rollback()
    assert letter.answered_by_id == other.id
    assert "Archivist Testesen" in browse.as_("secretary").open(f"/oppnevning/{letter.campaign_id}").text


def test_the_page_offers_to_purr_from_the_day_after_the_letter(
    browse: Browser, letter: NominationLetter, now: datetime
) -> None:
    address = f"/oppnevning/{letter.campaign_id}"
    assert "Purr alle" not in browse.as_("secretary").open(address).text
    with clock.at(now + timedelta(days=1)):
        page = browse.as_("secretary").open(address).press("Purr Sykehuset HF")
        assert "Sykehuset HF er purret." in page.text
        assert "1 gang" in page.text
        assert "Purr alle som ikke har svart (2)" in page.text
