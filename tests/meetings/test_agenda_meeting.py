"""The agenda meeting: secretariat, chair and deputy chair go through the candidates."""

import pytest
import sqlalchemy as sa

from secretariat.cases import actions as cases
from secretariat.cases.models import Case, CaseState, Treatment
from secretariat.core.access import visible
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError
from secretariat.meetings import actions
from secretariat.meetings.models import Consideration, Meeting, Verdict
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements


@pytest.fixture
def meeting(a: Factory, cast: Cast) -> Meeting:
    """A planned meeting whose agenda is made."""
    return a.meeting(cast.body)


@pytest.fixture
def candidate(a: Factory, cast: Cast) -> Treatment:
    """A ready case that waits for the body."""
    return waiting(a, cast, "Felles øvelse")


def waiting(a: Factory, cast: Cast, title: str) -> Treatment:
    """One more."""
    case = a.case(title, organisation=cast.municipality, partnership=cast.partnership, state=CaseState.READY)
    return a.treatment(case, cast.body)


def _say(cast: Cast, role: str, meeting: Meeting, of: Treatment, verdict: Verdict, note: str = "") -> None:
    actions.consider(cast.actor(role), meeting.id, treatment_id=of.id, verdict=verdict, note=note)


def _reads(cast: Cast, role: str, of: Treatment) -> bool:
    query = sa.select(Case.id).where(Case.id == of.case_id, visible(cast.actor(role), Case))
    return session().scalar(query) is not None


def test_what_the_secretariat_considers_the_chairs_may_read_and_nobody_else(
    cast: Cast, meeting: Meeting, candidate: Treatment
) -> None:
    assert not _reads(cast, "deputy_chair", candidate)

    _say(cast, "secretary", meeting, candidate, Verdict.UP, "Haster.")
    assert _reads(cast, "chair", candidate)
    assert _reads(cast, "deputy_chair", candidate)
    assert not _reads(cast, "member", candidate)


def test_a_step_that_is_taken_out_of_the_way_of_its_case_takes_what_was_said_of_it_along(
    cast: Cast, meeting: Meeting, candidate: Treatment
) -> None:
    _say(cast, "secretary", meeting, candidate, Verdict.UP)
    _say(cast, "chair", meeting, candidate, Verdict.BACK, "Hører hjemme i fagrådet.")
    case_id = candidate.case_id

    cases.remove_treatment(cast.actor("secretary"), candidate.id)

    assert session().scalars(sa.select(Consideration)).all() == []
    read = sa.select(Case.id).where(Case.id == case_id, visible(cast.actor("chair"), Case))
    assert session().scalar(read) is None


def test_what_one_says_last_counts_and_is_noted_once(cast: Cast, meeting: Meeting, candidate: Treatment) -> None:
    _say(cast, "secretary", meeting, candidate, Verdict.UP)
    _say(cast, "secretary", meeting, candidate, Verdict.WAIT, "Mangler tall.")

    (row,) = session().scalars(sa.select(Consideration)).all()
    assert (row.verdict, row.note) == (Verdict.WAIT, "Mangler tall.")


def test_a_chair_says_nothing_of_a_case_that_was_not_put_forward(
    cast: Cast, meeting: Meeting, candidate: Treatment
) -> None:
    with pytest.raises(DomainError, match="venter ikke"):
        _say(cast, "chair", meeting, candidate, Verdict.UP)
    with pytest.raises(Denied):
        _say(cast, "member", meeting, candidate, Verdict.UP)


def test_the_three_go_through_the_candidates_on_the_page(
    cast: Cast, meeting: Meeting, candidate: Treatment, browse: Browser
) -> None:
    secretary = (
        browse.as_("secretary").open(f"/moter/{meeting.id}/saksliste").follow("Agendamøte med leder og nestleder")
    )
    secretary.press("Opp Felles øvelse", note="Haster.")
    for role in ("chair", "deputy_chair"):
        page = browse.as_(role).open(f"/moter/{meeting.id}").follow("Saker til vurdering i agendamøtet")
        assert "Haster." in page.text
        page = page.press("Opp Felles øvelse")
        assert "Vurderingen er notert." in page.text

    page = browse.as_("hospital_secretary").open(f"/moter/{meeting.id}/agendamote")
    assert "Leder og nestleder er enige: Opp" in page.text
    assert "Felles øvelse" in page.press("Legg til på sakslisten Felles øvelse").text
    assert "står på sakslisten" in browse.as_("chair").open(f"/moter/{meeting.id}/agendamote").text


def test_chairs_who_differ_are_not_said_to_agree(
    cast: Cast, meeting: Meeting, candidate: Treatment, browse: Browser
) -> None:
    _say(cast, "secretary", meeting, candidate, Verdict.UP)
    _say(cast, "chair", meeting, candidate, Verdict.UP)
    _say(cast, "deputy_chair", meeting, candidate, Verdict.BACK, "Hører til i fagrådet.")

    text = browse.as_("secretary").open(f"/moter/{meeting.id}/agendamote").text
    assert "Hører til i fagrådet." in text
    assert "er enige" not in text


@pytest.mark.parametrize("role", ["member", "observer", "contact"])
def test_the_page_is_for_those_who_make_the_agenda(
    meeting: Meeting, candidate: Treatment, browse: Browser, role: str
) -> None:
    assert browse.as_(role).open(f"/moter/{meeting.id}/agendamote").status in (403, 404)


def test_the_page_costs_the_same_for_many_candidates_as_for_few(
    a: Factory, cast: Cast, meeting: Meeting, candidate: Treatment, browse: Browser
) -> None:
    secretary, costs = browse.as_("secretary"), []
    for many in (1, 8):
        for number in range(many):
            _say(cast, "secretary", meeting, waiting(a, cast, f"Sak {number} av {many}"), Verdict.UP)
        secretary.open(f"/moter/{meeting.id}/agendamote")
        with count_statements() as statements:
            secretary.open(f"/moter/{meeting.id}/agendamote")
        costs.append(statements.count)

    assert costs[0] == costs[1] <= 15


def test_a_case_that_is_not_ready_is_considered_and_not_yet_offered_to_the_agenda(
    a: Factory, cast: Cast, meeting: Meeting, browse: Browser
) -> None:
    given = {"organisation": cast.municipality, "partnership": cast.partnership, "state": CaseState.IN_PREPARATION}
    draft = a.treatment(a.case("Under arbeid", **given), cast.body)
    _say(cast, "secretary", meeting, draft, Verdict.WAIT)

    page = browse.as_("secretary").open(f"/moter/{meeting.id}/agendamote")
    assert "Under arbeid" in page.text
    assert "Legg til på sakslisten" not in page.text


def test_when_every_ready_case_stands_on_the_agenda_the_pages_say_so(
    cast: Cast, meeting: Meeting, candidate: Treatment, browse: Browser
) -> None:
    all_stand = "Alle saker som er klare for utvalget, står på sakslisten."
    secretary = browse.as_("secretary")
    for page in ("saksliste", "agendamote"):
        assert all_stand not in secretary.open(f"/moter/{meeting.id}/{page}").text

    secretary.open(f"/moter/{meeting.id}/saksliste").press("Legg til Felles øvelse")

    for page in ("saksliste", "agendamote"):
        assert all_stand in secretary.open(f"/moter/{meeting.id}/{page}").text
    chair = browse.as_("chair").open(f"/moter/{meeting.id}/agendamote").text
    assert "Sakene som er satt opp til møtet, står på sakslisten." in chair
