"""What is read of reports and groups: who reports what to whom by when, and which groups are past their last day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, ReportDuty
from secretariat.bodies.rows import level_word
from secretariat.bodies.structures import Level
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Person

KEPT_IN_VIEW = timedelta(days=365)
ABOVE = sa.orm.aliased(Body, name="above")
GROUPS = [Level.WORKING_GROUP.order, Level.EXECUTIVE.order]


@dataclass(frozen=True)
class Report:
    """A report: who owes it to whom, by when, and what became of it."""

    id: UUID
    partnership_id: UUID
    body_id: UUID
    body: str
    to_id: UUID | None
    to: str | None
    due_on: date
    what: str
    delivered_on: date | None
    delivered_by: str
    note: str

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed and nothing came."""
        return self.delivered_on is None and self.due_on < clock.today()


def duty(actor: Actor, report_duty_id: UUID) -> ReportDuty | None:
    """One report that is owed or was delivered."""
    return session().scalar(sa.select(ReportDuty).where(ReportDuty.id == report_duty_id, visible(actor, ReportDuty)))


def owed(actor: Actor) -> list[Report]:
    """The reports not yet delivered, the nearest day first."""
    query = _reports(actor).where(ReportDuty.delivered_on.is_(None))
    return [Report(*row) for row in session().execute(query.order_by(ReportDuty.due_on, Body.sort_key, ReportDuty.id))]


def delivered(actor: Actor) -> list[Report]:
    """The reports delivered in the last year, the newest first."""
    query = _reports(actor).where(ReportDuty.delivered_on >= clock.today() - KEPT_IN_VIEW)
    order = (ReportDuty.delivered_on.desc(), Body.sort_key, ReportDuty.id)
    return [Report(*row) for row in session().execute(query.order_by(*order))]


def of_body(actor: Actor, body_id: UUID) -> list[Report]:
    """The reports of one body, in order of their days."""
    query = _reports(actor).where(ReportDuty.body_id == body_id)
    return [Report(*row) for row in session().execute(query.order_by(ReportDuty.due_on, ReportDuty.id))]


def _reports(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            ReportDuty.id,
            ReportDuty.partnership_id,
            ReportDuty.body_id,
            Body.name,
            ABOVE.id,
            ABOVE.name,
            ReportDuty.due_on,
            ReportDuty.what,
            ReportDuty.delivered_on,
            sa.func.coalesce(Person.given_name + " " + Person.family_name, ""),
            ReportDuty.note,
        )
        .select_from(ReportDuty)
        .join(Body, Body.id == ReportDuty.body_id)
        .outerjoin(ABOVE, ABOVE.id == Body.parent_id)
        .outerjoin(Person, Person.id == ReportDuty.delivered_by_id)
        .where(visible(actor, ReportDuty))
    )


@dataclass(frozen=True)
class Group:
    """A group under a body, and how long it is to work."""

    id: UUID
    partnership_id: UUID
    name: str
    level: int
    level_name: str
    above_id: UUID | None
    above: str | None
    starts_on: date
    ends_on: date | None

    @property
    def level_word(self) -> Any:
        """The level's own name here, else its usual one."""
        return level_word(self.level, self.level_name)

    @property
    def is_past(self) -> bool:
        """Whether its last day is over."""
        return self.ends_on is not None and self.ends_on < clock.today()


def groups(actor: Actor) -> list[Group]:
    """Working groups and executive groups, those past their last day within the last year included."""
    recent = sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today() - KEPT_IN_VIEW)
    named = (Body.id, Body.partnership_id, Body.name, Body.level, Body.level_name)
    query = (
        sa.select(*named, ABOVE.id, ABOVE.name, Body.starts_on, Body.ends_on)
        .select_from(Body)
        .outerjoin(ABOVE, ABOVE.id == Body.parent_id)
        .where(visible(actor, Body), Body.level.in_(GROUPS), recent)
        .order_by(Body.ends_on.is_(None), Body.ends_on, Body.sort_key, Body.id)
    )
    return [Group(*row) for row in session().execute(query)]
