"""The stored calendar components."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, owned, within


class CalendarComponent(Owned):
    """The VEVENT of a meeting in one edition and language, ready to be joined into a feed.

    ``sequence`` is the one it says.
    """

    __tablename__ = "calendar_component"
    __table_args__ = owned(within("meeting_id", "meeting"), sa.UniqueConstraint("meeting_id", "edition", "language"))

    meeting_id: Mapped[UUID]
    edition: Mapped[str] = mapped_column(sa.String(10))
    language: Mapped[str] = mapped_column(sa.String(2))
    sequence: Mapped[int] = mapped_column(default=0)
    component: Mapped[bytes]
    etag: Mapped[str] = mapped_column(sa.String(64))
    changed_at: Mapped[datetime]
