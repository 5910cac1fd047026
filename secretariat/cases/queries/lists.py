"""Cases in lists: the register, and those that wait to be taken in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import (
    Case,
    CaseKind,
    CaseState,
    Treatment,
    TreatmentState,
)
from secretariat.cases.saksgang import AHEAD
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.text.sorting import folded
from secretariat.directory.models import Organisation
from secretariat.directory.parties import Party, label

PAGE = 50
INTAKE = (CaseState.RAISED, CaseState.MORE_WANTED)


@dataclass(frozen=True)
class CaseRow:
    """A case as a list shows it."""

    id: UUID
    partnership_id: UUID
    room: str
    title: str
    kind: CaseKind
    state: CaseState
    raised_on: date
    raised_by_party: Party
    on_behalf_of: str
    wanted_by: date | None
    exempt_basis: str
    organisation: str
    wanted_body: str | None

    @property
    def party(self) -> Any:
        """The party it comes from, in words."""
        return label(self.raised_by_party)

    @property
    def days_waiting(self) -> int:
        """How long it has waited to be taken in."""
        return (clock.today() - self.raised_on).days

    @property
    def is_common(self) -> bool:
        """Whether it lies in the common room."""
        return self.room == COMMON_ROOM


@dataclass(frozen=True)
class Ahead:
    """Where a case goes next: a body (or a council outside, then without ``body_id``), the day if it is set, and
    whether it stands on an agenda there.
    """

    place: str
    body_id: UUID | None
    day: date | None
    is_on_agenda: bool


@dataclass(frozen=True)
class Wanted:
    """Which cases a list shall show; what is None or empty asks for nothing."""

    states: tuple[CaseState, ...] = ()
    body_id: UUID | None = None
    party: Party | None = None
    words: str = ""
    order: str = "newest"
    page: int = 1


@dataclass(frozen=True)
class CaseList:
    """One page of the list, and how long the whole is."""

    rows: list[CaseRow]
    total: int


ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (Case.raised_on.desc(), Case.id.desc()),
    "oldest": (Case.raised_on, Case.id),
    "deadline": (sa.func.coalesce(Case.wanted_by, date.max), Case.raised_on, Case.id),
    "title": (Case.sort_key, Case.id),
}

_ROW = tuple(getattr(Case, name) for name in list(CaseRow.__dataclass_fields__)[:-2])


def cases(actor: Actor, wanted: Wanted | None = None) -> CaseList:
    """The cases the actor sees, fifty at a time."""
    wanted = wanted or Wanted()
    conditions = [visible(actor, Case), *_conditions(actor, wanted)]
    total = session().scalar(sa.select(sa.func.count()).select_from(Case).where(*conditions)) or 0
    query: Any = (
        sa.select(*_ROW, Organisation.name, Body.short_name)
        .join(Organisation, Organisation.id == Case.raised_by_organisation_id)
        .outerjoin(Body, Body.id == Case.wanted_body_id)
        .where(*conditions)
        .order_by(*ORDERS.get(wanted.order, ORDERS["newest"]))
        .limit(PAGE)
        .offset((wanted.page - 1) * PAGE)
    )
    return CaseList([CaseRow(*row) for row in session().execute(query)], total)


def ahead(actor: Actor, case_ids: Iterable[UUID]) -> dict[UUID, Ahead]:
    """The next step of each of these cases; those that have none are left out."""
    query: Any = (
        sa.select(
            Treatment.case_id,
            sa.func.coalesce(Body.short_name, Treatment.outside),
            Treatment.body_id,
            Treatment.treated_on,
            Treatment.state == TreatmentState.ON_AGENDA,
        )
        .outerjoin(Body, Body.id == Treatment.body_id)
        .where(Treatment.case_id.in_(sorted(case_ids)), visible(actor, Treatment))
        .where(Treatment.state.in_(AHEAD))
        .order_by(Treatment.case_id, Treatment.position.desc(), Treatment.id.desc())
    )
    return {case_id: Ahead(*step) for case_id, *step in session().execute(query)}


def _conditions(actor: Actor, wanted: Wanted) -> Iterable[Any]:
    if wanted.states:
        yield Case.state.in_(wanted.states)
    if wanted.body_id is not None:
        steps = sa.select(Treatment.case_id).where(Treatment.body_id == wanted.body_id, visible(actor, Treatment))
        yield sa.or_(Case.wanted_body_id == wanted.body_id, Case.id.in_(steps))
    if wanted.party is not None:
        yield Case.raised_by_party == wanted.party
    for word in folded(wanted.words).split()[:10]:
        yield Case.folded_title.contains(word, autoescape=True)


def waiting_intake(actor: Actor) -> int:
    """How many cases wait to be taken in by this secretary."""
    own = Case.partnership_id.in_(sorted(actor.secretary_in)), Case.state == CaseState.RAISED
    return session().scalar(sa.select(sa.func.count()).select_from(Case).where(visible(actor, Case), *own)) or 0
