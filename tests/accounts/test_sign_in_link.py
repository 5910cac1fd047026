"""A link in a mail signs in when it is pressed, once; opening it, as every mail scanner does, changes nothing."""

import re
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa

from secretariat.accounts.models import SignIn, User
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.messages import links
from secretariat.messages.models import Link, Mail
from tests.accounts.conftest import user_of
from tests.factories.cast import Cast
from tests.pages import Browser


@pytest.fixture
def link(browse: Browser, cast: Cast) -> Link:
    """The link that the member asked for on the sign-in page."""
    browse.open("/logg-inn").fill("E-post", user_of(cast, "member").email).press("Send meg en innloggingslenke")
    session().rollback()
    return session().scalars(sa.select(Link)).one()


def address(link: Link) -> str:
    """Where the link leads, without the host."""
    return f"/lenke/{links.token(link)}"


def test_known_and_unknown_addresses_get_the_same_answer(browse: Browser, cast: Cast) -> None:
    known, unknown = (
        browse.open("/logg-inn").fill("E-post", email).press("Send meg en innloggingslenke")
        for email in (user_of(cast, "member").email, "ukjent@steinkjer.example")
    )
    assert known.title == unknown.title == "Se i innboksen din"
    assert known.text == unknown.text
    session().rollback()
    assert session().scalars(sa.select(Mail.to_address)).all() == [user_of(cast, "member").email]


def test_the_mail_carries_the_link_in_the_readers_language(browse: Browser, cast: Cast) -> None:
    with writing("test"):
        cast.person["member"].language = "en"
        session().merge(cast.person["member"])
    browse.open("/logg-inn/lenke").fill("E-post", user_of(cast, "member").email).press("Send meg en innloggingslenke")
    session().rollback()
    mail = session().scalars(sa.select(Mail)).one()
    assert 'lang="en"' in mail.html
    assert links.address(session().scalars(sa.select(Link)).one()) in mail.text


def test_a_scanner_may_open_the_link_as_often_as_it_likes_and_the_press_still_works(
    browse: Browser, link: Link
) -> None:
    for _ in range(5):
        assert browse.client.head(address(link)).status_code == 200
        assert browse.client.get(address(link)).status_code == 200
    session().rollback()
    assert session().scalar(sa.select(sa.func.count(SignIn.id))) == 0
    assert session().get_one(Link, link.id, populate_existing=True).uses_left == 1
    browse.open(address(link)).press("Logg meg inn")
    assert "Member Testesen" in browse.open("/min-side").text


def test_a_used_link_says_so_and_offers_a_new_one(browse: Browser, link: Link) -> None:
    browse.open(address(link)).press("Logg meg inn")
    page = browse.as_("anonymous").open(address(link))
    assert (page.status, page.title) == (410, "Lenken er brukt.")
    assert page.follow("Be om en ny lenke").title == "Få en innloggingslenke"


def test_two_who_press_at_once_do_not_both_get_in(browse: Browser, link: Link) -> None:
    first, second = browse.open(address(link)), browse.as_("anonymous")
    page = second.open(address(link))
    first.press("Logg meg inn")
    assert page.press("Logg meg inn").status == 410
    assert second.open("/min-side").title == "Logg inn"


def test_a_link_is_too_old_after_half_an_hour(browse: Browser, link: Link) -> None:
    with clock.at(clock.now() + timedelta(minutes=31)):
        page = browse.open(address(link))
    assert (page.status, page.title) == (410, "Lenken er for gammel.")


def test_a_link_that_was_taken_back_says_so(browse: Browser, link: Link) -> None:
    with writing("test"):
        links.revoke(session().get_one(Link, link.id))
    page = browse.open(address(link))
    assert (page.status, page.title) == (410, "Lenken er trukket tilbake.")


def test_a_press_without_the_forms_own_keys_does_nothing(browse: Browser, link: Link) -> None:
    assert browse.client.post(address(link)).status_code == 400
    session().rollback()
    assert session().scalar(sa.select(sa.func.count(SignIn.id))) == 0


def test_a_link_does_not_open_for_a_user_who_was_closed_meanwhile(browse: Browser, cast: Cast, link: Link) -> None:
    with writing("test"):
        session().get_one(User, user_of(cast, "member").id).disabled_at = clock.now()
    page = browse.open(address(link)).press("Logg meg inn")
    assert "Brukeren er stengt" in page.text
    assert browse.open("/min-side").title == "Logg inn"


def test_the_page_tells_nobody_where_it_is_and_is_kept_nowhere(browse: Browser, link: Link) -> None:
    answer = browse.client.get(address(link))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_press_works_over_https_where_no_referer_comes_along(browse: Browser, link: Link) -> None:
    secure = {"base_url": "https://localhost"}
    page = browse.client.get(address(link), **secure)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browse.client.post(address(link), data={"csrf_token": token, "_key": "k"}, **secure)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_more_than_five_links_in_a_quarter_are_refused(browse: Browser) -> None:
    pages = [
        browse.open("/logg-inn/lenke").fill("E-post", "noen@steinkjer.example").press("Send meg en innloggingslenke")
        for _ in range(6)
    ]
    assert [page.title for page in pages[:5]] == ["Se i innboksen din"] * 5
    assert "Vent et kvarter" in pages[5].text
    assert pages[5].status == 429


def address_in_mail() -> str:
    """The address in the mail that came, without the host."""
    session().rollback()
    found = re.search(r"http://localhost(/lenke/\S+)", session().scalars(sa.select(Mail.text)).one())
    assert found is not None
    return found[1]


def test_who_was_on_the_way_to_a_page_comes_there_by_the_link_too(browse: Browser, cast: Cast) -> None:
    wanted = browse.open("/moter?tilstand=held")
    wanted.fill("E-post", user_of(cast, "member").email).press("Send meg en innloggingslenke", link="1")
    assert browse.open(address_in_mail()).press("Logg meg inn").address.endswith("/moter?tilstand=held")


@pytest.mark.parametrize("elsewhere", ["//fremmed.example/inn", "https://fremmed.example", "/" + "x" * 400])
def test_a_link_leads_to_no_other_place_than_ours(browse: Browser, cast: Cast, elsewhere: str) -> None:
    page = browse.open("/logg-inn/lenke?" + urlencode({"next": elsewhere}))
    page.fill("E-post", user_of(cast, "member").email).press("Send meg en innloggingslenke")
    assert "?" not in address_in_mail()
    page = browse.open(f"{address_in_mail()}?{urlencode({'next': elsewhere})}").press("Logg meg inn")
    assert urlsplit(page.address).path in ("/", elsewhere)
    assert page.title == "Min uke" or page.status == 404
