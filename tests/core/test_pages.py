"""Leafing through a long list, what a button names, and what is said when it is pressed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, get_flashed_messages
from hypothesis import given, strategies as st
from werkzeug.exceptions import HTTPException

from secretariat.core.errors import Hindered, NotFound
from secretariat.core.pages import id_if_sent, page_asked_for, press, sent_id, stretch

house = Flask(__name__)
house.secret_key = "only for tests"


@given(size=st.integers(1, 60), total=st.integers(0, 500))
def test_who_leafs_on_from_the_first_page_meets_every_row_once(size: int, total: int) -> None:
    met, address = [], "/saker?q=akutt&side=1"
    while address:
        with house.test_request_context(address):
            shown = stretch(page_asked_for(), size, total)
        met += range(shown.first, shown.last + 1)
        assert shown.next is None or parse_qs(urlsplit(shown.next).query)["q"] == ["akutt"]
        address = shown.next
    assert met == list(range(1, total + 1))


@given(page=st.integers(2, 9))
def test_who_leafs_back_comes_to_the_page_before(page: int) -> None:
    with house.test_request_context(f"/saker?side={page}"):
        previous = stretch(page_asked_for(), 10, 90).previous
    assert previous == f"/saker?side={page - 1}"


@given(page=st.integers(2, 9), rows=st.integers(0, 10))
def test_who_asks_past_the_end_is_led_to_the_last_page_of_the_same_list(page: int, rows: int) -> None:
    with house.test_request_context(f"/saker?q=akutt&side={page}"), pytest.raises(HTTPException) as led:
        stretch(page_asked_for(), 10, rows)
    assert led.value.get_response().location == "/saker?q=akutt&side=1"


@pytest.mark.parametrize("asked", ["0", "-3", "mange", "", "9" * 40])
def test_an_address_that_counts_wrongly_still_shows_a_page(asked: str) -> None:
    with house.test_request_context(f"/saker?side={asked}"):
        assert page_asked_for() >= 1


@pytest.mark.parametrize("sent", ["", "sak", "0190-"])
def test_what_is_no_id_names_nothing(sent: str) -> None:
    with house.test_request_context("/saker", method="POST", data={"item": sent}), pytest.raises(NotFound):
        sent_id("item")


def test_a_button_may_name_nothing_where_that_is_a_choice() -> None:
    with house.test_request_context("/saker", method="POST", data={"before": ""}):
        assert id_if_sent("before") is None


def test_a_button_that_is_refused_says_all_that_stands_in_the_way_and_else_what_was_done() -> None:
    def refuse() -> None:
        raise Hindered(["Møtet har ingen leder.", "Sakslisten er tom."])

    with house.test_request_context("/moter"):
        press(refuse, said="Sendt.")
        press(lambda: None, said="Sendt.")
        said = get_flashed_messages(with_categories=True)
    assert said == [("warning", "Møtet har ingen leder. Sakslisten er tom."), ("success", "Sendt.")]
