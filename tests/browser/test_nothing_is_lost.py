"""Whatever goes wrong between two people, two tabs or two presses: no word is lost and nothing is sent twice."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Demo, Visit
from tests.browser.hands import fits_the_phone, link_in, open_mail, press, reads, text_field, told, write, written

SECRETARY = "coordinator_municipal"


@pytest.fixture
def partnership(demo: Demo) -> str:
    """The partnership of the demonstration."""
    return str(demo.rows(SECRETARY, "partnerships")[0]["id"])


@pytest.fixture
def case(demo: Demo, partnership: str) -> str:
    """A case that is being prepared."""
    case = demo.do(SECRETARY, "cases.raise", partnership, title="Felles vaktordning i helgene")
    return demo.do(SECRETARY, "cases.take_in", case)


@dataclass(frozen=True)
class Called:
    """A meeting on a day of its own, so that its mails are told apart by their subjects."""

    id: str
    day: date

    @property
    def notice(self) -> str:
        """The subject of its notice."""
        return f"Innkalling: Møte i Administrativt samarbeidsutvalg {written(self.day)}"


days = count(30)


@pytest.fixture
def meeting(demo: Demo) -> Called:
    """A meeting that is ready to be sent."""
    return planned(demo, demo.today + timedelta(days=next(days)))


@pytest.fixture
def meeting_today(demo: Demo) -> Called:
    """A meeting that is held today, late in the afternoon."""
    return planned(demo, demo.today, "16:30", "18:00")


def planned(demo: Demo, day: date, starts: str = "10:00", ends: str = "12:00") -> Called:
    """A meeting of the administrative committee with its standing items, not sent yet."""
    body = next(row for row in demo.rows(SECRETARY, "bodies") if row["short_name"] == "ASU")
    given = {"day": day.isoformat(), "starts": starts, "ends": ends, "place": "Namsos rådhus"}
    meeting = demo.do(SECRETARY, "meetings.plan", body["id"], **given)
    demo.do(SECRETARY, "meetings.add_standing_items", meeting)
    return Called(meeting, day)


def test_two_secretaries_who_write_the_same_text_both_see_both(visit: Visit, case: str) -> None:
    first, second = visit(SECRETARY), visit("coordinator_hospital")
    for page in (first, second):
        page.goto(f"/saker/{case}/saksframlegg")
    write(first, "Forslag til vedtak", "Kommunene ordner vakten selv.")
    press(first, "Lagre")
    told(first, "Saksframlegget er lagret")
    write(second, "Forslag til vedtak", "Sykehuset ordner vakten.")
    with second.expect_response(lambda response: response.request.method == "POST") as answer:
        press(second, "Lagre")
    assert answer.value.status == 409
    reads(second, "Teksten er endret mens du skrev", "Kommunene ordner vakten selv.", "Sykehuset ordner vakten.")
    expect(text_field(second, "Forslag til vedtak")).to_have_text("Sykehuset ordner vakten.")
    write(second, "Forslag til vedtak", "Partene ordner vakten sammen.")
    press(second, "Lagre")
    told(second, "Saksframlegget er lagret")
    reads(second, "Partene ordner vakten sammen.")


def test_what_was_typed_in_a_tab_that_was_closed_comes_back(visit: Visit, case: str) -> None:
    page = visit(SECRETARY)
    page.goto(f"/saker/{case}/saksframlegg")
    write(page, "Vurdering", "Dette var jeg midt i da toget gikk inn i tunnelen.")
    expect(page.get_by_text("Teksten er tatt vare på i denne nettleseren")).to_be_visible()
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"/saker/{case}/saksframlegg")
    expect(text_field(page, "Vurdering")).to_have_text("")
    press(page, "Hent teksten")
    expect(text_field(page, "Vurdering")).to_have_text("Dette var jeg midt i da toget gikk inn i tunnelen.")
    press(page, "Lagre")
    told(page, "Saksframlegget er lagret")
    page.goto(f"/saker/{case}/saksframlegg")
    expect(text_field(page, "Vurdering")).to_contain_text("toget gikk inn i tunnelen")
    expect(page.get_by_role("button", name="Hent teksten")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_press_sends_the_notice_once(visit: Visit, demo: Demo, meeting: Called, scripts: bool) -> None:
    page = visit(SECRETARY, java_script_enabled=scripts)
    page.goto(f"/moter/{meeting.id}/innkalling")
    page.get_by_role("button", name="Send innkalling").dblclick()
    reads(page, "kan ikke endres")
    expect(page.locator("[role=alert]")).to_have_count(0)
    numbers = [row["number"] for row in demo.rows(SECRETARY, "agenda-items") if row["meeting_id"] == meeting.id]
    assert sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
    member = visit("member")
    member.goto("/utboks")
    expect(member.get_by_role("link", name=meeting.notice)).to_have_count(1)


def test_who_was_signed_out_while_keeping_minutes_is_told_and_keeps_the_page(
    visit: Visit, meeting_today: Called
) -> None:
    page = visit(SECRETARY)
    page.goto(f"/moter/{meeting_today.id}/innkalling")
    press(page, "Send innkalling")
    told(page, "Innkallingen er sendt")
    page.goto(f"/moter/{meeting_today.id}/foring")
    here = page.get_by_role("button", name="Kari Anne Storskarmyr").first
    here.click()
    expect(here).to_have_attribute("aria-pressed", "true")
    write(page, "Saken i møtet", "Leder ønsket velkommen.")
    page.context.clear_cookies()
    here.click()
    expect(page.locator(".messages").filter(has_text="Du er logget ut")).to_be_visible()
    expect(here).to_have_attribute("aria-pressed", "true")
    expect(text_field(page, "Saken i møtet")).to_have_text("Leder ønsket velkommen.")


def test_nobody_is_noted_present_before_the_day(visit: Visit, meeting: Called) -> None:
    page = visit(SECRETARY)
    page.goto(f"/moter/{meeting.id}/innkalling")
    press(page, "Send innkalling")
    told(page, "Innkallingen er sendt")
    page.goto(f"/moter/{meeting.id}/foring")
    reads(page, f"Møtet er ikke før {written(meeting.day)}")
    expect(page.get_by_role("button", name="Kari Anne Storskarmyr").first).to_be_disabled()


def test_forfall_on_a_phone_without_password_calls_in_the_deputy(visit: Visit, demo: Demo, meeting: Called) -> None:
    demo.do(SECRETARY, "dispatch.send_notice", meeting.id)
    phone = visit(None, view=PHONE)
    phone.goto(own_link(visit("member"), meeting))
    reads(phone, "Bjørg Halmstråløkken", "Melder du forfall, er vara: Camilla Brygghusås")
    press(phone, "Meld forfall")
    told(phone, "Svaret ditt er lagret: Forfall")
    fits_the_phone(phone)
    page = visit(SECRETARY)
    page.goto(f"/moter/{meeting.id}/deltakere")
    press(page, "Kall inn Camilla Brygghusås", "Bjørg")
    told(page, "Vara er innkalt")
    phone.goto(own_link(visit("deputy"), meeting))
    reads(phone, "Camilla Brygghusås", "Innkalling ASU")
    press(phone, "Kommer")
    told(phone, "Svaret ditt er lagret: Kommer")


def own_link(page: Page, meeting: Called) -> str:
    """The link in the mail with the notice."""
    return link_in(open_mail(page, meeting.notice))


def test_opening_a_link_as_a_mail_scanner_does_answers_nothing(visit: Visit, demo: Demo, meeting: Called) -> None:
    demo.do(SECRETARY, "dispatch.send_notice", meeting.id)
    member = visit("member")
    link = own_link(member, meeting)
    for _ in range(3):
        assert visit(None).goto(link).status == 200
    member.goto(f"/moter/{meeting.id}")
    reads(member, "Ikke svart")
    press(member, "Kommer")
    expect(member.get_by_role("button", name="Kommer", exact=True)).to_have_count(0)
