"""The administrator's page says first whether the installation does its work."""

from collections.abc import Callable
from datetime import timedelta

from secretariat.core import clock, outbox
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.messages.models import Mail, MailState
from tests.messages.conftest import MailServer
from tests.messages.test_mail_on_its_way import work_until_idle
from tests.pages import Browser

Write = Callable[..., Mail]


def test_what_runs_stands_first_and_green_when_nothing_is_wrong(browse: Browser) -> None:
    work_until_idle()
    text = browse.as_("administrator").open("/admin").text

    assert text.index("Driften") < text.index("Brukere og roller")
    assert "Arbeideren holder følge" in text


def test_mail_that_does_not_get_away_is_said_in_norwegian_and_nothing_is_green(
    a_mail: Write, port: int, browse: Browser
) -> None:
    a_mail()
    work_until_idle()
    text = browse.as_("administrator").open("/admin").text

    assert "1 oppdrag lykkes ikke, og prøves på nytt." in text
    assert "Temporary" not in text
    assert "Arbeideren holder følge" not in text


def test_mail_that_was_refused_is_said(a_mail: Write, mail_server: MailServer, browse: Browser) -> None:
    with writing("factory"):
        session().get_one(Mail, a_mail().id).state = MailState.REFUSED
    work_until_idle()
    text = browse.as_("administrator").open("/admin").text

    assert "1 e-post de siste sju dagene kom ikke fram." in text
    assert "Arbeideren holder følge" not in text


def test_a_silent_worker_is_said_first(browse: Browser) -> None:
    with writing("factory"):
        outbox.put("mail.send", {}, key="x", not_before=clock.now() - timedelta(hours=1))
    text = browse.as_("administrator").open("/admin").text

    assert text.index("Arbeideren står") < text.index("Brukere og roller")
    assert "Arbeideren holder følge" not in text
