"""Whom somebody is deputy for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.sitting import UNRANKED, on_day, represents, with_constituency
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person
from secretariat.directory.parties import Party, label


@dataclass(frozen=True)
class Deputyship:
    """A place that the actor stands behind today; no name: the place is vacant, or the actor is deputy for the party's
    whole side (``pool``).
    """

    body_id: UUID
    body: str
    name: str
    represents: str
    party: Party
    pool: bool

    @property
    def side(self) -> Any:
        """The side that a common deputy stands behind."""
        return label(self.party)


def deputyships(actor: Actor) -> list[Deputyship]:
    """Whom the actor is deputy for today, in which bodies; who sees the body sees who sits in it."""
    holder = sa.orm.aliased(Appointment)
    held = sa.and_(holder.seat_id == Seat.id, holder.capacity == Capacity.HOLDER, on_day(holder, actor.today))
    query = (
        sa.select(Body.id, Body.name, Person.given_name, Person.family_name, represents())
        .add_columns(Appointment.party, Appointment.seat_id)
        .select_from(Appointment)
        .join(Body, Body.id == Appointment.body_id)
        .outerjoin(Seat, Seat.id == Appointment.seat_id)
        .outerjoin(holder, held)
        .outerjoin(Person, Person.id == read_as(holder.person_id))
        .where(Appointment.person_id.in_(sorted(actor.person_ids)), Appointment.capacity == Capacity.DEPUTY)
        .where(visible(actor, Appointment), on_day(Appointment, actor.today), on_day(Body, actor.today))
        .order_by(Body.level, Body.sort_key, Body.id, sa.func.coalesce(Appointment.rank, UNRANKED), Appointment.id)
    )
    return [
        Deputyship(body_id, body, f"{given or ''} {family or ''}".strip(), whom or "", party, seat_id is None)
        for body_id, body, given, family, whom, party, seat_id in session().execute(with_constituency(query))
    ]
