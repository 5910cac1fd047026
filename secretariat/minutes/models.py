"""Tables of minutes."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, Versioned, owned, within
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class MinutesState(Worded):
    """The life of the minutes."""

    DRAFT = "draft", _l("Utkast til referat")
    COMMENTING = "commenting", _l("Til merknader")
    APPROVED = "approved", _l("Godkjent")


class Minutes(Owned, Versioned):
    """The minutes of one meeting."""

    __tablename__ = "minutes"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        sa.UniqueConstraint("meeting_id"),
        sa.CheckConstraint("(state = 'approved') = (approved_on IS NOT NULL)", name="approved_has_date"),
    )

    meeting_id: Mapped[UUID]
    state: Mapped[MinutesState] = mapped_column(default=MinutesState.DRAFT)
    comments_until: Mapped[date | None]
    approved_on: Mapped[date | None]
    approved_by: Mapped[str] = mapped_column(sa.String(300), default="")


class ItemText(Owned, Versioned):
    """What the minutes say of one agenda item."""

    __tablename__ = "item_text"
    __table_args__ = owned(
        within("minutes_id", "minutes"), within("agenda_item_id", "agenda_item"), sa.UniqueConstraint("agenda_item_id")
    )

    minutes_id: Mapped[UUID] = mapped_column(index=True)
    agenda_item_id: Mapped[UUID]
    text: Mapped[Document] = mapped_column(default=Document.empty)


class ItemTextVersion(Owned):
    """The text of an item as it was saved at one time; never altered."""

    __tablename__ = "item_text_version"
    __table_args__ = owned(within("item_text_id", "item_text"), sa.UniqueConstraint("item_text_id", "number"))

    item_text_id: Mapped[UUID]
    number: Mapped[int]
    text: Mapped[Document]
    saved_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Comment(Owned):
    """A remark on the draft, by a participant."""

    __tablename__ = "minutes_comment"
    __table_args__ = owned(within("minutes_id", "minutes"), within("agenda_item_id", "agenda_item"))

    minutes_id: Mapped[UUID] = mapped_column(index=True)
    agenda_item_id: Mapped[UUID | None]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.String(4000))


class Correction(Owned):
    """A correction of approved minutes: new, dated, visible."""

    __tablename__ = "correction"
    __table_args__ = owned(within("minutes_id", "minutes"))

    minutes_id: Mapped[UUID] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(sa.String(4000))
    made_on: Mapped[date]
    made_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Addition(Owned, Versioned):
    """Protokolltilførsel: what somebody asked to have written down under an item, in that one's own name."""

    __tablename__ = "minutes_addition"
    __table_args__ = owned(within("minutes_id", "minutes"), within("agenda_item_id", "agenda_item"))

    minutes_id: Mapped[UUID] = mapped_column(index=True)
    agenda_item_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.String(4000))
