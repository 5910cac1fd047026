"""The letter of the week is in no secretariat's hands: its receiver or the administrator has it sent again."""

from datetime import timedelta

import pytest

from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.errors import Denied, NotFound
from secretariat.messages import actions, mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail, MailState
from tests.factories.cast import Cast
from tests.messages.conftest import MailServer, running, state_of
from tests.messages.test_mail_on_its_way import work_until_idle
from tests.pages import Browser


def a_weekly_letter(cast: Cast, server: MailServer, port: int) -> Mail:
    with writing("test"):
        kind, said = LetterKind.WEEKLY_NEWS, {"subject": "2 nyheter siden sist", "text": "Dette er nytt."}
        row = mail.write(kind, to=cast.person["member"], **said)
    with running(server, port):
        work_until_idle()
    return row


def test_the_receiver_of_a_refused_weekly_letter_has_it_sent_again(cast: Cast, port: int, browse: Browser) -> None:
    row = a_weekly_letter(cast, MailServer("550 5.7.1 Refused"), port)
    assert state_of(row) == (MailState.REFUSED, 1)
    with pytest.raises((Denied, NotFound)):
        actions.send_again(cast.actor("secretary"), row.id)
    browse.as_("member").open(f"/utboks/{row.id}").press("Prøv igjen nå")
    with running(MailServer(), port) as server:
        work_until_idle()
    assert state_of(row) == (MailState.SENT, 2)
    assert b"Dette er nytt." in server.received[0]


def test_the_administrator_sends_refused_weekly_letters_again_without_reading_them(
    cast: Cast, port: int, browse: Browser
) -> None:
    row = a_weekly_letter(cast, MailServer("550 5.7.1 Refused"), port)
    page = browse.as_("administrator").open("/admin")
    assert "1 av dem er en ukesoversikt" in page.text
    page.press("Send på nytt")
    assert state_of(row) == (MailState.WAITING, 1)
    with running(MailServer(), port):
        work_until_idle()
    assert state_of(row) == (MailState.SENT, 2)


def test_a_weekly_letter_that_was_refused_long_ago_is_not_sent_again(cast: Cast, port: int) -> None:
    row = a_weekly_letter(cast, MailServer("550 5.7.1 Refused"), port)
    with clock.at(clock.now() + timedelta(days=8)):
        actions.hurry(cast.actor("administrator"))
    assert state_of(row) == (MailState.REFUSED, 1)
