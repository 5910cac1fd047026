"""Who may see and change bodies, seats and appointments."""

from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import (
    Agreement,
    Appointment,
    Body,
    BodyAgreement,
    BodyPhase,
    BodySuccession,
    ChairTerm,
    CompositionRule,
    Leave,
    ReportDuty,
    Seat,
    SecretariatTerm,
)
from secretariat.core.access import (
    Condition,
    among,
    in_open_room,
    in_own_partnership,
    readable,
    served,
    through,
    visible,
)
from secretariat.core.actor import Actor
from secretariat.documents.policy import owned_by


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


@readable(BodyPhase)
def sees_body_phase(actor: Actor) -> Condition:
    """Who sees the body sees what it was and will be called, and where it stands."""
    return _of_visible_body(actor, BodyPhase)


@readable(BodySuccession)
def sees_body_succession(actor: Actor) -> Condition:
    """Who sees both bodies sees that the one took over after the other."""
    successor = through(BodySuccession.successor_id, Body, visible(actor, Body))
    return sa.and_(_of_visible_body(actor, BodySuccession), successor)


@readable(ReportDuty)
def sees_report_duty(actor: Actor) -> Condition:
    """Who sees the body sees when it reports, and whether it has."""
    return _of_visible_body(actor, ReportDuty)


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


@readable(SecretariatTerm)
def sees_secretariat_term(actor: Actor) -> Condition:
    """All who take part know which side leads the secretariat."""
    return in_own_partnership(actor, SecretariatTerm)


@readable(CompositionRule)
def sees_composition_rule(actor: Actor) -> Condition:
    """What the agreed composition demands: the secretaries of the body's room, and those who lead the body."""
    kept = sa.select(Body.id).where(served(actor, Body))
    return sa.or_(among(CompositionRule.body_id, actor.led_bodies), CompositionRule.body_id.in_(kept))


def may_set_up_bodies(actor: Actor, partnership: Any) -> bool:
    """Create bodies in a partnership: either secretary."""
    return actor.is_secretary(partnership.id)


def may_keep_body(actor: Actor, body: Any) -> bool:
    """Change a body, its seats and its chair plan: either secretary in common rooms, the party's own in its room."""
    return actor.is_secretary(body.partnership_id, body.room)


def may_keep_agreements(actor: Actor, agreement: Any) -> bool:
    """Change or end an agreement of the partnership: either secretary."""
    return actor.is_secretary(agreement.partnership_id)


def may_keep_phase(actor: Actor, phase_or_duty: Any) -> bool:
    """Take back a planned change, drop or change a report day: whoever keeps its body (settled by what one sees)."""
    return actor.is_secretary(phase_or_duty.partnership_id)


def may_report(actor: Actor, duty: Any) -> bool:
    """Say that a report is delivered: whoever keeps the body, and all who sit in it."""
    return may_keep_phase(actor, duty) or duty.body_id in actor.bodies


def may_appoint(actor: Actor, seat_or_appointment: Any) -> bool:
    """Appoint to a seat, end an appointment, and the like: either secretary (the room is settled by what one sees)."""
    return actor.is_secretary(seat_or_appointment.partnership_id)


def may_plan_secretariat(actor: Actor, partnership_or_term: Any) -> bool:
    """Say which side leads the secretariat when: either secretary."""
    return actor.is_secretary(getattr(partnership_or_term, "partnership_id", partnership_or_term.id))


def sees_balance(actor: Actor, body: Any) -> bool:
    """How many sit from each party against what is agreed: shown to secretariat, chair and deputy chair."""
    return actor.is_secretary(body.partnership_id, body.room) or body.id in actor.led_bodies


owned_by(Body, served=lambda actor: served(actor, Body))
owned_by(ReportDuty, served=lambda actor: through(ReportDuty.body_id, Body, served(actor, Body)))
