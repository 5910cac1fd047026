"""The keyboard alone does the secretary's job, and one always sees where one is."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visit
from tests.browser.hands import told
from tests.browser.keyboard import Keyboard

TITLE = "Felles opplæring i førstehjelp"


def test_the_keyboard_alone_takes_a_case_to_a_decision(visit: Visit, demo: Demo) -> None:
    page = visit()
    sign_in(page, demo)
    prepare_the_case(page)
    call_the_meeting(page, demo)
    decide(page)


def sign_in(page: Page, demo: Demo) -> None:
    keys, user = Keyboard(page), demo.users["coordinator_municipal"]
    page.goto("/logg-inn")
    keys.fill("E-post", user["email"])
    keys.reach(page.get_by_label("Passord"))
    page.keyboard.type(user["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Min uke")


def prepare_the_case(page: Page) -> None:
    keys = Keyboard(page)
    keys.follow("Meld inn sak")
    keys.fill("Tittel", TITLE)
    keys.choose("Ønsket utvalg", "Administrativt")
    keys.press("Meld inn saken")
    told(page, "Saken er meldt inn")
    keys.press("Ta inn", key="Space")
    told(page, "Saken er tatt inn")
    keys.follow("Skriv saksframlegg")
    keys.write("Forslag til vedtak", "Alle kommuner holder kurs hver vår.")
    keys.write("Bakgrunn", "I fjor holdt halvparten kurs.")
    keys.press("Lagre")
    told(page, "Saksframlegget er lagret")
    keys.press("Klar til saksliste")
    told(page, "Saken er klar til saksliste")


def call_the_meeting(page: Page, demo: Demo) -> None:
    keys = Keyboard(page)
    keys.follow("Møter")
    keys.follow("Planlegg møte")
    keys.choose("Utvalg", "Administrativt")
    keys.date("Dato", demo.today)
    keys.clock("Begynner", 16)
    keys.clock("Slutter", 18)
    keys.fill("Sted", "Grong kommunehus")
    keys.press("Planlegg")
    told(page, "Møtet er planlagt")
    keys.follow("Saksliste")
    keys.press("Legg til faste saker")
    told(page, "De faste sakene står på sakslisten")
    keys.press("Legg til", TITLE, key="Space")
    told(page, "Saken er satt på sakslisten")
    keys.press("Flytt opp", TITLE)
    expect(page.get_by_role("list", name="Sakslisten i rekkefølge").get_by_role("listitem").nth(2)).to_contain_text(
        TITLE
    )
    keys.follow("Kontroller og send innkalling")
    keys.press("Send innkalling")
    told(page, "Innkallingen er sendt")


def decide(page: Page) -> None:
    keys = Keyboard(page)
    keys.follow("Møte i Administrativt")
    keys.follow("Føring")
    keys.press("Bjørg Halmstråløkken", about="Verdal", key="Space")
    expect(page.get_by_role("button", name="Bjørg Halmstråløkken")).to_have_attribute("aria-pressed", "true")
    keys.reach(page.get_by_role("link", name=TITLE))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    keys.choose("Vedtak", "Vedtak")
    keys.write("Saken i møtet", "Utvalget var samstemt.")
    keys.press("Lagre")
    told(page, "er lagret")
    keys.follow("Avslutt møtet")
    keys.press("Avslutt møtet")
    told(page, "Møtet er avsluttet")
    expect(page.get_by_role("main")).to_contain_text("Alle kommuner holder kurs hver vår.")
