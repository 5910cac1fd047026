"""What a body was, is or will be called on a day, and where it stands then.

A body that was never changed says so itself; one that was has phases, and the last one begun holds.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, BodyPhase
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.sorting import sort_key

PHASE = sa.orm.aliased(BodyPhase, name="phase")
LATER = sa.orm.aliased(BodyPhase, name="later")
PARTS = ("name", "short_name", "level", "level_name", "parent_id")


def on_that_day(part: str) -> Any:
    """One of ``PARTS`` as it was on the day; goes with :func:`with_phase`."""
    return sa.case((PHASE.id.is_not(None), getattr(PHASE, part)), else_=getattr(Body, part))


def with_phase(query: sa.Select[Any], day: Any) -> sa.Select[Any]:
    """The query over bodies, joined to the phase of each that holds on ``day``: a date, or a column of the query."""
    newest = (
        sa.select(sa.func.max(LATER.starts_on))
        .where(LATER.body_id == Body.id, LATER.starts_on <= day)
        .correlate_except(LATER)
        .scalar_subquery()
    )
    return query.outerjoin(PHASE, sa.and_(PHASE.body_id == Body.id, PHASE.starts_on == newest))


def called_on(body: Body, day: date) -> str:
    """What the body is called on the day."""
    query = with_phase(sa.select(on_that_day("name")).select_from(Body).where(Body.id == body.id), day)
    return str(session().scalars(query).one())


@dataclass(frozen=True)
class Standing:
    """What a body is called and where it stands on one day."""

    id: UUID
    name: str
    short_name: str
    level: int
    level_name: str
    parent_id: UUID | None


def standing_on(actor: Actor, day: date, *where: Any) -> list[Standing]:
    """The bodies as they were on ``day``, from the political level down; ``where`` may ask :func:`on_that_day`."""
    query = sa.select(Body.id, *map(on_that_day, PARTS)).select_from(Body).where(visible(actor, Body), *where)
    rows = [Standing(*row) for row in session().execute(with_phase(query, day))]
    return sorted(rows, key=lambda row: (row.level, sort_key(row.name), row.id))
