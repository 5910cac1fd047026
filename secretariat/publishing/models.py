"""Tables of publishing."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, explain, owned, within
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class PublicationKind(Worded):
    """Which part of the meeting is public."""

    MEETING = "meeting", _l("Møte og saksliste")
    MINUTES = "minutes", _l("Referat")


class Publication(Owned):
    """A public edition of one part of a meeting, frozen when someone pressed Publiser; may be withdrawn, never altered.

    ``words`` holds its titles folded, for the public's search; ``component`` the meeting in the public's calendars.
    """

    __tablename__ = "publication"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        sa.ForeignKeyConstraint(["partnership_id", "file_sha256"], ["blob.partnership_id", "blob.sha256"]),
        sa.Index(
            "uq_publication_current",
            "meeting_id",
            "kind",
            unique=True,
            sqlite_where=sa.column("withdrawn_at").is_(None),
            postgresql_where=sa.column("withdrawn_at").is_(None),
        ),
    )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[PublicationKind]
    content: Mapped[dict[str, Any]]
    content_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    words: Mapped[str] = mapped_column(sa.Text, default="")
    component: Mapped[bytes | None]
    file_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    published_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(sa.String(500), default="")


explain("uq_publication_current", _l("Noen andre publiserte det samme imens. Last siden på nytt."))
