"""What holds for bodies, seats and appointments."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity
from secretariat.core.db import Base, session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l


def _same_days(one: Any, other: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(one.ends_on.is_(None), one.ends_on >= other.starts_on),
        sa.or_(other.ends_on.is_(None), other.ends_on >= one.starts_on),
    )


@checks("ONE_HOLDER", _l("En plass har høyst én fast representant på samme dag."))
def one_holder_at_a_time() -> Iterator[str]:
    """Two holders of one seat have no day in common."""
    other = sa.orm.aliased(Appointment)
    overlaps = (
        sa.select(Appointment.seat_id, other.starts_on)
        .join(other, sa.and_(other.seat_id == Appointment.seat_id, other.id > Appointment.id))
        .where(Appointment.capacity == Capacity.HOLDER, other.capacity == Capacity.HOLDER)
        .where(_same_days(Appointment, other))
        .order_by(Appointment.seat_id, other.starts_on)
    )
    for seat_id, day in session().execute(overlaps):
        yield _("Plassen %(id)s har to faste representanter fra %(day)s.", id=seat_id, day=day)


@checks("NOT_OWN_DEPUTY", _l("Ingen er vara for seg selv."))
def nobody_deputises_for_oneself() -> Iterator[str]:
    """The deputy of a seat is another than its holder, on every day."""
    deputy = sa.orm.aliased(Appointment)
    own = (
        sa.select(Appointment.seat_id, Appointment.person_id)
        .join(deputy, sa.and_(deputy.seat_id == Appointment.seat_id, deputy.person_id == Appointment.person_id))
        .where(Appointment.capacity == Capacity.HOLDER, deputy.capacity == Capacity.DEPUTY)
        .where(_same_days(Appointment, deputy))
        .order_by(Appointment.seat_id, Appointment.person_id)
    )
    for seat_id, person_id in session().execute(own):
        yield _("%(person)s er vara for seg selv i plassen %(seat)s.", person=person_id, seat=seat_id)


@checks("DATES_IN_ORDER", _l("Ingenting slutter før det begynner."))
def nothing_ends_before_it_begins() -> Iterator[str]:
    """Every table that knows a first and a last day."""
    for table in Base.metadata.sorted_tables:
        if {"starts_on", "ends_on"} <= set(table.columns.keys()):
            backwards = sa.select(table.c.id).where(table.c.ends_on < table.c.starts_on).order_by(table.c.id)
            for row_id in session().scalars(backwards):
                yield _("%(table)s %(id)s slutter før det begynner.", table=table, id=row_id)


@checks("NO_CYCLE", _l("Et utvalg rapporterer aldri til seg selv, heller ikke gjennom andre."))
def no_body_above_itself() -> Iterator[str]:
    """Following the bodies upwards always comes to an end."""
    rows = session().execute(sa.select(Body.id, Body.parent_id, Body.name).order_by(Body.sort_key, Body.id)).all()
    parents = {row.id: row.parent_id for row in rows}
    for row in rows:
        if _comes_back(row.id, parents):
            yield _("%(name)s rapporterer til seg selv.", name=row.name)


def _comes_back(body_id: UUID, parents: dict[UUID, UUID | None]) -> bool:
    above, seen = parents.get(body_id), set[UUID]()
    while above is not None and above not in seen:
        if above == body_id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
