"""Layouts and parts give correct, policy-abiding markup, and every part has a sample that shows it."""

import re
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from secretariat.web.places import templates_folder
from tests.assets.house import SAMPLES

NAMES = sorted(path.stem for path in SAMPLES.glob("*.html"))
COMPONENTS = sorted((templates_folder() / "components").glob("*.html"))
INSIDE_OTHERS = {
    "label",
    "must",
    "hint",
    "error",
    "described",
    "tick",
    "choices",
    "group",
    "first_error",
    "dots",
    "nearness",
    "move",
}


def page(client: FlaskClient, name: str) -> str:
    answer = client.get(f"/{name}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_html_that_a_strict_parser_accepts(client: FlaskClient, name: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page(client, name))


@pytest.mark.parametrize("name", NAMES)
def test_no_page_carries_style_or_script_of_its_own(client: FlaskClient, name: str) -> None:
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page(client, name))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_heading_and_its_title_begins_with_it(client: FlaskClient, name: str) -> None:
    tree = html5lib.parse(page(client, name), namespaceHTMLElements=False)
    headings = ["".join(heading.itertext()) for heading in tree.iter("h1")]
    title = tree.findtext(".//title")
    assert len(headings) == 1
    assert title.removeprefix("Feil: ").startswith(headings[0])


@pytest.mark.parametrize("name", NAMES)
def test_every_id_stands_once_and_every_reference_finds_its_id(client: FlaskClient, name: str) -> None:
    tree = html5lib.parse(page(client, name), namespaceHTMLElements=False)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    wanted = [
        reference
        for element in tree.iter()
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget")
        for reference in (element.get(attribute) or "").split()
    ]
    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_part_is_shown_in_a_sample_and_begins_with_how_to_use_it(path: Path) -> None:
    source = path.read_text("utf-8")
    everywhere = "".join(sample.read_text("utf-8") for sample in [*SAMPLES.glob("*.html"), *COMPONENTS, *layouts()])
    offered = set(re.findall(r"{% macro (\w+)\(", source)) - INSIDE_OTHERS
    assert source.startswith("{#-")
    assert all(re.search(rf"(?:{{{{|call(?:\(\w+\))?) {name}\(|[(=] ?{name}\(", everywhere) for name in offered)


def layouts() -> list[Path]:
    return sorted((templates_folder() / "layouts").glob("*.html"))


def test_a_refused_form_lists_its_errors_with_links_to_the_fields(client: FlaskClient) -> None:
    tree = html5lib.parse(page(client, "refused"), namespaceHTMLElements=False)
    links = {link.get("href") for link in tree.findall(".//*[@data-error-summary]//a")}
    assert links == {"#title", "#deadline", "#kind"}
    assert tree.find(".//*[@id='title']").get("aria-invalid") == "true"
    assert tree.find(".//*[@id='title']").get("aria-describedby") == "title-hint title-error"


def test_a_refused_form_says_so_first_in_the_window_title(client: FlaskClient) -> None:
    assert "<title>Feil: Meld inn sak" in page(client, "refused")
    assert "<title>Meld inn sak" in page(client, "form")


def test_every_form_that_changes_something_carries_token_and_one_time_key(client: FlaskClient) -> None:
    tree = html5lib.parse(page(client, "meeting"), namespaceHTMLElements=False)
    forms = [form for form in tree.iter("form") if form.get("method") == "post"]
    carried = [{field.get("name") for field in form.iter("input")} for form in forms]
    assert forms
    assert all({"csrf_token", "_key"} <= names for names in carried)


def test_a_deadline_says_in_words_how_near_it_is(client: FlaskClient) -> None:
    text = page(client, "meeting")
    assert "3 dager over fristen" in text
    assert "i dag" in text
    assert "om 2 dager" in text
    assert "om 39 dager" not in text


def test_the_balance_is_a_sentence_and_not_only_dots(client: FlaskClient) -> None:
    text = page(client, "meeting")
    assert "Fra kommunene 6 · fra helseforetaket 4" in text
    assert "paritet" not in text.lower()


def test_a_hindered_button_can_be_reached_and_tells_why(client: FlaskClient) -> None:
    tree = html5lib.parse(page(client, "meeting"), namespaceHTMLElements=False)
    button = tree.find(".//button[@aria-disabled='true']")
    reasons = tree.find(f".//*[@id='{button.get('aria-describedby')}']")
    assert button.get("disabled") is None
    assert "Sak PS 13/27 mangler saksframlegg." in "".join(reasons.itertext())


def test_changed_wording_is_said_in_words(client: FlaskClient) -> None:
    text = page(client, "refused")
    assert "tatt bort: </span>anbefaler" in text
    assert "lagt til: </span>vedtar" in text


def test_a_mail_fetches_nothing_from_anywhere(client: FlaskClient) -> None:
    assert not re.search(r"\ssrc=|<link|url\(", page(client, "mail"))


def test_a_public_page_without_a_form_asks_for_no_token_and_so_sets_no_cookie(
    house: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(house.jinja_env.globals, "csrf_token", lambda: pytest.fail("a token was asked for"))
    assert "Logg inn" in page(client, "stranger")
