"""What is read of a body's life: its names and places over time, whom it took over after, who took over after it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, BodyPhase, BodySuccession
from secretariat.bodies.naming import on_that_day, with_phase
from secretariat.bodies.rows import level_word
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session


@dataclass(frozen=True)
class PhaseRow:
    """What a body is called and where it stands from a day on; ``above`` is the name it has today."""

    id: UUID
    starts_on: date
    name: str
    short_name: str
    level: int
    level_name: str
    above_id: UUID | None
    above: str | None

    @property
    def level_word(self) -> Any:
        """The level's own name here, else its usual one."""
        return level_word(self.level, self.level_name)

    @property
    def is_ahead(self) -> bool:
        """Whether it has not taken effect yet."""
        return self.starts_on > clock.today()


@dataclass(frozen=True)
class Relative:
    """A body that came before or after, with the first day of the later one's turn."""

    id: UUID
    name: str
    starts_on: date
    came_before: bool


def phase(actor: Actor, body_phase_id: UUID) -> BodyPhase | None:
    """One planned or past change."""
    return session().scalar(sa.select(BodyPhase).where(BodyPhase.id == body_phase_id, visible(actor, BodyPhase)))


def phases(actor: Actor, body_id: UUID) -> list[PhaseRow]:
    """The changes of a body in order of time, the first being how it began; none when it was never changed."""
    above = sa.orm.aliased(Body)
    columns = [getattr(BodyPhase, name) for name in PhaseRow.__dataclass_fields__ if not name.startswith("above")]
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(*columns, above.id, above.name)
        .outerjoin(above, above.id == BodyPhase.parent_id)
        .where(visible(actor, BodyPhase), BodyPhase.body_id == body_id)
        .order_by(BodyPhase.starts_on)
    )
    return [PhaseRow(*row) for row in session().execute(query)]


def relatives(actor: Actor, body_id: UUID) -> list[Relative]:
    """The bodies that this one took over after, and those that took over after it, each by its name at the end."""
    other = sa.case((BodySuccession.body_id == body_id, BodySuccession.successor_id), else_=BodySuccession.body_id)
    came_before = BodySuccession.successor_id == body_id
    query = (
        sa.select(Body.id, on_that_day("name"), BodySuccession.starts_on, came_before)
        .select_from(BodySuccession)
        .join(Body, Body.id == other)
        .where(visible(actor, BodySuccession), sa.or_(BodySuccession.body_id == body_id, came_before))
    )
    ordered = with_phase(query, BodySuccession.starts_on).order_by(BodySuccession.starts_on, Body.sort_key, Body.id)
    return [Relative(*row) for row in session().execute(ordered)]
