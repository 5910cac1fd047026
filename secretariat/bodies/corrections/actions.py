"""The verbs that put an appointment right: at which level, for which term, and one that was made by mistake."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.actions import tier_told
from secretariat.bodies.inputs import ChangeAppointment
from secretariat.bodies.models import Appointment, Leave, Seat
from secretariat.bodies.policy import may_appoint
from secretariat.core import signals
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Hindered


@action("bodies.change_appointment", load=Appointment, rule=may_appoint, input=ChangeAppointment)
def change_appointment(_actor: Actor, appointment: Appointment, given: ChangeAppointment) -> UUID:
    """Say at which level a person meets, and how long the term lasts."""
    rules.not_over(appointment)
    rules.term_in_order(appointment.starts_on, given.term_ends_on)
    seat = session().get(Seat, appointment.seat_id) if appointment.seat_id else None
    appointment.tier = given.tier or tier_told(appointment.person_id, seat) or ""
    appointment.term_ends_on = given.term_ends_on
    return appointment.id


@action("bodies.withdraw_appointment", load=Appointment, rule=may_appoint)
def withdraw_appointment(_actor: Actor, appointment: Appointment, _given: Any) -> UUID:
    """Take back an appointment that was a mistake, as long as no meeting has been called with it."""
    rules.not_over(appointment)
    reasons = hinders_withdrawing(appointment)
    if reasons:
        raise Hindered(reasons)
    body_id = appointment.body_id
    signals.appointment_withdrawn.tell(appointment)
    session().execute(sa.delete(Leave).where(Leave.appointment_id == appointment.id))
    session().delete(appointment)
    session().flush()
    signals.seating_changed.tell(body_id)
    return body_id


def hinders_withdrawing(appointment: Any) -> list[Any]:
    """What stands in the way of taking an appointment back."""
    return signals.hindrances.collect("bodies.withdraw_appointment", appointment)
