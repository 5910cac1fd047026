"""Contacts: those who take part in a body reach each other; nobody else gets their addresses and telephones."""

import csv
from io import StringIO

import pytest
from hypothesis import given, strategies as st
from icalendar.parser import Contentlines
from icalendar.prop import vText

from secretariat.bodies.contacts import files
from secretariat.bodies.contacts.queries import Chosen, Contact, contacts
from secretariat.bodies.models import Capacity
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import new_id, session
from secretariat.directory.models import PersonMerge
from secretariat.directory.parties import Party
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120)


def someone(**values: str) -> Contact:
    told = {"given_name": "Kari", "family_name": "Nordmann", "title": "rådgiver", "organisation": "Stedet kommune"}
    told |= {"email": "kari@stedet.example", "phone": "+47 900 00 000", "language": "nb", "place": "Innherred"}
    return Contact(person_id=new_id(), party=Party.M, is_deputy=False, **(told | values))


def read_cards(content: bytes) -> list[dict[str, str]]:
    """The cards as a library for such lines unfolds and reads them: each property with its value as people wrote it."""
    cards: list[dict[str, str]] = []
    for line in filter(None, Contentlines.from_ical(content.decode())):
        name, _parameters, value = line.parts()
        if name == "BEGIN":
            cards.append({})
        cards[-1][name] = value if name in ("N", "ORG") else str(vText.from_ical(value))
    return cards


# ---- who may read them


@pytest.mark.parametrize(
    "role",
    ["secretary", "hospital_secretary", "chair", "deputy_chair", "member", "hospital_member", "deputy", "observer"],
)
def test_those_who_take_part_in_the_body_and_its_secretaries_read_the_contacts(browse: Browser, role: str) -> None:
    page = browse.as_(role).open(f"/utvalg/{browse.cast.body.id}").follow("Kontakter")
    assert page.status == 200
    assert browse.cast.person["member"].email in page.text


@pytest.mark.parametrize(
    ("role", "status"), [("contact", 403), ("archivist", 403), ("administrator", 404), ("stranger", 404)]
)
@pytest.mark.parametrize("ending", ["", ".csv", ".vcf"])
def test_nobody_else_gets_the_addresses_in_any_form(browse: Browser, role: str, status: int, ending: str) -> None:
    other = browse.as_(role)
    assert other.client.get(f"/utvalg/{browse.cast.body.id}/kontakter{ending}").status_code == status
    assert "kontakter" not in other.client.get(f"/utvalg/{browse.cast.body.id}").get_data(as_text=True)


def test_a_partys_own_body_tells_the_other_party_of_nobody(a: Factory, cast: Cast, browse: Browser) -> None:
    body = a.body("Kommunenes samarbeidsorgan", short_name="KOSS", room="M", partnership=cast.partnership)
    a.appointment(a.seat(body, Party.M), a.person("Hemmelig Kontaktsen"))
    address = f"/utvalg/{body.id}/kontakter"
    assert "Hemmelig" in browse.as_("secretary").open(address).text
    for role in ("hospital_secretary", "deputy_chair", "hospital_member", "administrator"):
        assert browse.as_(role).client.get(address).status_code == 404
    assert contacts(cast.actor("hospital_secretary"), body) == []


# ---- what they hold


def test_each_is_listed_once_with_all_the_places_held_and_deputies_after_them(a: Factory, cast: Cast) -> None:
    second = a.seat(cast.body, Party.M, represents="Namdalen")
    a.appointment(second, cast.person["member"])
    found = contacts(cast.actor("secretary"), cast.body)
    assert [one.name for one in found].count("Member Testesen") == 1
    member = next(one for one in found if one.name == "Member Testesen")
    assert "Namdalen" in member.place
    deputy = next(one for one in found if one.name == "Deputy Testesen")
    assert deputy.is_deputy
    assert deputy.place == "Vara for Member Testesen"
    assert found.index(deputy) > found.index(member)


def test_one_who_was_registered_twice_has_one_line_with_all_the_places(a: Factory, cast: Cast) -> None:
    twice = a.person("Dobbel Registrertsen")
    first, second = (a.seat(cast.body, Party.M, represents=place) for place in ("Namdalen", "Innherred"))
    a.appointment(first, cast.person["member"])
    a.appointment(second, twice)
    with writing("test"):
        session().add(PersonMerge(person_id=twice.id, into_id=cast.person["member"].id))
    found = [one for one in contacts(cast.actor("secretary"), cast.body) if "Namdalen" in one.place]
    assert [(one.name, "Innherred" in one.place) for one in found] == [("Member Testesen", True)]


def test_one_who_sits_only_under_a_registration_that_was_merged_is_reached(a: Factory, cast: Cast) -> None:
    old, new = a.person("Gammel Registrertsen"), a.person("Ny Registrertsen")
    a.appointment(a.seat(cast.body, Party.M), old)
    with writing("test"):
        session().add(PersonMerge(person_id=old.id, into_id=new.id))
    names = [one.name for one in contacts(cast.actor("secretary"), cast.body)]
    assert (names.count("Ny Registrertsen"), names.count("Gammel Registrertsen")) == (1, 0)


def test_the_list_is_narrowed_to_holders_or_to_one_party(cast: Cast) -> None:
    secretary = cast.actor("secretary")
    holders = contacts(secretary, cast.body, Chosen.HOLDERS)
    assert "Deputy Testesen" not in {one.name for one in holders}
    assert {one.party for one in contacts(secretary, cast.body, Chosen.HOSPITAL)} == {Party.H}


def test_one_who_has_stepped_down_or_been_anonymised_is_not_listed(a: Factory, cast: Cast) -> None:
    gone = a.person("Gått Avsen")
    a.appointment(a.seat(cast.body), gone, ends_on=clock.today().replace(day=1))
    erased = a.person("Slettet Personsen")
    a.appointment(a.seat(cast.body), erased)
    with writing("test"):
        erased.anonymised_at = clock.now()
    names = {one.name for one in contacts(cast.actor("secretary"), cast.body)}
    assert names.isdisjoint({"Gått Avsen", "Slettet Personsen"})


def test_the_page_costs_the_same_for_few_and_for_many(a: Factory, cast: Cast, browse: Browser) -> None:
    secretary = browse.as_("secretary")
    counts = []
    for _size in range(2):
        with count_statements() as asked:
            secretary.open(f"/utvalg/{cast.body.id}/kontakter")
        counts.append(asked.count)
        with a.together():
            for _ in range(15):
                seat = a.seat(cast.body)
                a.appointment(seat)
                a.appointment(seat, capacity=Capacity.DEPUTY, rank=1)
    assert counts[0] == counts[1] <= 15


# ---- as files


def test_the_sheet_opens_in_a_norwegian_spreadsheet(browse: Browser) -> None:
    response = browse.as_("member").client.get(f"/utvalg/{browse.cast.body.id}/kontakter.csv?hvem=faste")
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(response.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Navn", "Stilling", "Organisasjon", "Representerer", "E-post", "Telefon"]
    assert [row[0] for row in rows if row[4] == browse.cast.person["member"].email] == ["Member Testesen"]
    assert response.headers["Content-Disposition"] == "attachment; filename=kontakter-ASU.csv"


def test_nothing_in_the_sheet_is_taken_for_a_formula() -> None:
    people = [someone(title=sign + "HYPERLINK(1)") for sign in "=+-@"]
    rows = list(csv.reader(StringIO(files.sheet(people).decode("utf-8-sig")), delimiter=";"))
    assert {row[1][0] for row in rows[1:]} == {"'"}
    assert {row[5] for row in rows[1:]} == {"+47 900 00 000"}


def test_addresses_are_pasted_as_mail_programs_take_them_in(browse: Browser) -> None:
    people = [someone(), someone(given_name="Kari, dr.", email="dr@stedet.example"), someone(email="")]
    assert files.addresses(people) == ('Kari Nordmann <kari@stedet.example>; "Kari, dr. Nordmann" <dr@stedet.example>')
    page = browse.as_("member").open(f"/utvalg/{browse.cast.body.id}/kontakter")
    assert f"Member Testesen <{browse.cast.person['member'].email}>" in page.text


def test_a_card_says_who_one_is_and_how_one_is_reached() -> None:
    kari = someone()
    (card,) = read_cards(files.vcards([kari], "ASU"))
    assert card == {
        "BEGIN": "VCARD",
        "VERSION": "4.0",
        "KIND": "individual",
        "UID": f"urn:uuid:{kari.person_id}",
        "N": "Nordmann;Kari;;;",
        "FN": "Kari Nordmann",
        "ORG": "Stedet kommune",
        "TITLE": "rådgiver",
        "ROLE": "Innherred",
        "EMAIL": "kari@stedet.example",
        "TEL": "+47 900 00 000",
        "CATEGORIES": "ASU",
        "LANG": "nb",
        "END": "VCARD",
    }


@given(title=WORDS, place=WORDS)
def test_whatever_people_write_comes_back_from_the_cards_unchanged(title: str, place: str) -> None:
    (card,) = read_cards(files.vcards([someone(title=title, place=place)], "ASU"))
    assert (card["TITLE"], card["ROLE"]) == (title, place)


@given(title=WORDS)
def test_no_line_of_a_card_is_longer_than_75_octets(title: str) -> None:
    content = files.vcards([someone(title=title)], "ASU")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.replace(b"\r\n ", b"").decode()
