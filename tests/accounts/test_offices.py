"""Users and offices: who may give them, when they lapse, and that somebody is always administrator."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from secretariat.accounts import actions, inviting, offices
from secretariat.accounts.models import Office, User
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError
from secretariat.directory.models import Partnership, Person
from secretariat.directory.parties import Party
from secretariat.messages.models import Mail
from tests.accounts.conftest import user_of
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements


def the_office(cast: Cast, role: str) -> Office:
    """The one office of one of the cast."""
    session().rollback()
    return session().scalars(sa.select(Office).where(Office.person_id == cast.person[role].id)).one()


def test_the_last_administrator_cannot_be_ended(cast: Cast) -> None:
    with pytest.raises(DomainError, match="må alltid ha en administrator"):
        offices.end_office(cast.actor("administrator"), the_office(cast, "administrator"), ends_on=clock.today())
    assert the_office(cast, "administrator").ends_on is None


def test_the_last_administrators_user_cannot_be_closed(cast: Cast) -> None:
    with pytest.raises(DomainError, match="må alltid ha en administrator"):
        offices.close_user(cast.actor("administrator"), user_of(cast, "administrator"))
    assert user_of(cast, "administrator").disabled_at is None


def test_an_administrator_who_cannot_sign_in_does_not_count(cast: Cast, a: Factory) -> None:
    without_user = a.person("Uten Bruker")
    offices.give_office(cast.actor("administrator"), without_user, role=Role.ADMINISTRATOR)
    with pytest.raises(DomainError):
        offices.end_office(cast.actor("administrator"), the_office(cast, "administrator"), ends_on=clock.today())


def test_with_a_second_administrator_the_first_may_leave(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    offices.give_office(administrator, cast.person["archivist"], role=Role.ADMINISTRATOR)
    offices.end_office(administrator, the_office(cast, "administrator"), ends_on=clock.today())
    assert the_office(cast, "administrator").ends_on == clock.today()


def test_an_office_lapses_at_midnight_without_anybody_doing_anything(cast: Cast) -> None:
    offices.end_office(cast.actor("administrator"), the_office(cast, "secretary"), ends_on=clock.today())
    assert cast.actor("secretary").is_secretary(cast.partnership.id)
    with clock.at(clock.now() + timedelta(days=1)):
        assert not cast.actor("secretary").is_secretary(cast.partnership.id)


@pytest.mark.parametrize("role", ["secretary", "chair", "contact", "archivist", "stranger", "anonymous"])
def test_only_the_administrator_gives_offices(cast: Cast, role: str) -> None:
    with pytest.raises(Denied):
        actions.add_user(cast.actor(role), email="ny@steinkjer.example", given_name="Ny", family_name="Bruker")


@pytest.mark.parametrize(
    ("role", "missing"),
    [(Role.SECRETARY, "part"), (Role.CONTACT, "organisasjon"), (Role.ARCHIVIST, "helsefellesskap")],
)
def test_an_office_says_for_whom_it_is(cast: Cast, role: Role, missing: str) -> None:
    given = {} if role is Role.ARCHIVIST else {"partnership_id": cast.partnership.id}
    with pytest.raises(DomainError, match=missing):
        offices.give_office(cast.actor("administrator"), cast.person["member"], role=role, **given)


def test_an_office_does_not_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(DomainError, match="før første dag"):
        offices.end_office(cast.actor("administrator"), the_office(cast, "secretary"), ends_on=date(2019, 12, 31))


def test_somebody_known_as_a_person_keeps_the_name_and_gets_a_user(cast: Cast, a: Factory) -> None:
    known = a.person("Berit Kjent", email="berit@steinkjer.example")
    given = {"email": "Berit@Steinkjer.example", "given_name": "B", "family_name": "K"}
    assert actions.add_user(cast.actor("administrator"), **given) == known.id
    assert session().scalars(sa.select(User.email).where(User.person_id == known.id)).one() == known.email
    with pytest.raises(DomainError, match="har alt"):
        actions.add_user(cast.actor("administrator"), **given)


def test_a_secretary_of_a_nynorsk_partnership_is_spoken_to_in_nynorsk(cast: Cast) -> None:
    office = {"role": Role.SECRETARY, "party": Party.H, "partnership_id": cast.partnership.id}
    with writing("test"):
        session().get_one(Partnership, cast.partnership.id).language = "nn"
    made = actions.add_user(
        cast.actor("administrator"), email="ny@steinkjer.example", given_name="Nina", family_name="Ny", **office
    )
    assert session().get_one(Person, made).language == "nn"


@pytest.mark.parametrize("email", ["kari", "kari@", "kåre@steinkjer.example", "a@b.example\r\nBcc: x@y.example"])
def test_an_address_that_mail_cannot_reach_is_refused(cast: Cast, email: str) -> None:
    with pytest.raises(DomainError) as caught:
        actions.add_user(Actor.system("test"), email=email, given_name="Kåre", family_name="Nes")
    assert caught.value.field == "email"


def test_a_user_and_an_office_are_registered_together_or_not_at_all(cast: Cast) -> None:
    with pytest.raises(DomainError):
        actions.add_user(
            Actor.system("test"), email="ny@steinkjer.example", given_name="Ny", family_name="N", role=Role.SECRETARY
        )
    assert session().scalar(sa.select(sa.func.count(User.id)).where(User.email == "ny@steinkjer.example")) == 0


def test_a_new_user_is_told_by_mail_in_her_own_language_where_one_signs_in(browse: Browser, cast: Cast) -> None:
    with writing("test"):
        told = session().get_one(Person, cast.person["hospital_secretary"].id)
        told.language = "nn"
    page = browse.as_("administrator").open(f"/admin/brukere/{told.id}")
    assert "Invitasjonen er sendt." in page.press("Send invitasjon").text
    letter = session().scalars(sa.select(Mail).where(Mail.person_id == told.id)).one()
    assert 'lang="nn"' in letter.html
    assert letter.to_address == user_of(cast, "hospital_secretary").email
    assert "/logg-inn" in letter.text
    assert "/lenke/" not in letter.text
    page.press("Steng brukeren")
    with pytest.raises(DomainError, match="stengt"):
        inviting.invite(cast.actor("administrator"), user_of(cast, "hospital_secretary"))


def test_the_administrator_registers_a_secretary_on_the_page(browse: Browser, cast: Cast) -> None:
    page = browse.as_("administrator").open("/admin").follow("Ny bruker")
    page.fill("Fornavn", "Nina").fill("Etternavn", "Ny").fill("E-post", "nina.ny@steinkjer.example")
    page.fill("Rolle", "secretary").fill("Helsefellesskap", str(cast.partnership.id))
    refused = page.press("Registrer bruker")
    assert "Velg hvilken part" in refused.text
    shown = refused.fill("Part", Party.M.value).press("Registrer bruker")
    assert shown.title == "Nina Ny"
    assert "Sekretær" in shown.text
    assert browse.as_("administrator").open("/admin?q=nina").text.count("Nina Ny") == 1


def test_the_administrator_ends_an_office_and_closes_a_user_on_the_page(browse: Browser, cast: Cast) -> None:
    administrator = browse.as_("administrator")
    page = administrator.open(f"/admin/brukere/{cast.person['archivist'].id}")
    ended = page.follow("Avslutt Arkivar").fill("Siste dag", "2026-09-06").press("Avslutt rollen")
    assert "Rollen er avsluttet" in ended.text
    assert "Stengt" in ended.press("Steng brukeren").text
    assert "Stengt" not in administrator.open(ended.address).press("Åpne brukeren").html.text.replace(
        "Steng brukeren", ""
    )


def test_the_admin_page_says_that_the_worker_stands_when_something_has_waited(browse: Browser, cast: Cast) -> None:
    administrator = browse.as_("administrator")
    actions.ask_for_link(Actor.system("test"), email=user_of(cast, "member").email)
    assert "Arbeideren holder følge" in administrator.open("/admin").text
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert "Arbeideren står" in administrator.open("/admin").text


@pytest.mark.parametrize("role", ["secretary", "chair", "anonymous"])
def test_nobody_else_opens_the_admin_pages(browse: Browser, cast: Cast, role: str) -> None:
    for address in ("/admin", "/admin/brukere/ny", f"/admin/brukere/{cast.person['member'].id}"):
        page = browse.as_(role).open(address)
        assert page.status in (403, 404) or page.title == "Logg inn"


def test_the_admin_page_costs_the_same_with_few_and_with_many_users(browse: Browser, a: Factory) -> None:
    administrator = browse.as_("administrator")
    with count_statements() as with_few:
        administrator.open("/admin")
    for number in range(30):
        person = a.person(f"Ny Nummer{number}")
        a.user(person)
        a.office(person, Role.ARCHIVIST)
    with count_statements() as with_many:
        administrator.open("/admin")
    assert with_few.count == with_many.count <= 15
