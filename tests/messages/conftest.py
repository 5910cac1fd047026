"""A mail server that takes what it gets or says no, and the settings that point at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from socket import create_server
from uuid import UUID

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from secretariat import config
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail, MailState
from tests.factories.cast import Cast


@dataclass
class MailServer:
    """Remembers every mail; answers each with what it was told to."""

    answer: str = "250 OK"
    received: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - their name
        """Take or refuse one mail."""
        if self.answer.startswith("250"):
            self.received.append(envelope.original_content or b"")
        return self.answer


@contextmanager
def running(server: MailServer, port: int) -> Iterator[MailServer]:
    """The server, answering on the port."""
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture
def port(settings: config.Settings) -> Iterator[int]:
    """A free port that the installation believes its mail server to be on; nobody answers there yet."""
    with create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    config.use(replace(settings, smtp_host="127.0.0.1", smtp_port=number))
    yield number
    config.use(settings)


@pytest.fixture
def mail_server(port: int) -> Iterator[MailServer]:
    """A mail server that takes everything."""
    with running(MailServer(), port) as server:
        yield server


@dataclass(frozen=True)
class Receiver:
    """Somebody a mail is for, with the name and the address that the test is about."""

    id: UUID
    name: str = "Kari Nes"
    email: str | None = "kari.nes@steinkjer.example"


@pytest.fixture
def a_mail(cast: Cast) -> Callable[..., Mail]:
    """``a_mail(to="member")`` writes one to one of the cast, or to a Receiver."""

    def write(to: str | Receiver = "member", **values: object) -> Mail:
        said = {"subject": "Innkalling", "text": "Du er innkalt.", "partnership_id": cast.partnership.id} | values
        with writing("test"):
            receiver = cast.person[to] if isinstance(to, str) else to
            return mail.write(LetterKind.NOTICE, to=receiver, **said)  # type: ignore[arg-type]

    return write


def state_of(row: Mail) -> tuple[MailState, int]:
    """Where the mail is, and how many dialogues were begun."""
    session().rollback()
    state, attempts = session().execute(sa.select(Mail.state, Mail.attempts).where(Mail.id == row.id)).one()
    return state, attempts
