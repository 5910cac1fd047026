"""The table of publications."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, owned, within
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class PublicationKind(Worded):
    """What of the meeting is public."""

    MEETING = "meeting", _l("Møte og saksliste")
    MINUTES = "minutes", _l("Referat")


class Publication(Owned):
    """A public edition of one part of a meeting, frozen when someone pressed Publiser; may be withdrawn, never altered."""

    __tablename__ = "publication"
    __table_args__ = owned(within("meeting_id", "meeting"))

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[PublicationKind]
    content: Mapped[dict[str, Any]]
    file_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    published_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(sa.String(500), default="")
