"""An organisation's administrator keeps its own people, and nobody else's; no role but that of contact."""

import pytest
import sqlalchemy as sa

from secretariat.accounts import actions, colleagues, offices
from secretariat.accounts.models import Office, User
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory.models import Organisation, Person
from secretariat.directory.parties import Party
from secretariat.messages.models import Mail
from tests.accounts.conftest import user_of
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

KARI = {"given_name": "Kari", "family_name": "Nordmann", "email": "kari@stedet.example"}


@pytest.fixture
def keeper(cast: Cast) -> Person:
    """The administrator of the municipality."""
    return cast.person["organisation_administrator"]


@pytest.fixture
def other(a: Factory, cast: Cast) -> Organisation:
    """Another municipality of the same partnership."""
    return a.organisation("Annen kommune", partnership=cast.partnership)


def contacts(organisation: Organisation) -> list[tuple[str, object]]:
    held = sa.select(Person.given_name, Office.ends_on).join(Office, Office.person_id == Person.id)
    rows = session().execute(held.where(Office.role == Role.CONTACT, Office.organisation_id == organisation.id))
    return sorted((name, last) for name, last in rows)


def test_one_is_registered_in_ones_own_organisation_and_signs_in_as_its_contact(
    cast: Cast, a: Factory, keeper: Person
) -> None:
    made = colleagues.register_colleague(a.actor(keeper), cast.municipality.id, **KARI, is_contact=True)
    assert session().get_one(Person, made).organisation_id == cast.municipality.id
    assert ("Kari", None) in contacts(cast.municipality)
    assert session().scalar(sa.select(User.email).where(User.person_id == made)) == "kari@stedet.example"
    assert a.actor(made).organisations == {cast.municipality.id}


def test_nobody_is_kept_for_another_organisation(cast: Cast, a: Factory, keeper: Person, other: Organisation) -> None:
    stranger = a.person("Fremmed Personsen", organisation=other)
    contact = a.office(stranger, Role.CONTACT, organisation_id=other.id, partnership_id=cast.partnership.id)
    actor = a.actor(keeper)
    with pytest.raises(Denied):
        colleagues.register_colleague(actor, other.id, **KARI)
    with pytest.raises(NotFound):
        colleagues.change_colleague(actor, stranger.id, **KARI)
    with pytest.raises(NotFound):
        colleagues.make_contact(actor, stranger.id)
    with pytest.raises(Denied):
        colleagues.end_contact(actor, contact.id)


@pytest.mark.parametrize("role", ["contact", "member", "secretary", "hospital_secretary", "administrator", "archivist"])
def test_only_the_organisations_own_administrator_does_it(cast: Cast, role: str) -> None:
    with pytest.raises(Denied):
        colleagues.register_colleague(cast.actor(role), cast.municipality.id, **KARI)
    with pytest.raises((Denied, NotFound)):
        colleagues.make_contact(cast.actor(role), cast.person["deputy"].id)


def test_the_role_of_contact_is_given_once_and_taken_from_tomorrow(cast: Cast, a: Factory, keeper: Person) -> None:
    actor, deputy = a.actor(keeper), cast.person["deputy"]
    colleagues.make_contact(actor, deputy.id)
    with pytest.raises(DomainError, match="alt samhandlingskontakt"):
        colleagues.make_contact(actor, deputy.id)
    held = session().scalars(sa.select(Office).where(Office.person_id == deputy.id)).one()
    colleagues.end_contact(actor, held.id)
    assert ("Deputy", clock.today()) in contacts(cast.municipality)


def test_no_other_role_is_given_or_taken(cast: Cast, a: Factory, keeper: Person) -> None:
    actor = a.actor(keeper)
    with pytest.raises(Denied):
        offices.give_office(actor, keeper.id, role=Role.SECRETARY, partnership_id=cast.partnership.id, party=Party.M)
    held = sa.select(Office).where(Office.person_id == cast.person["secretary"].id)
    with pytest.raises(Denied):
        colleagues.end_contact(actor, session().scalars(held).one().id)


def test_an_administrator_of_an_organisation_cannot_shut_the_last_administrator_out(
    cast: Cast, a: Factory, keeper: Person
) -> None:
    """LAST_ADMINISTRATOR: the installation's administrator is employed here too."""
    administrator = user_of(cast, "administrator")
    with pytest.raises((Denied, NotFound)):
        offices.close_user(a.actor(keeper), administrator.id)
    with pytest.raises(DomainError) as refused:
        colleagues.change_colleague(a.actor(keeper), cast.person["administrator"].id, **KARI)
    assert refused.value.field == "email"


def test_the_address_of_one_with_more_to_keep_is_not_theirs_to_change(cast: Cast, a: Factory, keeper: Person) -> None:
    """Whoever has the address can sign in with it: the secretary's mailbox opens the party's room."""
    secretary = cast.person["secretary"]
    with pytest.raises(DomainError) as refused:
        colleagues.change_colleague(a.actor(keeper), secretary.id, **KARI)
    assert refused.value.field == "email"
    kept = {"given_name": "Ny", "family_name": "Navnesen", "email": secretary.email, "title": "rådgiver"}
    assert colleagues.change_colleague(a.actor(keeper), secretary.id, **kept)


def test_a_contact_with_a_new_address_signs_in_with_it(cast: Cast, a: Factory, keeper: Person) -> None:
    colleagues.change_colleague(a.actor(keeper), cast.person["contact"].id, **KARI)
    assert user_of(cast, "contact").email == "kari@stedet.example"


def test_a_sign_in_link_goes_to_the_address_one_signs_in_with(cast: Cast) -> None:
    """An address that somebody else has written on the person opens no door."""
    user, person = user_of(cast, "member"), cast.person["member"]
    known = user.email
    with writing("test"):
        session().get_one(Person, person.id).email = "en.annen@stedet.example"
    actions.ask_for_link(Actor.system("browser"), email=known)
    assert session().scalars(sa.select(Mail.to_address)).all() == [known]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"email": "galt"}, "email"), ({"given_name": ""}, "given_name"), ({"language": "xx"}, "language")],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    cast: Cast, a: Factory, keeper: Person, values: dict[str, str], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        colleagues.register_colleague(a.actor(keeper), cast.municipality.id, **(KARI | values))
    assert set(refused.value.fields) == {field}


def test_a_contact_needs_an_address_to_sign_in_with(cast: Cast, a: Factory, keeper: Person) -> None:
    with pytest.raises(DomainError, match="e-postadresse"):
        colleagues.register_colleague(
            a.actor(keeper), cast.municipality.id, given_name="Kari", family_name="Nordmann", is_contact=True
        )


def test_the_people_are_kept_on_pages(cast: Cast, keeper: Person, browse: Browser) -> None:
    page = (
        browse.as_("organisation_administrator")
        .open(f"/organisasjoner/{cast.municipality.id}/oversikt")
        .follow("Våre personer")
    )
    form = page.follow("Registrer person").fill("Fornavn", "Kari").fill("Etternavn", "Nordmann").fill("E-post", "galt")
    refused = form.press("Lagre")
    assert (refused.status, "Kari" in str(refused.response.data)) == (422, True)
    page = refused.fill("E-post", "kari@stedet.example").press("Lagre")
    assert "Personen er registrert." in page.text
    page = page.follow("Gjør til kontakt Kari Nordmann").press("Gjør til kontakt")
    assert "Kari Nordmann er samhandlingskontakt." in page.text
    page = page.follow("Kari Nordmann").fill("Stilling", "rådgiver").press("Lagre")
    assert "rådgiver" in page.text
    page = page.press("Avslutt Kari Nordmann")
    assert "til og med 7. september 2026" in page.text


@pytest.mark.parametrize("role", ["contact", "secretary", "member", "administrator"])
def test_the_pages_are_closed_to_all_others(cast: Cast, keeper: Person, browse: Browser, role: str) -> None:
    own = browse.as_(role)
    assert own.client.get(f"/organisasjoner/{cast.municipality.id}/personer").status_code == 403
    assert own.client.get(f"/organisasjoner/personer/{keeper.id}").status_code in (403, 404)


def test_the_pages_of_another_organisation_are_closed(
    cast: Cast, a: Factory, keeper: Person, other: Organisation, browse: Browser
) -> None:
    own, stranger = browse.as_("organisation_administrator"), a.person("Fremmed Personsen", organisation=other)
    assert own.client.get(f"/organisasjoner/{other.id}/personer").status_code == 403
    assert own.client.get(f"/organisasjoner/personer/{stranger.id}").status_code == 404


def test_the_page_costs_the_same_for_few_people_and_for_many(
    cast: Cast, a: Factory, keeper: Person, browse: Browser
) -> None:
    own, counts = browse.as_("organisation_administrator"), []
    for _size in range(2):
        with count_statements() as asked:
            own.open(f"/organisasjoner/{cast.municipality.id}/personer")
        counts.append(asked.count)
        with a.together():
            for _ in range(10):
                person = a.person(organisation=cast.municipality)
                place = {"organisation_id": cast.municipality.id, "partnership_id": cast.partnership.id}
                a.office(person, Role.CONTACT, party=Party.M, **place)
    assert counts[0] == counts[1] <= 15
