"""Who reports to whom on every day, past and to come: a body is never its own ancestor (invariant ``NO_CYCLE``)."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, BodyPhase
from secretariat.core.db import session

Parents = Mapping[UUID, UUID | None]
Changes = dict[UUID, list[tuple[date, UUID | None]]]


def parents_by_day(partnership_id: UUID) -> Iterator[tuple[date, Parents]]:
    """Each day on which somebody's place changes, with the body above each body from that day on; the bodies that
    were never moved stand where they stand. The first day is ``date.min``: how all began.
    """
    fixed, changes = _read(partnership_id)
    days = {date.min} | {day for moves in changes.values() for day, _parent in moves}
    for day in sorted(days):
        yield day, fixed | {body_id: _parent_on(moves, day) for body_id, moves in changes.items()}


def _read(partnership_id: UUID) -> tuple[dict[UUID, UUID | None], Changes]:
    bodies = sa.select(Body.id, Body.parent_id).where(Body.partnership_id == partnership_id)
    phases = sa.select(BodyPhase.body_id, BodyPhase.starts_on, BodyPhase.parent_id)
    in_order = phases.where(BodyPhase.partnership_id == partnership_id).order_by(BodyPhase.starts_on)
    changes: Changes = {}
    for body_id, day, parent_id in session().execute(in_order):
        changes.setdefault(body_id, []).append((day, parent_id))
    return {row.id: row.parent_id for row in session().execute(bodies)}, changes


def _parent_on(moves: list[tuple[date, UUID | None]], day: date) -> UUID | None:
    """Where the last move begun put the body; before the first one, where it stood at first."""
    begun = [parent_id for moved_on, parent_id in moves if moved_on <= day]
    return begun[-1] if begun else moves[0][1]


def own_ancestor(body_id: UUID, parents: Parents) -> bool:
    """Whether following the bodies upwards from this one leads back to it."""
    above, seen = parents.get(body_id), set[UUID]()
    while above is not None and above not in seen:
        if above == body_id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def first_day_in_circle(body_id: UUID, partnership_id: UUID) -> date | None:
    """The first day on which the body would report to itself, as the rows now stand; call after a flush."""
    days = parents_by_day(partnership_id)
    return next((day for day, parents in days if own_ancestor(body_id, parents)), None)
