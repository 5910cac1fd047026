"""The keyboard alone appoints, renames and gives leave: bodies and people are kept without a mouse."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Visit
from tests.browser.hands import link_in, open_mail, reads, told, written
from tests.browser.keyboard import Keyboard

SECRETARY = "coordinator_municipal"
NAMES = ("Fagråd for øvelser", "Fagråd for hjemmebesøk", "Fagråd for ambulanse")


@dataclass(frozen=True)
class Council:
    """A small body made for one test: two municipalities' places, held by invented people."""

    id: str
    name: str


@pytest.fixture
def council(demo: Demo) -> Council:
    """Set up through the programs' interface; each test has its own."""
    taken = {body["name"] for body in demo.rows(SECRETARY, "bodies")}
    name = next(name for name in NAMES if name not in taken)
    partnership = demo.rows(SECRETARY, "partnerships")[0]["id"]
    begins = (demo.today - timedelta(days=400)).isoformat()
    body = demo.do(SECRETARY, "bodies.set_up", partnership, name=name, starts_on=begins)
    municipalities = {one["name"]: one["id"] for one in demo.rows(SECRETARY, "organisations")}
    for place, given in (("Snåsa kommune", "Aud"), ("Verdal kommune", "Brage")):
        speaks_for = {"party": "M", "organisation_id": municipalities[place], "starts_on": begins}
        seat = demo.do(SECRETARY, "bodies.add_seat", body, **speaks_for)
        holder = {"given_name": given, "family_name": f"Prøve{name.split()[-1]}", "starts_on": begins}
        demo.do(SECRETARY, "bodies.appoint", seat, **holder, organisation_id=municipalities[place])
    return Council(body, name)


def holder(council: Council, given: str) -> str:
    """Who sits in one of its places."""
    return f"{given} Prøve{council.name.split()[-1]}"


def test_the_keyboard_alone_runs_a_round_of_appointing(visit: Visit, demo: Demo, council: Council) -> None:
    page = visit(SECRETARY)
    title = f"Oppnevning til {council.name}"
    set_up_the_round(page, demo, council, title)
    answer_for_them(page, council)
    answer_by_the_link(visit, title)
    register_the_answers(page, title, council)


def set_up_the_round(page: Page, demo: Demo, council: Council, title: str) -> None:
    keys, begins = Keyboard(page), date(demo.today.year + 1, 7, 1)
    page.goto("/utvalg")
    keys.follow("Oppnevninger")
    keys.follow("Ny oppnevningsrunde")
    keys.fill("Tittel", title)
    keys.date("Ny periode fra og med", begins)
    keys.date("Ny periode til og med", begins.replace(year=begins.year + 2) - timedelta(days=1))
    keys.date("Svarfrist", demo.today + timedelta(days=20))
    keys.fill("Tekst i brevet", "Vi ber om navn på dem som skal sitte.")
    keys.tick(council.name)
    keys.press("Lag brevene")
    told(page, "Runden er satt opp")
    keys.press("Send 2 brev")
    keys.agree("Send 2 brev")
    told(page, "Brevene er sendt")


def answer_for_them(page: Page, council: Council) -> None:
    """Verdal has answered by telephone; its present representative goes on."""
    keys = Keyboard(page)
    keys.unfold("Mer", about="Verdal kommune")
    keys.follow("Før svar for dem", about="Verdal kommune")
    reads(page, "Du fører svaret på vegne av Verdal kommune.")
    keys.pick(f"{holder(council, 'Brage')} gjenoppnevnes", inside="Plass 1")
    keys.press("Lagre svaret")
    told(page, "Svaret er lagret")


def answer_by_the_link(visit: Visit, title: str) -> None:
    """The contact of Snåsa names somebody new, without a password."""
    mail = open_mail(visit("contact"), title)
    page = visit()
    page.goto(urlsplit(link_in(mail)).path)
    keys = Keyboard(page)
    keys.pick("Ny person", inside="Plass 1")
    keys.fill("Fornavn", "Cecilie")
    keys.fill("Etternavn", "Nyheim")
    keys.fill("E-post", "cecilie.nyheim@snasa.example")
    keys.press("Lagre svaret")
    told(page, "Svaret er lagret")


def register_the_answers(page: Page, title: str, council: Council) -> None:
    keys = Keyboard(page)
    page.goto("/oppnevning")
    keys.follow(title)
    keys.follow("Registrer oppnevningene")
    reads(page, "Cecilie Nyheim", holder(council, "Brage"))
    keys.press("Registrer 2 oppnevninger")
    told(page, "2 oppnevninger er registrert")


def test_the_keyboard_alone_renames_a_body_and_changes_who_leads(visit: Visit, demo: Demo, council: Council) -> None:
    page = visit(SECRETARY)
    day = demo.today + timedelta(days=40)
    rename_from(page, council, day)
    change_the_chair_plan(page, council, day)


def rename_from(page: Page, council: Council, day: date) -> None:
    keys = Keyboard(page)
    page.goto(f"/utvalg/{council.id}")
    keys.follow("Over tid")
    keys.follow("Nytt navn eller ny plass fra en dag")
    keys.date("Gjelder fra og med", day)
    keys.fill("Navn", f"{council.name} og beredskap")
    keys.press("Registrer endringen")
    told(page, "Endringen er registrert")
    expect(page.get_by_role("row").filter(has_text=written(day))).to_contain_text("og beredskap")


def change_the_chair_plan(page: Page, council: Council, day: date) -> None:
    keys = Keyboard(page)
    keys.follow(council.name)
    keys.follow("Lederplan")
    keys.unfold("Legg til én periode")
    single = page.get_by_role("form", name="Legg til én periode")
    keys.reach(single.get_by_label("Leder", exact=False).first)
    page.keyboard.type("Snåsa")
    keys.reach(single.get_by_label("Fra og med"))
    page.keyboard.type(f"{day:%m%d%Y}")
    keys.reach(single.get_by_label("Til og med"))
    page.keyboard.type(f"{day.replace(year=day.year + 1):%m%d%Y}")
    keys.press("Legg til")
    told(page, "Lederplanen er endret")
    expect(page.get_by_role("row").filter(has_text=written(day))).to_contain_text(holder(council, "Aud"))
    keys.press("Fjern", about=written(day))
    keys.agree("Fjern")
    told(page, "Perioden er fjernet fra lederplanen")


def test_the_keyboard_alone_reads_people_from_a_file(visit: Visit, tmp_path: Path) -> None:
    page = visit(SECRETARY)
    keys = Keyboard(page)
    file = tmp_path / "folk.csv"
    file.write_text(
        "Fornavn;Etternavn;Organisasjon;E-post\nDagfinn;Filvik;Verdal kommune;dagfinn.filvik@verdal.example\n", "utf-8"
    )
    page.goto("/utvalg")
    keys.follow("Personer")
    keys.unfold("Fil inn og ut")
    keys.follow("Les inn fra fil")
    keys.choose_file("Fil", file)
    keys.press("Les filen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("folk.csv")
    reads(page, "Dagfinn Filvik")
    keys.press("Gjennomfør")
    told(page, "Filen er lest inn")
    reads(page, "1 nye og 0 endret")


def test_the_keyboard_alone_gives_leave_and_registers_who_resigns(visit: Visit, demo: Demo, council: Council) -> None:
    page = visit(SECRETARY)
    give_leave(page, demo, council)
    let_resign(page, demo, council)


def give_leave(page: Page, demo: Demo, council: Council) -> None:
    keys = Keyboard(page)
    page.goto(f"/utvalg/{council.id}")
    keys.unfold("Endre", about=holder(council, "Aud"))
    keys.follow("Permisjon", about=holder(council, "Aud"))
    keys.date("Fra og med", demo.today)
    keys.date("Til og med", demo.today + timedelta(days=30))
    keys.press("Lagre")
    told(page, "Permisjonen er registrert")
    expect(page.get_by_role("row").filter(has_text=holder(council, "Aud"))).to_contain_text("Permisjon")


def let_resign(page: Page, demo: Demo, council: Council) -> None:
    keys = Keyboard(page)
    keys.unfold("Endre", about=holder(council, "Brage"))
    keys.follow("Fratrer", about=holder(council, "Brage"))
    keys.date("Siste dag", demo.today + timedelta(days=10))
    keys.press("Registrer fratredelsen")
    told(page, "Fratredelsen er registrert")
    expect(page.get_by_role("row").filter(has_text=holder(council, "Brage"))).to_contain_text("til ")
