"""All that a person holds and is to do: places, offices, tasks, and the meetings he or she is called to."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.accounts.roles import word
from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.sitting import represents, with_constituency
from secretariat.core.access import visible
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.decisions.models import Task
from secretariat.decisions.queries import UNFINISHED
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import Meeting, MeetingState, Participant


@dataclass(frozen=True)
class HeldPlace:
    """A place, or a deputy's number behind one; ``for_employer``: it goes with the employer."""

    id: UUID
    body_id: UUID
    body: str
    place: str
    capacity: Capacity
    starts_on: date
    ends_on: date | None
    for_employer: bool


@dataclass(frozen=True)
class HeldOffice:
    """An office; a secretary may end a contact's, the rest is the administrator's."""

    id: UUID
    word: Any
    organisation: str
    starts_on: date
    for_employer: bool
    may_end: bool


def employer(actor: Actor, person: Person) -> Organisation | None:
    """Whom the person works for."""
    query = sa.select(Organisation).where(Organisation.id == person.organisation_id, visible(actor, Organisation))
    return session().scalar(query)


def places(actor: Actor, person: Person, works_for: Organisation | None) -> list[HeldPlace]:
    """The places held now or to come, in the partnerships the actor serves."""
    found: Any = (
        sa.select(Appointment, Body.name, sa.func.coalesce(represents(), ""), Seat.title, Seat.organisation_id)
        .select_from(Appointment)
        .join(Body, Body.id == Appointment.body_id)
        .outerjoin(Seat, Seat.id == Appointment.seat_id)
        .where(read_as(Appointment.person_id) == person.id, visible(actor, Appointment))
        .where(Appointment.partnership_id.in_(sorted(actor.secretary_in)), _lasting(Appointment, actor))
    )
    rows = session().execute(with_constituency(found).order_by(Body.level, Body.sort_key, Appointment.id))
    return [_place(works_for, *tuple(row)) for row in rows]


def _place(
    works_for: Organisation | None,
    row: Appointment,
    body: str,
    speaks_for: str,
    title: str | None,
    seat_of: UUID | None,
) -> HeldPlace:
    words = " · ".join(filter(None, (speaks_for, title)))
    own = _goes_with(row.party, seat_of, works_for)
    return HeldPlace(row.id, row.body_id, body, words, row.capacity, row.starts_on, row.ends_on, own)


def _goes_with(party: Party | None, organisation_id: UUID | None, works_for: Organisation | None) -> bool:
    """A place goes with the employer when it speaks for it, or for nobody in particular on the employer's side."""
    if works_for is None:
        return False
    return organisation_id == works_for.id or (organisation_id is None and party is works_for.party)


def offices(actor: Actor, person: Person, works_for: Organisation | None) -> list[HeldOffice]:
    """The offices held now or to come, in the partnerships the actor serves."""
    query = (
        sa.select(Office, sa.func.coalesce(Organisation.name, ""))
        .outerjoin(Organisation, Organisation.id == Office.organisation_id)
        .where(read_as(Office.person_id) == person.id, Office.partnership_id.in_(sorted(actor.secretary_in)))
        .where(visible(actor, Office), _lasting(Office, actor))
        .order_by(Office.starts_on, Office.id)
    )
    return [_office(row, name, works_for) for row, name in session().execute(query)]


def _office(row: Office, organisation: str, works_for: Organisation | None) -> HeldOffice:
    own = _goes_with(row.party, row.organisation_id, works_for)
    return HeldOffice(row.id, word(row.role), organisation, row.starts_on, own, row.role is Role.CONTACT)


def _lasting(model: Any, actor: Actor) -> sa.ColumnElement[bool]:
    return sa.or_(model.ends_on.is_(None), model.ends_on >= actor.today)


def tasks(actor: Actor, person: Person) -> list[tuple[UUID, str, date | None]]:
    """The unfinished tasks the person answers for, as the actor sees them."""
    query = sa.select(Task.id, Task.text, Task.deadline).where(
        read_as(Task.responsible_person_id) == person.id, Task.state.in_(UNFINISHED), visible(actor, Task)
    )
    rows = session().execute(query.order_by(Task.deadline, Task.id))
    return [(row.id, row.text, row.deadline) for row in rows]


def called_to(actor: Actor, person: Person) -> list[tuple[UUID, str, date]]:
    """The meetings to come that the person is called to; a change is proposed on the page of each."""
    query = (
        sa.select(Meeting.id, Meeting.title, Meeting.day)
        .join(Participant, Participant.meeting_id == Meeting.id)
        .where(read_as(Participant.person_id) == person.id, Participant.removed_at.is_(None))
        .where(Meeting.day >= actor.today, Meeting.state == MeetingState.CALLED, visible(actor, Meeting))
    )
    rows = session().execute(query.order_by(Meeting.day, Meeting.id))
    return [(row.id, row.title, row.day) for row in rows]
