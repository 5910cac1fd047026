"""A mail with everything said that decides its bytes: the same envelope is always the same mail, so that one found half
sent after a crash goes out again byte for byte.

A calendar object travels as the last alternative, where Outlook and Google look for it, and again as the file
``invite.ics``, where the rest do. Line breaks in what people typed (names, subject) become blanks; in addresses and
headers they are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import sha256

LINE, LONGEST_LINE = 76, 998
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}
OWN_HEADERS = {"from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "mime-version", "received"}

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>", re.ASCII)
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_HEADER_VALUE = re.compile(r"[ -~]+", re.ASCII)


@dataclass(frozen=True)
class Envelope:
    """One mail to one person. ``calendar`` is the method and the iCalendar object with that method inside;
    ``attachment`` the name and the bytes of a PDF.

    ``headers`` are further ones in plain ASCII: List-Id, In-Reply-To, References, List-Unsubscribe, Reply-To.
    """

    message_id: str
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    subject: str
    text: str
    date: datetime
    html: str | None = None
    calendar: tuple[str, bytes] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    attachment: tuple[str, bytes] | None = None

    def __post_init__(self) -> None:
        _require(_MESSAGE_ID, self.message_id)
        for address in (self.from_address, self.to_address):
            _require(_ADDRESS, address)
        for name, value in self.headers.items():
            _require(_HEADER_NAME, name)
            _require(_HEADER_VALUE, value)
            if name.lower() in OWN_HEADERS or name.lower().startswith("content-"):
                raise ValueError(f"{name} is the envelope's own header")
            if len(name) + 2 + len(value) > LONGEST_LINE:
                raise ValueError(f"{name} is too long for a mail header")
        if self.date.tzinfo is None:
            raise ValueError("The date of a mail needs a zone")


def build(envelope: Envelope) -> bytes:
    """The mail as it goes over the wire."""
    return _head(envelope) + _body(envelope).as_bytes(policy=SMTP)


def one_line(text: str) -> str:
    """A name or a subject as it may stand in a header: one line, nothing invisible that a reader could be fooled by."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _head(envelope: Envelope) -> bytes:
    """Written here: email.policy loses blanks between encoded words and breaks long links in List-headers."""
    headers = {
        "From": _mailbox("From", envelope.from_name, envelope.from_address),
        "To": _mailbox("To", envelope.to_name, envelope.to_address),
        "Subject": _encoded("Subject", one_line(envelope.subject)),
        "Date": format_datetime(envelope.date),
        "Message-ID": envelope.message_id,
        **AUTOMATIC,
        **envelope.headers,
    }
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")


def _mailbox(header: str, name: str, address: str) -> str:
    name = one_line(name)
    if _fits_as_it_is(name):
        return formataddr((name, address))
    return f"{_encoded(header, name)} <{address}>"


def _encoded(header: str, text: str) -> str:
    charset = "us-ascii" if _fits_as_it_is(text) else "utf-8"
    return Header(text, charset, maxlinelen=LINE, header_name=header).encode(linesep="\r\n")


def _fits_as_it_is(text: str) -> bool:
    return text.isascii() and "=?" not in text and len(text) < LINE - len("Subject: ")


def _body(envelope: Envelope) -> EmailMessage:
    body = EmailMessage(policy=SMTP)
    body.set_content(_mailable(envelope.text), cte="quoted-printable")
    if envelope.html is not None:
        body.add_alternative(_mailable(envelope.html), subtype="html", cte="quoted-printable")
    if envelope.calendar is not None:
        _add_calendar(body, *envelope.calendar)
    if envelope.attachment is not None:
        name, content = envelope.attachment
        body.add_attachment(content, maintype="application", subtype="pdf", filename=one_line(name))
    for depth, part in enumerate(part for part in body.walk() if part.is_multipart()):
        part.set_boundary(_boundary(envelope.message_id, depth))
    return body


def _add_calendar(body: EmailMessage, method: str, calendar: bytes) -> None:
    """The method stands in the part's type too: without it the object is a file and not an invitation (RFC 6047)."""
    parameters = {"method": method, "component": "VEVENT"}
    body.add_alternative(calendar.decode(), subtype="calendar", cte="base64", params=parameters)
    body.add_attachment(
        calendar, maintype="application", subtype="ics", filename="invite.ics", params={"name": "invite.ics"}
    )


def _boundary(message_id: str, depth: int) -> str:
    """Never found in the parts: neither base64 nor quoted-printable can hold "=_"."""
    return "=_" + sha256(f"{message_id} {depth}".encode()).hexdigest()[:32]


def _mailable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _require(form: re.Pattern[str], value: str) -> None:
    if not form.fullmatch(value):
        raise ValueError(f"This cannot stand in the head of a mail: {value!r}")
