"""What bodies hold on a person: appointments and leaves of absence."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, Leave, Seat
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Held, Spell, joined, last_day, seen_by, told
from secretariat.directory.parties import EQUAL_PARTIES, label


def appointments(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """Where the person has sat, sits and will sit."""
    query = (
        sa.select(Appointment.person_id, Appointment.starts_on.label("day"), Appointment.ends_on.label("until"))
        .add_columns(Body.name, Seat.title, Appointment.party, Appointment.capacity)
        .join(Body, Body.id == Appointment.body_id)
        .outerjoin(Seat, Seat.id == Appointment.seat_id)
        .where(Appointment.person_id.in_(person_ids), seen_by(reader, Appointment))
        .order_by(Appointment.starts_on.desc(), Appointment.id)
    )
    return told(_l("Oppnevninger"), query, lambda row: joined(row.name, row.title, row.capacity.word, label(row.party)))


def leaves(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """When the person has had leave."""
    query = (
        sa.select(Appointment.person_id, Leave.starts_on.label("day"), Leave.ends_on.label("until"), Body.name)
        .join(Leave, Leave.appointment_id == Appointment.id)
        .join(Body, Body.id == Appointment.body_id)
        .where(Appointment.person_id.in_(person_ids), seen_by(reader, Leave))
        .order_by(Leave.starts_on.desc(), Leave.id)
    )
    return told(_l("Permisjoner"), query, lambda row: row.name)


def last_seats(people: sa.Select[Any]) -> Iterator[Spell]:
    """The last day of anybody's appointments."""
    return last_day(Appointment.person_id, Appointment.ends_on, people)


def hindrances(verb: str, subject: Any) -> Iterable[Any]:
    """Two who sit for different parties would as one see the rooms of both."""
    if verb != "directory.merge":
        return ()
    parties = _parties_today(subject)
    both = set().union(*parties.values())
    if len(both) > 1 and all(parties.get(person_id, set()) != both for person_id in subject):
        return (_l("De har plasser for hver sin part. Bare administratoren kan slå dem sammen."),)
    return ()


def _parties_today(person_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    query = sa.select(Appointment.person_id, Appointment.party).where(
        Appointment.person_id.in_(person_ids),
        Appointment.capacity == Capacity.HOLDER,
        Appointment.party.in_(EQUAL_PARTIES),
        sa.or_(Appointment.ends_on.is_(None), Appointment.ends_on >= clock.today()),
    )
    found: dict[UUID, set[str]] = {}
    for person_id, party in session().execute(query):
        found.setdefault(person_id, set()).add(party)
    return found
