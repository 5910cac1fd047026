"""Mail over a real SMTP dialogue: what arrives is what was built, and every no is told as what it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from socket import create_server

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import (
    SMTP as Dialogue,  # noqa: N811 (a class, whatever its letters)
    AuthResult,
    Envelope as Received,
    Session,
)
from icalendar import Calendar

from secretariat.calendar.components import request
from secretariat.messages.envelope import Envelope, build
from secretariat.messages.smtp import Permanent, Smtp, Temporary
from tests.factories.invitations import an_invitation

pytestmark = pytest.mark.interop

SENDER, RECIPIENT = "retur+1@sekretariat.example", "kari.nordmann@steinkjer.example"


class MailServer:
    """Takes every mail, or answers the step it is told to with the words it is told to."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.received: list[Received] = []

    async def handle_MAIL(  # noqa: N802 (the name that aiosmtpd calls)
        self, server: Dialogue, session: Session, envelope: Received, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: Dialogue, session: Session, envelope: Received, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get("rcpt"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Dialogue, session: Session, envelope: Received) -> str:  # noqa: N802
        if answer := self.answers.get("data"):
            return answer
        self.received.append(envelope)
        return "250 OK"

    async def handle_QUIT(self, server: Dialogue, session: Session, envelope: Received) -> str:  # noqa: N802
        if self.answers.get("quit") == "(hangs up)":
            server.transport.abort()
        return "221 Bye"


@contextmanager
def running(server: MailServer, **settings: object) -> Iterator[Smtp]:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield Smtp("127.0.0.1", port, timeout=5)
    finally:
        controller.stop()


def an_envelope() -> Envelope:
    return Envelope(
        message_id="<0190f1c2.1@sekretariat.example>",
        from_name="Sekretariatet",
        from_address="sekretariat@sekretariat.example",
        to_name="Kari Nordmann",
        to_address=RECIPIENT,
        subject="Innkalling: møte i SSU",
        text="Hei\n.\n..\nFrom oss alle\n" + "æøå " * 400,
        html="<p>Hei</p>",
        date=datetime(2027, 1, 4, 8, tzinfo=UTC),
        calendar=("REQUEST", request(an_invitation())),
    )


def test_the_mail_that_arrives_is_the_one_that_was_built() -> None:
    server, raw = MailServer(), build(an_envelope())
    with running(server) as smtp:
        smtp.deliver(raw, sender=SENDER, recipient=RECIPIENT)
    (received,) = server.received
    assert received.content == raw
    assert (received.mail_from, received.rcpt_tos) == (SENDER, [RECIPIENT])


def test_the_invitation_in_the_mail_that_arrives_can_be_answered() -> None:
    server = MailServer()
    with running(server) as smtp:
        smtp.deliver(build(an_envelope()), sender=SENDER, recipient=RECIPIENT)
    message = message_from_bytes(server.received[0].original_content or b"", policy=default)
    (part,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["method"] == "REQUEST"
    assert calendar.events[0]["attendee"] == f"mailto:{RECIPIENT}"
    assert message["subject"] == "Innkalling: møte i SSU"


def failure(kind: type[Exception], deliver: Callable[[], None]) -> str:
    with pytest.raises(kind) as caught:
        deliver()
    return str(caught.value)


@pytest.mark.parametrize(
    ("step", "answer", "kind"),
    [
        ("rcpt", "450 4.2.1 Mailbox busy", Temporary),
        ("rcpt", "550 5.1.1 User unknown", Permanent),
        ("mail", "452 4.3.1 Disk full", Temporary),
        ("mail", "552 5.3.4 Message too large", Permanent),
        ("mail", "530 5.7.0 Authentication required", Temporary),
        ("data", "451 4.7.1 Greylisted", Temporary),
        ("data", "554 5.7.1 Spam", Permanent),
    ],
)
def test_a_no_for_now_is_tried_again_and_a_no_for_good_is_not(step: str, answer: str, kind: type[Exception]) -> None:
    server = MailServer(**{step: answer})
    with running(server) as smtp:
        said = failure(kind, lambda: smtp.deliver(b"Subject: x\r\n\r\nx\r\n", sender=SENDER, recipient=RECIPIENT))
    assert answer in said
    assert not server.received


def test_a_server_that_takes_the_mail_and_leaves_rudely_has_taken_it() -> None:
    server = MailServer(quit="(hangs up)")
    with running(server) as smtp:
        smtp.deliver(b"Subject: x\r\n\r\nx\r\n", sender=SENDER, recipient=RECIPIENT)
    assert len(server.received) == 1


def test_a_server_that_is_away_is_tried_again() -> None:
    with running(MailServer()) as smtp:
        pass
    failure(Temporary, lambda: smtp.deliver(b"\r\n", sender=SENDER, recipient=RECIPIENT))


def test_a_server_that_cannot_encrypt_never_gets_the_mail_in_clear() -> None:
    server = MailServer()
    with running(server) as smtp:
        secure = Smtp(smtp.host, smtp.port, starttls=True)
        failure(Temporary, lambda: secure.deliver(b"\r\n", sender=SENDER, recipient=RECIPIENT))
    assert not server.received


def test_an_address_that_mail_cannot_carry_is_refused_for_good() -> None:
    failure(Permanent, lambda: Smtp("127.0.0.1", 1).deliver(b"\r\n", sender=SENDER, recipient="kåre@steinkjer.example"))


@pytest.mark.parametrize(("password", "accepted"), [("riktig", True), ("galt", False)])
def test_a_wrong_password_of_ours_blames_nobodys_address(password: str, accepted: bool) -> None:
    def sign_in(server: Dialogue, session: Session, envelope: Received, mechanism: str, login: object) -> AuthResult:
        return AuthResult(success=getattr(login, "password", b"") == b"riktig", handled=False)

    server = MailServer()
    with running(server, authenticator=sign_in, auth_require_tls=False) as smtp:
        known = Smtp(smtp.host, smtp.port, username="sekretariat", password=password)
        if accepted:
            known.deliver(b"Subject: x\r\n\r\nx\r\n", sender=SENDER, recipient=RECIPIENT)
        else:
            said = failure(Temporary, lambda: known.deliver(b"\r\n", sender=SENDER, recipient=RECIPIENT))
            assert "535" in said
    assert len(server.received) == accepted


def test_the_password_stands_in_no_log() -> None:
    assert "hemmelig" not in repr(Smtp("mail.example", username="sekretariat", password="hemmelig"))
