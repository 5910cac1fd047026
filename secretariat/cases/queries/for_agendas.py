"""What agendas need of cases: the queue of a body, and all that an item shows of its case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from secretariat.cases.models import (
    SECTIONS,
    Case,
    CaseKind,
    CasePaper,
    CaseState,
    Treatment,
    TreatmentState,
)
from secretariat.cases.queries.one import Reference, Step, references, select_steps
from secretariat.cases.saksgang import AHEAD, QUEUED
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.directory.models import Organisation
from secretariat.documents.queries import FileRow, files_of


@dataclass(frozen=True)
class QueuedCase:
    """A ready case that waits for a body, as the agenda builder sees it."""

    treatment_id: UUID
    case_id: UUID
    title: str
    public_title: str
    purpose: CaseKind
    state: TreatmentState
    wanted_by: date | None
    raised_on: date
    exempt_basis: str
    organisation: str


def queue(actor: Actor, body_id: UUID, rooms: Iterable[str]) -> list[QueuedCase]:
    """Ready cases of these rooms whose next step is before the body; those with a deadline first."""
    earlier = aliased(Treatment)
    blocked = sa.exists().where(
        earlier.case_id == Treatment.case_id, earlier.position < Treatment.position, earlier.state.in_(AHEAD)
    )
    query: Any = (
        sa.select(
            Treatment.id,
            Case.id,
            Case.title,
            Case.public_title,
            Treatment.purpose,
            Treatment.state,
            Case.wanted_by,
            Case.raised_on,
            Case.exempt_basis,
            Organisation.name,
        )
        .join(Case, Case.id == Treatment.case_id)
        .join(Organisation, Organisation.id == Case.raised_by_organisation_id)
        .where(Treatment.body_id == body_id, Treatment.state.in_(QUEUED), Case.state == CaseState.READY, ~blocked)
        .where(visible(actor, Treatment), visible(actor, Case), Case.room.in_(list(rooms)))
        .order_by(sa.func.coalesce(Case.wanted_by, date.max), Case.raised_on, Treatment.id)
    )
    return [QueuedCase(*row) for row in session().execute(query)]


@dataclass(frozen=True)
class CaseForItem:
    """All an agenda item shows of its case: titles, proposal, paper, attachments, references, the steps behind it."""

    treatment_id: UUID
    case_id: UUID
    title: str
    public_title: str
    kind: CaseKind
    language: str
    exempt_basis: str
    raised_by: str
    paper_version: int
    proposal: Document
    sections: tuple[tuple[Any, Document], ...]
    attachments: tuple[FileRow, ...]
    references: tuple[Reference, ...]
    earlier: tuple[Step, ...]


def case_rows_for(actor: Actor, treatment_ids: Iterable[UUID]) -> dict[UUID, CaseForItem]:
    """The cases behind some steps, by step; four statements however many there are."""
    rows = session().execute(_behind(actor, sorted(treatment_ids))).all()
    ids = {row.case_id for row in rows}
    files = files_of(actor, Case.__tablename__, ids)
    refs = references(actor, ids)
    ways = [Step(*row) for row in session().execute(select_steps(actor).where(Treatment.case_id.in_(sorted(ids))))]
    return {
        row.treatment_id: CaseForItem(
            **{name: getattr(row, name) for name in _NAMED},
            sections=tuple((SECTIONS[n], getattr(row, n)) for n in SECTIONS if n != "proposal" and getattr(row, n)),
            attachments=tuple(files[row.case_id]),
            references=tuple(ref for ref in refs if ref.case_id == row.case_id),
            earlier=tuple(step for step in ways if step.case_id == row.case_id and step.is_behind),
        )
        for row in rows
    }


_NAMED = (
    "treatment_id",
    "case_id",
    "title",
    "public_title",
    "kind",
    "language",
    "exempt_basis",
    "raised_by",
    "paper_version",
    "proposal",
)


def _behind(actor: Actor, treatment_ids: list[UUID]) -> Any:
    return (
        sa.select(
            Treatment.id.label("treatment_id"),
            Case.id.label("case_id"),
            Case.title,
            Case.public_title,
            Treatment.purpose.label("kind"),
            Case.language,
            Case.exempt_basis,
            Organisation.name.label("raised_by"),
            CasePaper.version.label("paper_version"),
            *(getattr(CasePaper, name) for name in SECTIONS),
        )
        .join(Case, Case.id == Treatment.case_id)
        .join(CasePaper, CasePaper.case_id == Case.id)
        .join(Organisation, Organisation.id == Case.raised_by_organisation_id)
        .where(Treatment.id.in_(treatment_ids), visible(actor, Case))
        .order_by(Treatment.id)
    )
