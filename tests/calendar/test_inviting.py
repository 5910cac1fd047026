"""Invitations follow the meeting: one UID for life, the sequence up on each change, cancellation for all or for one."""

from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from secretariat.calendar import invariants as promises
from secretariat.core.actions import writing
from secretariat.core.dates import wall_time
from secretariat.core.db import session
from secretariat.directory.models import Partnership, Person
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import Meeting, MeetingForm, Participant
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice

CHANGED = {"title": "Møte i ASU", "form": MeetingForm.PHYSICAL, "place": "Steinkjer rådhus"}


@pytest.fixture
def called(a: Factory, cast: Cast) -> Meeting:
    """A meeting whose notice has gone out."""
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    return meeting


def mails(method: str | None = None) -> list[Mail]:
    query = sa.select(Mail).order_by(Mail.id)
    return list(session().scalars(query if method is None else query.where(Mail.calendar_method == method)))


def event(mail: Mail) -> Any:
    return Calendar.from_ical(mail.calendar).walk("VEVENT")[0]


def move(cast: Cast, meeting: Meeting, day: date, **values: Any) -> None:
    given = CHANGED | {"day": day, "starts": time(10), "ends": time(12)} | values
    meetings.change(cast.actor("secretary"), meeting.id, **given)


def participant(name: str) -> Participant:
    return session().scalars(sa.select(Participant).where(Participant.name == name)).one()


def test_the_notice_invites_each_by_name_from_the_secretariats_own_mailbox(cast: Cast, called: Meeting) -> None:
    assert len(mails()) == 7
    for mail in mails():
        invited = event(mail)
        assert (str(invited["UID"]), invited["SEQUENCE"], str(invited["STATUS"])) == (called.uid, 0, "CONFIRMED")
        assert str(invited["ORGANIZER"]) == f"mailto:{cast.partnership.secretariat_email}"
        assert str(invited["ATTENDEE"]) == f"mailto:{mail.to_address}"


def test_a_new_time_reaches_all_with_the_same_uid_and_the_next_sequence(cast: Cast, called: Meeting) -> None:
    move(cast, called, date(2026, 10, 1))
    updates = mails("REQUEST")[7:]
    assert len(updates) == 7
    for mail in updates:
        changed = event(mail)
        assert (str(changed["UID"]), changed["SEQUENCE"]) == (called.uid, 1)
        assert changed["DTSTART"].dt == wall_time(date(2026, 10, 1), time(10))
        assert mail.subject.startswith("Endret: Møte i ASU")


def test_a_corrected_title_disturbs_nobody(cast: Cast, called: Meeting) -> None:
    move(cast, called, called.day, starts=time(9), title="Høstmøte i ASU")
    assert len(mails()) == 7
    assert list(promises.components_say_the_last_word()) == []


def test_a_cancelled_meeting_leaves_every_calendar(cast: Cast, called: Meeting) -> None:
    meetings.cancel(cast.actor("secretary"), called.id, reason="For få saker.")
    cancelled = mails("CANCEL")
    assert len(cancelled) == 7
    for mail in cancelled:
        gone = event(mail)
        assert (str(gone["UID"]), gone["SEQUENCE"], str(gone["STATUS"])) == (called.uid, 1, "CANCELLED")
        assert "For få saker." in mail.text


def test_a_cancellation_taken_back_invites_anew(cast: Cast, called: Meeting) -> None:
    meetings.cancel(cast.actor("secretary"), called.id, reason="For få saker.")
    meetings.reopen(cast.actor("secretary"), called.id)
    again = mails("REQUEST")[7:]
    assert {event(mail)["SEQUENCE"] for mail in again} == {2}
    assert len(again) == 7


def test_one_who_is_no_longer_called_gets_a_cancellation_that_says_nothing_of_the_meeting(
    cast: Cast, called: Meeting
) -> None:
    meetings.remove_participant(cast.actor("secretary"), participant("Observer Testesen").id)
    (mail,) = mails("CANCEL")
    gone = event(mail)
    assert mail.person_id == cast.person["observer"].id
    assert (str(gone["UID"]), gone["SEQUENCE"], "STATUS" in gone) == (called.uid, 1, False)
    move(cast, called, date(2026, 10, 1))
    assert {event(one)["SEQUENCE"] for one in mails("REQUEST")[7:]} == {2}
    assert cast.person["observer"].id not in {one.person_id for one in mails("REQUEST")[7:]}


def test_a_meeting_that_was_never_called_is_moved_and_cancelled_without_mail(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    move(cast, meeting, date(2026, 10, 1))
    meetings.cancel(cast.actor("secretary"), meeting.id, reason="For få saker.")
    assert mails() == []


def test_the_organisers_own_mailbox_gets_the_mail_and_no_invitation_to_itself(a: Factory, cast: Cast) -> None:
    with writing("test") as work:
        work.get_one(Person, cast.person["secretary"].id).email = cast.partnership.secretariat_email
    send_notice(cast.actor("hospital_secretary"), meeting_with_agenda(a, cast.body))
    own = [mail for mail in mails() if mail.person_id == cast.person["secretary"].id]
    assert [(mail.calendar_method, mail.calendar) for mail in own] == [(None, None)]


def test_an_invitation_speaks_the_language_of_the_one_it_is_for(a: Factory, cast: Cast) -> None:
    with writing("test") as work:
        work.get_one(Person, cast.person["chair"].id).language = "en"
    send_notice(cast.actor("secretary"), meeting_with_agenda(a, cast.body))
    languages = {mail.person_id: event(mail)["SUMMARY"].params["LANGUAGE"] for mail in mails()}
    assert languages[cast.person["chair"].id] == "en"
    assert languages[cast.person["member"].id] == "nb"


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_on_the_sundays_when_the_clock_is_changed_the_hour_on_the_wall_is_the_truth(
    cast: Cast, called: Meeting, day: date
) -> None:
    move(cast, called, day)
    told = [event(mail)["DTSTART"].dt for mail in mails("REQUEST")[7:]]
    truth = wall_time(day, time(10))
    assert [(starts, starts.utcoffset()) for starts in told] == [(truth, truth.utcoffset())] * 7


def test_every_promise_of_the_calendar_holds_after_a_meetings_whole_life(cast: Cast, called: Meeting) -> None:
    move(cast, called, date(2026, 10, 1))
    meetings.remove_participant(cast.actor("secretary"), participant("Observer Testesen").id)
    meetings.cancel(cast.actor("secretary"), called.id, reason="For få saker.")
    checks = (
        promises.every_meeting_is_in_the_calendar,
        promises.components_say_the_last_word,
        promises.components_keep_their_uid,
    )
    assert [list(check()) for check in checks] == [[], [], []]


def test_a_meeting_that_is_missing_or_stale_in_the_calendar_is_found(a: Factory, cast: Cast, called: Meeting) -> None:
    missing = a.meeting(cast.body, day=date(2026, 12, 1), title="Uten kalender")
    with writing("test") as work:
        stale = work.get_one(Meeting, called.id)
        stale.sequence, stale.uid = 5, "en-annen@test.example"
    assert list(promises.every_meeting_is_in_the_calendar()) == [
        f"Møtet «Uten kalender» ({missing.id}) mangler i kalenderen."
    ]
    assert len(list(promises.components_say_the_last_word())) == 1
    assert len(list(promises.components_keep_their_uid())) == 6
    assert session().scalars(sa.select(Partnership)).first() is not None
