"""The way to the mail server. A mail not delivered is either worth another try (Temporary) or not (Permanent)."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field

from secretariat.core.text.language import _

# Codes that say our own sign-in is wrong. The address is not to blame, and the mail waits until the settings are right.
OUR_OWN_FAULT = {503, 530, 534, 535, 538}
PERMANENT_FROM = 500


class NotDelivered(Exception):
    """The mail did not reach the server of the one it is for; ``reason`` is what is shown to the secretary."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Temporary(NotDelivered):
    """Worth another try later."""


class Permanent(NotDelivered):
    """The server says no for good: nobody there, too large, not wanted."""


@dataclass(frozen=True)
class Smtp:
    """A mail server and how to sign in to it."""

    host: str
    port: int = 25
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool = False
    timeout: float = 30

    def deliver(self, raw: bytes, *, sender: str, recipient: str) -> None:
        """Hand one finished mail over, byte for byte. Returns when the server has taken it on itself."""
        if not recipient.isascii():
            raise Permanent(_("E-postadressen %(address)s har tegn som ikke kan sendes.", address=recipient))
        with _told_apart(), self._connection() as server:
            server.sendmail(sender, [recipient], raw)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.username:
                server.login(self.username, self.password or "")
            yield server
            _take_leave(server)
        finally:
            server.close()


def _take_leave(server: smtplib.SMTP) -> None:
    """The mail is taken by now: a server that answers the farewell badly must not make us send it twice."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()


@contextlib.contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        ((code, reply),) = error.recipients.values()
        raise _refusal(code, reply) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Temporary(_("E-posttjeneren svarer ikke som den skal: %(error)s", error=error)) from error


def _refusal(code: int, reply: bytes | str) -> NotDelivered:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    reason = _("E-posttjeneren svarte: %(code)s %(reply)s", code=code, reply=" ".join(words.split()))
    if code >= PERMANENT_FROM and code not in OUR_OWN_FAULT:
        return Permanent(reason)
    return Temporary(reason)
