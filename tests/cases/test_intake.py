"""Innmeldte saker: what has come in, from whom, and what is done with it."""

import pytest
import sqlalchemy as sa

from secretariat.cases import actions, queries
from secretariat.cases.models import Case, CaseState, Treatment
from secretariat.core import clock
from secretariat.core.audit import AuditEntry
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, Hindered, NotFound
from secretariat.meetings import actions as meetings
from secretariat.messages.models import Mail
from tests.documents.samples import NUMBER
from tests.pages.statements import count_statements


def raised(cast, **values):
    values = {"organisation": cast.municipality, "partnership": cast.partnership, "state": CaseState.RAISED} | values
    return cast.factory.case(raised_by_person_id=cast.person["contact"].id, **values)


def state_of(case: Case) -> CaseState:
    session().rollback()
    session().refresh(case)
    return case.state


def test_the_list_says_who_wants_what_by_when_and_how_long_it_has_waited(browse, cast) -> None:
    day = clock.today().replace(day=1)
    raised(cast, title="Hjemreise", wanted_body_id=cast.body.id, wanted_by=clock.today(), raised_on=day)
    page = browse.as_("secretary").open("/saker?tilstand=innmeldt")
    for words in ("Hjemreise", cast.municipality.name, "Kommunene", "ASU", "7. september 2026", "Ventet i 6 dager"):
        assert words in page.text


def test_the_way_to_what_has_come_in_is_shown_to_those_who_take_it_in(browse, cast) -> None:
    for role in ("secretary", "hospital_secretary"):
        assert "Innmeldte saker" in browse.as_(role).open("/saker").text
    for role in ("chair", "member", "contact", "archivist"):
        assert "Innmeldte saker" not in browse.as_(role).open("/saker").text


def test_taking_in_from_the_list_puts_the_wanted_body_first_in_the_saksgang(browse, cast) -> None:
    case = raised(cast, wanted_body_id=cast.body.id)
    page = browse.as_("hospital_secretary").open("/saker?tilstand=innmeldt").press(f"Ta inn {case.title}")
    assert "er tatt inn" in page.text
    assert state_of(case) is CaseState.IN_PREPARATION
    assert case.responsible_id == cast.person["hospital_secretary"].id
    assert session().scalars(sa.select(Treatment.body_id)).all() == [cast.body.id]


def test_one_who_is_asked_for_more_gets_a_mail_writes_and_sends_in_again(browse, cast) -> None:
    case = raised(cast)
    page = browse.as_("secretary").open(f"/saker/{case.id}").follow("Be om mer")
    page.fill("Hva mangler?", "Tall fra kommunene.").press("Be om mer")
    assert state_of(case) is CaseState.MORE_WANTED
    letter = session().scalars(sa.select(Mail)).one()
    assert letter.to_address == cast.person["contact"].email
    assert "Tall fra kommunene." in letter.text
    page = browse.as_("contact").open(f"/saker/{case.id}")
    assert "Tall fra kommunene." in page.text
    page.press("Send inn på nytt")
    assert state_of(case) is CaseState.RAISED


def test_a_case_is_sent_back_only_with_a_reason(browse, cast) -> None:
    case = raised(cast)
    page = browse.as_("secretary").open(f"/saker/{case.id}/returner")
    assert page.press("Returner med begrunnelse").status == 422
    assert page.fill("Begrunnelse", f"Se {NUMBER}").press("Returner med begrunnelse").status == 422
    assert state_of(case) is CaseState.RAISED
    assert page.fill("Begrunnelse", "Hører til i fagrådet.").press("Returner med begrunnelse").status == 200
    assert state_of(case) is CaseState.RETURNED


@pytest.mark.parametrize(
    ("start", "back"),
    [
        (CaseState.RETURNED, CaseState.RAISED),
        (CaseState.MORE_WANTED, CaseState.RAISED),
        (CaseState.IN_PREPARATION, CaseState.RAISED),
        (CaseState.READY, CaseState.IN_PREPARATION),
        (CaseState.TREATED, CaseState.READY),
        (CaseState.WITHDRAWN, CaseState.IN_PREPARATION),
    ],
)
def test_every_state_has_a_logged_way_back(browse, cast, start: CaseState, back: CaseState) -> None:
    case = raised(cast, state=start)
    browse.as_("secretary").open(f"/saker/{case.id}").press("Ett steg tilbake")
    assert state_of(case) is back
    logged = sa.select(AuditEntry.person_id).where(AuditEntry.action == "cases.step_back")
    assert session().scalars(logged).all() == [cast.person["secretary"].id]


def test_a_case_on_an_agenda_is_taken_off_it_before_it_is_drawn_back(cast) -> None:
    secretary, case = cast.actor("secretary"), raised(cast, state=CaseState.READY)
    meeting = cast.factory.meeting(cast.body)
    treatment = cast.factory.treatment(case, cast.body)
    item = meetings.add_item(secretary, meeting.id, treatment_id=treatment.id)
    with pytest.raises(DomainError, match="Ta den av sakslisten først"):
        actions.withdraw(secretary, case.id, reason="Ikke aktuelt lenger.")
    meetings.remove_item(secretary, item)
    actions.withdraw(secretary, case.id, reason="Ikke aktuelt lenger.")
    assert state_of(case) is CaseState.WITHDRAWN


def test_a_case_without_proposal_is_not_ready_and_the_page_says_why(browse, cast) -> None:
    case = raised(cast, state=CaseState.IN_PREPARATION, paper=False)
    page = browse.as_("secretary").open(f"/saker/{case.id}")
    assert "Saken mangler forslag til vedtak" in page.text
    with pytest.raises(Hindered):
        actions.make_ready(cast.actor("secretary"), case.id)


def test_a_case_for_information_needs_no_proposal(cast) -> None:
    case = raised(cast, state=CaseState.IN_PREPARATION, paper=False, kind="information")
    actions.make_ready(cast.actor("secretary"), case.id)
    assert state_of(case) is CaseState.READY


def test_what_is_not_written_is_named_but_hinders_nothing(browse, cast) -> None:
    case = raised(cast, state=CaseState.IN_PREPARATION)
    page = browse.as_("secretary").open(f"/saker/{case.id}")
    assert "Brukermedvirkning, Konsekvenser" in page.text
    page.press("Klar til saksliste")
    assert state_of(case) is CaseState.READY


@pytest.mark.parametrize("role", ["contact", "member", "observer"])
def test_only_secretaries_take_in(cast, role: str) -> None:
    case = raised(cast)
    with pytest.raises((Denied, NotFound)):
        actions.take_in(cast.actor(role), case.id)


def test_a_treated_case_is_not_taken_in_again(cast) -> None:
    case = raised(cast, state=CaseState.TREATED)
    with pytest.raises(DomainError):
        actions.take_in(cast.actor("secretary"), case.id)


def test_the_register_is_filtered_in_the_address(browse, cast) -> None:
    raised(cast, title="Ærfugl og å", state=CaseState.READY)
    raised(cast, title="Legemidler", state=CaseState.RAISED, wanted_body_id=cast.body.id, raised_by_party="H")
    secretary = browse.as_("secretary")
    for query, seen, hidden in (
        ("tilstand=klar", "Ærfugl og å", "Legemidler"),
        (f"utvalg={cast.body.id}", "Legemidler", "Ærfugl og å"),
        ("part=H", "Legemidler", "Ærfugl og å"),
        ("q=ÆRFUGL", "Ærfugl og å", "Legemidler"),
        ("q=100%25", "Ingen saker passer", "Legemidler"),
    ):
        page = secretary.open(f"/saker?{query}")
        assert seen in page.text
        assert hidden not in page.text


@pytest.mark.parametrize("query", ["utvalg=tull", "part=Q", "side=-3", "side=x", "tilstand=x", "sorter=x", "q=%00"])
def test_a_strange_address_is_no_error(browse, cast, query: str) -> None:
    raised(cast)
    assert browse.as_("secretary").open(f"/saker?{query}").status == 200


def test_titles_are_sorted_as_norwegians_sort(cast) -> None:
    for title in ("Ås", "Østfold", "Ærlig", "Sak 10", "Sak 2"):
        raised(cast, title=title)
    found = queries.cases(cast.actor("secretary"), queries.Wanted(order="title"))
    assert [row.title for row in found.rows] == ["Sak 2", "Sak 10", "Ærlig", "Østfold", "Ås"]


def test_the_register_shows_fifty_at_a_time_and_counts_them_all(browse, cast) -> None:
    for number in range(53):
        raised(cast, title=f"Sak {number}", state=CaseState.READY)
    page = browse.as_("secretary").open("/saker?tilstand=klar&sorter=title")
    assert "Viser 1–50 av 53" in page.text
    assert "Viser 51–53 av 53" in page.follow("Neste").text


@pytest.mark.parametrize("address", ["/saker", "/saker?tilstand=innmeldt"])
def test_a_list_asks_the_database_as_often_however_long_it_is(browse, cast, address: str) -> None:
    secretary = browse.as_("secretary")
    raised(cast)
    with count_statements() as few:
        secretary.open(address)
    for _ in range(12):
        raised(cast)
    with count_statements() as many:
        secretary.open(address)
    assert few.count == many.count <= 15
