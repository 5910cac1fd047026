"""Who speaks for an organisation in the bodies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.sitting import on_day, represents, with_constituency
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person, RegionMember


@dataclass(frozen=True)
class Representative:
    """Who speaks for the organisation in a body today; no name: the place is vacant."""

    body_id: UUID
    body: str
    represents: str
    name: str
    title: str
    until: date | None


def representatives(actor: Actor, organisation_ids: Iterable[UUID]) -> list[Representative]:
    """The places of these organisations, of their regions and of their own people, in every body."""
    ours = sorted(organisation_ids)
    regions = sa.select(RegionMember.region_id).where(
        RegionMember.organisation_id.in_(ours), on_day(RegionMember, actor.today)
    )
    holds = sa.and_(
        Appointment.seat_id == Seat.id,
        Appointment.capacity == Capacity.HOLDER,
        on_day(Appointment, actor.today),
    )
    query = (
        sa.select(Body.id, Body.name, represents(), Person.given_name, Person.family_name)
        .add_columns(
            sa.func.coalesce(Person.title, ""), sa.func.coalesce(Appointment.ends_on, Appointment.term_ends_on)
        )
        .select_from(Seat)
        .join(Body, Body.id == Seat.body_id)
        .outerjoin(Appointment, holds)
        .outerjoin(Person, Person.id == read_as(Appointment.person_id))
        .where(visible(actor, Seat), on_day(Seat, actor.today), on_day(Body, actor.today))
        .where(sa.or_(Seat.organisation_id.in_(ours), Seat.region_id.in_(regions), Person.organisation_id.in_(ours)))
        .order_by(Body.level, Body.sort_key, Body.id, Seat.position, Seat.id)
    )
    rows = session().execute(with_constituency(query))
    return [
        Representative(body_id, body, whom or "", f"{given or ''} {family or ''}".strip(), title, until)
        for body_id, body, whom, given, family, title, until in rows
    ]
