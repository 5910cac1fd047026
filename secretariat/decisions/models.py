"""Tables of decisions and what follows."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import Owned, Versioned, owned, within
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.directory.parties import Party


class DecisionKind(Worded):
    """What the body did."""

    DECISION = "decision", _l("Vedtak")
    RECOMMENDATION = "recommendation", _l("Anbefaling")
    ENDORSEMENT = "endorsement", _l("Tilslutning")
    NOTED = "noted", _l("Tatt til orientering")
    FORWARDED = "forwarded", _l("Oversendt")
    POSTPONED = "postponed", _l("Utsatt")
    WITHDRAWN = "withdrawn", _l("Trukket")
    NO_AGREEMENT = "no_agreement", _l("Ikke enighet")


class DecisionState(Worded):
    """How firmly the decision stands."""

    DRAFT = "draft", _l("Utkast")
    IN_FORCE = "in_force", _l("Gjelder, fra ikke godkjent referat")
    CONFIRMED = "confirmed", _l("Gjelder, referatet er godkjent")


class TaskState(Worded):
    """How far a task has come."""

    OPEN = "open", _l("Ikke startet")
    IN_PROGRESS = "in_progress", _l("I arbeid")
    DONE = "done", _l("Gjennomført")
    DROPPED = "dropped", _l("Følges ikke opp")


class ImplementationState(Worded):
    """How far one organisation has come with a decision."""

    OPEN = "open", _l("Ikke startet")
    IN_PROGRESS = "in_progress", _l("I arbeid")
    ADOPTED = "adopted", _l("Vedtatt i kommunen")
    IMPLEMENTED = "implemented", _l("Gjennomført")
    NOT_RELEVANT = "not_relevant", _l("Ikke aktuelt")
    DECLINED = "declined", _l("Følges ikke opp")


class Decision(Owned, Versioned):
    """The adopted text with its kind. ``proposal`` is what it was drafted from; ``ordinal`` its place under the item.

    ``folded`` is what search compares: title and wording.
    """

    __tablename__ = "decision"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("agenda_item_id", "agenda_item"),
        within("body_id", "body"),
        within("case_id", "case_file"),
        sa.UniqueConstraint("agenda_item_id", "ordinal"),
    )

    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    meeting_id: Mapped[UUID] = mapped_column(index=True)
    agenda_item_id: Mapped[UUID]
    body_id: Mapped[UUID] = mapped_column(index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    ordinal: Mapped[int] = mapped_column(default=1)
    kind: Mapped[DecisionKind] = mapped_column(default=DecisionKind.DECISION)
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.DRAFT, index=True)
    wording: Mapped[Document] = mapped_column(default=Document.empty)
    proposal: Mapped[Document] = mapped_column(default=Document.empty)
    folded: Mapped[str] = mapped_column(sa.Text, default="")
    decided_on: Mapped[date] = mapped_column(index=True)
    deadline: Mapped[date | None]
    exempt_basis: Mapped[str] = mapped_column(sa.String(100), default="")
    closed_on: Mapped[date | None]


class DecisionWording(Owned):
    """A wording the decision has had since it came into force; never altered."""

    __tablename__ = "decision_wording"
    __table_args__ = owned(within("decision_id", "decision"), sa.UniqueConstraint("decision_id", "number"))

    decision_id: Mapped[UUID]
    number: Mapped[int]
    wording: Mapped[Document]
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    written_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Position(Owned):
    """What one party holds where there is no agreement."""

    __tablename__ = "position"
    __table_args__ = owned(within("decision_id", "decision"), sa.UniqueConstraint("decision_id", "party"))

    decision_id: Mapped[UUID]
    party: Mapped[Party]
    text: Mapped[Document]


class NextStep(Worded):
    """What happens with a matter on which the parties do not agree."""

    AGAIN = "again", _l("Drøftes på nytt i utvalget")
    ABOVE = "above", _l("Løftes til nivået over")
    DISPUTE = "dispute", _l("Tvisteløsning etter avtalen")
    NONE = "none", _l("Ingen videre drøfting")


class Disagreement(Owned, Versioned):
    """What happens next where there is no agreement."""

    __tablename__ = "disagreement"
    __table_args__ = owned(within("decision_id", "decision"), sa.UniqueConstraint("decision_id"))

    decision_id: Mapped[UUID]
    next_step: Mapped[NextStep]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")


class Task(Owned, Versioned):
    """Who does what by when: a person, or an organisation, or both."""

    __tablename__ = "task"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("agenda_item_id", "agenda_item"),
        within("decision_id", "decision"),
        sa.CheckConstraint(
            "responsible_person_id IS NOT NULL OR responsible_organisation_id IS NOT NULL", name="somebody_responsible"
        ),
    )

    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    meeting_id: Mapped[UUID] = mapped_column(index=True)
    agenda_item_id: Mapped[UUID]
    decision_id: Mapped[UUID | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(sa.String(1000))
    responsible_person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    responsible_organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    deadline: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[TaskState] = mapped_column(default=TaskState.OPEN, index=True)
    in_force: Mapped[bool] = mapped_column(default=False)


class TaskReport(Owned):
    """What was reported of a task, by whom, when; the history of its state."""

    __tablename__ = "task_report"
    __table_args__ = owned(within("task_id", "task"))

    task_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[TaskState]
    note: Mapped[str] = mapped_column(sa.String(4000), default="")
    reported_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Implementation(Owned, Versioned):
    """How far one organisation has come with one decision."""

    __tablename__ = "implementation"
    __table_args__ = owned(within("decision_id", "decision"), sa.UniqueConstraint("decision_id", "organisation_id"))

    decision_id: Mapped[UUID] = mapped_column(index=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    state: Mapped[ImplementationState] = mapped_column(default=ImplementationState.OPEN)
    note: Mapped[str] = mapped_column(sa.String(4000), default="")
    reported_on: Mapped[date | None]
    reported_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class DecisionKeeper(Owned):
    """The body that follows a decision up from a day on, when the one that made it has been closed or replaced.

    The decision itself stays as it was made (history is never rewritten).
    """

    __tablename__ = "decision_keeper"
    __table_args__ = owned(
        within("decision_id", "decision"),
        within("body_id", "body"),
        sa.UniqueConstraint("decision_id", "starts_on"),
    )

    decision_id: Mapped[UUID]
    body_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date]


class TaskKeeper(Owned):
    """The body that follows a task up from a day on, after the one in which it was given."""

    __tablename__ = "task_keeper"
    __table_args__ = owned(
        within("task_id", "task"),
        within("body_id", "body"),
        sa.UniqueConstraint("task_id", "starts_on"),
    )

    task_id: Mapped[UUID]
    body_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date]
