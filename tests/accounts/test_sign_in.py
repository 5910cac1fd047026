"""Signing in and out: by password, once per browser, never by guessing, never away to somebody else's site."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from secretariat.accounts.models import ApiToken, SignIn, SignInTry, User
from secretariat.accounts.views import own_path
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from tests.accounts.conftest import PASSWORD
from tests.pages import Browser, Page


def sign_in(browse: Browser, email: str, password: str, there: str = "/logg-inn") -> Page:
    """Type and press, as a person does."""
    return browse.open(there).fill("E-post", email).fill("Passord", password).press("Logg inn")


def post(browse: Browser, address: str, **values: str) -> TestResponse:
    """The same without following where it leads, with the same one-time key each time."""
    _action, _method, standing = browse.open("/logg-inn").html.form_with_button("Logg inn", "/logg-inn")
    return browse.client.post(address, data=standing | values)


def test_the_right_password_opens_ones_own_pages(browse: Browser, user: User) -> None:
    sign_in(browse, user.email, PASSWORD)
    page = browse.open("/min-side")
    assert (page.status, page.title) == (200, "Min side")
    assert "Member Testesen" in page.text


def test_the_address_may_be_written_in_capitals(browse: Browser, user: User) -> None:
    sign_in(browse, user.email.upper(), PASSWORD)
    assert browse.open("/min-side").title == "Min side"


@pytest.mark.parametrize("email", ["{email}", "ukjent@steinkjer.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(browse: Browser, user: User, email: str) -> None:
    page = sign_in(browse, email.format(email=user.email), "noe helt annet")
    assert page.status == 422
    assert "E-postadressen eller passordet er ikke riktig." in page.text


def test_guessing_is_stopped_after_ten_tries_even_with_the_right_password_and_one_key(
    browse: Browser, user: User
) -> None:
    answers = [post(browse, "/logg-inn", email=user.email, password="gal", _key="k").status_code for _ in range(10)]
    assert answers == [422] * 10
    blocked = post(browse, "/logg-inn", email=user.email, password=PASSWORD)
    assert blocked.status_code == 429
    assert "Vent et kvarter" in blocked.text


def test_after_a_quarter_of_an_hour_one_may_try_again(browse: Browser, user: User) -> None:
    for _ in range(10):
        post(browse, "/logg-inn", email=user.email, password="gal")
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert post(browse, "/logg-inn", email=user.email, password=PASSWORD).status_code == 303
        assert session().scalar(sa.select(sa.func.count(SignInTry.id))) == 0


def test_one_persons_tries_do_not_stop_another(browse: Browser, user: User) -> None:
    for _ in range(10):
        post(browse, "/logg-inn", email="noen@annen.example", password="gal")
    assert post(browse, "/logg-inn", email=user.email, password=PASSWORD).status_code == 303


def test_a_browser_that_brings_a_secret_along_gets_a_new_one(browse: Browser, user: User) -> None:
    with browse.client.session_transaction() as cookie:
        cookie["sign_in"] = cookie["planted"] = "plantet av en annen"
    sign_in(browse, user.email, PASSWORD)
    with browse.client.session_transaction() as cookie:
        assert cookie["sign_in"] != "plantet av en annen"
        assert "planted" not in cookie


def test_a_closed_user_is_not_let_in(browse: Browser, user: User) -> None:
    with writing("test"):
        session().get_one(User, user.id).disabled_at = clock.now()
    page = sign_in(browse, user.email, PASSWORD)
    assert "Brukeren er stengt" in page.text


def test_who_has_not_signed_in_is_sent_to_sign_in_and_back_again(browse: Browser, user: User) -> None:
    page = browse.open("/min-side")
    assert page.title == "Logg inn"
    assert page.fill("E-post", user.email).fill("Passord", PASSWORD).press("Logg inn").title == "Min side"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ondt.example/",
        "//ondt.example",
        "/\\ondt.example",
        "\\\\ondt.example",
        "javascript:alert(1)",
        "/\t/x",
        "",
    ],
)
def test_sign_in_never_leads_to_another_site(browse: Browser, user: User, elsewhere: str) -> None:
    assert own_path(elsewhere) == "/"
    answer = browse.client.post(
        "/logg-inn",
        query_string={"next": elsewhere},
        data=browse.open("/logg-inn").html.form_with_button("Logg inn", "")[2]
        | {"email": user.email, "password": PASSWORD},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_an_own_address_is_kept_with_its_query() -> None:
    assert own_path("/saker?tilstand=ny") == "/saker?tilstand=ny"


def test_signing_out_ends_the_sign_in_itself_and_not_only_the_cookie(browse: Browser) -> None:
    member = browse.as_("member")
    with member.client.session_transaction() as cookie:
        secret = cookie["sign_in"]
    page = member.open("/min-side").press("Logg ut")
    assert page.title == "Logg inn"
    with member.client.session_transaction() as cookie:
        cookie["sign_in"] = secret
    assert member.open("/min-side").title == "Logg inn"


def test_a_link_cannot_sign_anybody_out(browse: Browser) -> None:
    member = browse.as_("member")
    assert member.client.get("/logg-ut").status_code == 405
    assert member.open("/min-side").title == "Min side"


def test_a_sign_in_that_is_revoked_elsewhere_opens_nothing(browse: Browser) -> None:
    at_home, on_the_bus = browse.as_("member"), browse.as_("member")
    page = at_home.open("/min-side").press("Logg ut overalt")
    assert page.title == "Logg inn"
    assert on_the_bus.open("/min-side").title == "Logg inn"


def test_a_browser_left_for_a_week_must_sign_in_again(browse: Browser) -> None:
    member = browse.as_("member")
    with writing("test"):
        session().execute(sa.update(SignIn).values(expires_at=clock.now() + timedelta(days=30)))
    with clock.at(clock.now() + timedelta(days=8)):
        assert member.open("/min-side").title == "Logg inn"


def test_the_use_of_a_browser_is_noted_every_ten_minutes_at_most(browse: Browser) -> None:
    member = browse.as_("member")
    first = session().scalar(sa.select(SignIn.last_seen_at))
    session().rollback()
    assert first is not None
    for minutes, expected in ((9, 0), (11, 11), (20, 11)):
        with clock.at(first + timedelta(minutes=minutes)):
            member.open("/min-side")
        noted = session().scalar(sa.select(SignIn.last_seen_at))
        session().rollback()
        assert noted is not None
        assert round((noted - first).total_seconds() / 60) == expected


def test_the_cookie_cannot_be_read_by_scripts(browse: Browser, user: User) -> None:
    answer = post(browse, "/logg-inn", email=user.email, password=PASSWORD)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("secretariat="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_bearer_token_that_is_revoked_opens_nothing(app: Flask, browse: Browser) -> None:
    header = {"Authorization": "Bearer token-member"}
    assert app.test_client().get("/min-side", headers=header).status_code == 200
    with writing("test"):
        session().execute(sa.update(ApiToken).values(revoked_at=clock.now()))
    assert app.test_client().get("/min-side", headers=header).status_code == 303


def test_what_is_sent_after_one_was_signed_out_leads_back_to_its_page_and_says_that_nothing_was_saved(
    browse: Browser,
) -> None:
    page = browse.send("post", "/saker/ny", {"title": "Skrevet lenge"})
    assert (page.status, page.title) == (200, "Logg inn")
    assert page.address == "/logg-inn?next=/saker/ny"
    assert "Du var logget ut, så det du sendte, ble ikke lagret." in page.text


def test_after_a_press_that_has_no_page_of_its_own_one_lands_on_the_first_page(browse: Browser) -> None:
    page = browse.send("post", "/kalender/abonnement", {})
    assert page.address == "/logg-inn"
