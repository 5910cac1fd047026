"""What people meet in the browser: on a phone, in the dark, by keyboard, with and without JavaScript."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from tests.assets.conftest import Opener

pytestmark = pytest.mark.browser

PAGES = ["meeting", "refused", "register", "reply"]
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[Any]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_any_sample(look_at: Opener, name: str, width: int, theme: str) -> None:
    assert violations(look_at(name, width, color_scheme=theme)) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_on_any_screen(look_at: Opener, name: str) -> None:
    page = look_at(name)
    for width in (320, 390, 820, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


@pytest.mark.parametrize("name", ["meeting", "refused"])
def test_every_press_is_large_enough_for_a_finger(look_at: Opener, name: str) -> None:
    page = look_at(name, 390)
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, .ds-button, input:not([type=hidden]), select')]"
        ".filter(each => each.checkVisibility())"
        ".filter(each => Math.min(each.getBoundingClientRect().width, each.getBoundingClientRect().height) < 24)"
        ".map(each => each.outerHTML)"
    )
    assert small == []


def test_the_menu_of_a_phone_opens_without_javascript(look_at: Opener) -> None:
    page = look_at("meeting", 390, java_script_enabled=False)
    cases = page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Saker")
    expect(cases).to_be_hidden()
    page.get_by_role("button", name="Meny", exact=True).click()
    expect(cases).to_be_visible()


def test_the_first_stop_for_the_keyboard_leads_past_the_menu(look_at: Opener) -> None:
    page = look_at("meeting")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_refused_form_begins_at_its_errors(look_at: Opener) -> None:
    page = look_at("refused")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Tittel: Skriv en tittel.").click()
    expect(page.get_by_label("Tittel", exact=False).first).to_be_focused()


def test_a_press_with_a_question_is_sent_only_after_it_is_answered(look_at: Opener) -> None:
    page = look_at("meeting")
    sent: list[str] = []
    page.route("**/send", lambda route: (sent.append(route.request.method), route.fulfill(status=204)))
    page.get_by_role("button", name="Flytt møtet").click()
    page.get_by_role("dialog").get_by_role("button", name="Avbryt").click()
    assert sent == []
    page.get_by_role("button", name="Flytt møtet").click()
    with page.expect_request("**/send"):
        page.get_by_role("dialog").get_by_role("button", name="Flytt møtet").click()
    assert sent == ["POST"]


def test_a_form_pressed_twice_is_sent_once(look_at: Opener) -> None:
    page = look_at("form")
    sent: list[str] = []
    page.route("**/form", lambda route: (sent.append(route.request.method), route.fulfill(status=204)))
    page.get_by_role("button", name="Lagre", exact=True).dblclick()
    page.wait_for_timeout(200)
    assert sent == ["POST"]


def test_how_long_a_text_may_be_is_told_while_it_is_written_and_nothing_is_cut_off(look_at: Opener) -> None:
    page = look_at("form")
    title, told = page.get_by_label("Tittel", exact=False).first, page.locator(".length").first
    expect(told).to_be_hidden()
    title.fill("Felles rutine for legemidler ved inn- og")
    expect(told).to_have_text("40 av 40 tegn")
    title.fill("Felles rutine for legemidler ved inn- og utskrivning ")
    expect(told).to_have_text("12 tegn for mye: det er plass til 40")
    expect(title).to_have_value("Felles rutine for legemidler ved inn- og utskrivning ")


def test_a_text_that_was_not_saved_is_offered_back(look_at: Opener) -> None:
    page = look_at("form")
    page.get_by_label("Merknad til sekretariatet").fill("Husk å spørre brukerutvalget.")
    expect(page.locator(".kept-state")).to_contain_text("tatt vare på")
    page.reload()
    expect(page.get_by_label("Merknad til sekretariatet")).to_have_value("")
    page.get_by_role("button", name="Hent teksten").click()
    expect(page.get_by_label("Merknad til sekretariatet")).to_have_value("Husk å spørre brukerutvalget.")


def test_a_text_in_the_editor_is_offered_back_too(look_at: Opener) -> None:
    page = look_at("form")
    surface(page).press_sequentially(" Kommunen svarer.")
    expect(page.locator(".kept-state")).to_contain_text("tatt vare på")
    page.reload()
    page.get_by_role("button", name="Hent teksten").click()
    expect(surface(page)).to_contain_text("Kommunen svarer.")


def surface(page: Page) -> Any:
    return page.get_by_role("textbox", name="Bakgrunn")


def document(page: Page) -> Any:
    return json.loads(page.locator("[name=background_json]").input_value())


def test_the_editor_writes_what_its_tools_say(look_at: Opener) -> None:
    page = look_at("form")
    tools = page.get_by_role("toolbar", name="Formatering: Bakgrunn")
    surface(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Vi ")
    page.keyboard.press("Control+B")
    page.keyboard.type("vedtar")
    expect(tools.get_by_role("button", name="Fet")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+B")
    page.keyboard.type(" dette")
    page.keyboard.press("Enter")
    tools.get_by_role("button", name="Punktliste").click()
    page.keyboard.type("første")
    paragraph, points = document(page)["content"]
    assert paragraph["content"] == [
        {"type": "text", "text": "Vi "},
        {"type": "text", "text": "vedtar", "marks": [{"type": "bold"}]},
        {"type": "text", "text": " dette"},
    ]
    assert points["type"] == "bulletList"


def test_the_editor_makes_tables_and_links(look_at: Opener) -> None:
    page = look_at("form")
    tools = page.get_by_role("toolbar", name="Formatering: Bakgrunn")
    surface(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("avtalen")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    page.get_by_label("Nettadresse").fill("https://avtale.example/1")
    page.keyboard.press("Enter")
    expect(surface(page)).to_be_focused()
    tools.get_by_role("button", name="Tabell").click()
    tools.get_by_role("button", name="Ny rad").click()
    link, table = document(page)["content"][:2]
    assert link["content"][0]["marks"][0]["attrs"]["href"] == "https://avtale.example/1"
    assert table["type"] == "table"
    assert len(table["content"]) == 4
    assert [cell["type"] for cell in table["content"][0]["content"]] == ["tableHeader"] * 3


def paste(page: Page, html: str) -> None:
    """Put it in the place of what the editor holds, as the clipboard would."""
    surface(page).click()
    page.keyboard.press("Control+A")
    surface(page).evaluate(
        """(surface, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            surface.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def of_word(style: str, mark: str, text: str) -> str:
    """A paragraph as Word puts it on the clipboard when it stands in a list."""
    ignored = f"<![if !supportLists]><span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp; </span></span><![endif]>"
    return f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:{style}'>{ignored}{text}<o:p></o:p></p>"


def outline(node: dict[str, Any]) -> Any:
    """A document as nested lists of words, each list with its kind."""
    if node["type"] == "paragraph":
        return "".join(part["text"] for part in node.get("content", []))
    inner = [outline(child) for child in node.get("content", [])]
    return inner if node["type"] == "listItem" else (node["type"], inner)


def test_lists_pasted_from_word_are_lists(look_at: Opener) -> None:
    page = look_at("form")
    pasted = "<p class=MsoNormal>Vi foreslår:</p>" + "".join(
        (
            of_word("l0 level1 lfo1", "·", "Første punkt"),
            of_word("l0 level2 lfo1", "o", "Under det"),
            of_word("l0 level1 lfo1", "·", "Andre <b>punkt</b>"),
            of_word("l1 level1 lfo2", "1.", "Så dette"),
            of_word("l1 level1 lfo2", "2.", "Og dette"),
        )
    )
    paste(page, pasted)
    assert outline(document(page)) == (
        "doc",
        [
            "Vi foreslår:",
            ("bulletList", [["Første punkt", ("bulletList", [["Under det"]])], ["Andre punkt"]]),
            ("orderedList", [["Så dette"], ["Og dette"]]),
        ],
    )


def test_bold_and_italic_come_along_from_programs_that_say_it_in_styles(look_at: Opener) -> None:
    page = look_at("form")
    words = "Vi <span style='font-weight:700'>vedtar</span> dette <span style='font-style: italic'>nå</span>"
    paste(page, f"<b style='font-weight:normal'><p>{words}</p></b>")
    (paragraph,) = document(page)["content"]
    assert [(part["text"], [mark["type"] for mark in part.get("marks", [])]) for part in paragraph["content"]] == [
        ("Vi ", []),
        ("vedtar", ["bold"]),
        (" dette ", []),
        ("nå", ["italic"]),
    ]


def test_an_untouched_editor_sends_the_text_as_it_came(look_at: Opener) -> None:
    page = look_at("form")
    expect(surface(page)).to_have_text("Sykehuset melder.")
    assert page.locator("[name=background_json]").input_value() == ""
    assert page.locator("textarea[name=background]").input_value() == "Sykehuset melder."


def test_the_editors_tools_are_one_stop_and_arrows_move_between_them(look_at: Opener) -> None:
    page = look_at("form")
    page.get_by_label("Offentlig tittel").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Fet")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Tab")
    expect(surface(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Merknad til sekretariatet")).to_be_focused()


def test_without_javascript_the_text_is_a_plain_field(look_at: Opener) -> None:
    page = look_at("form", java_script_enabled=False)
    expect(page.get_by_label("Bakgrunn")).to_have_value("Sykehuset melder.")


def test_a_line_can_be_dragged_before_another_or_moved_with_its_buttons(look_at: Opener) -> None:
    page = look_at("meeting")
    sent: list[dict[str, str]] = []
    page.route("**/move", lambda route: (sent.append(route.request.post_data_json), route.fulfill(status=204)))
    page.route("**/take-off", lambda _route: pytest.fail("a line that is dragged is not taken off"))
    lines = page.locator("[data-reorder] > li")
    lines.nth(2).drag_to(lines.nth(0), target_position={"x": 20, "y": 3})
    page.get_by_role("button", name="Flytt ned: Handlingsplan").click()
    page.wait_for_timeout(200)
    assert [(each["item"], each.get("before"), each.get("to")) for each in sent] == [
        ("3", "1", None),
        ("1", None, "down"),
    ]


def test_a_line_that_is_moved_keeps_the_focus_and_only_the_list_is_renewed(
    look_at: Opener, client: FlaskClient
) -> None:
    page = look_at("meeting")
    shown = client.get("/meeting").text.replace("Handlingsplan", "Årsplan")
    page.route("**/move", lambda route: route.fulfill(status=200, body=shown, content_type="text/html"))
    button = page.get_by_role("button", name="Flytt ned: Samhandlingsavvik i 2026")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-reorder] > li").first).to_contain_text("Årsplan")
    expect(button).to_be_focused()
    page.get_by_role("button", name="Flytt opp: Samhandlingsavvik i 2026").press("Enter")
    expect(page.get_by_role("button", name="Flytt opp: Samhandlingsavvik i 2026")).to_be_focused()


def test_on_paper_the_frame_is_gone_and_the_text_is_there(look_at: Opener) -> None:
    page = look_at("meeting")
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.locator(".ways")).to_be_hidden()
    expect(page.get_by_role("table", name="Saksliste")).to_be_visible()
