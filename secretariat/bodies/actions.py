"""The verbs on partnerships' bodies, their seats, appointments and chair plan."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import phases, rules
from secretariat.bodies.founding import STEP, Founding, founded_from, free_key, names_of
from secretariat.bodies.inputs import (
    AddToPool,
    Appoint,
    AppointDeputy,
    ChangeBody,
    DescribeSeat,
    FoundPartnership,
    Period,
    PlanChair,
    SetUpBody,
)
from secretariat.bodies.models import Appointment, Body, Capacity, ChairTerm, DeputyRule, Leave, Seat, SeatRole, Tier
from secretariat.bodies.policy import may_appoint, may_keep_body, may_set_up_bodies
from secretariat.bodies.structures import read_structure, structure_keys
from secretariat.bodies.tiers import suggested
from secretariat.core import clock, signals
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.dates import ONE_DAY
from secretariat.core.db import explain, session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import LastDay
from secretariat.core.text.language import _l
from secretariat.directory.actions import normal_address
from secretariat.directory.models import Partnership, Person
from secretariat.directory.parties import EQUAL_PARTIES, Party
from secretariat.directory.policy import may_found_partnership
from secretariat.directory.somebody import known_or_registered

PARTY_ORDER = list(Party)
SHORT = 30

explain("uq_partnership_key", _l("Helsefellesskapet er alt opprettet."), "structure_key")


# ---- a partnership from a structure


@action("bodies.found_partnership", load=None, rule=may_found_partnership, input=FoundPartnership)
def found_partnership(_actor: Actor, _installation: None, given: FoundPartnership) -> UUID:
    """Set up a partnership with all that its structure names; the same once more changes nothing."""
    if given.structure_key not in structure_keys():
        raise DomainError(_l("Strukturen finnes ikke."), "structure_key")
    rules.period_in_order(given.starts_on, None)
    known = founded_from(given.structure_key, given.name)
    if known is not None:
        return known
    partnership = Partnership(
        key=free_key(given.structure_key),
        name=given.name,
        short_name=given.short_name,
        language=given.language,
        secretariat_email=normal_address(given.secretariat_email, "secretariat_email"),
        structure_key=given.structure_key,
    )
    session().add(partnership)
    session().flush()
    Founding(read_structure(given.structure_key, given.language), partnership, given.starts_on).run()
    return partnership.id


def load_structure(key: str, *, starts_on: date | None = None, **named: Any) -> UUID | None:
    """The partnership of this structure, set up by the program itself when it is not there yet.

    ``named`` may hold name, short_name, language and secretariat_email; the structure's own names stand in for them.
    """
    structure = read_structure(key)
    known = founded_from(key)
    if known is not None:
        return known
    given = names_of(structure) | ({"starts_on": starts_on} if starts_on else {}) | named
    founded: UUID | None = found_partnership(Actor.system("cli"), None, FoundPartnership(**given))
    return founded


# ---- bodies


@action("bodies.set_up", load=Partnership, rule=may_set_up_bodies, input=SetUpBody)
def set_up(actor: Actor, partnership: Partnership, given: SetUpBody) -> UUID:
    """Set up a body in the common room or in the party room of the secretary who does it."""
    rules.period_in_order(given.starts_on, given.ends_on)
    rules.level_exists(given.level)
    rooms = (COMMON_ROOM, *EQUAL_PARTIES)
    if given.room not in rooms or not actor.enters(partnership.id, given.room):
        raise DomainError(_l("Du kan bare opprette utvalg i felles rom og i din egen parts rom."), "room")
    rules.body_may_stand_under(actor, given.parent_id, given.room, partnership.id)
    rules.numbers_within_bounds(given)
    rules.agreed_rules_hold(given)
    values = {name: getattr(given, name) for name in SetUpBody.__dataclass_fields__}
    values |= {"short_name": given.short_name or given.name[:SHORT], "language": given.language or partnership.language}
    values |= {"term_begins": rules.turn_as_stored(given.term_begins)}
    body = Body(partnership_id=partnership.id, **values)
    session().add(body)
    return body.id


@action("bodies.change", load=Body, rule=may_keep_body, input=ChangeBody)
def change(actor: Actor, body: Body, given: ChangeBody) -> UUID:
    """Change what a body is called and how it works."""
    rules.period_in_order(given.starts_on, given.ends_on)
    rules.numbers_within_bounds(given)
    rules.agreed_rules_hold(given)
    rules.level_exists(given.level)
    if given.parent_id != body.parent_id:
        rules.body_may_stand_under(actor, given.parent_id, body.room, body.partnership_id)
    if given.ends_on is not None and (body.ends_on is None or given.ends_on < body.ends_on):
        rules.nothing_open(actor, body, given.ends_on)
    for name in ChangeBody.__dataclass_fields__:
        if name != "version":
            setattr(body, name, getattr(given, name))
    body.term_begins = rules.turn_as_stored(given.term_begins)
    phases.settle(body)
    return body.id


# ---- seats


@action("bodies.add_seat", load=Body, rule=may_keep_body, input=DescribeSeat)
def add_seat(_actor: Actor, body: Body, given: DescribeSeat) -> UUID:
    """Add a place to a body, after the others of its party."""
    _check_seat(body.partnership_id, given)
    seat = Seat(partnership_id=body.partnership_id, body_id=body.id, position=_next_position(body, given.party))
    _describe(seat, given)
    session().add(seat)
    return seat.id


@action("bodies.change_seat", load=Seat, rule=may_appoint, input=DescribeSeat)
def change_seat(_actor: Actor, seat: Seat, given: DescribeSeat) -> UUID:
    """Change whose a place is, for whom it speaks, its rights, or end it."""
    _check_seat(seat.partnership_id, given)
    if given.party is not seat.party:
        rules.never_held(seat)
    _describe(seat, given)
    session().flush()
    signals.seating_changed.tell(seat.body_id)
    return seat.id


def _check_seat(partnership_id: UUID, given: DescribeSeat) -> None:
    rules.period_in_order(given.starts_on, given.ends_on)
    rules.constituency_exists(partnership_id, given.organisation_id, given.region_id)
    if given.role in (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR):
        raise DomainError(_l("Leder og nestleder settes i lederplanen."), "role")
    if given.party is None:
        raise DomainError(rules.NEEDED, "party")


def _describe(seat: Seat, given: DescribeSeat) -> None:
    for name in DescribeSeat.__dataclass_fields__:
        setattr(seat, name, getattr(given, name))


def _next_position(body: Body, party: Party) -> int:
    """After the last seat of the party, or of the parties that stand before it."""
    rules.lock(Body, body.id)
    rows = session().execute(sa.select(Seat.party, Seat.position).where(Seat.body_id == body.id))
    before = [position for of, position in rows if PARTY_ORDER.index(of) <= PARTY_ORDER.index(party)]
    return max(before) + 1 if before else STEP


# ---- appointments


@action("bodies.appoint", load=Seat, rule=may_appoint, input=Appoint)
def appoint(actor: Actor, seat: Seat, given: Appoint) -> UUID:
    """Give a place its holder, registering the person when that is needed."""
    rules.period_in_order(given.starts_on, given.ends_on)
    rules.seat_is_there(seat, given.starts_on)
    rules.lock(Body, seat.body_id)
    if given.replaces:
        _end_day_before(seat, given.starts_on)
    rules.one_holder(seat.id, given.starts_on, given.ends_on)
    person_id = known_or_registered(actor, seat.partnership_id, given)
    return _appointed(seat.body_id, seat, seat.party, person_id, Capacity.HOLDER, given).id


def _end_day_before(seat: Seat, day: date) -> None:
    """Whoever sits until a successor is appointed, sits until the day before the successor; who has gone out, had the
    place as long as was said (invariant ``HISTORY_STAYS``).
    """
    held = (Appointment.seat_id == seat.id, Appointment.capacity == Capacity.HOLDER)
    still = sa.or_(Appointment.ends_on.is_(None), Appointment.ends_on >= clock.today())
    present = session().scalar(sa.select(Appointment).where(*held, still, rules.overlaps(Appointment, day, day)))
    if present is not None and present.starts_on < day:
        present.ends_on = day - ONE_DAY
        session().flush()


@action("bodies.appoint_deputy", load=Seat, rule=may_appoint, input=AppointDeputy)
def appoint_deputy(actor: Actor, seat: Seat, given: AppointDeputy) -> UUID:
    """Put a personal deputy behind a place."""
    rules.period_in_order(given.starts_on, given.ends_on)
    rules.seat_is_there(seat, given.starts_on)
    _demand_deputies(seat.body_id)
    person_id = known_or_registered(actor, seat.partnership_id, given)
    rank = rules.free_rank(seat.id, person_id, given.rank, given)
    deputy = _appointed(seat.body_id, seat, seat.party, person_id, Capacity.DEPUTY, given)
    deputy.rank, deputy.may_decide = rank, given.may_decide
    return deputy.id


@action("bodies.add_to_pool", load=Body, rule=may_keep_body, input=AddToPool)
def add_to_pool(actor: Actor, body: Body, given: AddToPool) -> UUID:
    """Put a deputy in a party's pool, who may stand in for any of its holders."""
    rules.period_in_order(given.starts_on, given.ends_on)
    if given.party is None:
        raise DomainError(rules.NEEDED, "party")
    _demand_deputies(body.id)
    person_id = known_or_registered(actor, body.partnership_id, given)
    rules.not_twice_in_pool(body.id, given.party, person_id, given)
    deputy = _appointed(body.id, None, given.party, person_id, Capacity.DEPUTY, given)
    deputy.may_decide = given.may_decide
    return deputy.id


def _demand_deputies(body_id: UUID) -> None:
    rules.lock(Body, body_id)
    if session().scalar(sa.select(Body.deputy_rule).where(Body.id == body_id)) is DeputyRule.NONE:
        raise DomainError(_l("Utvalget har ikke vara. Det kan endres i innstillingene."))


def _appointed(
    body_id: UUID, seat: Seat | None, party: Party, person_id: UUID, capacity: Capacity, period: Any
) -> Appointment:
    seat_id = seat.id if seat else None
    rules.term_in_order(period.starts_on, period.term_ends_on)
    rules.not_own_deputy(
        body_id=body_id, party=party, seat_id=seat_id, person_id=person_id, capacity=capacity, period=period
    )
    row = Appointment(
        partnership_id=seat.partnership_id if seat else session().get_one(Body, body_id).partnership_id,
        body_id=body_id,
        seat_id=seat_id,
        person_id=person_id,
        party=party,
        capacity=capacity,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        term_ends_on=period.term_ends_on,
        tier=period.tier or tier_told(person_id, seat) or "",
    )
    session().add(row)
    session().flush()
    signals.seating_changed.tell(body_id)
    return row


def tier_told(person_id: UUID, seat: Seat | None) -> Tier | None:
    """The level that the person's title tells of, else the one whom the place is meant for."""
    return suggested(session().get_one(Person, person_id).title) or (suggested(seat.title) if seat else None)


@action("bodies.end_appointment", load=Appointment, rule=may_appoint, input=LastDay)
def end_appointment(_actor: Actor, appointment: Appointment, given: LastDay) -> UUID:
    """Say which day is the last of an appointment; later than before only if the place is free."""
    if given.ends_on is None:
        raise DomainError(rules.NEEDED, "ends_on")
    rules.not_over(appointment)
    rules.period_in_order(appointment.starts_on, given.ends_on)
    if appointment.capacity is Capacity.HOLDER and appointment.seat_id is not None:
        rules.lock(Seat, appointment.seat_id)
        rules.one_holder(appointment.seat_id, appointment.starts_on, given.ends_on, besides=appointment.id)
    appointment.ends_on = given.ends_on
    session().flush()
    signals.seating_changed.tell(appointment.body_id)
    return appointment.id


@action("bodies.give_leave", load=Appointment, rule=may_appoint, input=Period)
def give_leave(_actor: Actor, appointment: Appointment, given: Period) -> UUID:
    """Register leave of absence: the place is kept, the deputy steps up."""
    rules.period_in_order(given.starts_on, given.ends_on)
    rules.leave_fits(appointment, given.starts_on, given.ends_on)
    leave = Leave(partnership_id=appointment.partnership_id, appointment_id=appointment.id)
    leave.starts_on, leave.ends_on = given.starts_on, given.ends_on
    session().add(leave)
    return leave.id


@action("bodies.end_leave", load=Leave, rule=may_appoint, input=LastDay)
def end_leave(_actor: Actor, leave: Leave, given: LastDay) -> UUID:
    """Say which day is the last of a leave; not later than was registered."""
    rules.not_over(leave)
    rules.period_in_order(leave.starts_on, given.ends_on)
    if leave.ends_on is not None and given.ends_on > leave.ends_on:
        raise DomainError(_l("Registrer en ny permisjon for å forlenge den."), "ends_on")
    leave.ends_on = given.ends_on
    return leave.id


# ---- the chair plan


@action("bodies.plan_chair", load=Body, rule=may_keep_body, input=PlanChair)
def plan_chair(_actor: Actor, body: Body, given: PlanChair) -> UUID:
    """Add a stretch to the chair plan."""
    rules.period_in_order(given.starts_on, given.ends_on)
    if given.ends_on is None:
        raise DomainError(rules.NEEDED, "ends_on")
    rules.lock(Body, body.id)
    rules.chair_plan_fits(body, given)
    values = {name: getattr(given, name) for name in PlanChair.__dataclass_fields__}
    term = ChairTerm(partnership_id=body.partnership_id, body_id=body.id, **values)
    session().add(term)
    session().flush()
    signals.seating_changed.tell(body.id)
    return term.id


@action("bodies.drop_chair_term", load=ChairTerm, rule=may_appoint)
def drop_chair_term(_actor: Actor, term: ChairTerm, _given: Any) -> UUID:
    """Take a stretch out of the chair plan, to plan it anew."""
    session().delete(term)
    session().flush()
    signals.seating_changed.tell(term.body_id)
    return term.body_id
