"""Screen 7 in a real browser: nothing typed is lost, whatever is pressed next."""

import threading
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from secretariat.core import clock
from secretariat.core.text.plain import to_plain
from secretariat.meetings.models import AgendaItem, Presence
from secretariat.minutes.models import ItemText
from tests.conftest import MONDAY
from tests.factories.cast import Cast
from tests.factories.decisions import Room, afresh, enter

pytestmark = pytest.mark.browser

Open = Callable[[AgendaItem], Page]


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    """The application behind an address, at the tests' own hour in every thread."""
    server = make_server("127.0.0.1", 0, _at_the_tests_hour(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _at_the_tests_hour(app: Flask) -> Callable[..., object]:
    def answer(environ: dict[str, object], start: Callable[..., object]) -> object:
        with clock.at(MONDAY):
            return app.wsgi_app(environ, start)

    return answer


@pytest.fixture
def conduct(room: Room, url: str, chromium: Browser) -> Iterator[Open]:
    """Open the page of an item as the secretary."""
    context = chromium.new_context(base_url=url, extra_http_headers={"Authorization": "Bearer token-secretary"})
    page = context.new_page()

    def open_item(item: AgendaItem) -> Page:
        page.goto(f"/moter/{room.meeting.id}/foring?sak={item.id}")
        return page

    yield open_item
    context.close()


def _type(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Saken i møtet").fill(words)


def _saved() -> list[str]:
    return [to_plain(text) for text in afresh().scalars(sa.select(ItemText.text)).all()]


def test_keys_save_without_the_mouse(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    page.get_by_text("er lagret").wait_for()
    assert _saved() == ["Det var enighet."]


def test_going_to_another_item_saves_this_one_first(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    page.get_by_role("link", name="Eventuelt").click()
    page.get_by_text("Sak 2 av 2").wait_for()

    assert _saved() == ["Det var enighet."]


def test_a_new_item_saves_what_was_typed_first(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    page.get_by_label("Ny sak under eventuelt").fill("Parkering")
    page.get_by_role("button", name="Legg til").click()
    page.get_by_text("Sak 3 av 3").wait_for()

    assert _saved() == ["Det var enighet."]


def test_a_refused_save_shows_what_to_mend_and_goes_nowhere(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    page.get_by_label("Ny oppgave").fill("Ringe legene.")
    page.get_by_role("link", name="Eventuelt").click()
    page.get_by_text("Velg hvem som er ansvarlig.").first.wait_for()

    assert page.get_by_label("Ny oppgave").input_value() == "Ringe legene."
    assert page.get_by_role("textbox", name="Saken i møtet").inner_text().strip() == "Det var enighet."


def test_what_came_back_refused_is_saved_or_asked_about_whatever_is_pressed_next(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    page.get_by_label("Ny oppgave").fill("Ringe legene.")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Velg hvem som er ansvarlig.").first.wait_for()
    page.get_by_label("Ny oppgave").evaluate("field => { field.value = '' }")
    page.get_by_role("link", name="Eventuelt").click()
    page.get_by_text("Sak 2 av 2").wait_for()

    assert _saved() == ["Det var enighet."]


def test_a_text_that_came_back_refused_is_offered_when_the_page_is_opened_anew(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    page.get_by_label("Ny oppgave").fill("Ringe legene.")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Velg hvem som er ansvarlig.").first.wait_for()
    page = conduct(room.item)
    page.get_by_role("button", name="Hent teksten").click()

    assert page.get_by_role("textbox", name="Saken i møtet").inner_text().strip() == "Det var enighet."
    assert page.get_by_label("Ny oppgave").input_value() == "Ringe legene."


def test_a_task_that_was_saved_is_not_offered_as_a_text_that_was_lost(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    page.get_by_label("Ny oppgave").fill("Ringe  legene.")
    page.get_by_label("Ansvarlig").select_option(label=room.cast.person["member"].name)
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("er lagret").wait_for()
    page.get_by_role("link", name="Ringe legene.").wait_for()

    assert page.get_by_role("button", name="Hent teksten").count() == 0


def test_a_task_that_never_arrived_is_offered_again(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    page.get_by_label("Ny oppgave").fill("Ringe legene.")
    page.get_by_label("Ansvarlig").select_option(label=room.cast.person["member"].name)
    page.route("**/foring**", lambda route: route.abort())
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.unroute("**/foring**")
    page = conduct(room.item)
    page.get_by_role("button", name="Hent teksten").click()

    assert page.get_by_label("Ny oppgave").input_value() == "Ringe legene."


def test_noting_who_is_here_leaves_the_text_alone(room: Room, conduct: Open) -> None:
    page = conduct(room.item)
    _type(page, "Det var enighet.")
    page.get_by_role("button", name="Observer Testesen").click()
    page.locator("button[aria-pressed=true]").wait_for()

    assert afresh().scalar(sa.select(sa.func.count()).select_from(Presence)) == 1
    assert page.get_by_role("textbox", name="Saken i møtet").inner_text().strip() == "Det var enighet."
