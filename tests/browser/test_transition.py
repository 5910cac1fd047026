"""A partnership goes over from its structure of 2015 to that of 2021 on a day, with cases and decisions under way."""

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Demo, Visit
from tests.browser.hands import fits_the_phone, follow, open_until, press, reads, told, written

NAME = "Helsefellesskapet på kysten"
DECIDED, WAITING, DONE = "Felles legemiddelrutine", "Pasienttransport i helgene", "Felles opplæring"
WORDS = "Utvalget slutter seg til legemiddelrutinen."
REASON = "Avtalt mellom partene"
WAY = "Omlegging: ny struktur"


@dataclass
class Coast:
    """The partnership, and the secretary who keeps it."""

    demo: Demo
    page: Page
    id: str
    bodies: dict[str, str]

    @property
    def day(self) -> date:
        """The first day of the new structure."""
        return date(self.demo.today.year + 1, 1, 1)

    def do(self, verb: str, subject: str, **given: object) -> str:
        """Prepare something as the secretary."""
        return self.demo.do("coordinator_hospital", verb, subject, **given)


def test_the_structure_changes_while_cases_and_decisions_are_under_way(visit: Visit, demo: Demo) -> None:
    coast = found(visit, demo)
    member = appoint(coast)
    raise_cases(coast, member)
    decide(coast)
    begin(coast)
    nothing_goes_without_choices(coast)
    choose(coast)
    carry_out(coast)
    look_afterwards(coast, visit)


# ---- what is under way


def found(visit: Visit, demo: Demo) -> Coast:
    """The administrator sets the partnership up and makes the hospital's coordinator its secretary."""
    given = {"structure_key": "more-og-romsdal-2015", "name": NAME, "short_name": "Kysten"}
    start = date(demo.today.year, 1, 1).isoformat()
    partnership = str(demo._ask("admin", "actions/bodies.found_partnership", given | {"starts_on": start})["id"])
    page = visit("admin")
    page.goto(f"/admin?q={demo.users['coordinator_hospital']['email']}")
    row = page.get_by_role("row").filter(has_text=demo.users["coordinator_hospital"]["email"])
    row.get_by_role("link").first.click()
    page.get_by_role("combobox", name="Rolle").select_option(label="Sekretær")
    page.get_by_role("combobox", name="Helsefellesskap").select_option(label=NAME)
    page.get_by_role("combobox", name="Part").select_option("H")
    press(page, "Gi rollen")
    told(page, "Rollen er gitt")
    rows = demo.rows("coordinator_hospital", "bodies")
    bodies = {str(row["short_name"]): str(row["id"]) for row in rows if row["partnership_id"] == partnership}
    return Coast(demo, visit("coordinator_hospital"), partnership, bodies)


def appoint(coast: Coast) -> str:
    """Somebody from the trust sits in the overall body."""
    known = coast.demo.rows("coordinator_hospital", "organisations")
    trust = next(str(row["id"]) for row in known if row["name"] == "Helse Møre og Romsdal HF")
    seats = coast.demo.rows("coordinator_hospital", "seats")
    seat = next(row for row in seats if row["body_id"] == coast.bodies["OSU"] and row["party"] == "H")
    person = {"given_name": "Solveig", "family_name": "Nordvik", "email": "solveig.nordvik@helse.example"}
    coast.do("bodies.appoint", seat["id"], **person, organisation_id=trust, starts_on=seat["starts_on"])
    return trust


def raise_cases(coast: Coast, organisation_id: str) -> None:
    """Three cases wait for the overall body."""
    for title in (DECIDED, WAITING, DONE):
        given = {"title": title, "organisation_id": organisation_id, "wanted_body_id": coast.bodies["OSU"]}
        case = coast.do("cases.raise", coast.id, **given)
        coast.do("cases.take_in", case)
        paper = next(row for row in coast.demo.rows("coordinator_hospital", "case-papers") if row["case_id"] == case)
        sections = {"proposal": WORDS, "background": "Bakgrunn.", "facts": "", "assessment": "Prøvd i to kommuner."}
        sections |= {"user_involvement": "Ikke relevant", "consequences": "Ingen."}
        coast.do("cases.save_paper", paper["id"], **sections, version=paper["version"])
        coast.do("cases.make_ready", case)


def decide(coast: Coast) -> None:
    """One of them is decided in a meeting today; the others wait, and a meeting is planned for next year."""
    times = {"starts": "12:00", "ends": "13:00", "place": "Molde"}
    meeting = coast.do("meetings.plan", coast.bodies["OSU"], day=coast.demo.today.isoformat(), **times)
    cases = {row["id"]: row["title"] for row in coast.demo.rows("coordinator_hospital", "cases")}
    steps = coast.demo.rows("coordinator_hospital", "treatments")
    step = next(row for row in steps if cases.get(row["case_id"]) == DECIDED)
    item = coast.do("meetings.add_item", meeting, treatment_id=step["id"])
    coast.do("dispatch.send_notice", meeting)
    coast.do("decisions.draft", item, kind="decision")
    coast.do("meetings.close", meeting)
    coast.do("meetings.plan", coast.bodies["OSU"], day=coast.day.replace(month=2).isoformat(), **times)


# ---- prepared


def begin(coast: Coast) -> None:
    page = coast.page
    page.goto("/utvalg")
    page.get_by_text("Flere valg").last.click()
    follow(page, WAY)
    follow(page, "Gå over til ny struktur i Kysten")
    page.get_by_label("Ny struktur").select_option("more-og-romsdal-2021")
    page.get_by_label("Gjelder fra").fill(coast.day.isoformat())
    page.get_by_label("Notat").fill("Vedtatt i alle kommunestyrer.")
    press(page, "Forbered omleggingen")
    reads(page, "Slik det er", "Slik det blir", "Under forberedelse", written(coast.day))
    expect(page.get_by_role("img").or_(page.locator("svg.structure-drawing__picture"))).to_have_count(2)


def nothing_goes_without_choices(coast: Coast) -> None:
    page = coast.page
    reads(page, "Kan ikke gjøres ennå", "Utvalg: 11 mangler valg", "Sak: 2 mangler valg", "Vedtak: 1 mangler valg")
    expect(page.get_by_role("button", name="Gjennomfør omleggingen")).to_have_attribute("aria-disabled", "true")


def choose(coast: Coast) -> None:
    """The suggestions are looked through and saved group by group; what nobody takes over is closed with a reason."""
    page = coast.page
    follow(page, "Velg for hver sak")
    close(page, "Klinisk samhandlingsutvalg", "Felles fagbehandlerråd")
    expect(page.get_by_label("Hva skal skje med Utvalg for akuttmedisinsk kjede")).to_have_value("new:FSU-AK")
    save(page)
    for group in ("Møter", "Vedtak", "Oppgaver", "Plasser"):
        tab(page, group)
        if page.get_by_role("button", name="Lagre valgene").count():
            save(page)
    tab(page, "Saker")
    expect(page.get_by_label(f"Hva skal skje med {WAITING}")).to_have_value("new:SSU")
    close(page, DONE)
    save(page)
    reads(page, "Alle har et valg")


def close(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_label(f"Hva skal skje med {title}").select_option("close")
        page.get_by_label(f"Grunn for {title}").fill(REASON)


def save(page: Page) -> None:
    press(page, "Lagre valgene")
    told(page, "Valgene er lagret")


def tab(page: Page, words: str) -> None:
    page.get_by_role("navigation", name="Det som er åpent").get_by_role("link", name=words, exact=True).click()


# ---- carried out


def carry_out(coast: Coast) -> None:
    page = coast.page
    follow(page, "Til omleggingen")
    press(page, "Gjennomfør omleggingen")
    told(page, "Omleggingen er gjennomført")
    reads(page, "Talt før og etter", "11 utvalg: 8 ført videre, 2 avsluttet, 1 blir")
    reads(page, "2 saker: 1 ført videre, 1 avsluttet", "1 vedtak: 1 ført videre", "1 møte: 1 ført videre")


def look_afterwards(coast: Coast, visit: Visit) -> None:
    """The case waits in the new body with its history, the decision is found there, and says so on a phone too."""
    page = coast.page
    page.goto("/saker")
    follow(page, WAITING)
    reads(page, "Overført til Strategisk samarbeidsutvalg")
    page.goto(f"/utvalg?dato={coast.day.isoformat()}")
    reads(page, "Strategisk samarbeidsutvalg", "Partnerskapsmøtet", "Felles legemøte/fastlegemøte")
    phone = visit("coordinator_hospital", view=PHONE, is_mobile=True, has_touch=True)
    kept = phone.get_by_text("Følges opp av SSU fra")
    open_until(phone, "/vedtak?q=legemiddelrutinen", kept)
    fits_the_phone(phone)
    follow(phone, DECIDED)
    reads(phone, WORDS, f"Følges opp av Strategisk samarbeidsutvalg fra {written(coast.day)}")
    fits_the_phone(phone)
