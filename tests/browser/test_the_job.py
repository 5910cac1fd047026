"""The secretariat's job as people do it: from a case that is raised to a task that is done."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pypdfium2
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Demo, Visit
from tests.browser.hands import (
    button,
    fits_the_phone,
    follow,
    link_in,
    named,
    open_mail,
    open_until,
    press,
    reads,
    told,
    write,
    written,
)

BODY = "Administrativt samarbeidsutvalg"
MEETING = "Ekstra møte om utskrivning"
TITLE = "Felles rutine for utskrivning på fredager"
PUBLIC_TITLE = "Rutine for utskrivning"
PROPOSAL = "Utvalget slutter seg til rutinen og ber kommunene ta den i bruk."
TASK = "Innføre rutinen i Verdal"
APPROVAL = "Godkjenning av innkalling og saksliste"
MEMBER = "Bjørg Halmstråløkken"
ABSENT, DEPUTY = "Trond Bakkestjernvik", "Geir Snøfonnhaug"


@dataclass
class Job:
    """Three people at their screens, and where the meeting lies."""

    demo: Demo
    secretary: Page
    chair: Page
    member: Page
    stranger: Page
    meeting: str = ""
    number: str = ""

    @property
    def day(self) -> str:
        """The day, as it is written."""
        return written(self.demo.today)

    @property
    def named(self) -> str:
        """What the mails call the meeting."""
        return f"{MEETING} {self.day}"


def test_three_people_carry_a_case_from_its_raising_to_its_effect(visit: Visit, demo: Demo) -> None:
    phone = {"view": PHONE, "is_mobile": True, "has_touch": True}
    job = Job(demo, visit("coordinator_municipal"), visit("chair"), visit("member", **phone), visit(None, **phone))
    raise_the_case(job)
    write_its_paper(job)
    plan_the_meeting(job)
    build_the_agenda(job)
    agree_and_send(job)
    read_what_was_sent(job)
    answer_the_notice(job)
    move_the_meeting(job)
    hold_the_meeting(job)
    close_the_meeting(job)
    let_the_minutes_be_read(job)
    approve_the_minutes(job)
    follow_it_up(job)


# (a) A case comes in


def raise_the_case(job: Job) -> None:
    page = job.secretary
    page.goto("/")
    follow(page, "Meld inn sak")
    page.get_by_label("Tittel", exact=False).first.fill(TITLE)
    write(page, "Hva gjelder saken?", "Pasienter skrives ut sent på fredager, uten at kommunen er forberedt.")
    page.get_by_label("Meldt inn av").select_option(label="Verdal kommune")
    page.get_by_label("På vegne av").fill("ordføreren i Verdal")
    page.get_by_label("Ønsket utvalg").select_option(label=f"{BODY} (ASU)")
    page.get_by_label("Arkivref. hos kommunene").fill("26/4711")
    page.get_by_label("Arkivref. hos helseforetaket").fill("2026/815")
    page.get_by_text("Flere valg").click()
    page.get_by_label("Offentlig tittel").fill(PUBLIC_TITLE)
    press(page, "Meld inn saken")
    told(page, "Saken er meldt inn")
    reads(page, "Verdal kommune", "ordføreren i Verdal", PUBLIC_TITLE, "26/4711", "2026/815")


# (b) Its paper


def write_its_paper(job: Job) -> None:
    page = job.secretary
    press(page, "Ta inn")
    told(page, "Saken er tatt inn")
    follow(page, "Skriv saksframlegg")
    write(page, "Forslag til vedtak", PROPOSAL)
    write(page, "Vurdering", "Rutinen er prøvd i to kommuner.")
    write(page, "Brukermedvirkning", "Brukerutvalget er spurt og støtter forslaget.")
    write(page, "Konsekvenser", "Ingen nye kostnader.")
    press(page, "Lagre")
    told(page, "Saksframlegget er lagret")
    attach_statistics(page)
    press(page, "Klar til saksliste")
    told(page, "Saken er klar til saksliste")


def attach_statistics(page: Page) -> None:
    """The file is received, and shown to others once the worker has looked at it."""
    follow(page, "Legg til vedlegg")
    table = {"name": "Statistikk.txt", "mimeType": "text/plain", "buffer": b"Utskrivninger per ukedag"}
    page.get_by_label("Filer").set_input_files(table)
    press(page, "Last opp")
    told(page, "Mottatt")
    checked = page.get_by_role("listitem").filter(has_text="Statistikk.txt").filter(has_not_text="kontrolleres")
    open_until(page, page.url, checked)
    follow(page, "Til saken")


# (c) The meeting and its agenda


def plan_the_meeting(job: Job) -> None:
    page = job.secretary
    page.goto("/moter")
    follow(page, "Planlegg møte")
    page.get_by_label("Utvalg").select_option(label=BODY)
    page.get_by_label("Dato").first.fill(job.demo.today.isoformat())
    page.get_by_label("Begynner").fill("12:00")
    page.get_by_label("Slutter").fill("15:00")
    page.get_by_label("Sted").fill("Steinkjer rådhus")
    page.get_by_text("Flere valg").click()
    page.get_by_label("Tittel").fill(MEETING)
    press(page, "Planlegg")
    told(page, "Møtet er planlagt")
    job.meeting = page.url


def build_the_agenda(job: Job) -> None:
    page = job.secretary
    page.goto(f"{job.meeting}/saksliste")
    reads(page, "Kan ikke gjøres ennå", "Sakslisten er tom.")
    press(page, "Legg til faste saker")
    told(page, "De faste sakene står på sakslisten")
    press(page, "Legg til", TITLE)
    told(page, "Saken er satt på sakslisten")
    press(page, "Flytt opp", TITLE)
    expect(lines(page).nth(2)).to_contain_text(TITLE)
    follow(page, "Endre", TITLE)
    page.get_by_label("Minutter").fill("40")
    page.get_by_label("Legges fram av").fill("Kari Anne Storskarmyr")
    press(page, "Lagre")
    told(page, "Lagret")
    expect(lines(page).nth(2)).to_contain_text("12.10")
    expect(lines(page).nth(2)).to_contain_text("40 min")
    expect(lines(page).nth(3)).to_contain_text("12.50")


def lines(page: Page) -> Locator:
    """The lines of the agenda, in their order."""
    return page.get_by_role("list", name="Sakslisten i rekkefølge").get_by_role("listitem")


# (d) Sent


def agree_and_send(job: Job) -> None:
    page = job.secretary
    page.get_by_label("Tittel", exact=False).first.fill("Ny avtale om ambulanse")
    page.get_by_label("Type").select_option(label="Vedtakssak")
    press(page, "Legg til")
    reads(page, "mangler saksframlegg: «Ny avtale om ambulanse»")
    press(page, "Ta av", "Ny avtale om ambulanse")
    told(page, "Saken er tatt av sakslisten")
    job.chair.goto(job.meeting)
    press(job.chair, "Sakslisten er god")
    told(job.chair, "Svaret er lagret")
    page.reload()
    follow(page, "Kontroller og send innkalling")
    reads(page, "Leder Kari Anne Storskarmyr: godkjent", "Sendt uten godkjenning fra nestleder", MEMBER)
    press(page, "Send innkalling")
    told(page, "Innkallingen er sendt")
    reads(page, "kan ikke endres")


def read_what_was_sent(job: Job) -> None:
    """The numbers are given, one after the other, and the paper carries the case."""
    page = job.secretary
    page.goto(job.meeting)
    numbers = [int(n) for n in re.findall(rf"\b(\d+)/{job.demo.today.year}\b", page.get_by_role("main").inner_text())]
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    job.number = f"{numbers[2]:02}/{job.demo.today.year}"
    pdf = page.request.get(f"{job.meeting}/innkalling.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    printed = text_of(pdf.body())
    for words in (TITLE, job.number, PROPOSAL, "Rutinen er prøvd i to kommuner.", "Statistikk.txt"):
        assert words in printed
    enclosed = pypdfium2.PdfDocument(pdf.body()).get_attachment(0)
    assert bytes(enclosed.get_data()) == b"Utskrivninger per ukedag"


def text_of(pdf: bytes) -> str:
    """The words of a PDF, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


# (e) Answered, and moved


def answer_the_notice(job: Job) -> None:
    mail = open_mail(job.member, f"Innkalling: {job.named}")
    assert f"Sak {job.number} {TITLE}" in mail
    answer = job.stranger
    answer.goto(link_in(mail))
    reads(answer, MEMBER, TITLE, PROPOSAL)
    fits_the_phone(answer)
    press(answer, "Kommer")
    told(answer, "Svaret ditt er lagret: Kommer")
    call_in_a_deputy(job)


def call_in_a_deputy(job: Job) -> None:
    """One rings and cannot come; the personal deputy is called in and gets a notice too."""
    page = job.secretary
    page.goto(f"{job.meeting}/deltakere")
    expect(page.get_by_role("listitem").filter(has_text=MEMBER).first).to_contain_text("Kommer")
    follow(page, "Svar", ABSENT)
    page.get_by_label("Forfall").check()
    page.get_by_label("Beskjed").fill("Ringte: er syk.")
    press(page, "Send svar")
    told(page, "Svaret er lagret")
    press(page, f"Kall inn {DEPUTY}", ABSENT)
    told(page, "Vara er innkalt")
    assert "Du er innkalt" in open_mail(page, f"Innkalling: {job.named}", to="snøfonnhaug")


def move_the_meeting(job: Job) -> None:
    """A new time is a new edition of the same invitation."""
    page = job.secretary
    first = invitation(job.member, f"Innkalling: {job.named}")
    page.goto(job.meeting)
    follow(page, "Endre møtet")
    page.get_by_label("Begynner").fill("12:30")
    press(page, "Lagre")
    told(page, "Møtet er endret")
    moved = invitation(job.member, f"Endret: {job.named}")
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == ("0", "1")
    assert first["UID"] == moved["UID"]
    assert (moved["METHOD"], moved["DTSTART;TZID=Europe/Oslo"][-6:]) == ("REQUEST", "123000")


def invitation(page: Page, subject: str) -> dict[str, str]:
    """The lines of the invitation that came with a mail."""
    open_mail(page, subject)
    address = page.get_by_role("link", name="Last ned kalenderfilen").get_attribute("href")
    file = page.request.get(address or "").text().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in file.splitlines() if ":" in line)


# (e, f) Held and closed


def hold_the_meeting(job: Job) -> None:
    page = job.secretary
    page.goto(f"{job.meeting}/foring")
    press(page, "Alle som har svart «Kommer»")
    expect(present(page, MEMBER)).to_have_attribute("aria-pressed", "true")
    present(page, DEPUTY).click()
    expect(present(page, DEPUTY)).to_have_attribute("aria-pressed", "true")
    expect(present(page, ABSENT)).to_have_attribute("aria-pressed", "false")
    reads(page, "Fra kommunene 2")
    follow(page, job.number)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    write(page, "Saken i møtet", "Utvalget drøftet hvem som varsler kommunen.")
    page.get_by_role("combobox", name="Vedtak", exact=True).select_option(label="Vedtak")
    page.get_by_label("Ny oppgave").fill(TASK)
    page.get_by_label("Ansvarlig").select_option(label=MEMBER)
    page.get_by_label("Frist", exact=True).fill((job.demo.today - timedelta(days=1)).isoformat())
    press(page, "Lagre")
    told(page, f"{job.number} er lagret")


def present(page: Page, name: str) -> Locator:
    """The button that says whether somebody is here."""
    return page.get_by_role("button", name=named(name))


def close_the_meeting(job: Job) -> None:
    page = job.secretary
    follow(page, "Avslutt møtet")
    reads(page, PROPOSAL, TASK)
    press(page, "Avslutt møtet")
    told(page, "Møtet er avsluttet")
    told_mail = open_mail(job.member, f"Vedtak i ASU {job.day}, fra ikke godkjent referat")
    assert TASK in told_mail
    open_decision(job.member)
    reads(job.member, PROPOSAL, "Fra ikke godkjent referat", TASK)
    fits_the_phone(job.member)


def open_decision(page: Page) -> None:
    """Find the decision in the register by a word of its title."""
    page.goto("/vedtak?q=fredager")
    follow(page, TITLE)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


# (g) The minutes


def let_the_minutes_be_read(job: Job) -> None:
    page, member = job.secretary, job.member
    page.goto(f"{job.meeting}/referat")
    follow(page, "Send ut til merknader")
    press(page, "Send ut")
    told(page, "Utkastet er sendt")
    open_mail(member, f"Utkast til referat: {job.named}")
    member.goto(f"{job.meeting}/referat")
    reads(member, PROPOSAL, "Utvalget drøftet hvem som varsler kommunen.")
    member.get_by_role("textbox", name="Merknad").fill("Jeg spurte også om helgene.")
    press(member, "Send merknad")
    told(member, "Merknaden er sendt")
    fits_the_phone(member)


def approve_the_minutes(job: Job) -> None:
    page = job.secretary
    page.goto(f"{job.meeting}/referat")
    reads(page, "Jeg spurte også om helgene.", MEMBER)
    follow(page, "Godkjenn")
    page.get_by_label("Hvordan det ble godkjent").fill("Ingen merknader innen fristen")
    press(page, "Godkjenn")
    told(page, "Referatet er godkjent")
    expect(page.get_by_role("link", name="Skriv i referatet")).to_have_count(0)
    printed = text_of(page.request.get(f"{job.meeting}/referat.pdf").body())
    for words in (TITLE, PROPOSAL, TASK, MEMBER, DEPUTY):
        assert words in printed
    assert job.number in printed


# (h) The effect


def follow_it_up(job: Job) -> None:
    page, member = job.secretary, job.member
    open_decision(page)
    reads(page, "Referatet er godkjent", job.number)
    page.goto("/oppgaver?hvem=alle")
    page.get_by_label("Hvem sine").select_option(label="Alle")
    page.get_by_label("Bare over fristen").check()
    press(page, "Vis")
    reads(page, TASK, "1 dag over fristen")
    member.goto("/oppgaver")
    follow(member, TASK)
    reads(member, "1 dag over fristen")
    member.get_by_label("Gjennomført").check()
    member.get_by_label("Merknad").fill("Innført i alle avdelinger.")
    fits_the_phone(member)
    press(member, "Meld fra")
    reads(member, "Gjennomført", "Innført i alle avdelinger.")
    expect(button(member, "Send innkalling")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text(TASK)
