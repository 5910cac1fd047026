"""Tables of appointing."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.bodies.models import Capacity
from secretariat.core.db import Owned, Versioned, explain, owned, within
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.directory.parties import Party


class CampaignState(Worded):
    """How far a round of appointing has come."""

    DRAFT = "draft", _l("Utkast")
    SENT = "sent", _l("Sendt")
    CLOSED = "closed", _l("Avsluttet")


class NominationChoice(Worded):
    """What a nominating body says of one place."""

    KEEP = "keep", _l("Gjenoppnevnes")
    NEW = "new", _l("Ny person")
    LATER = "later", _l("Navngis senere")


NAMED = (NominationChoice.KEEP, NominationChoice.NEW)
"""What names somebody."""


class Campaign(Owned, Versioned):
    """A round of appointing for a new term: from–to, and the day by which the nominating bodies answer."""

    __tablename__ = "campaign"
    __table_args__ = owned(
        sa.CheckConstraint("term_ends_on >= starts_on", name="term_in_order"),
        sa.CheckConstraint("answer_by <= starts_on", name="answer_before_term"),
    )

    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.String(4000), default="")
    starts_on: Mapped[date]
    term_ends_on: Mapped[date]
    answer_by: Mapped[date]
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.DRAFT)
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


explain("ck_campaign_term_in_order", _l("Perioden kan ikke slutte før den begynner."), "term_ends_on")
explain("ck_campaign_answer_before_term", _l("Svarfristen må være før perioden begynner."), "answer_by")


class NominationLetter(Owned):
    """What one nominating body is asked, and that it has answered. ``women`` and ``men`` count those it named; nothing
    of the kind is kept on people. ``answers`` counts the answers: who began from fewer was overtaken by another.
    """

    __tablename__ = "nomination_letter"
    __table_args__ = owned(
        within("campaign_id", "campaign"),
        sa.UniqueConstraint("campaign_id", "nominator"),
        sa.CheckConstraint("women BETWEEN 0 AND 500", name="women"),
        sa.CheckConstraint("men BETWEEN 0 AND 500", name="men"),
    )

    campaign_id: Mapped[UUID] = mapped_column(index=True)
    nominator: Mapped[str] = mapped_column(sa.String(200))
    party: Mapped[Party]
    contact_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    answers: Mapped[int] = mapped_column(default=0)
    women: Mapped[int | None]
    men: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.String(4000), default="")


explain("ck_nomination_letter_women", _l("Skriv et tall fra 0 til 500."), "women")
explain("ck_nomination_letter_men", _l("Skriv et tall fra 0 til 500."), "men")


class Nomination(Owned):
    """One place that a nominating body is asked to fill, whom it named, and the appointment that came of it.

    ``rank`` is 0 for the holder, and the number in the row for a personal deputy. A common deputy has no place, but a
    body and a party (``pool_body_id``, ``pool_party``), and a number only to tell them apart; ``before_id`` is who
    stands there when the letter is written. ``person_id`` is the one who goes on;
    somebody new stands by name until the secretary registers the appointment. ``told_at``: the person got the letter.
    """

    __tablename__ = "nomination"
    __table_args__ = owned(
        within("letter_id", "nomination_letter"),
        within("seat_id", "seat"),
        within("pool_body_id", "body"),
        within("appointment_id", "appointment"),
        within("before_id", "appointment"),
        sa.UniqueConstraint("letter_id", "seat_id", "capacity", "rank"),
        sa.CheckConstraint("(seat_id IS NULL) <> (pool_body_id IS NULL)", name="place_or_pool"),
        sa.Index(
            "uq_nomination_pool",
            "letter_id",
            "pool_body_id",
            "pool_party",
            "rank",
            unique=True,
            sqlite_where=sa.column("seat_id").is_(None),
            postgresql_where=sa.column("seat_id").is_(None),
        ),
    )

    letter_id: Mapped[UUID]
    seat_id: Mapped[UUID | None]
    pool_body_id: Mapped[UUID | None]
    pool_party: Mapped[str] = mapped_column(sa.String(1), default="", server_default="")
    before_id: Mapped[UUID | None]
    capacity: Mapped[Capacity] = mapped_column(default=Capacity.HOLDER)
    rank: Mapped[int] = mapped_column(default=0)
    choice: Mapped[NominationChoice | None]
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    given_name: Mapped[str] = mapped_column(sa.String(100), default="")
    family_name: Mapped[str] = mapped_column(sa.String(100), default="")
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(30), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    named_at: Mapped[datetime | None]
    appointment_id: Mapped[UUID | None] = mapped_column(index=True)
    told_at: Mapped[datetime | None]
