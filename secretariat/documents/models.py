"""Tables of stored files."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, owned
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class FileState(Worded):
    """What is known of a file's content."""

    RECEIVED = "received", _l("Mottatt, kontrolleres")
    CHECKED = "checked", _l("Kontrollert")
    REFUSED = "refused", _l("Stoppet")


class Blob(Owned):
    """Bytes kept once per partnership, named by their SHA-256."""

    __tablename__ = "blob"
    __table_args__ = owned(sa.UniqueConstraint("partnership_id", "sha256"))

    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]


class StoredFile(Owned):
    """A file under its owner's address (``owner_kind``, ``owner_id``). ``exempt_basis`` cites the law when it is exempt."""

    __tablename__ = "stored_file"
    __table_args__ = owned(
        sa.ForeignKeyConstraint(
            ["partnership_id", "sha256"], ["blob.partnership_id", "blob.sha256"]
        ),
        sa.Index("ix_stored_file_owner", "owner_kind", "owner_id"),
    )

    owner_kind: Mapped[str] = mapped_column(sa.String(60))
    owner_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(sa.String(200))
    filename: Mapped[str] = mapped_column(sa.String(200))
    mime_type: Mapped[str] = mapped_column(sa.String(120))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    state: Mapped[FileState] = mapped_column(default=FileState.RECEIVED)
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    cleared_because: Mapped[str] = mapped_column(sa.String(500), default="")
    exempt_basis: Mapped[str] = mapped_column(sa.String(100), default="")
    uploaded_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
