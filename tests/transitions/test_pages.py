"""The pages of a transition, as the two secretaries meet them."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import Case
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.directory.models import Partnership
from secretariat.transitions.models import Transition, TransitionState
from tests.factories.cast import Cast
from tests.pages import Browser, Page
from tests.pages.statements import count_statements

NEW_YEAR = "01.01.2027"
WAY = "Omlegging: ny struktur, eller kommuner som går inn, ut, slås sammen eller deles"


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case that waits for the common body."""
    with writing("factory"):
        session().get_one(Partnership, cast.partnership.id).structure_key = "nord-trondelag"
        session().get_one(Body, cast.body.id).level = 2
    case = cast.factory.case("Felles rutine", partnership=cast.partnership, organisation=cast.municipality)
    cast.factory.treatment(case, cast.body)
    return case


def started(browse: Browser, role: str = "secretary") -> Page:
    """The page of a transition that has just begun to be prepared."""
    page = (
        browse.as_(role)
        .open("/utvalg")
        .follow("Omlegging: ny struktur, eller kommuner som går inn, ut, slås sammen eller deles")
    )
    page = page.follow("Gå over til ny struktur")
    page.fill("Ny struktur", "helsefellesskap").fill("Gjelder fra", NEW_YEAR)
    return page.press("Forbered omleggingen")


def one() -> Transition:
    """The transition that is stored."""
    session().rollback()
    return session().scalars(sa.select(Transition).order_by(Transition.id.desc())).first()


def choose_all(browse: Browser) -> None:
    """Save what is suggested in every group; who has no suggested place leaves it."""
    for slug in ("utvalg", "moter", "saker", "vedtak", "oppgaver", "plasser"):
        page = browse.open(f"/omlegging/{one().id}/valg?gruppe={slug}")
        if slug == "plasser":
            page.fill("Hva skal skje med Observer Testesen", "close").fill("Grunn for Observer Testesen", "Ingen plass")
        if "Lagre valgene" in page.text:
            page.press("Lagre valgene")


def test_a_secretary_goes_over_to_another_structure_from_the_first_page_to_the_last(
    case: Case, browse: Browser
) -> None:
    page = started(browse)
    assert page.title == "Omlegging: Helsefellesskap (nasjonal modell)"
    assert "Kan ikke gjøres ennå" in page.text
    assert "Sak: 1 mangler valg: «Felles rutine»." in page.text
    assert "Slik det er" in page.text
    assert "Slik det blir" in page.text

    reader = browse.as_("secretary")
    choose_all(reader)
    page = reader.open(f"/omlegging/{one().id}").press("Gjennomfør omleggingen")

    assert "Omleggingen er gjennomført." in page.text
    assert "1 sak: 1 ført videre" in page.text
    assert one().state is TransitionState.CARRIED_OUT
    assert "Overført til Strategisk samarbeidsutvalg" in reader.open(f"/saker/{case.id}").text
    assert "Føres videre i SSU" in reader.open(f"/omlegging/{one().id}/valg?gruppe=saker").text


def test_the_same_for_all_says_how_many_it_fitted(case: Case, browse: Browser) -> None:
    started(browse)
    page = browse.as_("secretary").open(f"/omlegging/{one().id}/valg?gruppe=saker")
    page = page.fill("Valg for alle", "keep").press("Bruk for alle")
    assert page.status == 422
    assert "Dette valget passer ikke for noen" in page.text

    page = page.fill("Valg for alle", "close").fill("Grunn, hvis de avsluttes", "Ikke lenger aktuell")
    page = page.press("Bruk for alle")
    assert "Valgene er lagret." in page.text
    assert "Ikke lenger aktuell" in str(page.response.get_data(as_text=True))


def test_what_is_wrong_stands_at_its_matter_and_all_that_was_typed_is_still_there(case: Case, browse: Browser) -> None:
    started(browse)
    page = browse.as_("secretary").open(f"/omlegging/{one().id}/valg?gruppe=saker")
    page = page.fill("Hva skal skje med Felles rutine", "close").press("Lagre valgene")

    assert page.status == 422
    assert "Felles rutine: Skriv hvorfor den avsluttes." in page.text
    chosen = [option.get("value") for option in page.html.all("option") if option.get("selected") is not None]
    assert "close" in chosen


def test_a_choice_made_meanwhile_is_read_before_it_is_carried_out(case: Case, browse: Browser) -> None:
    started(browse)
    mine, theirs = browse.as_("secretary"), browse.as_("hospital_secretary")
    choose_all(mine)
    page = mine.open(f"/omlegging/{one().id}")
    theirs.open(f"/omlegging/{one().id}/valg?gruppe=saker").press("Lagre valgene")

    page = page.press("Gjennomfør omleggingen")
    assert page.status == 409
    assert "Noen har endret valgene" in page.text
    assert "Omleggingen er gjennomført." in page.press("Gjennomfør omleggingen").text


def test_it_is_abandoned_and_nothing_has_changed(case: Case, browse: Browser) -> None:
    page = started(browse).press("Forkast omleggingen")

    assert "Ingenting er endret" in page.text
    assert "ble forkastet" in browse.as_("hospital_secretary").open(f"/omlegging/{one().id}").text
    assert session().scalars(sa.select(Body).where(Body.starts_on == date(2027, 1, 1))).first() is None


def test_two_at_once_and_the_same_structure_are_refused_with_what_was_typed(case: Case, browse: Browser) -> None:
    started(browse)
    page = started(browse, "hospital_secretary")
    assert page.status == 422
    assert "alt under forberedelse" in page.text

    address = f"/omlegging/ny/{one().partnership_id}/struktur"
    page = browse.as_("secretary").open(address).fill("Ny struktur", "nord-trondelag").fill("Gjelder fra", "31.02.2027")
    page = page.press("Forbered omleggingen")
    assert page.status == 422


def test_a_municipality_leaves_by_the_page(cast: Cast, browse: Browser) -> None:
    page = browse.as_("secretary").open("/omlegging").follow("Endre hvilke kommuner som er med")
    page = page.fill("Gjelder fra", NEW_YEAR).press("Forbered omleggingen")
    assert page.status == 422
    assert "Velg kommunen som går ut." in page.text

    page = page.press("Forbered omleggingen", organisations=str(cast.municipality.id))
    assert page.title == "Omlegging: Stedet kommune"
    page = page.follow("Velg for hver sak")
    assert "Member Testesen" in page.text


@pytest.mark.parametrize("role", ["member", "chair", "contact", "observer", "archivist", "anonymous", "administrator"])
def test_only_secretaries_see_transitions(case: Case, browse: Browser, role: str) -> None:
    started(browse)

    for address in ("/omlegging", f"/omlegging/{one().id}", f"/omlegging/{one().id}/valg"):
        page = browse.as_(role).open(address)
        assert page.status in (403, 404) or "Logg inn" in page.title, (role, address)


def test_the_transition_of_another_partnership_is_not_there(case: Case, browse: Browser) -> None:
    started(browse)
    stranger = browse.as_("stranger")

    assert stranger.open(f"/omlegging/{one().id}").status == 404
    assert stranger.open(f"/omlegging/{one().id}/valg").status == 404
    assert stranger.open(f"/omlegging/ny/{one().partnership_id}/struktur").status == 404


def test_the_pages_ask_the_database_as_often_however_much_is_open(case: Case, cast: Cast, browse: Browser) -> None:
    started(browse)
    addresses = ["/omlegging", f"/omlegging/{one().id}", f"/omlegging/{one().id}/valg?gruppe=saker"]
    before = [_statements(browse, address) for address in addresses]
    for number in range(20):
        more = cast.factory.case(f"Sak {number}", partnership=cast.partnership, organisation=cast.municipality)
        cast.factory.treatment(more, cast.body)

    assert [_statements(browse, address) for address in addresses] == before
    assert max(before) <= 15


def _statements(browse: Browser, address: str) -> Any:
    reader = browse.as_("secretary")
    reader.open(address)
    with count_statements() as counted:
        reader.open(address)
    return counted.count


def test_an_organisation_gets_another_name_from_a_day_and_the_one_before_is_shown(cast: Cast, browse: Browser) -> None:
    page = browse.as_("secretary").open(f"/organisasjoner/{cast.municipality.id}").follow("Gi nytt navn fra en dag")
    page = page.fill("Nytt navn", "Stedet herad").fill("Gjelder fra", "en dag").press("Lagre")
    assert page.status == 422

    page = page.fill("Gjelder fra", "01.09.2026").press("Lagre")
    assert page.title == "Stedet herad"
    assert "Stedet kommune, til og med 31. august 2026" in page.follow("Gi nytt navn fra en dag").text


def test_a_program_chooses_by_the_same_rules(case: Case, browse: Browser) -> None:
    started(browse)
    program = browse.app.test_client()
    address, bearer = "/api/v1/actions/transitions.choose", {"Authorization": "Bearer token-hospital_secretary"}
    given = {"subject": str(one().id), "kind": "case"}
    wrong = [{"subject_id": str(case.id), "choice": "close"}]
    answer = program.post(address, json=given | {"choices": wrong}, headers=bearer)
    assert answer.status_code == 422
    assert answer.json["errors"] == {str(case.id): ["Skriv hvorfor den avsluttes."]}

    right = [{"subject_id": str(case.id), "choice": "hand_over", "to_structure_body": "SSU"}]
    assert program.post(address, json=given | {"choices": right}, headers=bearer).status_code == 200
    unknown = [{"subject_id": str(case.id), "choice": "hand_over", "to_structure_body": "XXX"}]
    assert program.post(address, json=given | {"choices": unknown}, headers=bearer).status_code == 422
