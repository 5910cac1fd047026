"""What an address asks for amiss is answered with a page, never with a fault."""

from itertools import product

import pytest
from flask import Flask

from tests.factories.cast import Cast
from tests.pages import Browser

LISTS = (
    "/saker",
    "/moter",
    "/vedtak",
    "/oppgaver",
    "/kalender",
    "/utboks",
    "/utvalg",
    "/personer",
    "/innsyn",
    "/admin",
)
ODD = ("0", "-1", "99999999999999999999", "1e9", "²", "'", "2026-02-31", "ikke-en-id")
ASKED = ("side", "q", "utvalg", "tilstand", "year", "ar", "dag", "part", "type", "hvem", "organisasjon")


@pytest.mark.parametrize("address", LISTS)
def test_a_list_that_is_asked_oddly_is_still_a_page(browse: Browser, address: str) -> None:
    someone = browse.as_("administrator" if address == "/admin" else "secretary")
    for name, value in product(ASKED, ODD):
        status = someone.client.get(address, query_string={name: value}, follow_redirects=True).status_code
        assert status in (200, 404), f"{address}?{name}={value!r}: {status}"


@pytest.mark.parametrize("address", LISTS)
def test_a_character_no_database_holds_is_looked_past(browse: Browser, address: str) -> None:
    someone = browse.as_("administrator" if address == "/admin" else "secretary")
    assert someone.open(f"{address}?q=R%C3%B8%00ros").status == 200


def test_nobody_signs_in_with_a_character_no_database_holds(browse: Browser) -> None:
    page = browse.open("/logg-inn").fill("E-post", "kari\0@steinkjer.example").fill("Passord", "\0")
    assert page.press("Logg inn", _key="\0").status == 422


@pytest.mark.parametrize("value", ["-1", "x", str(2**63)])
def test_a_number_no_chain_can_have_is_refused_to_programs(app: Flask, cast: Cast, value: str) -> None:
    as_secretary = {"Authorization": "Bearer token-secretary"}
    address = f"/api/v1/meetings?changed_since={value}"
    response = app.test_client().get(address, headers=as_secretary)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.json is not None
    assert "changed_since" in response.json["errors"]
