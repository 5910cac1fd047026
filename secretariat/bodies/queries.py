"""What is read of bodies: the list, one body on a day, its chair plan."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.balance import COUNTED
from secretariat.bodies.models import (
    Agreement,
    Appointment,
    Body,
    BodyAgreement,
    Capacity,
    ChairTerm,
    Leave,
    Seat,
)
from secretariat.bodies.naming import Standing, on_that_day, standing_on, with_phase
from secretariat.bodies.rows import Absence, BodyRow, Neighbour, PartyGroup, Place, Term, seat_words
from secretariat.bodies.sitting import (
    Sitting,
    deputies_on,
    on_day,
    represents,
    role_on_day,
    seated_on,
    with_chair_term,
    with_constituency,
)
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person
from secretariat.directory.parties import EQUAL_PARTIES, Party

PARTY_ORDER = list(Party)


# ---- one body and its names


def body(actor: Actor, body_id: UUID) -> Body | None:
    """One body."""
    return session().scalar(sa.select(Body).where(Body.id == body_id, visible(actor, Body)))


def seat(actor: Actor, seat_id: UUID) -> Seat | None:
    """One place."""
    return session().scalar(sa.select(Seat).where(Seat.id == seat_id, visible(actor, Seat)))


def appointment(actor: Actor, appointment_id: UUID) -> Appointment | None:
    """One appointment."""
    return session().scalar(sa.select(Appointment).where(Appointment.id == appointment_id, visible(actor, Appointment)))


def leave(actor: Actor, leave_id: UUID) -> Leave | None:
    """One leave of absence."""
    return session().scalar(sa.select(Leave).where(Leave.id == leave_id, visible(actor, Leave)))


def chair_term(actor: Actor, term_id: UUID) -> ChairTerm | None:
    """One stretch of a chair plan."""
    return session().scalar(sa.select(ChairTerm).where(ChairTerm.id == term_id, visible(actor, ChairTerm)))


def place_words(actor: Actor, seat_id: UUID) -> str:
    """A place in a few words: its body, whom it speaks for, whom it is meant for."""
    query = sa.select(Body.short_name, represents(), Seat.title).select_from(Seat).join(Body, Body.id == Seat.body_id)
    found = with_constituency(query.where(Seat.id == seat_id, visible(actor, Seat)))
    return " · ".join(word for word in session().execute(found).one() if word)


def appointed_words(actor: Actor, appointment_id: UUID) -> str:
    """An appointment in a few words: who sits, and where."""
    query = (
        sa.select(Person.given_name + " " + Person.family_name, Body.name)
        .select_from(Appointment)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .join(Body, Body.id == Appointment.body_id)
        .where(Appointment.id == appointment_id, visible(actor, Appointment))
    )
    return " · ".join(session().execute(query).one())


def choices(actor: Actor) -> list[tuple[str, str]]:
    """All bodies, closed ones too, for a field that looks for what has been; from the political level down."""
    return _choices(visible(actor, Body))


def open_choices(actor: Actor, partnership_id: UUID, chosen: UUID | None = None) -> list[tuple[str, str]]:
    """The bodies that are not closed, for a field that chooses one for what is to come; what was chosen before stays
    among them.
    """
    lasts = sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today(), Body.id == chosen)
    return _choices(visible(actor, Body), Body.partnership_id == partnership_id, lasts)


def _choices(*which: Any) -> list[tuple[str, str]]:
    query = sa.select(Body.id, Body.name, Body.short_name).where(*which)
    rows = session().execute(query.order_by(Body.level, Body.sort_key, Body.id))
    return [(str(row.id), row.name if row.name == row.short_name else f"{row.name} ({row.short_name})") for row in rows]


def family(actor: Actor, of: Body, day: date) -> tuple[Standing, Standing | None, list[Standing]]:
    """The body as it stands on ``day``, the body above it then, and those that report to it then."""
    reports_here = sa.and_(on_that_day("parent_id") == of.id, on_day(Body, day))
    near = standing_on(actor, day, sa.or_(Body.id.in_([of.id, of.parent_id]), reports_here))
    own = next(one for one in near if one.id == of.id)
    above = [one for one in near if one.id == own.parent_id]
    if not above and own.parent_id is not None:
        above = standing_on(actor, day, Body.id == own.parent_id)
    return own, next(iter(above), None), [one for one in near if one.parent_id == of.id]


def agreements(actor: Actor, body_id: UUID) -> list[tuple[str, str]]:
    """The agreements a body works under: number and title."""
    query = (
        sa.select(Agreement.number, Agreement.title)
        .join(BodyAgreement, BodyAgreement.agreement_id == Agreement.id)
        .where(BodyAgreement.body_id == body_id, visible(actor, Agreement))
        .order_by(Agreement.number, Agreement.id)
    )
    return [(row.number, row.title) for row in session().execute(query)]


# ---- the list


def bodies(actor: Actor, day: date | None = None, *, level: int | None = None, room: str = "") -> list[BodyRow]:
    """The bodies at work on ``day`` (today), from the political level down, with places held and who leads."""
    day = day or clock.today()
    rows = _body_rows(actor, day, level, room)
    seats, filled, meeting = _counts(actor, day)
    chairs = _chairs(actor, day)
    return [
        replace(
            row,
            seats=tuple(seats[row.id]),
            filled=tuple(filled[row.id]),
            meeting=tuple(meeting[row.id]),
            chair=chairs.get(row.id, ""),
        )
        for row in rows
    ]


def _body_rows(actor: Actor, day: date, level: int | None, room: str) -> list[BodyRow]:
    named = [on_that_day(part) for part in ("parent_id", "name", "short_name", "level", "level_name")]
    query = sa.select(Body.id, Body.partnership_id, *named, Body.room, Body.starts_on, Body.ends_on).select_from(Body)
    query = with_phase(query.where(visible(actor, Body), on_day(Body, day)), day)
    if level is not None:
        query = query.where(on_that_day("level") == level)
    if room:
        query = query.where(Body.room == room)
    ordered = query.order_by(Body.partnership_id, on_that_day("level"), Body.created_at, Body.id)
    return [BodyRow(*row) for row in session().execute(ordered)]


def _counts(actor: Actor, day: date) -> tuple[Any, Any, Any]:
    held = sa.and_(Appointment.seat_id == Seat.id, Appointment.capacity == Capacity.HOLDER, on_day(Appointment, day))
    meets = sa.and_(Seat.role.in_(COUNTED), sa.or_(~_away(Appointment, day), _stood_in_for(day)))
    query = (
        sa.select(
            Seat.body_id,
            Seat.party,
            sa.func.count(Seat.id),
            sa.func.count(Appointment.id),
            sa.func.count(sa.case((meets, Appointment.id))),
        )
        .outerjoin(Appointment, held)
        .where(visible(actor, Seat), on_day(Seat, day))
        .group_by(Seat.body_id, Seat.party)
    )
    counts: tuple[Any, Any, Any] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for body_id, party, *numbers in sorted(session().execute(query), key=lambda row: PARTY_ORDER.index(row[1])):
        for counted, number in zip(counts, numbers, strict=True):
            counted[body_id].append((party, number))
    return counts


def _away(appointment: Any, day: date) -> Any:
    return sa.exists().where(Leave.appointment_id == appointment.id, on_day(Leave, day)).correlate(appointment)


def _stood_in_for(day: date) -> Any:
    """A personal deputy stands behind the place, who is not away too."""
    deputy = sa.orm.aliased(Appointment)
    behind = (deputy.seat_id == Seat.id, deputy.capacity == Capacity.DEPUTY, on_day(deputy, day), ~_away(deputy, day))
    return sa.exists().where(*behind).correlate(Seat)


def _chairs(actor: Actor, day: date) -> dict[UUID, str]:
    query = (
        sa.select(ChairTerm.body_id, Person.given_name, Person.family_name)
        .join(Appointment, Appointment.seat_id == ChairTerm.chair_seat_id)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .where(visible(actor, ChairTerm), on_day(ChairTerm, day))
        .where(Appointment.capacity == Capacity.HOLDER, on_day(Appointment, day))
    )
    return {row.body_id: f"{row.given_name} {row.family_name}".strip() for row in session().execute(query)}


# ---- one body on a day


def party_groups(actor: Actor, body_id: UUID, day: date) -> list[PartyGroup]:
    """The body's places on ``day`` by party, the two equal parties first, and who holds or held each."""
    places = _places(actor, body_id, day)
    behind = deputies_on(body_id, day)
    seated = {sitting.seat_id: sitting for sitting in seated_on(body_id, day, behind)}
    before, after, leaves = _besides(actor, body_id, day)
    full = [_completed(place, seated.get(place.id), behind.personal, before, after, leaves) for place in places]
    parties = sorted({place.party for place in full} | set(behind.pool if full else ()), key=PARTY_ORDER.index)
    return [
        PartyGroup(party, tuple(place for place in full if place.party is party), behind.pool.get(party, ()))
        for party in parties
    ]


def _completed(place: Place, holder: Sitting | None, personal: Any, before: Any, after: Any, leaves: Any) -> Place:
    return replace(
        place,
        holder=holder,
        deputies=personal.get(place.id, ()),
        before=None if holder else before.get(place.id),
        after=after.get(place.id),
        leaves=tuple(leaves[holder.appointment_id]) if holder else (),
    )


def _places(actor: Actor, body_id: UUID, day: date) -> list[Place]:
    query = (
        sa.select(
            Seat.id,
            Seat.party,
            role_on_day(),
            Seat.title,
            represents(day),
            Seat.nominated_by,
            Seat.may_speak,
            Seat.may_propose,
            Seat.may_vote,
        )
        .select_from(Seat)
        .where(visible(actor, Seat), Seat.body_id == body_id, on_day(Seat, day))
        .order_by(Seat.position, Seat.id)
    )
    return [Place(*row) for row in session().execute(with_chair_term(with_constituency(query), day))]


def _besides(actor: Actor, body_id: UUID, day: date) -> tuple[dict[UUID, Neighbour], dict[UUID, Neighbour], Any]:
    """By place: who held it last before the day, and first after. By appointment: leaves that go on or come."""
    still = sa.and_(Leave.appointment_id == Appointment.id, sa.or_(Leave.ends_on.is_(None), Leave.ends_on >= day))
    query = (
        sa.select(Appointment.id, Appointment.seat_id, Appointment.starts_on, Appointment.ends_on)
        .add_columns(Person.given_name, Person.family_name, Leave.id, Leave.starts_on, Leave.ends_on)
        .select_from(Appointment)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(Leave, still)
        .where(visible(actor, Appointment), Appointment.body_id == body_id, Appointment.capacity == Capacity.HOLDER)
        .where(sa.or_(sa.not_(on_day(Appointment, day)), Leave.id.is_not(None)))
        .order_by(Appointment.starts_on, Appointment.id, Leave.starts_on, Leave.id)
    )
    before: dict[UUID, Neighbour] = {}
    after: dict[UUID, Neighbour] = {}
    leaves: dict[UUID, list[Absence]] = defaultdict(list)
    for key, seat_id, first, last, given, family, *leave in session().execute(query):
        if leave[0] is not None:
            leaves[key].append(Absence(*leave))
        if first > day:
            after.setdefault(seat_id, Neighbour(f"{given} {family}".strip(), first))
        elif last is not None and last < day:
            before[seat_id] = Neighbour(f"{given} {family}".strip(), last)
    return before, after, leaves


def running_term(actor: Actor, body_id: UUID, day: date) -> date | None:
    """When the term ends that most of those sit for who sit in the body on the day."""
    row = Appointment
    query = sa.select(row.term_ends_on).where(visible(actor, row), row.body_id == body_id, row.term_ends_on >= day)
    held = query.where(row.capacity == Capacity.HOLDER, on_day(row, day)).group_by(row.term_ends_on)
    return session().scalar(held.order_by(sa.func.count().desc(), row.term_ends_on).limit(1))


# ---- the chair plan


def seat_choices(actor: Actor, of: Body, day: date) -> list[tuple[str, str]]:
    """The places of the two equal parties, from which a body is led, each with who holds it."""
    groups = party_groups(actor, of.id, day)
    places = [place for group in groups if group.party in EQUAL_PARTIES for place in group.places]
    return [(str(place.id), seat_words(place)) for place in places]


def chair_plan(actor: Actor, body_id: UUID, day: date) -> list[Term]:
    """The stretches of the chair plan in order of time, with those who hold the places on ``day``."""
    chair, deputy = sa.orm.aliased(Seat), sa.orm.aliased(Seat)
    query = (
        sa.select(
            ChairTerm.id,
            ChairTerm.starts_on,
            ChairTerm.ends_on,
            chair.party,
            _holder_name(chair.id, day),
            deputy.party,
            _holder_name(deputy.id, day),
        )
        .join(chair, chair.id == ChairTerm.chair_seat_id)
        .outerjoin(deputy, deputy.id == ChairTerm.deputy_chair_seat_id)
        .where(visible(actor, ChairTerm), ChairTerm.body_id == body_id)
        .order_by(ChairTerm.starts_on, ChairTerm.id)
    )
    return [Term(*row) for row in session().execute(query)]


def _holder_name(seat_id: Any, day: date) -> Any:
    query = (
        sa.select(sa.func.trim(Person.given_name + " " + Person.family_name))
        .join(Appointment, read_as(Appointment.person_id) == Person.id)
        .where(Appointment.seat_id == seat_id, Appointment.capacity == Capacity.HOLDER, on_day(Appointment, day))
        .limit(1)
    )
    return sa.func.coalesce(query.scalar_subquery(), "")
