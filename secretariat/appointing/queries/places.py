"""The places that a letter asks about, and the common deputies."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.asking import sitting_now, stand_of
from secretariat.appointing.called import (
    BODY_IN_TERM,
    BODY_SHORT_IN_TERM,
    PRESENT_NAMES,
    SPEAKS_FOR_IN_TERM,
    beside_present,
    in_term,
)
from secretariat.appointing.models import NAMED, Nomination, NominationChoice
from secretariat.appointing.pooling import IN_ORDER, pool_numbers, with_place
from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.sitting import with_constituency
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Person
from secretariat.directory.parties import Party, label


@dataclass(frozen=True)
class PlaceRow:
    """A place in a letter, by the names of the term: where, for whom, who sits there, who is named. ``organisation_id``
    is the employer of who is named, until then the organisation that the place speaks for.
    """

    id: UUID
    letter_id: UUID
    seat_id: UUID | None
    pool_body_id: UUID | None
    before_id: UUID | None
    body_id: UUID
    body: str
    body_short: str
    represents: str
    seat_title: str
    capacity: Capacity
    rank: int
    choice: NominationChoice | None
    given_name: str
    family_name: str
    title: str
    email: str
    phone: str
    organisation_id: UUID | None
    organisation: str
    kept: str
    appointment_id: UUID | None
    starts_on: date | None
    present: str = ""
    number: int = 0

    @property
    def is_deputy(self) -> bool:
        """Whether it asks for somebody who stands behind the holder."""
        return self.capacity is Capacity.DEPUTY

    @property
    def is_pool(self) -> bool:
        """Whether it asks for a common deputy, who stands behind all the places."""
        return self.seat_id is None

    @property
    def name(self) -> str:
        """Who is named, if anybody."""
        if self.choice not in NAMED:
            return ""
        return self.kept or f"{self.given_name} {self.family_name}".strip()

    @property
    def words(self) -> str:
        """Whom the place speaks for, and whom it is meant for."""
        return " · ".join(filter(None, (self.represents, self.seat_title)))


def places(actor: Actor, letter_ids: list[UUID]) -> dict[UUID, list[PlaceRow]]:
    """The places of letters by letter, each body's together, a deputy after the holder; who sits there today."""
    kept = sa.func.coalesce(Person.given_name + " " + Person.family_name, "")
    found: Any = (
        sa.select(
            Nomination.id,
            Nomination.letter_id,
            Nomination.seat_id,
            Nomination.pool_body_id,
            Nomination.before_id,
            Body.id,
            BODY_IN_TERM,
            BODY_SHORT_IN_TERM,
            SPEAKS_FOR_IN_TERM,
            sa.func.coalesce(Seat.title, ""),
            Nomination.capacity,
            Nomination.rank,
            Nomination.choice,
            Nomination.given_name,
            Nomination.family_name,
            Nomination.title,
            Nomination.email,
            Nomination.phone,
            sa.func.coalesce(Nomination.organisation_id, Seat.organisation_id),
            sa.func.coalesce(Organisation.name, ""),
            kept,
            Nomination.appointment_id,
            Appointment.starts_on,
            *PRESENT_NAMES,
        )
        .select_from(Nomination)
        .outerjoin(Person, Person.id == read_as(Nomination.person_id))
        .outerjoin(Organisation, Organisation.id == Nomination.organisation_id)
        .outerjoin(Appointment, Appointment.id == Nomination.appointment_id)
    ).where(Nomination.letter_id.in_(letter_ids), visible(actor, Nomination))
    placed = in_term(with_constituency(with_place(found)))
    ordered = placed.order_by(Body.level, Body.sort_key, Body.id, *IN_ORDER)
    return _by_letter([_place(*row) for row in session().execute(ordered)])


def _place(*told: Any) -> PlaceRow:
    *columns, body, speaks_for = told
    row = PlaceRow(*columns)
    return replace(row, body=beside_present(row.body, body), represents=beside_present(row.represents, speaks_for))


def _by_letter(rows: list[PlaceRow]) -> dict[UUID, list[PlaceRow]]:
    now = sitting_now(rows, clock.today()) if rows else {}
    found: dict[UUID, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        sits = now.get(stand_of(row))
        before = sum(place.body_id == row.body_id and place.rank == 0 for place in found[row.letter_id])
        number = before + 1 if row.rank == 0 else before
        found[row.letter_id].append(replace(row, present=sits.name if sits else "", number=number))
    return found


@dataclass(frozen=True)
class PoolRow:
    """How many common deputies of a party a letter asks for in a body."""

    body_id: UUID
    party: Party
    body: str
    number: int

    @property
    def words(self) -> str:
        """What is asked: a number, for the body and the party."""
        return _("Antall i %(body)s, %(party)s", body=self.body, party=str(label(self.party)).lower())


def pools(actor: Actor, letter_id: UUID) -> list[PoolRow]:
    """The pools that a letter may ask about, with how many it asks for."""
    numbers = pool_numbers([letter_id])
    bodies = sa.select(Body.id, Body.name).where(visible(actor, Body), Body.id.in_({pool[0] for _id, pool in numbers}))
    names = {key: name for key, name in session().execute(bodies)}
    return [PoolRow(body_id, party, names[body_id], number) for (_id, (body_id, party)), number in numbers.items()]
