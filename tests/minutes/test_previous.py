"""«Godkjenning av referat fra forrige møte»: the minutes are approved where the meeting stands."""

from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.text.plain import to_plain
from secretariat.decisions.models import Decision, DecisionKind
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting, MeetingState
from secretariat.minutes.models import Minutes, MinutesState
from tests.factories.cast import Cast
from tests.factories.decisions import Room, afresh, enter
from tests.minutes.test_minutes import minutes_of, send_out
from tests.pages import Browser
from tests.pages.statements import count_statements

LATER = timedelta(days=90)
WAITS = "Referatet fra møtet 7. september 2026"


@pytest.fixture
def before(cast: Cast) -> Room:
    """A meeting that was held, whose minutes are out for comments."""
    room = enter(cast)
    room.close()
    send_out(room)
    return room


def now_meets(cast: Cast, title: str = "Godkjenning av referat fra forrige møte") -> tuple[Meeting, AgendaItem]:
    """The body meets again, and takes up the minutes of the meeting before."""
    room = enter(cast, starts=time(10))
    item = cast.factory.item(room.meeting, title, kind=ItemKind.APPROVAL, position=1)
    return room.meeting, item


def conducting(meeting: Meeting, item: AgendaItem) -> str:
    """Where the meeting is held, at the item."""
    return f"/moter/{meeting.id}/foring?sak={item.id}"


def test_the_item_leads_to_the_approval_and_back_and_says_how_it_was_done(
    cast: Cast, before: Room, browse: Browser
) -> None:
    with clock.at(clock.now() + LATER):
        meeting, item = now_meets(cast)
        page = browse.as_("secretary").open(conducting(meeting, item))
        assert f"{WAITS} Ikke godkjent" in page.text

        page = page.follow("Godkjenn referatet")
        assert "av utvalget i møtet 6. desember 2026" in page.response.text
        page = page.press("Godkjenn")

        assert "Referatet er godkjent og sendt ut." in page.text
        assert f"{WAITS} Godkjent 06.12.2026" in page.text
        assert "Sak 1 av 3" in page.text
        afresh()
        approved = minutes_of(before)
        assert approved.state is MinutesState.APPROVED
        assert (approved.approved_on, approved.approved_by) == (meeting.day, "av utvalget i møtet 6. desember 2026")


@pytest.mark.parametrize("title", ["Godkjenning av innkalling og saksliste", "Referat fra befaring"])
def test_other_items_are_about_no_minutes(cast: Cast, before: Room, browse: Browser, title: str) -> None:
    with clock.at(clock.now() + LATER):
        meeting, item = now_meets(cast, title)
        if not title.startswith("Godkjenning"):
            item = cast.factory.item(meeting, title, kind=ItemKind.INFORMATION)
        text = browse.as_("secretary").open(conducting(meeting, item)).text
    assert "Godkjenn referatet" not in text


def test_before_the_first_minutes_there_are_none_to_approve(cast: Cast, browse: Browser) -> None:
    meeting, item = now_meets(cast)
    assert "Godkjenn referatet" not in browse.as_("secretary").open(conducting(meeting, item)).text


def test_what_a_party_wrote_of_its_own_meeting_is_not_approved_in_a_common_one(
    cast: Cast, before: Room, browse: Browser
) -> None:
    with clock.at(clock.now() + LATER):
        held = {"state": MeetingState.HELD, "called_at": clock.now()}
        own = cast.factory.meeting(cast.body, day=clock.today(), starts=time(8), ends=time(9), room="M", **held)
        with writing("factory") as work:
            work.add(Minutes(partnership_id=own.partnership_id, meeting_id=own.id))
        page = browse.as_("secretary").open(conducting(*now_meets(cast)))
    assert page.text.count("Ikke godkjent") == 1


def test_older_minutes_that_wait_are_approved_too_and_the_page_costs_no_more_for_them(
    cast: Cast, before: Room, browse: Browser
) -> None:
    costs = []
    for number in (1, 2):
        with clock.at(clock.now() + LATER * number):
            meeting, item = now_meets(cast)
            secretary = browse.as_("secretary")
            secretary.open("/moter")
            with count_statements() as statements:
                page = secretary.open(conducting(meeting, item))
            costs.append(statements.count)
            assert page.text.count("Ikke godkjent") == number
            meetings.close(cast.actor("secretary"), meeting.id)
    assert costs[0] == costs[1] <= 15


@pytest.mark.parametrize("role", ["member", "chair"])
def test_who_does_not_write_the_minutes_approves_none(cast: Cast, before: Room, browse: Browser, role: str) -> None:
    _meeting, item = now_meets(cast)
    assert browse.as_(role).open(f"/moter/{before.meeting.id}/referat/godkjenn?sak={item.id}").status in (403, 404)


def test_an_item_of_another_body_is_no_place_to_come_back_to(cast: Cast, before: Room, browse: Browser) -> None:
    elsewhere = cast.factory.item(cast.factory.meeting(cast.factory.body()), "Godkjenning", kind=ItemKind.APPROVAL)
    page = browse.as_("secretary").open(f"/moter/{before.meeting.id}/referat/godkjenn?sak={elsewhere.id}")
    page = page.fill("Hvordan det ble godkjent", "av leder og nestleder").press("Godkjenn")
    assert page.address == f"/moter/{before.meeting.id}/referat"


def test_what_is_mostly_decided_of_an_approval_is_decided_with_one_press(cast: Cast, browse: Browser) -> None:
    meeting, item = now_meets(cast)
    page = browse.as_("secretary").open(conducting(meeting, item)).press("Lagre")
    assert "er lagret" in page.text
    (decision,) = afresh().scalars(sa.select(Decision).where(Decision.agenda_item_id == item.id))
    assert (decision.kind, to_plain(decision.wording)) == (DecisionKind.DECISION, "Godkjent.")


def test_the_text_of_an_approval_nobody_decided_is_written_after_the_meeting(cast: Cast, browse: Browser) -> None:
    meeting, item = now_meets(cast)
    meetings.close(cast.actor("secretary"), meeting.id)
    page = browse.as_("secretary").open(conducting(meeting, item))
    page = page.fill("Saken i møtet", "Referatet ble delt ut.").press("Lagre")
    assert "er lagret" in page.text
    assert afresh().scalars(sa.select(Decision)).all() == []
