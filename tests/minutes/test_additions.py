"""Protokolltilførsel and habilitet: who wanted it written down, and who took no part."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from docx import Document as WordFile

from secretariat.bodies.balance import agreed_on
from secretariat.core.errors import DomainError, Hindered
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import balance, rows_of
from secretariat.meetings.models import Participant, SteppedAside
from secretariat.minutes import additions
from secretariat.minutes.attendance import taking_part
from secretariat.minutes.models import Addition
from secretariat.minutes.printing import Step, look
from secretariat.minutes.record import Record, record
from secretariat.web.verifying import findings
from tests.factories.cast import Cast
from tests.factories.decisions import Room, afresh, enter
from tests.minutes.test_minutes import approve, minutes_of, send_out
from tests.pages import Browser

WORDS = "Steinkjer ber om at kostnadene utredes."


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def _participant(room: Room, role: str) -> Participant:
    return next(row for row in rows_of(room.meeting) if row.person_id == room.cast.person[role].id)


def _record(room: Room) -> Record:
    afresh()
    return record(room.secretary, minutes_of(room))


def _add(room: Room) -> Addition:
    given = {"name": "Kari Nordmann, Steinkjer", "text": WORDS}
    return room.fresh(Addition, additions.add_addition(room.secretary, room.item.id, **given))


def _step_aside(room: Room, role: str) -> None:
    because = "Styreleder i selskapet"
    who = _participant(room, role).id
    meetings.step_aside(room.secretary, room.item.id, participant_id=who, because=because)


def test_an_addition_is_written_from_the_page_of_the_meeting_and_read_in_the_minutes(
    room: Room, browse: Browser
) -> None:
    secretary = browse.as_("secretary")
    page = secretary.open(f"/moter/{room.meeting.id}/foring?sak={room.item.id}").follow("Før protokolltilførsel")
    page = page.fill("Navn", "Kari Nordmann, Steinkjer").fill("Protokolltilførsel", WORDS).press("Lagre")

    assert "Protokolltilførselen er ført" in page.text
    assert WORDS in page.text
    room.close()
    send_out(room)
    text = browse.as_("member").open(f"/moter/{room.meeting.id}/referat").text
    assert text.index("Kari Nordmann, Steinkjer") < text.index(WORDS)


def test_an_addition_without_a_name_is_asked_about_and_keeps_its_words(room: Room, browse: Browser) -> None:
    page = browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring/{room.item.id}/tilforsel")
    page = page.fill("Protokolltilførsel", WORDS).press("Lagre")

    assert page.status == 422
    assert WORDS in page.text


def test_two_who_mend_an_addition_at_once_see_both_texts(room: Room, browse: Browser) -> None:
    address = f"/moter/{room.meeting.id}/foring/tilforsel/{_add(room).id}"
    mine, theirs = browse.as_("secretary").open(address), browse.as_("hospital_secretary").open(address)
    theirs.fill("Protokolltilførsel", "Deres ord.").press("Lagre")

    page = mine.fill("Protokolltilførsel", "Mine ord.").press("Lagre")
    assert page.status == 409
    assert "Deres ord." in page.text
    assert "Mine ord." in page.text


def test_an_addition_can_be_taken_out_until_the_minutes_are_approved(room: Room, browse: Browser) -> None:
    first, second = _add(room), _add(room)
    browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring/tilforsel/{first.id}").press("Slett")
    assert afresh().scalars(sa.select(Addition.id)).all() == [second.id]

    room.close()
    approve(room)
    with pytest.raises(DomainError, match="godkjent"):
        additions.remove_addition(room.secretary, second.id)


def test_additions_and_those_who_stepped_aside_stand_on_paper_and_in_the_word_file(room: Room, browse: Browser) -> None:
    _add(room)
    _step_aside(room, "member")
    room.close()

    (item,) = (one for one in look(room.secretary, minutes_of(room), Step()).paper.items if one.additions)
    assert item.stepped_aside == (room.cast.person["member"].name,)
    answer = browse.as_("secretary").open(f"/moter/{room.meeting.id}/referat.docx").response
    said = "\n".join(paragraph.text for paragraph in WordFile(BytesIO(answer.data)).paragraphs)
    assert WORDS in said
    assert "Inhabil, deltok ikke i saken: Member Testesen." in said


def test_one_who_steps_aside_is_not_counted_in_that_item_and_is_in_the_next(room: Room) -> None:
    for role in ("member", "hospital_member"):
        meetings.note_presence(room.secretary, _participant(room, role))
    _step_aside(room, "member")

    seen = _record(room)
    here, following = seen.treated
    agreed = agreed_on(room.meeting.body_id, room.meeting.day)
    assert (balance(taking_part(seen, here), agreed).municipal, balance(taking_part(seen, here)).hospital) == (0, 1)
    assert balance(taking_part(seen, following)).municipal == 1


def test_one_who_came_late_is_not_counted_before(room: Room) -> None:
    meetings.note_presence(room.secretary, _participant(room, "member"), from_item_id=room.other.id)

    seen = _record(room)
    first, second = seen.treated
    assert taking_part(seen, first) == []
    assert [person.person_id for person in taking_part(seen, second)] == [room.cast.person["member"].id]


def test_the_page_of_the_meeting_notes_who_steps_aside_and_takes_it_back(room: Room, browse: Browser) -> None:
    page = browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring?sak={room.item.id}")
    who = str(_participant(room, "member").id)
    page = page.fill("Grunn til inhabilitet", "Styreleder").press("Før som inhabil", participant_id=who)
    assert "Deltar likevel" in page.text
    assert afresh().scalars(sa.select(SteppedAside.because)).all() == ["Styreleder"]

    page = page.press("Deltar likevel Member Testesen")
    assert afresh().scalars(sa.select(SteppedAside.id)).all() == []
    assert "Velg en av dem" in page.press("Før som inhabil").text


def test_nobody_steps_aside_from_another_meeting_or_after_approval(room: Room, cast: Cast) -> None:
    elsewhere = cast.factory.meeting(cast.body, day=room.meeting.day.replace(year=2027))
    stranger = cast.factory.item(elsewhere)
    with pytest.raises(DomainError):
        meetings.step_aside(room.secretary, stranger.id, participant_id=_participant(room, "member").id)
    room.close()
    approve(room)
    with pytest.raises(Hindered):
        _step_aside(room, "member")
    assert not [found for found in findings() if found.id in ("ASIDE_IN_OWN_MEETING", "APPROVED_IS_LOCKED")]
