"""Purr: one press asks those who are silent about the invitation, or about the agenda, once more."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.dispatch.reminding import ask_chairs_again, remind_chairs, remind_silent
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import Meeting, Participant, ParticipantRole, Reply
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.decisions import afresh
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.pages import Browser

TOMORROW = datetime(2026, 9, 8, 10, 15, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def planned(a: Factory, cast: Cast) -> Meeting:
    """A meeting whose agenda is made."""
    return meeting_with_agenda(a, cast.body)


@pytest.fixture
def called(cast: Cast, planned: Meeting) -> Iterator[Meeting]:
    """A meeting whose notice went out the day before."""
    send_notice(cast.actor("secretary"), planned)
    with clock.at(TOMORROW):
        yield afresh().get_one(Meeting, planned.id)


def reminders(meeting: Meeting) -> list[Mail]:
    """The reminders of a meeting, in the order of their receivers."""
    of_meeting = (Mail.subject_id == meeting.id, Mail.kind == LetterKind.REMINDER.value)
    return list(afresh().scalars(sa.select(Mail).where(*of_meeting).order_by(Mail.to_name)))


def reminded(meeting: Meeting) -> list[str]:
    """Who was reminded, a name for each time."""
    return [mail.to_name for mail in reminders(meeting)]


def answer(cast: Cast, meeting: Meeting, role: str, reply: Reply) -> None:
    """One who is called answers."""
    own = (Participant.meeting_id == meeting.id, Participant.person_id == cast.person[role].id)
    meetings.reply(cast.actor(role), session().scalars(sa.select(Participant).where(*own)).one(), reply=reply)


def silent(meeting: Meeting) -> list[str]:
    """Everybody called but the secretariat, who has not answered."""
    asked = (Participant.role != ParticipantRole.SECRETARIAT, Participant.reply == Reply.NONE)
    query = sa.select(Participant.name).where(Participant.meeting_id == meeting.id, *asked)
    return sorted(afresh().scalars(query))


def test_one_press_reminds_all_who_have_not_answered_and_nobody_who_has(cast: Cast, called: Meeting) -> None:
    answer(cast, called, "member", Reply.ATTENDING)
    answer(cast, called, "hospital_member", Reply.ABSENT)

    remind_silent(cast.actor("hospital_secretary"), called.id)

    assert sorted(reminded(called)) == silent(called) != []
    answered = {cast.person[role].name for role in ("member", "hospital_member", "secretary", "hospital_secretary")}
    assert not answered & set(reminded(called))


def test_the_reminder_says_who_asks_and_answers_through_the_same_link_as_the_notice(
    cast: Cast, called: Meeting
) -> None:
    remind_silent(cast.actor("secretary"), called.id)

    mail = next(mail for mail in reminders(called) if mail.person_id == cast.person["member"].id)
    calling = (Mail.kind == LetterKind.NOTICE.value, Mail.person_id == mail.person_id)
    notice = afresh().scalars(sa.select(Mail).where(*calling)).one()
    asked, called_by = (re.findall(r"\S+/lenke/\S+", one.text) for one in (mail, notice))
    assert asked == called_by != []
    assert mail.subject.startswith(f"Påminnelse: {called.title}")
    assert f"{cast.person['secretary'].name} spør om du kommer" in mail.text
    assert mail.calendar is None


def test_once_a_day_is_enough_and_the_refusal_says_when_it_was_done(cast: Cast, called: Meeting) -> None:
    remind_silent(cast.actor("secretary"), called.id)
    before = reminded(called)

    with pytest.raises(DomainError, match=r"i dag kl\. 10\.15"):
        remind_silent(cast.actor("hospital_secretary"), called.id)
    assert reminded(called) == before

    with clock.at(TOMORROW + timedelta(days=1)):
        remind_silent(cast.actor("secretary"), called.id)
    assert len(reminded(called)) == 2 * len(before)


def test_nobody_is_reminded_on_the_day_the_notice_came(cast: Cast, planned: Meeting) -> None:
    send_notice(cast.actor("secretary"), planned)
    with pytest.raises(DomainError, match="fikk e-post om dette i dag"):
        remind_silent(cast.actor("secretary"), planned.id)


def test_nobody_is_reminded_before_the_notice_when_the_meeting_is_off_or_once_it_has_begun(
    cast: Cast, planned: Meeting
) -> None:
    secretary = cast.actor("secretary")
    with pytest.raises(DomainError, match="Innkallingen er ikke sendt"):
        remind_silent(secretary, planned.id)
    send_notice(secretary, planned)
    begun = clock.at(datetime.combine(planned.day, time(9, 5), ZoneInfo("Europe/Oslo")))
    with begun, pytest.raises(DomainError, match="har begynt"):
        remind_silent(secretary, planned.id)
    meetings.cancel(secretary, planned.id, reason="For få kan møte.")
    with clock.at(TOMORROW), pytest.raises(DomainError, match="avlyst"):
        remind_silent(secretary, planned.id)
    assert reminded(planned) == []


def test_there_is_nobody_to_remind_when_all_have_answered(cast: Cast, called: Meeting) -> None:
    for row in afresh().scalars(sa.select(Participant).where(Participant.meeting_id == called.id)).all():
        meetings.reply(cast.actor("secretary"), row.id, reply=Reply.ATTENDING)
    with pytest.raises(DomainError, match="har svart"):
        remind_silent(cast.actor("secretary"), called.id)


@pytest.mark.parametrize("role", ["member", "chair", "administrator", "stranger"])
def test_only_the_secretariat_reminds(cast: Cast, called: Meeting, role: str) -> None:
    for verb in (remind_silent, remind_chairs, ask_chairs_again):
        with pytest.raises((Denied, NotFound)):
            verb(cast.actor(role), called.id)


def test_chairs_who_are_silent_about_the_agenda_are_reminded_and_not_the_one_who_has_answered(
    cast: Cast, planned: Meeting
) -> None:
    meetings.agree_agenda(cast.actor("chair"), planned.id, agreed=True)

    remind_chairs(cast.actor("secretary"), planned.id)

    (mail,) = reminders(planned)
    assert mail.to_name == cast.person["deputy_chair"].name
    assert f"/moter/{planned.id}" in mail.text
    assert "også om du ikke svarer" in mail.text
    with pytest.raises(DomainError, match="i dag kl"):
        remind_chairs(cast.actor("secretary"), planned.id)
    with clock.at(TOMORROW):
        remind_chairs(cast.actor("secretary"), planned.id)
    assert len(reminders(planned)) == 2


def test_the_chairs_are_asked_about_an_agenda_that_is_made_and_has_not_gone_out(
    a: Factory, cast: Cast, planned: Meeting
) -> None:
    empty = a.meeting(cast.body, day=date(2026, 11, 5))
    with pytest.raises(DomainError, match="Sakslisten er tom"):
        remind_chairs(cast.actor("secretary"), empty.id)
    send_notice(cast.actor("secretary"), planned)
    with pytest.raises(DomainError, match="alt sendt ut"):
        remind_chairs(cast.actor("secretary"), planned.id)


def test_there_is_no_chair_to_remind_when_both_have_answered(cast: Cast, planned: Meeting) -> None:
    meetings.agree_agenda(cast.actor("chair"), planned.id, agreed=True)
    meetings.agree_agenda(cast.actor("deputy_chair"), planned.id, agreed=False, note="Flytt sak 2.")
    with pytest.raises(DomainError, match="har svart"):
        remind_chairs(cast.actor("secretary"), planned.id)


def test_a_chair_who_wanted_a_change_is_asked_whether_the_agenda_is_good_now_once_for_each_answer(
    cast: Cast, planned: Meeting
) -> None:
    with pytest.raises(DomainError, match="bedt om endringer"):
        ask_chairs_again(cast.actor("secretary"), planned.id)
    meetings.agree_agenda(cast.actor("deputy_chair"), planned.id, agreed=False, note="Flytt sak 2.")

    ask_chairs_again(cast.actor("hospital_secretary"), planned.id)

    (mail,) = reminders(planned)
    assert mail.to_name == cast.person["deputy_chair"].name
    assert "Du svarte: «Flytt sak 2.»" in mail.text
    with pytest.raises(DomainError, match="alt bedt om"):
        ask_chairs_again(cast.actor("secretary"), planned.id)
    with clock.at(TOMORROW):
        meetings.agree_agenda(cast.actor("deputy_chair"), planned.id, agreed=False, note="Ta med budsjettet.")
    with clock.at(TOMORROW + timedelta(hours=1)):
        ask_chairs_again(cast.actor("secretary"), planned.id)
    assert "Ta med budsjettet." in reminders(planned)[1].text


def test_the_agenda_asks_for_a_new_answer_and_says_when_it_did(cast: Cast, planned: Meeting, browse: Browser) -> None:
    meetings.agree_agenda(cast.actor("chair"), planned.id, agreed=False, note="Flytt sak 2.")

    page = browse.as_("secretary").open(f"/moter/{planned.id}/saksliste").press("Be om nytt svar")

    assert "Spørsmålet er sendt." in page.text
    assert "nytt svar bedt om 07.09.2026" in page.text
    assert "Be om nytt svar" not in page.text
    assert "Be om nytt svar" not in browse.as_("deputy_chair").open(f"/moter/{planned.id}/saksliste").text


def test_what_the_chairs_were_asked_before_the_notice_is_no_reminder_to_come(cast: Cast, planned: Meeting) -> None:
    remind_chairs(cast.actor("secretary"), planned.id)
    send_notice(cast.actor("secretary"), afresh().get_one(Meeting, planned.id))

    with clock.at(TOMORROW):
        remind_silent(cast.actor("secretary"), planned.id)

    assert reminded(planned).count(cast.person["chair"].name) == 2


def test_the_pages_purr_and_say_when_it_was_done(cast: Cast, called: Meeting, browse: Browser) -> None:
    number = len(silent(called))
    page = browse.as_("secretary").open(f"/moter/{called.id}")

    page = page.press(f"Purr alle som ikke har svart ({number})")

    assert "Alle som ikke har svart, er purret." in page.text
    for address in ("", "/deltakere"):
        page = browse.as_("hospital_secretary").open(f"/moter/{called.id}{address}")
        assert "Sist purret 08.09.2026 kl. 10.15." in page.text
        assert "Purr alle" not in page.text
    assert "urret" not in browse.as_("chair").open(f"/moter/{called.id}").text


def test_the_agenda_purrs_the_chairs_and_says_when_it_was_done(cast: Cast, planned: Meeting, browse: Browser) -> None:
    page = browse.as_("secretary").open(f"/moter/{planned.id}/saksliste").press("Purr leder og nestleder")

    assert "Påminnelsen er sendt." in page.text
    assert page.text.count("sist purret 07.09.2026") == 2
    assert len(reminders(planned)) == 2
    for role, address in (("chair", ""), ("chair", "/agendamote"), ("secretary", "/agendamote")):
        assert "urret" not in browse.as_(role).open(f"/moter/{planned.id}{address}").text


def test_a_partys_own_meeting_is_reminded_of_within_the_party(a: Factory, cast: Cast) -> None:
    own = a.meeting(cast.body, room="M")
    a.item(own, "Hva kommunene vil")
    send_notice(cast.actor("secretary"), own)
    with clock.at(TOMORROW):
        with pytest.raises(NotFound):
            remind_silent(cast.actor("hospital_secretary"), own.id)
        remind_silent(cast.actor("secretary"), own.id)
    found = reminders(own)
    assert {mail.room for mail in found} == {"M"}
    assert cast.person["hospital_member"].name not in {mail.to_name for mail in found}
    seen = sa.select(Mail.id).where(Mail.subject_id == own.id, visible(cast.actor("hospital_secretary"), Mail))
    assert session().scalars(seen).all() == []
