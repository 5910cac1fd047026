"""The saksgang: where a case goes, in which order, and what came of each step."""

from datetime import date, timedelta

import pytest

from secretariat.cases import actions, queries, saksgang
from secretariat.cases.models import CaseKind, CaseState, TreatmentState
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import format_date
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import Decision, DecisionState
from tests.factories.cases import attached, checked
from tests.pages.statements import count_statements


@pytest.fixture
def case(cast):
    return cast.factory.case(organisation=cast.municipality, partnership=cast.partnership)


@pytest.fixture
def psu(cast):
    return cast.factory.body(name="Politisk samarbeidsutvalg", short_name="PSU", partnership=cast.partnership, level=1)


def way(cast, case) -> list[tuple[str, str]]:
    session().rollback()
    return [(step.short_place, step.state.value) for step in queries.steps(cast.actor("secretary"), case.id)]


def mark(*args, **values) -> None:
    with writing("test"):
        saksgang.mark(*args, **values)


def state_of(case) -> CaseState:
    session().rollback()
    session().refresh(case)
    return case.state


def test_a_case_is_sent_on_given_as_a_task_and_told(browse, case, cast, psu) -> None:
    secretary = browse.as_("secretary")
    page = secretary.open(f"/saker/{case.id}").follow("Saksgang")
    page = page.fill("Utvalg", str(psu.id)).press("Legg til i saksgangen")
    page = page.fill("Hva skal skje?", "information").fill("Eller utenfor", "Kommunestyret i Steinkjer")
    page.press("Legg til i saksgangen")
    assert way(cast, case) == [("PSU", "waiting"), ("Kommunestyret i Steinkjer", "waiting")]
    assert queries.steps(cast.actor("secretary"), case.id)[1].purpose is CaseKind.INFORMATION


def test_a_step_has_one_place(browse, case, cast) -> None:
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksgang")
    assert page.press("Legg til i saksgangen").status == 422
    both = page.fill("Utvalg", str(cast.body.id)).fill("Eller utenfor", "Kommunestyret")
    assert both.press("Legg til i saksgangen").status == 422


def test_steps_ahead_change_places_and_those_behind_lie_fast(browse, case, cast, psu) -> None:
    secretary = cast.actor("secretary")
    first = actions.add_treatment(secretary, case.id, body_id=cast.body.id)
    actions.add_treatment(secretary, case.id, body_id=psu.id)
    last = actions.add_treatment(secretary, case.id, outside="Kommunestyret")
    mark(first, TreatmentState.TREATED, "Anbefalt", clock.today())
    actions.move_treatment(secretary, last, to="up")
    assert [place for place, _ in way(cast, case)] == ["ASU", "Kommunestyret", "PSU"]
    actions.move_treatment(secretary, last, to="up")
    assert [place for place, _ in way(cast, case)] == ["ASU", "Kommunestyret", "PSU"]
    with pytest.raises(DomainError):
        actions.move_treatment(secretary, first, to="down")
    with pytest.raises(DomainError):
        actions.remove_treatment(secretary, first)
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksgang").press("Flytt ned: Kommunestyret")
    assert page.status == 200
    assert [place for place, _ in way(cast, case)] == ["ASU", "PSU", "Kommunestyret"]


def test_there_is_always_room_between_two_steps(case, cast, a) -> None:
    secretary = cast.actor("secretary")
    ids = [actions.add_treatment(secretary, case.id, outside=f"Råd {number}") for number in range(3)]
    for _ in range(20):
        actions.move_treatment(secretary, ids[2], before=ids[1])
        ids[1], ids[2] = ids[2], ids[1]
    assert [step.id for step in queries.steps(secretary, case.id)] == ids


def test_a_waiting_step_is_taken_out(browse, case, cast) -> None:
    actions.add_treatment(cast.actor("secretary"), case.id, body_id=cast.body.id)
    browse.as_("secretary").open(f"/saker/{case.id}/saksgang").press("Ta bort Administrativt samarbeidsutvalg")
    assert way(cast, case) == []


def test_the_meeting_tells_the_outcome_and_the_page_shows_it_per_body(browse, case, cast, psu) -> None:
    secretary = cast.actor("secretary")
    first = actions.add_treatment(secretary, case.id, body_id=cast.body.id)
    actions.add_treatment(secretary, case.id, body_id=psu.id)
    mark(first, TreatmentState.ON_AGENDA, on=date(2026, 9, 28))
    assert (
        "Saken står på sakslisten i Administrativt samarbeidsutvalg."
        in browse.as_("secretary").open(f"/saker/{case.id}").text
    )
    mark(first, TreatmentState.TREATED, on=date(2026, 9, 28))
    mark(first, TreatmentState.TREATED, "Anbefalt, 12/2026")
    page = browse.as_("contact").open(f"/saker/{case.id}")
    assert "28. september 2026" in page.text
    assert "Anbefalt, 12/2026" in page.text
    assert "Saken venter på å komme på sakslisten i Politisk samarbeidsutvalg." in page.text


def test_a_case_is_done_when_every_step_is_and_opens_again_with_a_new_one(case, cast, psu) -> None:
    secretary = cast.actor("secretary")
    step = actions.add_treatment(secretary, case.id, body_id=cast.body.id)
    mark(step, TreatmentState.TREATED, "Vedtatt")
    assert state_of(case) is CaseState.TREATED
    mark(step, TreatmentState.ON_AGENDA)
    assert state_of(case) is CaseState.READY
    mark(step, TreatmentState.TREATED, "Vedtatt")
    actions.add_treatment(secretary, case.id, body_id=psu.id)
    assert state_of(case) is CaseState.READY


def test_an_outcome_outside_is_written_down_by_the_secretary(browse, case, cast) -> None:
    actions.add_treatment(cast.actor("secretary"), case.id, outside="Kommunestyret i Steinkjer")
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksgang").follow("Før utfall: Kommunestyret i Steinkjer")
    page = page.fill("Utfall", "Vedtatt, PS 12/27").fill("Dato", "3.9.2026").press("Lagre")
    assert "Vedtatt, PS 12/27" in page.text
    step = actions.add_treatment(cast.actor("secretary"), case.id, body_id=cast.body.id)
    with pytest.raises(DomainError):
        actions.record_outcome(cast.actor("secretary"), step, outcome="Vedtatt")


def test_the_queue_holds_ready_cases_whose_next_step_is_the_body(cast, a, psu) -> None:
    secretary = cast.actor("secretary")
    wanted = {"organisation": cast.municipality, "partnership": cast.partnership}
    late, soon = a.case("Uten frist", **wanted), a.case("Med frist", wanted_by=clock.today(), **wanted)
    draft = a.case("Ikke klar", state=CaseState.IN_PREPARATION, **wanted)
    for case in (late, soon, draft):
        actions.add_treatment(secretary, case.id, body_id=cast.body.id)
        actions.add_treatment(secretary, case.id, body_id=psu.id)
    assert [row.title for row in queries.queue(secretary, cast.body.id, [COMMON_ROOM])] == ["Med frist", "Uten frist"]
    assert queries.queue(secretary, psu.id, [COMMON_ROOM]) == []
    assert queries.queue(cast.actor("stranger"), cast.body.id, [COMMON_ROOM]) == []
    mark(queries.queue(secretary, cast.body.id, [COMMON_ROOM])[0].treatment_id, TreatmentState.POSTPONED)
    assert [row.title for row in queries.queue(secretary, cast.body.id, [COMMON_ROOM])] == ["Med frist", "Uten frist"]


def test_an_item_gets_all_it_shows_of_its_case_in_as_many_statements_however_many_items(cast, a) -> None:
    secretary = cast.actor("secretary")
    ids = []
    for number in range(4):
        case = a.case(f"Sak {number}", organisation=cast.municipality, partnership=cast.partnership)
        actions.set_archive_reference(
            secretary, case.id, organisation_id=cast.municipality.id, reference=f"26/{number}"
        )
        attached(secretary, case)
        done = actions.add_treatment(secretary, case.id, outside="Fagråd for eldre")
        mark(done, TreatmentState.TREATED, "Tilrådd", clock.today() - timedelta(days=9))
        ids.append(actions.add_treatment(secretary, case.id, body_id=cast.body.id))
    checked()
    queries.case_rows_for(secretary, [])
    with count_statements() as one:
        queries.case_rows_for(secretary, ids[:1])
    with count_statements() as four:
        rows = queries.case_rows_for(secretary, ids)
    assert one.count == four.count == 4
    row = rows[ids[2]]
    assert (row.title, row.references[0].reference, row.earlier[0].outcome) == ("Sak 2", "26/2", "Tilrådd")
    assert (len(row.attachments), len(row.sections), bool(row.proposal)) == (1, 1, True)
    assert queries.case_rows_for(cast.actor("stranger"), ids) == {}


def test_what_was_decided_stands_above_the_proposal(browse, case, cast, a) -> None:
    step = actions.add_treatment(cast.actor("secretary"), case.id, body_id=cast.body.id)
    meeting = a.meeting(cast.body)
    item = a.item(meeting, case.title, treatment_id=step)
    with writing("test"):
        session().add(
            Decision(
                partnership_id=case.partnership_id,
                meeting_id=meeting.id,
                agenda_item_id=item.id,
                body_id=cast.body.id,
                case_id=case.id,
                state=DecisionState.IN_FORCE,
                wording=read_markdown("Utvalget vedtar rutinen."),
                decided_on=clock.today(),
            )
        )
    text = browse.as_("secretary").open(f"/saker/{case.id}").text
    assert text.index("Utvalget vedtar rutinen.") < text.index("Utvalget slutter seg til forslaget.")


def test_the_list_tells_where_each_case_goes_next_and_when(cast, a, browse) -> None:
    given = {"organisation": cast.municipality, "partnership": cast.partnership}
    placed, waiting, wished = a.case("Står på saksliste", **given), a.case("Venter", **given), a.case("Ny", **given)
    day, later = clock.today() + timedelta(days=20), clock.today() + timedelta(days=40)
    a.treatment(placed, cast.body, state=TreatmentState.ON_AGENDA, treated_on=later)
    a.treatment(waiting, cast.body, state=TreatmentState.TREATED)
    a.treatment(waiting, cast.body)
    a.meeting(cast.body, day=day)

    text = browse.as_("secretary").open("/saker").text
    for title, when in (("Står på saksliste", format_date(later, "short")), ("Venter", format_date(day, "short"))):
        assert when in text.split(f" {title} ")[1][:120], (title, text)
    assert "neste møte" in text.split(" Venter ")[1][:120]
    assert cast.body.short_name in text.split(" Venter ")[1][:90]
    assert wished.title in text


def test_a_case_that_is_ready_leads_to_the_next_agenda_of_its_body(browse, cast, case) -> None:
    a = cast.factory
    a.treatment(case, cast.body)
    a.meeting(cast.body, day=clock.today() + timedelta(days=7), room="M", title="Formøte")
    meeting = a.meeting(cast.body, day=clock.today() + timedelta(days=14))
    with writing("factory"):
        session().get_one(type(case), case.id).state = CaseState.READY

    page = browse.as_("secretary").open(f"/saker/{case.id}").follow(f"Til sakslisten {format_date(meeting.day)}")
    assert page.title.startswith("Saksliste")
    assert case.title in page.text
    assert "Til sakslisten" not in browse.as_("member").open(f"/saker/{case.id}").text


def test_a_case_that_goes_nowhere_more_has_empty_cells_which_a_phone_leaves_out(a, cast, browse) -> None:
    a.case("Ferdig sak", partnership=cast.partnership, organisation=cast.municipality, state=CaseState.TREATED)
    cells = browse.as_("secretary").open("/saker").html.all("td")
    ahead = {cell.get("data-label"): (cell.text, len(cell)) for cell in cells}
    assert (ahead["Skal til"], ahead["Når"]) == ((None, 0), (None, 0))


def test_a_case_that_stands_on_an_agenda_is_said_to_stand_there(browse, case, cast) -> None:
    treatment = cast.factory.treatment(case, cast.body)
    page = browse.as_("secretary").open(f"/saker/{case.id}")
    assert "Vedtakssak · Klar til saksliste" in page.text

    cast.factory.item(cast.factory.meeting(cast.body), case.title, treatment_id=treatment.id)
    assert "Vedtakssak · På saksliste" in browse.as_("secretary").open(f"/saker/{case.id}").text


def test_the_list_of_cases_tells_those_on_an_agenda_from_those_that_are_ready(browse, case, cast) -> None:
    cast.factory.treatment(case, cast.body)
    on_agenda = cast.factory.case("Felles beredskap", organisation=cast.municipality, partnership=cast.partnership)
    cast.factory.treatment(on_agenda, cast.body, state=TreatmentState.ON_AGENDA)
    words = browse.as_("secretary").open("/saker").text
    assert f"{case.title} Klar til saksliste" in words
    assert "Felles beredskap På saksliste" in words
