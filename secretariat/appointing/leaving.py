"""Who goes out before the term is over: out of one place, or out of everything held for an employer."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.appointing.inputs import Leave, Resign
from secretariat.appointing.policy import may_end_employment
from secretariat.bodies import rules
from secretariat.bodies.actions import appoint, appoint_deputy, end_appointment
from secretariat.bodies.corrections.actions import withdraw_appointment
from secretariat.bodies.models import Appointment, Capacity, Seat
from secretariat.bodies.policy import may_appoint
from secretariat.bodies.sitting import on_day
from secretariat.bodies.terms import term_from
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor, Role
from secretariat.core.dates import ONE_DAY
from secretariat.core.db import session
from secretariat.core.errors import DomainError, NotFound
from secretariat.core.text.language import _l
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person
from secretariat.directory.somebody import known_or_registered


@action("appointing.resign", load=Appointment, rule=may_appoint, input=Resign)
def resign(actor: Actor, appointment: Appointment, given: Resign) -> UUID:
    """Register that somebody goes out on a day; a deputy may move up meanwhile, a successor may be named at once."""
    _in_order(appointment, given)
    end_appointment(actor, appointment, ends_on=given.ends_on)
    session().flush()
    seat = session().get(Seat, appointment.seat_id) if appointment.capacity is Capacity.HOLDER else None
    if seat is None:
        return appointment.id
    follows_on = given.follows_on or given.ends_on + ONE_DAY
    successor = _successor(actor, appointment, given)
    if given.moves_up and (successor is None or follows_on > given.ends_on + ONE_DAY):
        _move_up(actor, appointment, seat, given.ends_on + ONE_DAY, follows_on if successor else None)
    if successor is not None:
        _seat_in(actor, appointment, seat, successor, follows_on)
    return appointment.id


def _in_order(appointment: Appointment, given: Resign) -> None:
    if given.ends_on is None:
        raise DomainError(rules.NEEDED, "ends_on")
    rules.period_in_order(appointment.starts_on, given.ends_on)
    if appointment.ends_on is not None and given.ends_on > appointment.ends_on:
        raise DomainError(_l("Oppnevningen slutter før denne dagen."), "ends_on")
    if given.follows_on is not None and given.follows_on <= given.ends_on:
        raise DomainError(_l("Den nye kan ikke begynne før den andre er gått ut."), "follows_on")


def _successor(actor: Actor, appointment: Appointment, given: Resign) -> UUID | None:
    if not given.is_named:
        return None
    found = known_or_registered(actor, appointment.partnership_id, given)
    if found == appointment.person_id:
        raise DomainError(_l("Den som fratrer, kan ikke følge etter seg selv."), "person_id")
    return found


def _seat_in(actor: Actor, before: Appointment, seat: Seat, person_id: UUID, day: date) -> None:
    behind = _deputies(seat.id, day)
    for deputy in behind:
        if deputy.person_id == person_id:
            end_appointment(actor, deputy, ends_on=day - ONE_DAY)
    made = appoint(actor, seat, person_id=person_id, starts_on=day, replaces=True)
    _sits_out(made, before.term_ends_on)


def _move_up(actor: Actor, before: Appointment, seat: Seat, day: date, until: date | None) -> None:
    """The first personal deputy holds the place meanwhile, and stands behind it again when the successor comes."""
    deputy = next(iter(_deputies(seat.id, day)), None)
    if deputy is None:
        raise DomainError(_l("Plassen har ingen personlig vara som kan rykke opp."), "moves_up")
    lasts = deputy.ends_on
    end_appointment(actor, deputy, ends_on=day - ONE_DAY)
    made = appoint(actor, seat, person_id=deputy.person_id, starts_on=day, ends_on=until - ONE_DAY if until else None)
    _sits_out(made, before.term_ends_on)
    if until is not None and (lasts is None or lasts >= until):
        values = {"person_id": deputy.person_id, "rank": deputy.rank, "may_decide": deputy.may_decide}
        again = appoint_deputy(actor, seat, starts_on=until, ends_on=lasts, **values)
        _sits_out(again, deputy.term_ends_on)


def _sits_out(appointment_id: Any, term_ends_on: date | None) -> None:
    """Whoever follows sits for the rest of the term."""
    appointment = session().get_one(Appointment, appointment_id)
    appointment.term_ends_on = term_from(appointment.starts_on, term_ends_on)


def _deputies(seat_id: UUID, day: date) -> list[Appointment]:
    query = sa.select(Appointment).where(
        Appointment.seat_id == seat_id, Appointment.capacity == Capacity.DEPUTY, on_day(Appointment, day)
    )
    return list(session().scalars(query.order_by(Appointment.rank, Appointment.id)))


# ---- an employer


@action("appointing.leave_employer", load=Person, rule=may_end_employment, input=Leave)
def leave_employer(actor: Actor, person: Person, given: Leave) -> UUID:
    """Register that somebody leaves an employer: the places and offices that were held for it end that day.

    Nothing that was is changed, and nobody is taken out of meetings already called: that is proposed there.
    """
    if given.ends_on is None:
        raise DomainError(rules.NEEDED, "ends_on")
    if not given.appointment_ids and not given.office_ids:
        raise DomainError(_l("Velg minst én plass eller rolle som skal avsluttes."), "appointment_ids")
    for appointment in _held(actor, person, given):
        _go_out(actor, appointment, given.ends_on)
    for office in _offices(actor, person, given):
        office.ends_on = max(given.ends_on, office.starts_on)
    return person.id


def _go_out(actor: Actor, appointment: Appointment, last_day: date) -> None:
    """What begins after the last day never begins; what ends before it has its own last day."""
    if appointment.starts_on > last_day:
        withdraw_appointment(actor, appointment)
    elif appointment.ends_on is None or appointment.ends_on > last_day:
        end_appointment(actor, appointment, ends_on=last_day)


def _held(actor: Actor, person: Person, given: Leave) -> list[Appointment]:
    query = sa.select(Appointment).where(
        Appointment.id.in_(given.appointment_ids),
        read_as(Appointment.person_id) == person.id,
        Appointment.partnership_id.in_(sorted(actor.secretary_in)),
        visible(actor, Appointment),
    )
    found = list(session().scalars(query.order_by(Appointment.id).with_for_update(of=Appointment)))
    if len(found) != len(set(given.appointment_ids)):
        raise NotFound
    return found


def _offices(actor: Actor, person: Person, given: Leave) -> list[Office]:
    """A secretary ends the offices of contacts; the others are the administrator's."""
    query = sa.select(Office).where(
        Office.id.in_(given.office_ids),
        read_as(Office.person_id) == person.id,
        Office.role == Role.CONTACT,
        Office.partnership_id.in_(sorted(actor.secretary_in)),
    )
    found = list(session().scalars(query.order_by(Office.id).with_for_update(of=Office)))
    if len(found) != len(set(given.office_ids)):
        raise NotFound
    return found
