"""Who sits in a body on a day, with what rights, and who stands behind them.

The meeting's local date is the day that counts, so meetings and pages ask here with a date of their own.
Two statements, whatever the size of the body.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Capacity, ChairTerm, Leave, Seat, SeatRole, Tier
from secretariat.core.access import Condition
from secretariat.core.reading import Ready
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Person, Region
from secretariat.directory.names import named_on
from secretariat.directory.parties import Party

UNRANKED = 10_000

LEVEL_WORDS = {tier.value: tier.word for tier in Tier}

DAY = sa.bindparam("day", type_=sa.Date())


@dataclass(frozen=True)
class Stand:
    """A deputy: personal and ranked behind one seat, or (``pool``) behind all seats of a party."""

    appointment_id: UUID
    person_id: UUID
    name: str
    sort_key: str
    title: str
    organisation: str
    rank: int | None
    may_decide: bool
    pool: bool
    until: date | None
    tier: str = ""
    term_ends_on: date | None = None


@dataclass(frozen=True)
class Sitting:
    """A person in a seat on the day; chair and deputy chair follow from the chair plan."""

    seat_id: UUID
    appointment_id: UUID
    person_id: UUID
    name: str
    sort_key: str
    title: str
    organisation: str
    party: Party
    role: SeatRole
    represents: str
    may_speak: bool
    may_propose: bool
    may_vote: bool
    position: int
    since: date
    until: date | None
    on_leave: bool
    tier: str
    term_ends_on: date | None
    deputies: tuple[Stand, ...]

    @property
    def level(self) -> Any:
        """The word of the level at which the holder meets; empty when it is not known."""
        return LEVEL_WORDS.get(self.tier, "")

    @property
    def stands_in(self) -> Stand | None:
        """The personal deputy who has stepped up while the holder is on leave."""
        if not self.on_leave:
            return None
        return next((stand for stand in self.deputies if not stand.pool), None)

    @property
    def meets(self) -> "Sitting | Stand | None":
        """Who meets in the seat: the holder, or whoever has stepped up; nobody during a leave without a deputy."""
        return self.stands_in if self.on_leave else self


def sitting_on(body_id: UUID, day: date) -> list[Sitting]:
    """The holders on ``day`` in the order of the seats, each with personal deputies first, then the pool."""
    return seated_on(body_id, day, deputies_on(body_id, day))


def seated_on(body_id: UUID, day: date, behind: "Deputies") -> list[Sitting]:
    """The holders, with deputies that were read before."""
    return [
        Sitting(**row, name=_name(given, family), deputies=behind.of(row["seat_id"], row["party"]))
        for given, family, row in _holders(body_id, day)
    ]


@dataclass(frozen=True)
class Deputies:
    """All who stand behind the seats of a body: personal deputies by seat, the pool by party."""

    personal: Mapping[UUID, tuple[Stand, ...]]
    pool: Mapping[Party, tuple[Stand, ...]]

    def of(self, seat_id: UUID, party: Party) -> tuple[Stand, ...]:
        """Personal deputies in their rank, then the party's pool."""
        return (*self.personal.get(seat_id, ()), *self.pool.get(party, ()))


def on_day(model: Any, day: Any) -> Condition:
    """The row's first and last day enclose ``day``, both counted; no last day is still open."""
    return sa.and_(model.starts_on <= day, sa.or_(model.ends_on.is_(None), model.ends_on >= day))


def role_on_day() -> sa.ColumnElement[Any]:
    """The seat's role with the chair plan laid over it; goes with :func:`with_chair_term`."""
    return sa.case(
        (ChairTerm.chair_seat_id == Seat.id, SeatRole.CHAIR),
        (ChairTerm.deputy_chair_seat_id == Seat.id, SeatRole.DEPUTY_CHAIR),
        else_=Seat.role,
    )


def with_chair_term(query: sa.Select[Any], day: Any) -> sa.Select[Any]:
    """The query over seats, joined to the stretch of the chair plan that holds on ``day``."""
    return query.outerjoin(ChairTerm, sa.and_(ChairTerm.body_id == Seat.body_id, on_day(ChairTerm, day)))


def represents(day: Any = None) -> sa.ColumnElement[Any]:
    """Whom a seat speaks for: its organisation as it is called on the day (none: today), its region, or what is
    written; needs :func:`with_constituency`.
    """
    name = CONSTITUENT.name if day is None else named_on(CONSTITUENT, day)
    return sa.func.coalesce(name, Region.name, Seat.represents)


def with_constituency(query: sa.Select[Any]) -> sa.Select[Any]:
    """The query over seats, joined to the organisation or region each speaks for."""
    joined = query.outerjoin(CONSTITUENT, CONSTITUENT.id == Seat.organisation_id)
    return joined.outerjoin(Region, Region.id == Seat.region_id)


CONSTITUENT = sa.orm.aliased(Organisation, name="constituent")


def _holders(body_id: UUID, day: date) -> list[tuple[str, str, dict[str, Any]]]:
    rows = _holders_query().rows(body_id=body_id, day=day)
    return [(row.given_name, row.family_name, _seated(row._asdict())) for row in rows]


@cache
def _holders_query() -> Ready:
    """Built once: naming its columns costs more than reading a body."""
    on_leave = sa.exists().where(Leave.appointment_id == Appointment.id, on_day(Leave, DAY))
    query = (
        sa.select(
            Person.given_name,
            Person.family_name,
            Seat.id.label("seat_id"),
            Appointment.id.label("appointment_id"),
            Person.id.label("person_id"),
            Person.sort_key,
            Person.title,
            sa.func.coalesce(named_on(Organisation, DAY), "").label("organisation"),
            Seat.party,
            role_on_day().label("role"),
            represents(DAY).label("represents"),
            Seat.may_speak,
            Seat.may_propose,
            Seat.may_vote,
            Seat.position,
            Appointment.starts_on.label("since"),
            Appointment.ends_on.label("until"),
            on_leave.label("on_leave"),
            Appointment.tier,
            Appointment.term_ends_on,
        )
        .select_from(Seat)
        .join(Appointment, Appointment.seat_id == Seat.id)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Seat.body_id == sa.bindparam("body_id"), on_day(Seat, DAY))
        .where(Appointment.capacity == Capacity.HOLDER, on_day(Appointment, DAY))
        .order_by(Seat.position, Seat.id)
    )
    return Ready(with_chair_term(with_constituency(query), DAY))


def _seated(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("given_name", "family_name")}


def deputies_on(body_id: UUID, day: date) -> Deputies:
    """Who stands behind the seats on ``day``; a deputy on leave stands behind nobody."""
    personal: dict[UUID, tuple[Stand, ...]] = {}
    pool: dict[Party, tuple[Stand, ...]] = {}
    for row in _deputies_query().rows(body_id=body_id, day=day):
        if row.seat_id is None:
            pool[row.party] = (*pool.get(row.party, ()), _stand(row))
        else:
            personal[row.seat_id] = (*personal.get(row.seat_id, ()), _stand(row))
    return Deputies(personal, pool)


def _stand(row: Any) -> Stand:
    return Stand(
        appointment_id=row.id,
        person_id=row.person_id,
        name=_name(row.given_name, row.family_name),
        sort_key=row.sort_key,
        title=row.title,
        organisation=row.organisation,
        rank=row.rank,
        may_decide=row.may_decide,
        pool=row.seat_id is None,
        until=row.ends_on,
        tier=row.tier,
        term_ends_on=row.term_ends_on,
    )


@cache
def _deputies_query() -> Ready:
    on_leave = sa.exists().where(Leave.appointment_id == Appointment.id, on_day(Leave, DAY))
    return Ready(
        sa.select(
            Appointment.id,
            Appointment.seat_id,
            Appointment.party,
            Person.id.label("person_id"),
            Appointment.rank,
            Appointment.may_decide,
            Appointment.ends_on,
            Appointment.tier,
            Appointment.term_ends_on,
            Person.given_name,
            Person.family_name,
            Person.sort_key,
            Person.title,
            sa.func.coalesce(named_on(Organisation, DAY), "").label("organisation"),
        )
        .select_from(Appointment)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Appointment.body_id == sa.bindparam("body_id"), Appointment.capacity == Capacity.DEPUTY)
        .where(on_day(Appointment, DAY), ~on_leave)
        .order_by(sa.func.coalesce(Appointment.rank, UNRANKED), Person.sort_key, Appointment.id)
    )


def _name(given: str, family: str) -> str:
    return f"{given} {family}".strip()
