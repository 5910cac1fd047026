"""What is read of decisions: the register, and what waits to be done; one decision with all it holds: ``reading``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.access import through, visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.sorting import folded
from secretariat.decisions.implementation import FINISHED
from secretariat.decisions.models import (
    Decision,
    DecisionKeeper,
    DecisionKind,
    DecisionState,
    Disagreement,
    Implementation,
    ImplementationState,
    NextStep,
    Task,
    TaskState,
)
from secretariat.decisions.naming import decision_number, shortened
from secretariat.directory.models import Organisation
from secretariat.meetings.models import AgendaItem, ItemKind

PAGE = 50
FOLLOWED = (DecisionState.IN_FORCE, DecisionState.CONFIRMED)
UNFINISHED = (TaskState.OPEN, TaskState.IN_PROGRESS)
DONE = (ImplementationState.ADOPTED, ImplementationState.IMPLEMENTED)

NUMBER = (
    Body.number_prefix,
    Body.number_digits,
    Body.number_separator,
    Body.number_suffix,
    Body.year_digits,
    Body.year_first,
    AgendaItem.series,
    AgendaItem.year,
    AgendaItem.number,
)

KEEPER = sa.orm.aliased(Body, name="keeper")


@dataclass(frozen=True)
class Filter:
    """What of the register to show. ``open``: True those followed up, False those closed, None all. Without
    ``approvals`` it leaves out that notice, agenda and minutes were approved.
    """

    body_id: UUID | None = None
    year: int | None = None
    open: bool | None = None
    kind: DecisionKind | None = None
    words: str = ""
    organisation_id: UUID | None = None
    approvals: bool = True


@dataclass(frozen=True)
class DecisionRow:
    """A decision in a list, with how far it has come."""

    id: UUID
    agenda_item_id: UUID
    ordinal: int
    version: int
    number: str
    title: str
    short: str
    wording: Document
    proposal: Document
    kind: DecisionKind
    state: DecisionState
    body_id: UUID
    body: str
    decided_on: date
    deadline: date | None
    closed_on: date | None
    exempt_basis: str
    asked: int
    carried_out: int
    overdue_tasks: int
    open_tasks: int
    keeper: str = ""
    kept_from: date | None = None
    next_step: NextStep | None = None
    next_note: str = ""


@dataclass(frozen=True)
class Awaited:
    """How an organisation stands with a decision that it, or another one of the same region, has still to report on."""

    id: UUID
    decision_id: UUID
    organisation_id: UUID
    organisation: str
    state: ImplementationState
    number: str
    title: str
    body: str
    deadline: date | None


def decision(actor: Actor, decision_id: UUID) -> Decision | None:
    """One decision."""
    return session().scalar(sa.select(Decision).where(Decision.id == decision_id, visible(actor, Decision)))


def implementation(actor: Actor, implementation_id: UUID) -> Implementation | None:
    """What one organisation has done with one decision."""
    query = sa.select(Implementation).where(Implementation.id == implementation_id, visible(actor, Implementation))
    return session().scalar(query)


def register(actor: Actor, wanted: Filter, page: int = 1) -> list[DecisionRow]:
    """A page of the register, the newest decisions first."""
    query = _rows(actor).where(*_conditions(actor, wanted))
    order = (Decision.decided_on.desc(), Body.sort_key, AgendaItem.position, Decision.ordinal, Decision.id)
    return _as_rows(query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE))


def count(actor: Actor, wanted: Filter) -> int:
    """How many decisions the register holds under this filter."""
    query = sa.select(sa.func.count()).select_from(Decision).where(*_conditions(actor, wanted))
    return session().scalar(query) or 0


def open_decisions(actor: Actor, body_ids: Iterable[UUID] | None = None, room: str | None = None) -> list[DecisionRow]:
    """Decisions that are followed up, the nearest deadline first: in some bodies or all, as told in ``room`` or all."""
    query = _rows(actor).where(*_conditions(actor, Filter(open=True)))
    if room is not None:
        query = query.where(Decision.room.in_((COMMON_ROOM, room)))
    if body_ids is not None:
        query = query.where(_follower(actor.today).in_(sorted(body_ids)))
    return _as_rows(query.order_by(Decision.deadline.is_(None), Decision.deadline, Decision.decided_on, Decision.id))


def of_case(actor: Actor, case_id: UUID) -> list[DecisionRow]:
    """What has been decided in a case, the oldest first."""
    query = _rows(actor).where(Decision.case_id == case_id)
    return _as_rows(query.order_by(Decision.decided_on, AgendaItem.position, Decision.ordinal, Decision.id))


def of_meeting(actor: Actor, meeting_id: UUID) -> list[DecisionRow]:
    """What a meeting decided, in the order of its agenda."""
    query = _rows(actor).where(Decision.meeting_id == meeting_id)
    return _as_rows(query.order_by(AgendaItem.position, Decision.ordinal, Decision.id))


def by_item(actor: Actor, meeting_id: UUID) -> dict[UUID, list[DecisionRow]]:
    """What a meeting decided, under the lines of its agenda."""
    found: dict[UUID, list[DecisionRow]] = {}
    for one in of_meeting(actor, meeting_id):
        found.setdefault(one.agenda_item_id, []).append(one)
    return found


def awaiting_implementation(actor: Actor) -> list[Awaited]:
    """The decisions that an organisation the actor speaks for has still to report on, the nearest deadline first, with
    how each of these organisations stands.
    """
    own = sorted(actor.organisations)
    theirs = sa.orm.aliased(Implementation)
    unfinished = sa.exists().where(
        theirs.decision_id == Decision.id, theirs.organisation_id.in_(own), theirs.state.not_in(FINISHED)
    )
    query = (
        sa.select(
            Implementation.id,
            Implementation.decision_id,
            Implementation.organisation_id,
            Implementation.state,
            Organisation.name.label("organisation"),
            Body.short_name.label("body"),
            AgendaItem.title,
            Decision.ordinal,
            Decision.deadline,
            *NUMBER,
        )
        .join(Decision, Decision.id == Implementation.decision_id)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Body, Body.id == Decision.body_id)
        .join(Organisation, Organisation.id == Implementation.organisation_id)
        .where(visible(actor, Implementation), Implementation.organisation_id.in_(own))
        .where(unfinished, Decision.state.in_(FOLLOWED), Decision.closed_on.is_(None))
        .order_by(Decision.deadline.is_(None), Decision.deadline, Decision.id)
        .order_by(Organisation.sort_key, Implementation.id)
    )
    return [_awaited(row) for row in session().execute(query)]


def _awaited(row: Any) -> Awaited:
    number = decision_number(row, row, row.ordinal)
    who = (row.organisation_id, row.organisation, row.state)
    return Awaited(row.id, row.decision_id, *who, number, row.title, row.body, row.deadline)


def bodies_with_decisions(actor: Actor) -> list[tuple[UUID, str]]:
    """Bodies for the filter: those whose decisions the actor sees."""
    seen = sa.select(Decision.body_id).where(visible(actor, Decision))
    kept = sa.select(DecisionKeeper.body_id).where(visible(actor, DecisionKeeper))
    here = sa.or_(Body.id.in_(seen), Body.id.in_(kept))
    query = sa.select(Body.id, Body.name).where(here).order_by(Body.sort_key, Body.id)
    return [(body_id, name) for body_id, name in session().execute(query)]


def span_of_years(actor: Actor) -> list[int]:
    """The years in which something was decided, the newest first."""
    ends = (sa.func.min(Decision.decided_on), sa.func.max(Decision.decided_on))
    first, last = session().execute(sa.select(*ends).where(visible(actor, Decision))).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def _conditions(actor: Actor, wanted: Filter) -> list[Any]:
    conditions: list[Any] = [visible(actor, Decision)]
    if wanted.body_id is not None:
        conditions.append(sa.or_(Decision.body_id == wanted.body_id, _kept_by(wanted.body_id)))
    if wanted.year is not None:
        conditions.append(Decision.decided_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.kind is not None:
        conditions.append(Decision.kind == wanted.kind)
    if wanted.open is not None:
        conditions.append(_followed() if wanted.open else Decision.closed_on.is_not(None))
    if wanted.organisation_id is not None:
        asked = sa.select(Implementation.decision_id).where(Implementation.organisation_id == wanted.organisation_id)
        conditions.append(Decision.id.in_(asked))
    if not wanted.approvals:
        conditions.append(sa.or_(Decision.case_id.is_not(None), sa.not_(_of_approval())))
    conditions += [Decision.folded.contains(word, autoescape=True) for word in folded(wanted.words).split()]
    return conditions


def _of_approval() -> Any:
    return through(Decision.agenda_item_id, AgendaItem, AgendaItem.kind == ItemKind.APPROVAL)


def _kept_by(body_id: UUID) -> Any:
    """Decisions that the body has got to follow up, from a day that has come or is to come."""
    return Decision.id.in_(sa.select(DecisionKeeper.decision_id).where(DecisionKeeper.body_id == body_id))


def _follower(day: date) -> Any:
    """The body that follows a decision up on the day: the last keeper by then, else the one that made it."""
    begun = _last_keeper(DecisionKeeper.body_id).where(DecisionKeeper.starts_on <= day)
    return sa.func.coalesce(begun.scalar_subquery(), Decision.body_id)


def _last_keeper(what: Any) -> sa.Select[*tuple[Any, ...]]:
    kept = sa.select(what).select_from(DecisionKeeper).where(DecisionKeeper.decision_id == Decision.id)
    return kept.order_by(DecisionKeeper.starts_on.desc()).limit(1).correlate(Decision)


def _followed() -> Any:
    return sa.and_(Decision.state.in_(FOLLOWED), Decision.closed_on.is_(None))


def _rows(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    lines = _number_of(Implementation, Implementation.decision_id == Decision.id)
    tasks = _number_of(Task, Task.decision_id == Decision.id, Task.in_force, Task.state.in_(UNFINISHED))
    return (
        sa.select(
            Decision.id,
            Decision.agenda_item_id,
            AgendaItem.title,
            Decision.wording,
            Decision.proposal,
            Decision.kind,
            Decision.state,
            Decision.ordinal,
            Decision.version,
            Decision.body_id,
            Body.short_name.label("body"),
            Decision.decided_on,
            Decision.deadline,
            Decision.closed_on,
            Decision.exempt_basis,
            lines.scalar_subquery().label("asked"),
            lines.where(Implementation.state.in_(DONE)).scalar_subquery().label("carried_out"),
            tasks.where(Task.deadline < actor.today).scalar_subquery().label("overdue_tasks"),
            tasks.scalar_subquery().label("open_tasks"),
            _last_keeper(KEEPER.short_name)
            .join(KEEPER, KEEPER.id == DecisionKeeper.body_id)
            .scalar_subquery()
            .label("keeper"),
            _last_keeper(DecisionKeeper.starts_on).scalar_subquery().label("kept_from"),
            Disagreement.next_step,
            Disagreement.note.label("next_note"),
            *NUMBER,
        )
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .join(Body, Body.id == Decision.body_id)
        .outerjoin(Disagreement, Disagreement.decision_id == Decision.id)
        .where(visible(actor, Decision))
    )


def unstated(actor: Actor, item_id: UUID) -> UUID | None:
    """A draft of the item without agreement, of which it is not said what happens next."""
    said = sa.exists().where(Disagreement.decision_id == Decision.id)
    drafts = (Decision.agenda_item_id == item_id, Decision.state == DecisionState.DRAFT)
    query = sa.select(Decision.id).where(*drafts, Decision.kind == DecisionKind.NO_AGREEMENT, ~said)
    return session().scalar(query.where(visible(actor, Decision)).order_by(Decision.ordinal).limit(1))


def _number_of(kind: Any, *conditions: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(sa.func.count()).select_from(kind).where(*conditions).correlate(Decision)


def _as_rows(query: sa.Select[*tuple[Any, ...]]) -> list[DecisionRow]:
    return [_as_row(row) for row in session().execute(query)]


def _as_row(row: Any) -> DecisionRow:
    return DecisionRow(
        id=row.id,
        agenda_item_id=row.agenda_item_id,
        ordinal=row.ordinal,
        version=row.version,
        number=decision_number(row, row, row.ordinal),
        title=row.title,
        short=shortened(row.wording),
        wording=row.wording,
        proposal=row.proposal,
        kind=row.kind,
        state=row.state,
        body_id=row.body_id,
        body=row.body,
        decided_on=row.decided_on,
        deadline=row.deadline,
        closed_on=row.closed_on,
        exempt_basis=row.exempt_basis,
        asked=row.asked,
        carried_out=row.carried_out,
        overdue_tasks=row.overdue_tasks,
        open_tasks=row.open_tasks,
        keeper=row.keeper or "",
        kept_from=row.kept_from,
        next_step=row.next_step,
        next_note=row.next_note or "",
    )
