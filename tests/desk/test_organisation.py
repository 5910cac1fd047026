"""The page of an organisation: all it takes part in, told to those who take part, as far as each may see."""

from datetime import date, timedelta
from typing import Any

import pytest

from secretariat.bodies.models import Body
from secretariat.cases.models import CaseState
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.decisions.models import Decision, DecisionState, Implementation, ImplementationState, Task
from secretariat.directory.models import Organisation, OrganisationKind, Region, RegionMember, Representation
from secretariat.directory.parties import Party
from tests.factories import LONG_AGO, Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.markup import words
from tests.pages.statements import count_statements


def store(row: Any) -> Any:
    with writing("factory") as work:
        work.add(row)
    return row


def address(organisation: Organisation) -> str:
    return f"/organisasjoner/{organisation.id}/oversikt"


def a_decision(a: Factory, cast: Cast, title: str, *, body: Body | None = None, **values: Any) -> Decision:
    meeting = a.meeting(body or cast.body, day=clock.today() - timedelta(days=next(a._numbers)))
    item = a.item(meeting, title)
    place = {"meeting_id": meeting.id, "agenda_item_id": item.id, "body_id": meeting.body_id, "room": meeting.room}
    given = {"state": DecisionState.IN_FORCE, "decided_on": meeting.day, **place, **values}
    return store(Decision(partnership_id=cast.partnership.id, **given))


def asked(decision: Decision, organisation: Organisation, **values: Any) -> Implementation:
    own = {"partnership_id": decision.partnership_id, "decision_id": decision.id}
    return store(Implementation(**own, organisation_id=organisation.id, **values))


def a_task(decision: Decision, organisation: Organisation, text: str) -> Task:
    place = {"meeting_id": decision.meeting_id, "agenda_item_id": decision.agenda_item_id, "decision_id": decision.id}
    own = {"partnership_id": decision.partnership_id, "in_force": True, "room": decision.room}
    return store(Task(**own, **place, text=text, responsible_organisation_id=organisation.id))


@pytest.mark.parametrize("role", ["contact", "member", "hospital_member", "secretary", "hospital_secretary", "deputy"])
def test_all_who_take_part_may_read_it(browse: Browser, role: str) -> None:
    page = browse.as_(role).open(address(browse.cast.municipality))
    assert page.title == "Stedet kommune"


@pytest.mark.parametrize("role", ["stranger", "administrator"])
def test_who_takes_no_part_does_not_find_it(browse: Browser, role: str) -> None:
    assert browse.as_(role).open(address(browse.cast.municipality)).status == 404


def test_only_those_who_keep_it_get_the_button_to_change_it(browse: Browser) -> None:
    assert "Endre opplysninger" in browse.as_("secretary").open(address(browse.cast.municipality)).text
    assert "Endre opplysninger" not in browse.as_("contact").open(address(browse.cast.municipality)).text


def test_it_says_who_speaks_for_it_in_an_own_place_through_its_region_and_where_the_place_is_vacant(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    region = store(Region(partnership_id=cast.partnership.id, name="Innherred"))
    own = {"region_id": region.id, "organisation_id": cast.municipality.id, "starts_on": LONG_AGO}
    store(RegionMember(partnership_id=cast.partnership.id, **own))
    strategic = a.body("Strategisk samarbeidsutvalg", short_name="SSU", partnership=cast.partnership)
    speaker = a.person("Runa Regionsen", organisation=a.organisation("Nabo kommune", partnership=cast.partnership))
    a.appointment(a.seat(strategic, region_id=region.id), speaker)
    a.seat(a.body("Fagråd", short_name="FR", partnership=cast.partnership), organisation_id=cast.municipality.id)
    text = browse.as_("contact").open(address(cast.municipality)).text
    assert "Strategisk samarbeidsutvalg Runa Regionsen Innherred" in text
    assert "Fagråd Ubesatt Stedet kommune" in text


def test_what_waits_for_it_stands_together(a: Factory, cast: Cast, browse: Browser) -> None:
    decision = a_decision(a, cast, "Felles rutine", deadline=date(2026, 9, 30))
    asked(decision, cast.municipality)
    a_task(decision, cast.municipality, "Innfør rutinen")
    a.case(
        "Utvalget spør om mer", organisation=cast.municipality, state=CaseState.MORE_WANTED, reason="Hva koster det?"
    )
    text = browse.as_("contact").open(address(cast.municipality)).text
    waits = text[text.index("Venter på svar fra oss") : text.index("Møter framover")]
    for said in ("Felles rutine", "Innfør rutinen", "Utvalget spør om mer", "Hva koster det?"):
        assert said in waits
    assert text.index("Venter på svar fra oss") < text.index("Hvem taler vår sak")


def test_a_decision_that_is_carried_out_stands_with_its_state_and_waits_no_more(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    done = asked(a_decision(a, cast, "Gjort hos oss"), cast.municipality, state=ImplementationState.IMPLEMENTED)
    asked(a_decision(a, cast, "Gjelder noen andre"), cast.trust)
    text = browse.as_("contact").open(address(cast.municipality)).text
    assert f"Gjort hos oss ASU {done.state.word}" in text
    assert "Gjort hos oss" not in text[text.index("Venter på svar fra oss") : text.index("Møter framover")]
    assert "Gjelder noen andre" not in text


def test_it_tells_nobody_what_they_may_not_see(a: Factory, cast: Cast, browse: Browser) -> None:
    """The other party's secretary, on the page of a municipality: nothing of the municipalities' own room."""
    body = a.body("Kommunenes samarbeidsorgan", short_name="KOSS", room="M", partnership=cast.partnership)
    a.appointment(a.seat(body, organisation_id=cast.municipality.id), cast.person["member"])
    a.meeting(body, title="Kommunenes formøte")
    secret = a_decision(a, cast, "Kommunenes linje", body=body)
    asked(secret, cast.municipality)
    a_task(secret, cast.municipality, "Kommunenes oppgave")
    a.case("Kommunenes sak", organisation=cast.municipality, room="M")
    seen = browse.as_("secretary").open(address(cast.municipality)).text
    hidden = browse.as_("hospital_secretary").open(address(cast.municipality)).text
    for said in ("Kommunenes samarbeidsorgan", "Kommunenes formøte", "Kommunenes linje", "Kommunenes oppgave"):
        assert said in seen
        assert said not in hidden
    assert "Kommunenes sak" in seen
    assert "Kommunenes sak" not in hidden


def test_the_contacts_telephone_is_for_its_own_people_and_the_secretaries(cast: Cast, browse: Browser) -> None:
    with writing("test"):
        cast.person["contact"].phone = "+47 900 11 222"
    for role in ("contact", "member", "secretary", "hospital_secretary"):
        assert "+47 900 11 222" in browse.as_(role).open(address(cast.municipality)).text, role
    text = browse.as_("hospital_member").open(address(cast.municipality)).text
    assert "Contact Testesen" in text
    assert "+47 900 11 222" not in text


def test_it_says_who_answers_in_its_place_and_for_whom_it_answers(a: Factory, cast: Cast, browse: Browser) -> None:
    council = a.organisation("Regionrådet", kind=OrganisationKind.REGIONAL_COUNCIL, partnership=cast.partnership)
    pair = {"organisation_id": council.id, "represented_id": cast.municipality.id, "starts_on": LONG_AGO}
    store(Representation(partnership_id=cast.partnership.id, **pair))
    assert "Svarer også for dem: Regionrådet" in browse.as_("member").open(address(cast.municipality)).text
    page = browse.as_("member").open(address(council)).follow("Stedet kommune")
    assert page.title == "Stedet kommune"


def test_the_contacts_desk_leads_to_it(browse: Browser) -> None:
    assert browse.as_("contact").open("/").follow("Stedet kommune").title == "Stedet kommune"


def test_it_costs_the_same_for_one_that_does_little_and_one_that_does_much(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    contact, counts = browse.as_("contact"), []
    for _size in range(2):
        with count_statements() as said:
            contact.open(address(cast.municipality))
        counts.append(said.count)
        for number in range(6):
            body = a.body(f"Utvalg {number}", partnership=cast.partnership)
            a.appointment(a.seat(body, Party.M, organisation_id=cast.municipality.id))
            a.meeting(body)
            decision = a_decision(a, cast, f"Vedtak {number}", body=body)
            asked(decision, cast.municipality)
            a_task(decision, cast.municipality, f"Oppgave {number}")
            a.case(f"Sak {number}", organisation=cast.municipality)
    assert counts[0] == counts[1] <= 15


def test_whom_a_place_is_for_is_called_the_same_on_the_desk_and_on_the_page_of_the_organisation(
    cast: Cast, browse: Browser
) -> None:
    contact = browse.as_("contact")
    for page in ("/", address(cast.municipality)):
        heads = [words(head) for head in contact.open(page).html.all("th") if head.get("scope") == "col"]
        assert heads[:4] == ["Utvalg", "Representant", "Representerer", "Til"]
