"""Sending a notice: once, as one frozen whole, to everybody who is called."""

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.dispatch.models import Delivery, Dispatch, DispatchFile
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Participant
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice


def test_the_notice_calls_everybody_numbers_the_cases_and_mails_each_once(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting, note="Vel møtt!")

    called = session().get_one(Meeting, meeting.id)
    assert called.state is MeetingState.CALLED
    people = session().scalars(sa.select(Participant)).all()
    assert len(people) == 7
    assert session().scalar(sa.select(sa.func.count()).select_from(Delivery)) == len(people)
    mails = session().scalars(sa.select(Mail)).all()
    assert sorted(mail.person_id for mail in mails) == sorted(person.person_id for person in people)
    assert all(mail.calendar_method == "REQUEST" and "Vel møtt!" in mail.text for mail in mails)
    numbers = session().scalars(sa.select(AgendaItem.number).order_by(AgendaItem.position)).all()
    assert numbers == [1, 2]
    assert session().scalar(sa.select(sa.func.count()).select_from(Dispatch)) == 1
    assert session().scalar(sa.select(sa.func.count()).select_from(DispatchFile)) == 2
