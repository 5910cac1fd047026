"""Who is appointed gets a letter and is made welcome."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from secretariat.appointing import registering
from secretariat.appointing.models import NominationLetter
from secretariat.bodies.models import Appointment
from secretariat.core import clock
from secretariat.directory.models import Person
from secretariat.messages.models import Mail
from tests.factories.appointing import answer, asked, keep, letters_of, link_to, path_of, register, sent, somebody
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.pdf import facts_of


@pytest.fixture
def letter(cast: Cast) -> NominationLetter:
    """The trust's letter, answered with one who goes on and one who is new, and registered."""
    letter = letters_of(sent(cast))["Sykehuset HF"]
    first, second = asked(letter)
    answer(cast.actor("contact"), letter, keep(first), somebody(second, cast.trust.id))
    register(cast, letter)
    return letter


@pytest.fixture
def new(letter: NominationLetter, database: sa.orm.Session) -> Appointment:
    """The appointment of the new person, who never signed in."""
    return database.get_one(Appointment, asked(letter)[1].appointment_id)


def test_each_who_is_appointed_gets_one_mail(cast: Cast, letter: NominationLetter, database: sa.orm.Session) -> None:
    for role in ("secretary", "hospital_secretary"):
        registering.tell(cast.actor(role), letter.id)
        registering.tell_all(cast.actor(role), letter.campaign_id)
    mails = database.scalars(sa.select(Mail).where(Mail.subject_kind == "appointment").order_by(Mail.to_name)).all()
    assert [mail.to_name for mail in mails] == ["DeputyChair Testesen", "Kari Nordmann"]
    assert "Du er oppnevnt som representant i Administrativt samarbeidsutvalg fra 1. november 2026." in mails[1].text


def test_the_nominating_body_is_told_once_and_finds_its_letter_behind_its_link(
    browse: Browser, cast: Cast, letter: NominationLetter, database: sa.orm.Session
) -> None:
    for _press in range(2):
        registering.tell_all(cast.actor("secretary"), letter.campaign_id)
    told = sa.select(sa.func.count()).select_from(Mail).where(Mail.subject == "Registrert: Oppnevning 2026")
    assert database.scalar(told) == 1
    page = browse.open(path_of(link_to(letter)))
    pdf = browse.client.get(page.html.link_named("Oppnevningsbrev (PDF)")).data
    assert "Kari Nordmann" in facts_of(pdf).text


def test_the_letter_says_who_where_for_how_long_with_what_rights_and_who_named(
    browse: Browser, cast: Cast, letter: NominationLetter, new: Appointment
) -> None:
    registering.tell(cast.actor("secretary"), letter.id)
    pdf = browse.client.get(f"{path_of(link_to(new))}/oppnevningsbrev.pdf").data
    facts = facts_of(pdf)
    assert facts.tagged
    assert facts.standards == {"ua-1", "a-3a"}
    said = " ".join(facts.text.split())
    for words in (
        "Kari Nordmann",
        "Administrativt samarbeidsutvalg",
        "Rett til: møte, tale, forslag, stemme",
        "Sykehuset HF",
    ):
        assert words in said
    assert "1. november 2026–31. oktober 2030" in said


def test_the_nominating_body_gets_a_letter_with_all_it_named(
    browse: Browser, cast: Cast, letter: NominationLetter
) -> None:
    address = f"/oppnevning/brev/{letter.id}/oppnevningsbrev.pdf"
    said = facts_of(browse.as_("contact").client.get(address).data).text
    assert "Kari Nordmann" in said
    assert "DeputyChair Testesen" in said
    other = letters_of(sent(cast))["Kommunene"]
    assert browse.as_("secretary").open(f"/oppnevning/brev/{other.id}/oppnevningsbrev.pdf").status == 404


def test_a_new_member_is_made_welcome_on_a_page_without_a_password(
    browse: Browser, cast: Cast, letter: NominationLetter, new: Appointment, now: datetime
) -> None:
    registering.tell(cast.actor("secretary"), letter.id)
    path = path_of(link_to(new))
    page = browse.open(path)
    assert page.title == "Velkommen til Administrativt samarbeidsutvalg"
    for words in (
        "Chair Testesen",
        "Beslutter ved enighet. Rett til: møte, tale, forslag, stemme.",
        "fra 1. november 2026",
    ):
        assert words in page.text
    with clock.at(now + timedelta(days=60)):
        assert "Ingen møter er planlagt." in browse.open(path).text
    with clock.at(now + timedelta(days=400)):
        assert browse.open(path).status == 410


@pytest.mark.parametrize(("role", "status"), [("secretary", 200), ("chair", 200), ("stranger", 404), ("contact", 200)])
def test_the_welcome_page_is_seen_by_those_who_see_the_body(
    browse: Browser, cast: Cast, new: Appointment, role: str, status: int
) -> None:
    assert browse.as_(role).open(f"/velkommen/{new.id}").status == status


def test_a_link_to_a_letter_does_not_open_anothers_appointment(
    browse: Browser, cast: Cast, letter: NominationLetter, new: Appointment, database: sa.orm.Session
) -> None:
    stranger = cast.person["stranger"]
    registering.tell(cast.actor("secretary"), letter.id)
    link = link_to(new)
    from secretariat.core.actions import writing

    with writing("test"):
        database.get_one(type(link), link.id).person_id = database.get_one(Person, stranger.id).id
    assert browse.open(path_of(link)).status == 404
    assert browse.client.get(f"{path_of(link)}/oppnevningsbrev.pdf").status_code == 404


def test_who_was_appointed_outside_a_round_gets_the_letter_from_the_page_of_the_body(
    browse: Browser, cast: Cast, database: sa.orm.Session
) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}").follow("Oppnevningsbrev: Member Testesen")
    page = page.press("Send oppnevningsbrevet Member Testesen")
    assert "Oppnevningsbrevet er sendt." in page.text
    assert "Det er alt sendt" in page.press("Send oppnevningsbrevet Member Testesen").text
    database.rollback()
    mails = database.scalars(sa.select(Mail.to_name).where(Mail.subject_kind == "appointment")).all()
    assert mails == ["Member Testesen"]
    assert "Send oppnevningsbrevet" not in browse.as_("member").open(page.address).text
