"""The standing item «oppfølging» fills itself: in the papers of the next meeting, and where the meeting is kept."""

import re
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.actions import request_key, writing
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.text.plain import to_plain
from secretariat.decisions import actions as decisions, tasks
from secretariat.decisions.follow_up import follow_up_text
from secretariat.decisions.models import DecisionKind, TaskState
from secretariat.dispatch.models import DispatchFile, Edition
from secretariat.documents import storage
from secretariat.meetings import actions as meetings, calling, numbers
from secretariat.meetings.models import ItemKind, Meeting
from tests.factories.cast import Cast
from tests.factories.decisions import Room, enter, words
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.pages import Browser
from tests.pages.pdf import facts_of

ADOPTED = "Rutinen tas i bruk i alle kommunene."


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def _next_meeting(room: Room) -> Meeting:
    meeting = meeting_with_agenda(room.cast.factory, room.cast.body)
    room.cast.factory.item(meeting, "Oppfølging av tidligere vedtak", kind=ItemKind.FOLLOW_UP)
    return meeting


def _paper(room: Room, meeting: Meeting, edition: Edition = Edition.INTERNAL) -> str:
    """What the notice of a meeting says, once it is sent."""
    request_key.set(None)
    send_notice(room.secretary, meeting)
    file = session().scalars(sa.select(DispatchFile).where(DispatchFile.edition == edition)).one()
    return " ".join(facts_of(storage.get(file.partnership_id, file.sha256)).text.split())


def test_the_notice_tells_which_decisions_are_open_and_which_tasks_are_late(room: Room) -> None:
    decision = room.decide(ADOPTED)
    room.ask("Sende rutinen til Namsos.", decision_id=decision.id, deadline=clock.today())
    room.close()

    with clock.at(clock.now() + timedelta(days=2)):
        said = _paper(room, _next_meeting(room))
    assert ADOPTED in said
    assert "1 oppgave over fristen" in said
    assert "Sende rutinen til Namsos." in said


def test_what_was_only_noted_is_not_told_of_once_its_task_is_done(room: Room) -> None:
    noted = room.decide("Utvalget tar tallene til orientering.", kind=DecisionKind.NOTED)
    task = room.ask("Sende tallene til fagrådet.", decision_id=noted.id, deadline=clock.today() + timedelta(days=1))
    room.close()
    assert "tallene til orientering" in to_plain(follow_up_text(room.cast.body.id, COMMON_ROOM))

    tasks.report_task(room.cast.actor("member"), task, state=TaskState.DONE)
    assert not follow_up_text(room.cast.body.id, COMMON_ROOM)


def test_the_copy_for_the_public_does_not_tell_what_is_open(room: Room) -> None:
    room.decide(ADOPTED)
    room.close()

    assert ADOPTED not in _paper(room, _next_meeting(room), Edition.PUBLIC)


def test_a_common_meeting_is_not_told_what_one_party_decided_alone(room: Room) -> None:
    cast = room.cast
    alone = cast.factory.meeting(cast.body, day=clock.today(), starts=time(13), ends=time(14), room="M")
    item = cast.factory.item(alone, "Kommunenes linje", kind=ItemKind.DECISION)
    with writing("factory"):
        row = session().get_one(Meeting, alone.id)
        numbers.give(row)
        calling.call(row)
    decisions.draft(room.secretary, item, kind=DecisionKind.DECISION, wording=words("Kommunene står sammen."))
    decisions.add_task(
        room.secretary,
        item,
        text="Ringe ordførerne.",
        responsible_organisation_id=cast.municipality.id,
        deadline=clock.today(),
    )
    meetings.close(room.secretary, alone)
    room.decide(ADOPTED)
    room.close()

    with clock.at(clock.now() + timedelta(days=2)):
        said = _paper(room, _next_meeting(room))
    assert ADOPTED in said
    assert "Kommunene står sammen" not in said
    assert "Ringe ordførerne" not in said


def test_what_is_open_stands_beside_the_text_while_the_minutes_are_kept(room: Room, browse: Browser) -> None:
    room.decide(ADOPTED)
    item = room.cast.factory.item(room.meeting, "Oppfølging", kind=ItemKind.FOLLOW_UP)
    room.close()
    page = browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring?sak={item.id}")

    assert "Til oppfølging" in page.text
    assert ADOPTED in page.text


@pytest.mark.parametrize(("language", "expected"), [("nb", "Godkjent."), ("nn", "Godkjend."), ("en", "Approved.")])
def test_an_approval_is_drafted_in_the_words_of_the_minutes(
    cast: Cast, browse: Browser, language: str, expected: str
) -> None:
    room = enter(cast)
    with writing("factory") as work:
        work.get_one(Meeting, room.meeting.id).language = language
    item = cast.factory.item(room.meeting, "Godkjenning av innkalling", kind=ItemKind.APPROVAL)
    page = browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring?sak={item.id}")

    assert re.search(rf'<textarea[^>]*name="wording"[^>]*>\s*{re.escape(expected)}\s*</textarea>', page.response.text)


def test_the_item_leads_to_the_open_decisions_of_the_body(room: Room, browse: Browser) -> None:
    room.decide(ADOPTED)
    room.cast.factory.item(room.meeting, "Oppfølging", kind=ItemKind.FOLLOW_UP)
    room.close()

    page = browse.as_("member").open(f"/moter/{room.meeting.id}").follow("Åpne vedtak")
    assert page.title.startswith("Vedtak")
    assert ADOPTED in page.text
