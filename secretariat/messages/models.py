"""Tables of mail and links."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import Owned, Row, owned
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class MailState(Worded):
    """Where a mail is on its way."""

    WAITING = "waiting", _l("Venter")
    SENDING = "sending", _l("Sendes")
    SENT = "sent", _l("Sendt")
    REFUSED = "refused", _l("Avvist av mottakeren")


class LinkPurpose(Worded):
    """What a press on a link's page does."""

    SIGN_IN = "sign_in", _l("Logg inn")
    REPLY = "reply", _l("Svar på innkalling")
    SUBSCRIPTION = "subscription", _l("Kalenderabonnement")
    NOMINATION = "nomination", _l("Svar på oppnevning")


class Mail(Row):
    """One mail to one person. ``content`` is what it says; ``raw`` the final bytes, fixed before they are first sent.

    ``attempts`` counts SMTP dialogues begun: a crash after «sending» leads to a second one with the same bytes.
    """

    __tablename__ = "mail"
    __table_args__ = (sa.Index("ix_mail_subject", "subject_kind", "subject_id"),)

    partnership_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("partnership.id"), index=True)
    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    to_name: Mapped[str] = mapped_column(sa.String(200))
    to_address: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text, default="")
    calendar_method: Mapped[str | None] = mapped_column(sa.String(10))
    calendar: Mapped[bytes | None]
    attachment_name: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    attachment_sha256: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")
    kind: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")
    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING, index=True)
    raw: Mapped[bytes | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(sa.String(500), default="")
    subject_kind: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[UUID | None]


class GatheredNews(Owned):
    """Something somebody will be told, or was told, in a letter with other news; ``mail_id`` is the letter that told
    it. What it is about stands here, never its words.
    """

    __tablename__ = "gathered_news"
    __table_args__ = owned(
        sa.Index(
            "uq_gathered_news_waiting",
            "person_id",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=sa.column("mail_id").is_(None),
            postgresql_where=sa.column("mail_id").is_(None),
        ),
        sa.Index("ix_gathered_news_subject", "subject_kind", "subject_id"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject_kind: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[UUID]
    mail_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("mail.id"), index=True)


class Link(Row):
    """A door for one person to one purpose; reshowable, revocable, with nothing secret stored."""

    __tablename__ = "link"

    purpose: Mapped[LinkPurpose]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    partnership_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("partnership.id"))
    subject_kind: Mapped[str] = mapped_column(sa.String(60), default="")
    subject_id: Mapped[UUID | None]
    expires_at: Mapped[datetime | None]
    uses_left: Mapped[int | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
