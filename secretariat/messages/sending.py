"""Sending a mail, in three steps: note what will be said, say it outside any transaction, note what came of it.

The final bytes are stored before the SMTP dialogue begins. A mail found half sent after a crash goes out again byte
for byte, with the same Message-ID, and the dialogue is counted (invariants ``NO_LOST_MAIL``, ``SAME_BYTES``).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat import config
from secretariat.core import clock, outbox
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.text.language import SOURCE_LANGUAGE, _, use_language
from secretariat.directory.models import Partnership, Person
from secretariat.documents import storage
from secretariat.messages.envelope import Envelope, build
from secretariat.messages.mail import SEND
from secretariat.messages.models import Mail, MailState
from secretariat.messages.smtp import Permanent, Smtp, Temporary

SECONDS_PER_ANSWER = 15


@dataclass(frozen=True)
class Parcel:
    """What goes into one SMTP dialogue."""

    mail_id: UUID
    raw: bytes
    recipient: str


@outbox.handles(SEND)
def send(payload: dict[str, Any]) -> None:
    """Send one mail. A no for now is raised, so that the errand comes back later; a no for good is stored."""
    parcel = begin(UUID(payload["mail"]))
    if parcel is None:
        return
    try:
        _deliver(parcel)
    except Permanent as refusal:
        _end(parcel, MailState.REFUSED, refusal.reason)
    except Temporary as failure:
        _end(parcel, MailState.WAITING, failure.reason)
        raise
    else:
        _end(parcel, MailState.SENT)


def begin(mail_id: UUID) -> Parcel | None:
    """Fix the bytes and count the dialogue; None when the mail has been dealt with."""
    with writing("mail.begin"):
        mail = session().scalar(sa.select(Mail).where(Mail.id == mail_id).with_for_update())
        if mail is None or mail.state in (MailState.SENT, MailState.REFUSED):
            return None
        try:
            mail.raw = mail.raw or build(_envelope(mail))
        except ValueError as error:
            mail.state, mail.failure = MailState.REFUSED, _("Kan ikke sendes: %(reason)s", reason=error)[:500]
            return None
        mail.state, mail.attempts = MailState.SENDING, mail.attempts + 1
        return Parcel(mail.id, mail.raw, mail.to_address)


def _envelope(mail: Mail) -> Envelope:
    reader = session().get(Person, mail.person_id) if mail.person_id is not None else None
    with use_language(reader.language if reader is not None else SOURCE_LANGUAGE):
        name, address = _sender(mail.partnership_id)
    return Envelope(
        message_id=mail.message_id,
        from_name=name,
        from_address=address,
        to_name=mail.to_name,
        to_address=mail.to_address,
        subject=mail.subject,
        text=mail.text,
        html=mail.html or None,
        date=clock.now(),
        calendar=(mail.calendar_method, mail.calendar) if mail.calendar_method and mail.calendar else None,
        attachment=_attached(mail),
    )


def _attached(mail: Mail) -> tuple[str, bytes] | None:
    if not mail.attachment_sha256 or mail.partnership_id is None:
        return None
    return mail.attachment_name, storage.get(mail.partnership_id, mail.attachment_sha256)


def _sender(partnership_id: UUID | None) -> tuple[str, str]:
    """The secretariat's own mailbox, which is also the organiser of its invitations."""
    row = session().get(Partnership, partnership_id) if partnership_id is not None else None
    if row is None:
        return _("Sekretariatet"), config.settings().sender
    return _("Sekretariatet for %(name)s", name=row.name), row.secretariat_email or config.settings().sender


def _deliver(parcel: Parcel) -> None:
    """Without a mail server the demonstration delivers to the outbox page and nowhere else; a real one waits for it."""
    settings = config.settings()
    if settings.mail_waits:
        raise Temporary(_("Ingen e-posttjener er satt opp (SECRETARIAT_SMTP_HOST)."))
    if not settings.smtp_host:
        return
    server = Smtp(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_username or None,
        settings.smtp_password or None,
        settings.smtp_starttls,
        SECONDS_PER_ANSWER,
    )
    server.deliver(parcel.raw, sender=settings.sender, recipient=parcel.recipient)


def _end(parcel: Parcel, state: MailState, failure: str = "") -> None:
    with writing("mail.end"):
        mail = session().get_one(Mail, parcel.mail_id)
        mail.state, mail.failure = state, failure[:500]
        mail.sent_at = clock.now() if state is MailState.SENT else None
