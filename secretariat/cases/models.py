"""Tables of cases."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import Owned, Versioned, explain, owned, sort_text, within
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import folded, sort_key
from secretariat.core.words import Worded
from secretariat.directory.parties import Party


class CaseKind(Worded):
    """What the body is asked to do with it."""

    DECISION = "decision", _l("Vedtakssak")
    DISCUSSION = "discussion", _l("Drøftingssak")
    INFORMATION = "information", _l("Orienteringssak")
    REPORT = "report", _l("Referatsak")


class CaseState(Worded):
    """Where the case stands on its way from intake to effect."""

    RAISED = "raised", _l("Innmeldt")
    MORE_WANTED = "more_wanted", _l("Bedt om mer")
    RETURNED = "returned", _l("Sendt tilbake med begrunnelse")
    IN_PREPARATION = "in_preparation", _l("Under arbeid")
    READY = "ready", _l("Klar til saksliste")
    TREATED = "treated", _l("Ferdig drøftet")
    WITHDRAWN = "withdrawn", _l("Trukket")


class TreatmentState(Worded):
    """One step of the saksgang."""

    WAITING = "waiting", _l("Skal til")
    ON_AGENDA = "on_agenda", _l("På saksliste")
    TREATED = "treated", _l("Drøftet")
    POSTPONED = "postponed", _l("Utsatt")
    WITHDRAWN = "withdrawn", _l("Trukket")


class Case(Owned, Versioned):
    """A matter that an organisation of one of the parties raises; ``on_behalf_of`` names whom it was registered for."""

    __tablename__ = "case_file"

    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    title: Mapped[str] = mapped_column(sa.String(200))
    public_title: Mapped[str] = mapped_column(sa.String(200))
    sort_key: Mapped[str] = mapped_column(sort_text(800), default="")
    folded_title: Mapped[str] = mapped_column(sa.String(800), default="")
    kind: Mapped[CaseKind] = mapped_column(default=CaseKind.DECISION)
    state: Mapped[CaseState] = mapped_column(default=CaseState.RAISED, index=True)
    language: Mapped[str] = mapped_column(sa.String(2), default="nb")
    raised_on: Mapped[date] = mapped_column(index=True)
    raised_by_party: Mapped[Party]
    raised_by_organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    raised_by_person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    on_behalf_of: Mapped[str] = mapped_column(sa.String(200), default="")
    wanted_body_id: Mapped[UUID | None]
    wanted_by: Mapped[date | None]
    responsible_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(4000), default="")
    exempt_basis: Mapped[str] = mapped_column(sa.String(100), default="")

    @validates("title")
    def _find_by_title(self, _key: str, title: str) -> str:
        self.sort_key, self.folded_title = sort_key(title), folded(title)
        return title


class ArchiveReference(Owned):
    """The number of the case in one organisation's own archive."""

    __tablename__ = "archive_reference"
    __table_args__ = owned(within("case_id", "case_file"), sa.UniqueConstraint("case_id", "organisation_id"))

    case_id: Mapped[UUID] = mapped_column(index=True)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    reference: Mapped[str] = mapped_column(sa.String(60))


explain(
    "uq_archive_reference_case_id_organisation_id",
    _l("Organisasjonen har alt en arkivreferanse på saken."),
    "organisation_id",
)


class CaseAgreement(Owned):
    """The case concerns an agreement between the parties."""

    __tablename__ = "case_agreement"
    __table_args__ = owned(
        within("case_id", "case_file"),
        within("agreement_id", "agreement"),
        sa.UniqueConstraint("case_id", "agreement_id"),
    )

    case_id: Mapped[UUID]
    agreement_id: Mapped[UUID] = mapped_column(index=True)


class CasePaper(Owned, Versioned):
    """The text put before the bodies: the proposal and what stands behind it."""

    __tablename__ = "case_paper"
    __table_args__ = owned(within("case_id", "case_file"), sa.UniqueConstraint("case_id"))

    case_id: Mapped[UUID]
    proposal: Mapped[Document] = mapped_column(default=Document.empty)
    background: Mapped[Document] = mapped_column(default=Document.empty)
    facts: Mapped[Document] = mapped_column(default=Document.empty)
    assessment: Mapped[Document] = mapped_column(default=Document.empty)
    user_involvement: Mapped[Document] = mapped_column(default=Document.empty)
    consequences: Mapped[Document] = mapped_column(default=Document.empty)


class CasePaperVersion(Owned):
    """The case paper as it was saved at one time, by whom; never altered.

    ``room`` is where the case lay when it was written: a party's drafts stay the party's own when the case is released.
    """

    __tablename__ = "case_paper_version"
    __table_args__ = owned(within("case_paper_id", "case_paper"), sa.UniqueConstraint("case_paper_id", "number"))

    case_paper_id: Mapped[UUID]
    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    number: Mapped[int]
    saved_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    content: Mapped[dict[str, Any]]


SECTIONS = {
    "proposal": _l("Forslag til vedtak"),
    "background": _l("Bakgrunn"),
    "facts": _l("Fakta"),
    "assessment": _l("Vurdering"),
    "user_involvement": _l("Brukermedvirkning"),
    "consequences": _l("Konsekvenser"),
}
"""The parts of a case paper and their headings, in the order they are read."""


class Treatment(Owned):
    """One step of a case's way: before a body of the partnership, or a council or board outside (then ``outside``).

    ``treated_on`` is the day it came up there; while it stands on an agenda, the day it will be.
    """

    __tablename__ = "treatment"
    __table_args__ = owned(
        within("case_id", "case_file"),
        within("body_id", "body"),
        sa.CheckConstraint("(body_id IS NULL) <> (outside = '')", name="one_place"),
    )

    case_id: Mapped[UUID] = mapped_column(index=True)
    body_id: Mapped[UUID | None] = mapped_column(index=True)
    outside: Mapped[str] = mapped_column(sa.String(200), default="")
    position: Mapped[int]
    purpose: Mapped[CaseKind] = mapped_column(default=CaseKind.DECISION)
    state: Mapped[TreatmentState] = mapped_column(default=TreatmentState.WAITING)
    outcome: Mapped[str] = mapped_column(sa.String(300), default="")
    treated_on: Mapped[date | None]
