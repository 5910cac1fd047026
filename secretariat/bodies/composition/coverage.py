"""Who speaks for each municipality in each body on a day: its own place, its group's, or nobody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.composition.districts import Districts, districts_on
from secretariat.bodies.models import Appointment, Body, Capacity, Leave, Seat, SeatRole
from secretariat.bodies.rows import level_word
from secretariat.bodies.sitting import (
    DAY,
    UNRANKED,
    on_day,
    represents,
    role_on_day,
    with_chair_term,
    with_constituency,
)
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Person
from secretariat.directory.names import named_on
from secretariat.directory.parties import Party

MOST_COLUMNS = 6


@dataclass(frozen=True)
class Voice:
    """A place that speaks for somebody: who holds it (empty: vacant), who stands behind, and through which group."""

    body_id: UUID
    spoken_for: str
    name: str
    role: SeatRole
    on_leave: bool
    deputies: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A body in the table."""

    id: UUID
    name: str
    short_name: str
    level: Any


@dataclass(frozen=True)
class Line:
    """A municipality: the voices it has in each body, its own first, then its groups'."""

    municipality: str
    cells: tuple[tuple[Voice, ...], ...]


@dataclass(frozen=True)
class Table:
    """Some bodies beside each other, no more than can be read, and a line for each municipality."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def coverage(actor: Actor, partnership_id: UUID, day: date) -> list[Table]:
    """The tables of a partnership, from the political level down. Three statements."""
    districts = districts_on(actor, partnership_id, day)
    given = {"partnership_id": partnership_id, "day": day}
    rows = session().execute(_places().where(visible(actor, Seat)), given).all()
    deputies = _deputies(actor, given)
    voices = [_voice(row, districts, deputies) for row in rows]
    return [
        Table(columns, tuple(_line(name, columns, voices, districts) for name in districts.municipalities))
        for columns in _columns(rows)
    ]


def _columns(rows: Iterable[Any]) -> Iterator[tuple[Column, ...]]:
    """The bodies in their order, as many as stand beside each other."""
    named = (Column(r.body_id, r.body_name, r.short_name, level_word(r.level, r.level_name)) for r in rows)
    bodies = tuple({column.id: column for column in named}.values())
    for start in range(0, len(bodies), MOST_COLUMNS):
        yield bodies[start : start + MOST_COLUMNS]


def _voice(row: Any, districts: Districts, deputies: dict[UUID, tuple[str, ...]]) -> Voice:
    name = f"{row.given_name or ''} {row.family_name or ''}".strip()
    spoken_for = districts.spoken_for(row.represents or "", row.employer or "")
    return Voice(row.body_id, spoken_for, name, row.role, bool(row.on_leave), deputies.get(row.seat_id, ()))


def _line(name: str, columns: Sequence[Column], voices: Sequence[Voice], districts: Districts) -> Line:
    groups = districts.municipalities[name]
    cells = []
    for column in columns:
        here = [voice for voice in voices if voice.body_id == column.id]
        own = [voice for voice in here if voice.spoken_for == name]
        cells.append((*own, *(voice for voice in here if voice.spoken_for in groups)))
    return Line(name, tuple(cells))


@cache
def _places() -> sa.Select[*tuple[Any, ...]]:
    """The municipalities' places on the day, vacant ones too, body by body."""
    held = sa.and_(Appointment.seat_id == Seat.id, Appointment.capacity == Capacity.HOLDER, on_day(Appointment, DAY))
    query = (
        sa.select(
            Seat.id.label("seat_id"),
            Body.id.label("body_id"),
            Body.name.label("body_name"),
            Body.short_name,
            Body.level,
            Body.level_name,
            represents(DAY).label("represents"),
            role_on_day().label("role"),
            Person.given_name,
            Person.family_name,
            named_on(Organisation, DAY).label("employer"),
            sa.exists().where(Leave.appointment_id == Appointment.id, on_day(Leave, DAY)).label("on_leave"),
        )
        .select_from(Seat)
        .join(Body, Body.id == Seat.body_id)
        .outerjoin(Appointment, held)
        .outerjoin(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Body.partnership_id == sa.bindparam("partnership_id", type_=sa.Uuid()), on_day(Body, DAY))
        .where(Seat.party == Party.M, Seat.role != SeatRole.SECRETARY, on_day(Seat, DAY))
        .order_by(Body.level, Body.sort_key, Body.id, Seat.position, Seat.id)
    )
    return with_chair_term(with_constituency(query), DAY)


def _deputies(actor: Actor, given: dict[str, Any]) -> dict[UUID, tuple[str, ...]]:
    """The personal deputies of each place, in their rank."""
    behind: dict[UUID, tuple[str, ...]] = {}
    for row in session().execute(_standing_behind().where(visible(actor, Appointment)), given):
        behind[row.seat_id] = (*behind.get(row.seat_id, ()), f"{row.given_name} {row.family_name}".strip())
    return behind


@cache
def _standing_behind() -> sa.Select[*tuple[Any, ...]]:
    away = sa.exists().where(Leave.appointment_id == Appointment.id, on_day(Leave, DAY))
    return (
        sa.select(Appointment.seat_id, Person.given_name, Person.family_name)
        .select_from(Appointment)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .where(Appointment.partnership_id == sa.bindparam("partnership_id", type_=sa.Uuid()))
        .where(Appointment.capacity == Capacity.DEPUTY, Appointment.seat_id.is_not(None))
        .where(on_day(Appointment, DAY), ~away)
        .order_by(sa.func.coalesce(Appointment.rank, UNRANKED), Person.sort_key, Appointment.id)
    )
