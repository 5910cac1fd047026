"""Tables of transitions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, Versioned, explain, owned, within
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class TransitionKind(Worded):
    """What changes."""

    STRUCTURE = "structure", _l("Ny samarbeidsstruktur")
    JOIN = "join", _l("Kommune går inn i avtalen")
    LEAVE = "leave", _l("Kommune går ut av avtalen")
    MERGER = "merger", _l("Kommuner slås sammen")
    SPLIT = "split", _l("Kommune deles")


class TransitionState(Worded):
    """How far the change has come."""

    PREPARED = "prepared", _l("Under forberedelse")
    CARRIED_OUT = "carried_out", _l("Gjennomført")
    ABANDONED = "abandoned", _l("Forkastet")


class MatterKind(Worded):
    """What sort of thing a choice is asked for."""

    CASE = "case", _l("Sak")
    DECISION = "decision", _l("Vedtak")
    TASK = "task", _l("Oppgave")
    MEETING = "meeting", _l("Møte")
    BODY = "body", _l("Utvalg")
    SEAT = "seat", _l("Plass")
    IMPLEMENTATION = "implementation", _l("Gjennomføring")
    PERSON = "person", _l("Person")


class MatterChoice(Worded):
    """What shall become of it."""

    HAND_OVER = "hand_over", _l("Føres videre i")
    KEEP = "keep", _l("Blir der den er")
    CLOSE = "close", _l("Avsluttes")


class Transition(Owned, Versioned):
    """A change of structure or of who is party to the agreement, with the day it takes effect.

    ``changed_at`` is when a choice was last made; ``counts`` says, once it is carried out, how many open matters of
    each kind there were and what became of them.
    """

    __tablename__ = "transition"
    __table_args__ = owned(
        sa.Index(
            "uq_transition_prepared",
            "partnership_id",
            unique=True,
            sqlite_where=sa.column("state") == "prepared",
            postgresql_where=sa.column("state") == "prepared",
        ),
    )

    kind: Mapped[TransitionKind]
    state: Mapped[TransitionState] = mapped_column(default=TransitionState.PREPARED)
    effective_on: Mapped[date]
    structure_key: Mapped[str] = mapped_column(sa.String(60), default="")
    note: Mapped[str] = mapped_column(sa.String(4000), default="")
    changed_at: Mapped[datetime | None]
    prepared_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    carried_out_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    carried_out_at: Mapped[datetime | None]
    counts: Mapped[list[Any]] = mapped_column(default=list)


explain(
    "uq_transition_prepared",
    _l("En annen omlegging er alt under forberedelse. Gjennomfør eller forkast den først."),
    "effective_on",
)


class TransitionOrganisation(Owned):
    """An organisation that the change concerns, and which one takes over after it (none: it joins or leaves). Whoever
    joins may come into a region.
    """

    __tablename__ = "transition_organisation"
    __table_args__ = owned(
        within("transition_id", "transition"),
        within("region_id", "region"),
        sa.CheckConstraint("successor_id IS NULL OR organisation_id <> successor_id", name="two_organisations"),
    )

    transition_id: Mapped[UUID] = mapped_column(index=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    successor_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    region_id: Mapped[UUID | None]


explain("ck_transition_organisation_two_organisations", _l("En kommune kan ikke etterfølge seg selv."), "organisations")


class TransitionMatter(Owned):
    """One open matter and the choice made for it. ``subject_id`` is a case, decision, task, meeting, body, place, line
    of implementation or person; ``title`` is what it was called when the choice was made.
    """

    __tablename__ = "transition_matter"
    __table_args__ = owned(
        within("transition_id", "transition"),
        within("to_body_id", "body"),
        sa.UniqueConstraint("transition_id", "kind", "subject_id"),
    )

    transition_id: Mapped[UUID]
    kind: Mapped[MatterKind]
    subject_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    choice: Mapped[MatterChoice]
    to_body_id: Mapped[UUID | None]
    to_structure_body: Mapped[str] = mapped_column(sa.String(30), default="")
    to_organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
