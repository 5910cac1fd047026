"""A body that is closed is looked up, and not chosen for what is to come."""

from datetime import timedelta

import pytest

from secretariat.bodies import queries
from secretariat.bodies.models import Body
from secretariat.core import clock
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser


@pytest.fixture
def closed(a: Factory, cast: Cast) -> Body:
    """A body that had its last day yesterday."""
    last = clock.today() - timedelta(days=1)
    return a.body("Nedlagt fagråd", short_name="NF", partnership=cast.partnership, ends_on=last)


def test_a_closed_body_is_not_offered_where_a_case_is_raised_or_sent_on(
    a: Factory, browse: Browser, cast: Cast, closed: Body
) -> None:
    case = a.case(partnership=cast.partnership)
    step = f"/saker/{case.id}/saksgang"
    for address in ("/saker/ny", f"/saker/{case.id}/rediger", step, "/moter/ny", f"/utvalg/ny/{cast.partnership.id}"):
        page = browse.as_("secretary").open(address)
        assert page.status == 200, address
        assert "Nedlagt fagråd" not in page.text, address


def test_a_case_that_wanted_a_body_which_is_closed_since_still_says_so_when_it_is_edited(
    a: Factory, browse: Browser, cast: Cast, closed: Body
) -> None:
    case = a.case(partnership=cast.partnership, wanted_body_id=closed.id)
    assert "Nedlagt fagråd" in browse.as_("secretary").open(f"/saker/{case.id}/rediger").text


@pytest.mark.parametrize("address", ["/saker", "/moter"])
def test_who_looks_for_what_has_been_chooses_among_closed_bodies_too(
    browse: Browser, closed: Body, address: str
) -> None:
    assert "Nedlagt fagråd" in browse.as_("secretary").open(address).text


def test_a_body_is_open_on_its_last_day_and_those_that_are_to_begin_are_offered(a: Factory, cast: Cast) -> None:
    today = clock.today()
    a.body("Slutter i dag", partnership=cast.partnership, ends_on=today)
    a.body("Begynner siden", partnership=cast.partnership, starts_on=today + timedelta(days=30))
    names = " ".join(words for _id, words in queries.open_choices(cast.actor("secretary"), cast.partnership.id))
    assert "Slutter i dag" in names
    assert "Begynner siden" in names


def test_a_body_under_one_that_is_closed_keeps_it_in_its_settings(
    a: Factory, browse: Browser, cast: Cast, closed: Body
) -> None:
    under = a.body("Arbeidsutvalget", partnership=cast.partnership, parent_id=closed.id)
    assert "Nedlagt fagråd" in browse.as_("secretary").open(f"/utvalg/{under.id}/innstillinger").text
    assert "Nedlagt fagråd" not in browse.as_("secretary").open(f"/utvalg/{cast.body.id}/innstillinger").text
