"""People and organisations: registered, found, corrected, and by whom."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions as bodies
from secretariat.core.actions import writing
from secretariat.core.db import new_id
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory import actions, queries
from secretariat.directory.models import (
    Membership,
    Notification,
    Organisation,
    OrganisationKind,
    Partnership,
    Person,
    RegionMember,
)
from secretariat.directory.parties import Party
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

BODY = {"name": "Fagråd", "level": 3, "starts_on": date(2026, 9, 7)}
KARI = {"given_name": "Kari", "family_name": "Nordmann", "email": "Kari@Stedet.example"}


def refused_field(verb: Any, *args: Any, **values: Any) -> str | None:
    """The field a refusal belongs to."""
    with pytest.raises(DomainError) as refused:
        verb(*args, **values)
    return refused.value.field


def test_a_person_is_registered_with_an_employer_of_the_partnership(cast: Cast, database: sa.orm.Session) -> None:
    secretary, here = cast.actor("secretary"), cast.partnership
    made = actions.register_person(secretary, here, organisation_id=cast.municipality.id, **KARI)
    assert database.get_one(Person, made).email == "kari@stedet.example"
    strange = cast.person["stranger"].organisation_id
    other = {"given_name": "Ola", "family_name": "Hansen"}
    assert (
        refused_field(actions.register_person, secretary, here, organisation_id=strange, **other) == "organisation_id"
    )
    assert refused_field(actions.register_person, secretary, here, organisation_id=None, **other) == "organisation_id"


def test_nobody_is_registered_with_a_language_that_no_page_speaks(cast: Cast) -> None:
    secretary, employed = cast.actor("secretary"), KARI | {"organisation_id": cast.municipality.id}
    for language in ("de", "se", "bokmål"):
        given = employed | {"language": language}
        assert refused_field(actions.register_person, secretary, cast.partnership.id, **given) == "language"
    assert refused_field(bodies.set_up, secretary, cast.partnership.id, **BODY, language="de") == "language"
    assert bodies.set_up(secretary, cast.partnership.id, **BODY, language="se") is not None


def test_people_of_a_nynorsk_partnership_are_spoken_to_in_nynorsk_until_they_choose(
    cast: Cast, database: sa.orm.Session, browse: Browser
) -> None:
    secretary, employed = cast.actor("secretary"), {"organisation_id": cast.municipality.id}
    with writing("test"):
        database.get_one(Partnership, cast.partnership.id).language = "nn"
    made = actions.register_person(secretary, cast.partnership.id, **KARI, **employed)
    assert database.get_one(Person, made).language == "nn"
    actions.change_person(secretary, made, **KARI, **employed, language="en")
    actions.change_person(secretary, made, **KARI, **employed)
    assert database.get_one(Person, made).language == "en"
    page = browse.as_("secretary").open(f"/personer/ny/{cast.partnership.id}")
    assert page.html.form_with_button("Lagre", page.address)[2]["language"] == "nn"


def test_an_employer_that_does_not_exist_is_refused_to_the_administrator_too(cast: Cast) -> None:
    person = cast.person["member"]
    given = {"given_name": "Kari", "family_name": "Nordmann", "organisation_id": new_id()}
    administrator = cast.actor("administrator")
    assert refused_field(actions.change_person, administrator, person.id, **given) == "organisation_id"


def test_a_municipality_named_twice_is_in_the_group_once(cast: Cast, database: sa.orm.Session) -> None:
    twice = (cast.municipality.id, cast.municipality.id)
    region = actions.register_region(cast.actor("secretary"), cast.partnership.id, name="Nord", members=twice)
    rows = database.scalars(sa.select(RegionMember).where(RegionMember.region_id == region)).all()
    assert [row.organisation_id for row in rows] == [cast.municipality.id]


def test_an_address_belongs_to_one_person_and_must_be_one(cast: Cast) -> None:
    secretary, employed = cast.actor("secretary"), {"organisation_id": cast.municipality.id}
    actions.register_person(secretary, cast.partnership.id, **employed, **KARI)
    twin = KARI | {"given_name": "Karin"}
    assert refused_field(actions.register_person, secretary, cast.partnership.id, **employed, **twin) == "email"
    wrong = KARI | {"email": "ikke en adresse"}
    assert refused_field(actions.register_person, secretary, cast.partnership.id, **employed, **wrong) == "email"


def test_people_without_an_address_do_not_stand_in_each_others_way(cast: Cast) -> None:
    for name in ("En", "To"):
        given = {"given_name": name, "family_name": "Uten", "organisation_id": cast.municipality.id}
        assert actions.register_person(cast.actor("secretary"), cast.partnership.id, **given)


def test_an_identity_number_is_never_kept_on_a_person(cast: Cast) -> None:
    given = KARI | {"title": "rådgiver 17054026641", "organisation_id": cast.municipality.id}
    assert refused_field(actions.register_person, cast.actor("secretary"), cast.partnership.id, **given) == "title"


def test_people_are_found_by_any_part_of_the_name_and_never_outside_the_partnership(cast: Cast, a: Factory) -> None:
    a.person("Åse Østby", organisation=cast.municipality)
    a.person("100% Sikker", organisation=cast.municipality)
    secretary = cast.actor("secretary")
    assert [one.name for one in queries.people(secretary, "østby å")] == ["Åse Østby"]
    assert [one.name for one in queries.people(secretary, "%")] == ["100% Sikker"]
    assert queries.people(secretary, "stranger") == []
    assert [one.name for one in queries.people(cast.actor("member"))] == ["Member Testesen"]
    assert queries.people(cast.actor("anonymous")) == []


def change_of(person: Person, **values: Any) -> dict[str, Any]:
    """What stands on a person, with some of it changed."""
    names = ("given_name", "family_name", "title", "phone", "language", "notification", "organisation_id")
    return {name: getattr(person, name) for name in names} | {"email": person.email or ""} | values


def test_a_person_corrects_own_facts_but_the_secretariat_registers_a_new_employer(
    cast: Cast, database: sa.orm.Session
) -> None:
    person, member = cast.person["member"], cast.actor("member")
    actions.change_person(member, person.id, **change_of(person, phone="900 00 000", notification=Notification.WEEKLY))
    database.expire_all()
    assert database.get_one(Person, person.id).notification is Notification.WEEKLY
    moved = change_of(person, organisation_id=cast.trust.id)
    assert refused_field(actions.change_person, member, person.id, **moved) == "organisation_id"
    assert actions.change_person(cast.actor("secretary"), person.id, **moved)


def test_nobody_changes_a_person_of_another_partnership(cast: Cast) -> None:
    person = cast.person["member"]
    with pytest.raises(NotFound):
        actions.change_person(cast.actor("stranger"), person.id, **change_of(person))


def test_an_organisation_that_another_partnership_has_is_shared(cast: Cast, database: sa.orm.Session) -> None:
    given = {"name": "Fremmed kommune", "kind": OrganisationKind.MUNICIPALITY, "party": Party.M}
    shared = actions.register_organisation(cast.actor("secretary"), cast.partnership, **given)
    count = sa.select(sa.func.count()).select_from(Organisation).where(Organisation.name == "Fremmed kommune")
    assert database.scalar(count) == 1
    members = sa.select(sa.func.count()).select_from(Membership).where(Membership.organisation_id == shared)
    assert database.scalar(members) == 2
    again = (actions.register_organisation, cast.actor("secretary"), cast.partnership)
    assert refused_field(*again, **given) == "name"


def test_an_organisation_may_come_back_after_it_left(cast: Cast, a: Factory, database: sa.orm.Session) -> None:
    left = a.organisation("Tilbake kommune", partnership=cast.partnership)
    membership = sa.select(Membership.id).where(Membership.organisation_id == left.id)
    with writing("test") as work:
        work.execute(sa.update(Membership).where(Membership.id.in_(membership)).values(ends_on=date(2025, 12, 31)))
    given = {"name": "Tilbake kommune", "kind": OrganisationKind.MUNICIPALITY, "party": Party.M}
    verb = (actions.register_organisation, cast.actor("secretary"), cast.partnership)
    assert refused_field(*verb, starts_on=date(2025, 6, 1), **given) == "name"
    assert actions.register_organisation(*verb[1:], starts_on=date(2026, 1, 1), **given) == left.id


def test_an_organisation_is_corrected_by_the_secretaries_of_its_partnerships(cast: Cast) -> None:
    given = {
        "name": "Stedet kommune",
        "kind": OrganisationKind.MUNICIPALITY,
        "party": Party.M,
        "email": "post@stedet.example",
    }
    assert actions.change_organisation(cast.actor("hospital_secretary"), cast.municipality.id, **given)
    for role in ("stranger", "member"):
        with pytest.raises(Denied):
            actions.change_organisation(cast.actor(role), cast.municipality.id, **given)


def test_people_and_organisations_are_kept_on_pages(browse: Browser, cast: Cast) -> None:
    secretary = browse.as_("secretary")
    form = secretary.open("/personer").follow("Registrer person")
    form.fill("Fornavn", "Kari").fill("Etternavn", "Nordmann").fill("E-post", "galt")
    refused = form.press("Lagre", organisation_id=str(cast.municipality.id))
    assert refused.status == 422
    assert "Dette er ikke en gyldig e-postadresse." in refused.text
    listed = refused.fill("E-post", "kari@stedet.example").press("Lagre")
    assert "Personen er registrert." in listed.text
    changed = listed.follow("Kari Nordmann").fill("Stilling", "rådgiver").press("Lagre")
    assert "rådgiver" in changed.text
    made = secretary.open("/organisasjoner").follow("Registrer organisasjon").fill("Navn", "Ny kommune").press("Lagre")
    assert "Ny kommune" in made.text
    assert "Endringene er lagret." in made.follow("Ny kommune").follow("Endre opplysninger").press("Lagre").text


def test_the_lists_are_for_those_who_keep_them(browse: Browser) -> None:
    for role in ("chair", "member", "contact"):
        assert [browse.as_(role).open(address).status for address in ("/personer", "/organisasjoner")] == [403, 403]


@pytest.mark.parametrize("address", ["/personer", "/organisasjoner"])
def test_a_list_costs_as_many_statements_with_many_rows_as_with_few(
    browse: Browser, cast: Cast, a: Factory, address: str
) -> None:
    secretary, counts = browse.as_("secretary"), []
    for more in (0, 15):
        for number in range(more):
            a.person(f"Person {number}", organisation=a.organisation(f"Sted {number}", partnership=cast.partnership))
        with count_statements() as statements:
            assert secretary.open(address).status == 200
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 9
