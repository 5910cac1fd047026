"""Writing a mail: a row in the transaction of the action that wants it, and an errand for the worker to send it."""

import re
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from secretariat import config
from secretariat.core import outbox
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import new_id, session
from secretariat.core.text.language import _
from secretariat.directory.models import Notification
from secretariat.messages import news
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail, MailState

SEND = "mail.send"

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Receiver(Protocol):
    """Whom a mail goes to."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...


def is_address(text: str) -> bool:
    """Whether mail can be sent to it."""
    return _ADDRESS.fullmatch(text) is not None


def write(kind: LetterKind, *, to: Receiver, mail_id: UUID | None = None, **letter: Any) -> Mail:
    """A bound letter: it goes at once, whatever its receiver has chosen. What may be news is told (:func:`tell`)."""
    if kind.is_news:
        raise ValueError(f"{kind} is news: let its receiver choose")
    return _write(kind, mail_id or new_id(), to=to, **letter)


def tell(kind: LetterKind, *, to: Receiver, news_of: Sequence[Any], **letter: Any) -> Mail | None:
    """A letter that may be news: a mail at once, or none, as its receiver has chosen; what it tells of waits for the
    letter of the week where that is wanted.
    """
    choice = news.choice_of(to.id) if kind.is_news and to.id is not None else Notification.EACH
    if choice is Notification.EACH:
        return _write(kind, new_id(), to=to, **letter)
    if choice is Notification.WEEKLY and to.id is not None:
        news.keep(kind, to.id, news_of)
    return None


def _write(
    kind: LetterKind,
    mail_id: UUID,
    *,
    to: Receiver,
    subject: str,
    text: str,
    html: str = "",
    calendar: bytes | None = None,
    method: str | None = None,
    attachment: tuple[str, str] | None = None,
    partnership_id: UUID | None = None,
    room: str = COMMON_ROOM,
    about: Any = None,
) -> Mail:
    """A mail to one person, waiting to be sent. Write its words within ``use_language(person.language)``.

    ``attachment`` names a stored file of the partnership and gives its SHA-256; it rides along as PDF.
    Someone without an address gets one all the same, refused from the start: the outbox page shows who was not reached.
    """
    mail = Mail(
        id=mail_id,
        kind=kind.value,
        partnership_id=partnership_id,
        room=room,
        person_id=to.id,
        to_name=to.name,
        to_address=to.email or "",
        subject=subject[:300],
        text=text,
        html=html,
        calendar=calendar,
        calendar_method=method,
        attachment_name=attachment[0] if attachment else "",
        attachment_sha256=attachment[1] if attachment else "",
        message_id=f"<{mail_id}@{_host()}>",
        subject_kind=getattr(about, "__tablename__", ""),
        subject_id=getattr(about, "id", None),
    )
    session().add(mail)
    if to.email:
        outbox.put(SEND, {"mail": str(mail_id)}, key=f"{SEND} {mail_id}")
    else:
        mail.state, mail.failure = MailState.REFUSED, _("Mottakeren har ingen e-postadresse.")
    return mail


def _host() -> str:
    return urlsplit(config.settings().url).hostname or "localhost"
