"""Who may see and change bodies, seats and appointments."""

from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Agreement, Appointment, Body, BodyAgreement, ChairTerm, Leave, Seat
from secretariat.core.access import Condition, in_open_room, in_own_partnership, readable, visible
from secretariat.core.actor import Actor


@readable(Agreement)
def sees_agreement(actor: Actor) -> Condition:
    """All who take part know the agreements."""
    return in_own_partnership(actor, Agreement)


@readable(Body)
def sees_body(actor: Actor) -> Condition:
    """Common bodies are seen by all who take part; a party's own body by that party alone."""
    return sa.and_(in_own_partnership(actor, Body), in_open_room(actor, Body))


def _of_visible_body(actor: Actor, model: Any) -> Condition:
    condition: Condition = model.body_id.in_(sa.select(Body.id).where(visible(actor, Body)))
    return condition


@readable(BodyAgreement)
def sees_body_agreement(actor: Actor) -> Condition:
    """Who sees the body sees the agreements it works under."""
    return _of_visible_body(actor, BodyAgreement)


@readable(Seat)
def sees_seat(actor: Actor) -> Condition:
    """Who sees the body sees its seats."""
    return _of_visible_body(actor, Seat)


@readable(Appointment)
def sees_appointment(actor: Actor) -> Condition:
    """Who sees the body sees who sits in it, for whom, until when."""
    return _of_visible_body(actor, Appointment)


@readable(ChairTerm)
def sees_chair_term(actor: Actor) -> Condition:
    """Who sees the body sees its chair plan."""
    return _of_visible_body(actor, ChairTerm)


@readable(Leave)
def sees_leave(actor: Actor) -> Condition:
    """Leave is seen with the appointment."""
    return Leave.appointment_id.in_(sa.select(Appointment.id).where(visible(actor, Appointment)))


def may_set_up_bodies(actor: Actor, partnership: Any) -> bool:
    """Create bodies in a partnership: either secretary."""
    return actor.is_secretary(partnership.id)


def may_keep_body(actor: Actor, body: Any) -> bool:
    """Change a body, its seats and its chair plan: either secretary in common rooms, the party's own in its room."""
    return actor.is_secretary(body.partnership_id, body.room)


def may_appoint(actor: Actor, seat_or_appointment: Any) -> bool:
    """Appoint to a seat, end an appointment, give leave: either secretary (the room is settled by what one sees)."""
    return actor.is_secretary(seat_or_appointment.partnership_id)


def sees_balance(actor: Actor, body: Any) -> bool:
    """How many sit from each party against what is agreed: shown to secretariat, chair and deputy chair."""
    return actor.is_secretary(body.partnership_id, body.room) or body.id in actor.led_bodies
