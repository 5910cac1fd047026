"""From the press to the mailbox: the worker hands every mail to a real mail server, the invitation in it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from secretariat import config
from secretariat.core import outbox
from secretariat.dispatch import queries
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.parcels import parcels_of
from secretariat.messages.models import MailState
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.messages.conftest import MailServer, mail_server, port
from tests.pages import Browser

__all__ = ["mail_server", "port"]


def work() -> None:
    """Everything the worker has to do."""
    while outbox.work_once():
        pass


def parts(raw: bytes) -> tuple[EmailMessage, dict[str, Any]]:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail, {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}


@pytest.mark.usefixtures("app")
def test_every_member_gets_one_mail_with_the_invitation_in_it(a: Factory, cast: Cast, mail_server: MailServer) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    work()
    assert len(mail_server.received) == 7
    for raw in mail_server.received:
        mail, inside = parts(raw)
        calendar = inside["text/calendar"]
        event = Calendar.from_ical(calendar.get_content()).walk("VEVENT")[0]
        assert calendar.get_param("method") == "REQUEST"
        assert str(event["ATTENDEE"]) == f"mailto:{mail['To'].addresses[0].addr_spec}"
        assert str(event["ORGANIZER"]) == f"mailto:{mail['From'].addresses[0].addr_spec}"
        assert "/lenke/" in inside["text/plain"].get_content()
        assert "/lenke/" in inside["text/html"].get_content()


def test_an_address_that_is_refused_is_shown_to_the_secretary(
    a: Factory, cast: Cast, browse: Browser, mail_server: MailServer
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    mail_server.answer = "550 Ukjent mottaker"
    outbox.work_once()
    mail_server.answer = "250 OK"
    work()
    page = browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling")
    assert "Levert til 6 av 7." in page.text
    assert "550 Ukjent mottaker" in page.text
    sent = queries.with_receivers(cast.actor("secretary"), parcels_of(meeting.id, DispatchKind.NOTICE), {})
    states = sorted(str(got.state) for got in sent[0].receivers)
    assert states == [MailState.REFUSED] + [MailState.SENT] * 6
    assert config.settings().smtp_host
