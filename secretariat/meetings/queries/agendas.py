"""The lines of an agenda."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases.models import Case, CasePaper, Treatment
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.core.text.document import Document
from secretariat.meetings.models import (
    AgendaItem,
    ItemKind,
    ItemOrigin,
    ItemState,
)
from secretariat.meetings.queries.common import MEETING_ID


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line of an agenda; the case when the reader sees it, ``proposal`` as it stands only for who reads drafts."""

    id: UUID
    partnership_id: UUID
    meeting_id: UUID
    position: int
    kind: ItemKind
    title: str
    public_title: str
    duration: int
    presenter: str
    treatment_id: UUID | None
    series: str
    year: int | None
    number: int | None
    state: ItemState
    origin: ItemOrigin
    exempt_basis: str
    version: int
    case_id: UUID | None
    proposal: Document | None
    sent_proposal: Document | None


_OF_CASE: dict[str, Any] = {"case_id": Case.id, "proposal": CasePaper.proposal}
_OF_CASE["sent_proposal"] = sa.case((Case.id.is_not(None), AgendaItem.sent_proposal))
_AGENDA_COLUMNS: list[Any] = [_OF_CASE.get(n, getattr(AgendaItem, n, None)) for n in AgendaRow.__dataclass_fields__]


@built_once
def _agenda(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*_AGENDA_COLUMNS)
        .select_from(AgendaItem)
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(Case, sa.and_(Case.id == Treatment.case_id, visible(actor, Case)))
        .outerjoin(CasePaper, sa.and_(CasePaper.case_id == Case.id, visible(actor, CasePaper)))
        .where(AgendaItem.meeting_id == MEETING_ID, visible(actor, AgendaItem))
        .order_by(AgendaItem.position, AgendaItem.id)
    )


@built_once
def _lines(actor: Actor) -> Ready:
    return Ready(_agenda(actor))


def agenda(actor: Actor, meeting_id: UUID) -> list[AgendaRow]:
    """The agenda in its order; empty for those who do not see it yet."""
    return [AgendaRow(*row) for row in _lines(actor).rows(meeting_id=meeting_id)]


def item(actor: Actor, meeting_id: UUID, item_id: UUID) -> AgendaRow | None:
    """One line of this meeting's agenda; an item of another meeting is not found here."""
    row = session().execute(_agenda(actor).where(AgendaItem.id == item_id), {"meeting_id": meeting_id}).first()
    return AgendaRow(*row) if row else None
