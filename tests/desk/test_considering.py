"""The agenda meeting on the desk: chair and deputy chair are told that cases wait for them, in one line."""

from datetime import date, timedelta

import pytest

from secretariat.cases.models import Case, CaseState, TreatmentState
from secretariat.core.actions import writing
from secretariat.desk.concerns import concerns
from secretariat.desk.deadlines import Due, DueKind
from secretariat.meetings import actions
from secretariat.meetings.models import Meeting, MeetingState, Verdict
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

DAY = date(2026, 10, 1)


def brought_up(a: Factory, cast: Cast, meeting: Meeting, *titles: str) -> list[tuple[Case, dict[str, object]]]:
    """Cases that the secretary has laid before the chairs."""
    found = []
    for title in titles:
        case = a.case(title, partnership=cast.partnership, organisation=cast.municipality, state=CaseState.READY)
        given: dict[str, object] = {"treatment_id": a.treatment(case, cast.body).id, "verdict": Verdict.UP}
        actions.consider(cast.actor("secretary"), meeting.id, **given)
        found.append((case, given))
    return found


def waiting(cast: Cast, role: str) -> list[Due]:
    return [due for due in concerns(cast.actor(role)).dues if due.kind is DueKind.CONSIDER]


@pytest.mark.parametrize("role", ["chair", "deputy_chair"])
def test_both_chairs_are_told_how_many_cases_wait_for_them(a: Factory, cast: Cast, role: str) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    first, _second = brought_up(a, cast, meeting, "Felles rutine", "Ny avtale")
    (due,) = waiting(cast, role)
    assert due.subject_id == meeting.id
    assert due.about.startswith("2 saker venter på deg")
    actions.consider(cast.actor(role), meeting.id, **first[1])
    assert [due.about.split(" ")[:2] for due in waiting(cast, role)] == [["1", "sak"]]


def test_nothing_waits_when_everything_is_answered_or_the_notice_is_sent(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    ((_case, given),) = brought_up(a, cast, meeting, "Felles rutine")
    actions.consider(cast.actor("chair"), meeting.id, **given)
    assert waiting(cast, "chair") == []
    with writing("test") as work:
        work.get_one(Meeting, meeting.id).state = MeetingState.CALLED
    assert waiting(cast, "deputy_chair") == []


@pytest.mark.parametrize("role", ["member", "hospital_member", "deputy", "contact", "secretary", "administrator"])
def test_nobody_else_is_told(a: Factory, cast: Cast, role: str) -> None:
    brought_up(a, cast, a.meeting(cast.body, day=DAY), "Felles rutine")
    assert waiting(cast, role) == []


def test_a_case_that_has_been_treated_waits_for_nobody(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    case = a.case("Felles rutine", partnership=cast.partnership, organisation=cast.municipality)
    treatment = a.treatment(case, cast.body)
    actions.consider(cast.actor("secretary"), meeting.id, treatment_id=treatment.id, verdict=Verdict.WAIT)
    with writing("test") as work:
        work.get_one(type(treatment), treatment.id).state = TreatmentState.WITHDRAWN
    assert waiting(cast, "chair") == []


def test_the_other_partys_own_meeting_is_not_told_of(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=DAY, room="M")
    brought_up(a, cast, meeting, "Kommunenes sak")
    assert len(waiting(cast, "chair")) == 1
    assert waiting(cast, "deputy_chair") == []


def test_the_line_leads_to_the_page_where_it_is_said_and_costs_the_same_for_many(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    brought_up(a, cast, a.meeting(cast.body, day=DAY), "Felles rutine")
    with count_statements() as few:
        page = browse.as_("chair").open("/")
    assert page.follow("Si hva som skal opp i møtet").title == "Agendamøte"
    for week in range(1, 4):
        meeting = a.meeting(cast.body, day=DAY + timedelta(weeks=week))
        brought_up(a, cast, meeting, *(f"Sak {week}.{number}" for number in range(3)))
    with count_statements() as many:
        browse.as_("chair").open("/")
    assert few.count == many.count, "\n".join(many.said)
