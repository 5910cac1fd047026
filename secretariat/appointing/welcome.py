"""What somebody who is appointed needs to know, and the letter that says it; with the eyes of the one appointed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.naming import on_that_day, with_phase
from secretariat.bodies.sitting import represents, with_constituency
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import Party, label


@dataclass(frozen=True)
class Appointed:
    """An appointment as its letter and its welcome page tell it, by the names of its first day."""

    id: UUID
    partnership_id: UUID
    partnership: str
    secretariat_email: str
    body_id: UUID
    body: str
    body_short: str
    mandate: Document
    authority: Any
    person_id: UUID
    given_name: str
    family_name: str
    person_title: str
    organisation: str
    language: str
    party: Party
    capacity: Capacity
    rank: int | None
    may_decide: bool
    represents: str
    seat_title: str
    may_speak: bool
    may_propose: bool
    may_vote: bool
    starts_on: date
    ends_on: date | None
    term_ends_on: date | None
    made_at: datetime
    nominator: str
    letter_id: UUID | None

    @property
    def name(self) -> str:
        """Who is appointed."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_deputy(self) -> bool:
        """Whether it is to stand behind a holder."""
        return self.capacity is Capacity.DEPUTY

    @property
    def is_pool(self) -> bool:
        """Whether it is to stand behind all the party's places, in no order."""
        return self.is_deputy and self.rank is None

    @property
    def place(self) -> str:
        """Whom the place speaks for, and whom it is meant for; of a common deputy, the party."""
        if self.is_pool:
            return str(label(self.party))
        return " · ".join(filter(None, (self.represents, self.seat_title)))

    @property
    def last_day(self) -> date | None:
        """The last day of the appointment, or of the term."""
        return self.ends_on or self.term_ends_on


def appointed(actor: Actor, appointment_id: UUID) -> Appointed | None:
    """One appointment, for the one appointed and for those who see the body."""
    found = _told(actor, Appointment.id == appointment_id)
    return found[0] if found else None


def appointed_by(actor: Actor, letter: NominationLetter) -> list[Appointed]:
    """All who were appointed on one nominating body's word; its contact sees them in its own letter."""
    ids = sa.select(Nomination.appointment_id).where(Nomination.letter_id == letter.id, visible(actor, Nomination))
    return _rows(Appointment.id.in_(ids))


def campaign_of(_actor: Actor, letter: NominationLetter) -> Campaign:
    """The round a letter belongs to."""
    return session().get_one(Campaign, letter.campaign_id)


def _told(actor: Actor, which: sa.ColumnElement[bool]) -> list[Appointed]:
    own = Appointment.person_id.in_(sorted(actor.person_ids))
    return _rows(sa.and_(which, sa.or_(own, visible(actor, Appointment))))


def _rows(which: sa.ColumnElement[bool]) -> list[Appointed]:
    found: Any = (
        sa.select(
            Appointment.id,
            Appointment.partnership_id,
            Partnership.name,
            Partnership.secretariat_email,
            Body.id,
            on_that_day("name"),
            on_that_day("short_name"),
            Body.mandate,
            Body.authority,
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.title,
            sa.func.coalesce(Organisation.name, ""),
            Person.language,
            Appointment.party,
            Appointment.capacity,
            Appointment.rank,
            Appointment.may_decide,
            sa.func.coalesce(represents(Appointment.starts_on), ""),
            sa.func.coalesce(Seat.title, ""),
            sa.func.coalesce(Seat.may_speak, sa.true()),
            sa.func.coalesce(Seat.may_propose, sa.true()),
            sa.func.coalesce(Seat.may_vote, sa.true()),
            Appointment.starts_on,
            Appointment.ends_on,
            Appointment.term_ends_on,
            Appointment.created_at,
            sa.func.coalesce(NominationLetter.nominator, Seat.nominated_by, ""),
            NominationLetter.id,
        )
        .select_from(Appointment)
        .join(Partnership, Partnership.id == Appointment.partnership_id)
        .join(Body, Body.id == Appointment.body_id)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Seat, Seat.id == Appointment.seat_id)
        .outerjoin(Nomination, Nomination.appointment_id == Appointment.id)
        .outerjoin(NominationLetter, NominationLetter.id == Nomination.letter_id)
    ).where(which)
    ordered = with_phase(with_constituency(found), Appointment.starts_on).order_by(
        Body.level, Body.sort_key, Body.id, Seat.position, Appointment.capacity, Appointment.rank
    )
    return [Appointed(*row) for row in session().execute(ordered)]
