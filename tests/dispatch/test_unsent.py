"""What is changed after the notice is read by those who write it alone, until it is sent; the pages say so."""

import pytest

from secretariat.cases import actions as cases
from secretariat.cases.models import SECTIONS, Case
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.dispatch import queries
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.preparing import look
from secretariat.meetings import actions as meetings, queries as agendas
from secretariat.meetings.models import ItemKind, Meeting
from tests.factories import Factory
from tests.factories.cases import paper_of
from tests.factories.cast import Cast
from tests.factories.decisions import afresh
from tests.factories.dispatch import attach, case_item, case_of, meeting_with_agenda, send_notice, send_supplement
from tests.pages import Browser

TITLE = "Felles rutine for hjemreise"


@pytest.fixture
def meeting(a: Factory, cast: Cast) -> Meeting:
    """A meeting that is being prepared."""
    return meeting_with_agenda(a, cast.body)


@pytest.fixture
def case(a: Factory, cast: Cast, meeting: Meeting) -> Case:
    """A case that was sent with its notice."""
    found = case_of(case_item(a, meeting, TITLE))
    send_notice(cast.actor("secretary"), meeting)
    return found


def waiting(cast: Cast, meeting: Meeting) -> list[str]:
    """The lines of the meeting that wait for a supplement."""
    return [one.title for one in queries.unsent(cast.actor("secretary"), meeting_id=meeting.id)]


def rewrite(cast: Cast, case: Case, proposal: str = "Et nytt forslag.") -> None:
    """Save the paper with another proposal."""
    parts = {name: Document.empty() for name in SECTIONS} | {"proposal": read_markdown(proposal)}
    cases.save_paper(cast.actor("secretary"), paper_of(case), **parts)
    afresh()


def test_nothing_waits_when_the_notice_has_just_gone(cast: Cast, meeting: Meeting, case: Case) -> None:
    assert waiting(cast, meeting) == []


def test_a_new_attachment_a_new_text_and_a_new_item_wait_until_a_supplement_has_gone(
    cast: Cast, meeting: Meeting, case: Case
) -> None:
    attach(case, "Ettersendt.txt", b"ettersendt")
    assert waiting(cast, meeting) == [TITLE]
    send_supplement(cast.actor("secretary"), afresh().get_one(Meeting, meeting.id))
    assert waiting(cast, meeting) == []

    rewrite(cast, case)
    given = {"title": "Ny orientering", "kind": ItemKind.INFORMATION, "duration": 5}
    meetings.add_item(cast.actor("secretary"), meeting.id, **given)
    assert sorted(waiting(cast, meeting)) == [TITLE, "Ny orientering"]
    send_supplement(cast.actor("secretary"), afresh().get_one(Meeting, meeting.id))
    assert waiting(cast, meeting) == []


def test_a_text_that_was_changed_and_changed_back_waits_for_no_supplement(
    a: Factory, cast: Cast, meeting: Meeting, browse: Browser
) -> None:
    case = case_of(case_item(a, meeting, TITLE))
    rewrite(cast, case, "Utvalget slutter seg til rutinen.")
    send_notice(cast.actor("secretary"), meeting)
    rewrite(cast, case, "Utvalget avviser rutinen.")
    assert waiting(cast, meeting) == [TITLE]

    rewrite(cast, case, "Utvalget slutter seg til rutinen.")

    assert waiting(cast, meeting) == []
    secretary = browse.as_("secretary")
    assert "ikke sendt til dem" not in secretary.open(f"/moter/{meeting.id}").text
    assert "slik den ble sendt" not in secretary.open(f"/saker/{case.id}").text
    assert not look(cast.actor("secretary"), afresh().get_one(Meeting, meeting.id), DispatchKind.SUPPLEMENT).matters


def test_a_line_that_is_renamed_or_exempted_after_the_notice_waits_for_a_supplement(
    a: Factory, cast: Cast, meeting: Meeting, case: Case, browse: Browser
) -> None:
    secretary = cast.actor("secretary")
    item = next(one for one in agendas.agenda(secretary, meeting.id) if one.case_id == case.id)
    given = {"title": item.title, "kind": item.kind, "duration": item.duration, "public_title": "En rutine"}

    meetings.change_item(secretary, item.id, **given | {"duration": 40, "presenter": "Kari Nordmann"})
    assert waiting(cast, meeting) == []
    meetings.change_item(secretary, item.id, **given, exempt_basis="offl. § 13")
    assert waiting(cast, meeting) == [TITLE]
    meetings.change_item(secretary, item.id, **given)
    assert waiting(cast, meeting) == []
    meetings.change_item(secretary, item.id, **given | {"title": "Rutine for hjemreise"})
    assert waiting(cast, meeting) == ["Rutine for hjemreise"]

    send_supplement(secretary, afresh().get_one(Meeting, meeting.id))
    assert waiting(cast, meeting) == []


def test_what_is_put_off_after_the_notice_is_told_in_a_supplement(cast: Cast, meeting: Meeting, case: Case) -> None:
    item = next(one for one in agendas.agenda(cast.actor("secretary"), meeting.id) if one.case_id == case.id)
    meetings.postpone_item(cast.actor("secretary"), item.id)
    assert waiting(cast, meeting) == [TITLE]
    send_supplement(cast.actor("secretary"), afresh().get_one(Meeting, meeting.id))
    assert waiting(cast, meeting) == []


def test_the_meeting_and_the_case_say_to_those_who_write_that_something_waits(
    cast: Cast, meeting: Meeting, case: Case, browse: Browser
) -> None:
    rewrite(cast, case)
    for role in ("secretary", "hospital_secretary"):
        assert f"ikke sendt til dem som er kalt inn: {TITLE}" in browse.as_(role).open(f"/moter/{meeting.id}").text
        assert "leser saken slik den ble sendt" in browse.as_(role).open(f"/saker/{case.id}").text
    for role in ("member", "chair"):
        assert "ikke sendt til dem" not in browse.as_(role).open(f"/moter/{meeting.id}").text
        assert "slik den ble sendt" not in browse.as_(role).open(f"/saker/{case.id}").text
