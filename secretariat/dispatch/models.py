"""Tables of dispatches."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, explain, owned, within
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class DispatchKind(Worded):
    """What the parcel is."""

    NOTICE = "notice", _l("Innkalling")
    SUPPLEMENT = "supplement", _l("Tilleggssakliste")
    MINUTES_DRAFT = "minutes_draft", _l("Utkast til referat")
    MINUTES = "minutes", _l("Godkjent referat")


class Edition(Worded):
    """What a reader of that kind gets."""

    INTERNAL = "internal", _l("Intern")
    PUBLIC = "public", _l("Offentlig")


class Dispatch(Owned):
    """A parcel of a meeting that was sent; its manifest says everything that was in it. Never updated (trigger)."""

    __tablename__ = "dispatch"
    __table_args__ = owned(within("meeting_id", "meeting"), sa.UniqueConstraint("meeting_id", "kind", "number"))

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[DispatchKind]
    number: Mapped[int] = mapped_column(default=1)
    manifest: Mapped[dict[str, Any]]
    manifest_sha256: Mapped[str] = mapped_column(sa.String(64))
    statement: Mapped[str] = mapped_column(sa.String(500), default="")
    sent_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


explain("uq_dispatch_meeting_id_kind_number", _l("Dette er alt sendt."))


class DispatchFile(Owned):
    """A file of a parcel: in one edition, with its name and SHA-256 as they were sent. Never updated (trigger)."""

    __tablename__ = "dispatch_file"
    __table_args__ = owned(
        within("dispatch_id", "dispatch"),
        sa.ForeignKeyConstraint(["partnership_id", "sha256"], ["blob.partnership_id", "blob.sha256"]),
        sa.UniqueConstraint("dispatch_id", "edition", "filename"),
    )

    dispatch_id: Mapped[UUID] = mapped_column(index=True)
    edition: Mapped[Edition]
    filename: Mapped[str] = mapped_column(sa.String(200))
    mime_type: Mapped[str] = mapped_column(sa.String(120))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)


class Delivery(Owned):
    """Whom the parcel was for, and by which mail it came; none where the person has chosen otherwise."""

    __tablename__ = "delivery"
    __table_args__ = owned(within("dispatch_id", "dispatch"), sa.UniqueConstraint("dispatch_id", "person_id"))

    dispatch_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    mail_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("mail.id"))


class CopyRecipient(Owned):
    """Kopi til: an address outside the meeting that gets the notice for information; of one meeting, or of every
    meeting of the body (then ``meeting_id`` is none).
    """

    __tablename__ = "copy_recipient"
    __table_args__ = owned(
        within("body_id", "body"),
        within("meeting_id", "meeting"),
        sa.UniqueConstraint("body_id", "meeting_id", "email"),
    )

    body_id: Mapped[UUID] = mapped_column(index=True)
    meeting_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254))


class CopyDelivery(Owned):
    """Which address outside the meeting got a copy of the parcel, by which mail; name and address as they were."""

    __tablename__ = "copy_delivery"
    __table_args__ = owned(within("dispatch_id", "dispatch"), sa.UniqueConstraint("dispatch_id", "email"))

    dispatch_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254))
    mail_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("mail.id"))
