"""One case: its paper and versions, its saksgang, its archive references."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from secretariat.accounts.models import Office
from secretariat.bodies.models import Body
from secretariat.cases.models import (
    SECTIONS,
    ArchiveReference,
    Case,
    CaseKind,
    CasePaper,
    CasePaperVersion,
    CaseState,
    Treatment,
    TreatmentState,
)
from secretariat.cases.saksgang import AHEAD, QUEUED
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor, Role
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import Party, label
from secretariat.documents.queries import FileRow, files_of


@dataclass(frozen=True)
class CasePage:
    """A case with its paper, as its own pages show it. ``version`` is the case's, ``paper_version`` the paper's.

    Who ``reads_draft`` has the paper as it is being written; the texts of others are those last sent or handed in.
    """

    id: UUID
    version: int
    partnership_id: UUID
    partnership: str
    room: str
    title: str
    public_title: str
    kind: CaseKind
    state: CaseState
    language: str
    raised_on: date
    raised_by_party: Party
    raised_by_person_id: UUID | None
    raised_by_organisation_id: UUID
    raised_by_organisation: str
    raised_by: str
    on_behalf_of: str
    wanted_body_id: UUID | None
    wanted_body: str | None
    wanted_by: date | None
    responsible_id: UUID | None
    responsible: str
    reason: str
    exempt_basis: str
    paper_id: UUID
    paper_version: int
    reads_draft: bool
    proposal: Document
    background: Document
    facts: Document
    assessment: Document
    user_involvement: Document
    consequences: Document

    @property
    def sections(self) -> list[tuple[str, Any, Document]]:
        """The written parts of the paper: name, heading, text."""
        return [(name, heading, getattr(self, name)) for name, heading in SECTIONS.items() if getattr(self, name)]

    @property
    def paper(self) -> dict[str, Any]:
        """The paper as its form begins."""
        return {"version": self.paper_version} | {name: getattr(self, name) for name in SECTIONS}

    @property
    def is_common(self) -> bool:
        """Whether it lies in the common room."""
        return self.room == COMMON_ROOM

    @property
    def party(self) -> Any:
        """The party it comes from, in words."""
        return label(self.raised_by_party)


_raiser, _responsible, _draft = aliased(Person), aliased(Person), aliased(CasePaper)
_COLUMNS: dict[str, Any] = {
    "partnership": Partnership.name,
    "raised_by_organisation": Organisation.name,
    "raised_by": sa.func.coalesce(_raiser.given_name + " " + _raiser.family_name, ""),
    "wanted_body": Body.short_name,
    "responsible": sa.func.coalesce(_responsible.given_name + " " + _responsible.family_name, ""),
    "paper_id": CasePaper.id,
    "paper_version": CasePaper.version,
    "reads_draft": _draft.id.is_not(None),
} | {name: getattr(_draft, name) for name in SECTIONS}


def case(actor: Actor, case_id: UUID) -> CasePage | None:
    """One case with its paper."""
    named = {
        name: _COLUMNS[name] if name in _COLUMNS else getattr(Case, name) for name in CasePage.__dataclass_fields__
    }
    columns = [column.label(name) for name, column in named.items()]
    query = (
        sa.select(*columns, _newest_read(actor).label("newest"))
        .join(CasePaper, CasePaper.case_id == Case.id)
        .outerjoin(_draft, sa.and_(_draft.id == CasePaper.id, visible(actor, CasePaper)))
        .join(Partnership, Partnership.id == Case.partnership_id)
        .join(Organisation, Organisation.id == Case.raised_by_organisation_id)
        .outerjoin(_raiser, _raiser.id == Case.raised_by_person_id)
        .outerjoin(_responsible, _responsible.id == Case.responsible_id)
        .outerjoin(Body, Body.id == Case.wanted_body_id)
        .where(Case.id == case_id, visible(actor, Case))
    )
    row = session().execute(query).first()
    return None if row is None else CasePage(**_as_read(row))


def _as_read(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CasePage.__dataclass_fields__} | _texts(row)


def _newest_read(actor: Actor) -> sa.ScalarSelect[Any]:
    """The newest version of the paper that the actor may read."""
    read = sa.and_(CasePaperVersion.case_paper_id == CasePaper.id, visible(actor, CasePaperVersion))
    newest = sa.select(CasePaperVersion.content).where(read).order_by(CasePaperVersion.number.desc()).limit(1)
    return newest.correlate(CasePaper).scalar_subquery()


def _texts(row: Any) -> dict[str, Document]:
    """The paper as it is being written, for those who read that; else the newest version they read, if any."""
    if row.reads_draft:
        return {name: getattr(row, name) for name in SECTIONS}
    content = row.newest or {}
    return {name: Document.load(content[name]) if name in content else Document.empty() for name in SECTIONS}


@dataclass(frozen=True)
class Step:
    """One step of the saksgang: where, what for, how far, with what outcome."""

    id: UUID
    case_id: UUID
    body_id: UUID | None
    place: str
    short_place: str
    level: int | None
    purpose: CaseKind
    state: TreatmentState
    outcome: str
    treated_on: date | None

    @property
    def title(self) -> str:
        """Where it goes; what a reader of the list hears."""
        return self.place

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come."""
        return self.state in AHEAD

    @property
    def is_behind(self) -> bool:
        """Whether it has been there."""
        return self.state is TreatmentState.TREATED

    @property
    def is_waiting(self) -> bool:
        """Whether it may be moved."""
        return self.state in QUEUED


def select_steps(actor: Actor) -> Any:
    """Every step the actor sees, in the order of each case."""
    return (
        sa.select(
            Treatment.id,
            Treatment.case_id,
            Treatment.body_id,
            sa.func.coalesce(Body.name, Treatment.outside),
            sa.func.coalesce(Body.short_name, Treatment.outside),
            Body.level,
            Treatment.purpose,
            Treatment.state,
            Treatment.outcome,
            Treatment.treated_on,
        )
        .outerjoin(Body, Body.id == Treatment.body_id)
        .where(visible(actor, Treatment))
        .order_by(Treatment.case_id, Treatment.position, Treatment.id)
    )


def steps(actor: Actor, case_id: UUID) -> list[Step]:
    """The saksgang of one case."""
    return [Step(*row) for row in session().execute(select_steps(actor).where(Treatment.case_id == case_id))]


def treatment(actor: Actor, treatment_id: UUID) -> Step | None:
    """One step."""
    row = session().execute(select_steps(actor).where(Treatment.id == treatment_id)).first()
    return Step(*row) if row else None


@dataclass(frozen=True)
class Reference:
    """What one archive calls the case."""

    case_id: UUID
    organisation_id: UUID
    organisation: str
    reference: str


def references(actor: Actor, case_ids: Iterable[UUID]) -> list[Reference]:
    """The archive references of some cases, by organisation."""
    query = (
        sa.select(
            ArchiveReference.case_id, ArchiveReference.organisation_id, Organisation.name, ArchiveReference.reference
        )
        .join(Organisation, Organisation.id == ArchiveReference.organisation_id)
        .where(ArchiveReference.case_id.in_(sorted(case_ids)), visible(actor, ArchiveReference))
        .order_by(ArchiveReference.case_id, Organisation.sort_key, ArchiveReference.id)
    )
    return [Reference(*row) for row in session().execute(query)]


def files(actor: Actor, case_id: UUID) -> list[FileRow]:
    """The case's own files, in the order they go out."""
    return files_of(actor, Case.__tablename__, [case_id])[case_id]


@dataclass(frozen=True)
class VersionRow:
    """A saved version of the paper: who saved it, and when."""

    number: int
    saved_at: datetime
    saved_by: str


def versions(actor: Actor, paper_id: UUID) -> list[VersionRow]:
    """Every version of a paper, newest first."""
    query = (
        sa.select(
            CasePaperVersion.number,
            CasePaperVersion.created_at,
            sa.func.coalesce(Person.given_name + " " + Person.family_name, ""),
        )
        .outerjoin(Person, Person.id == CasePaperVersion.saved_by_id)
        .where(CasePaperVersion.case_paper_id == paper_id, visible(actor, CasePaperVersion))
        .order_by(CasePaperVersion.number.desc())
    )
    return [VersionRow(*row) for row in session().execute(query)]


def version_texts(actor: Actor, paper_id: UUID, numbers: Iterable[int]) -> dict[int, dict[str, Document]]:
    """The texts of some versions, section by section."""
    query = sa.select(CasePaperVersion.number, CasePaperVersion.content).where(
        CasePaperVersion.case_paper_id == paper_id,
        CasePaperVersion.number.in_(sorted(numbers)),
        visible(actor, CasePaperVersion),
    )
    return {
        number: {name: Document.load(content[name]) for name in SECTIONS}
        for number, content in session().execute(query.order_by(CasePaperVersion.number))
    }


def secretaries(actor: Actor, partnership_id: UUID) -> list[tuple[str, str]]:
    """Who may be responsible for a case: the secretaries of today, for a select field."""
    today = clock.today()
    held = sa.select(Office.person_id).where(
        Office.partnership_id == partnership_id,
        Office.role == Role.SECRETARY,
        Office.starts_on <= today,
        sa.or_(Office.ends_on.is_(None), Office.ends_on >= today),
    )
    query = sa.select(Person.id, Person.given_name + " " + Person.family_name)
    query = query.where(Person.id.in_(held), visible(actor, Person)).order_by(Person.sort_key, Person.id)
    return [(str(row.id), row[1]) for row in session().execute(query)]
