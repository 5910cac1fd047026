"""What must hold when bodies, seats and appointments change; checked under a lock, each refusal in a clear sentence."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, ChairTerm, Leave, Seat
from secretariat.bodies.structures import Level
from secretariat.bodies.terms import day_of_year
from secretariat.core import clock, signals
from secretariat.core.access import Condition, visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.inputs import in_order
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import Organisation, Person, Region
from secretariat.directory.parties import EQUAL_PARTIES, Party

NEEDED = _l("Feltet må fylles ut.")
MOST_DAYS = 365
NUMBER_BOUNDS = {
    "number_digits": (0, 3),
    "intake_days": (0, MOST_DAYS),
    "review_days": (0, MOST_DAYS),
    "dispatch_days": (0, MOST_DAYS),
    "minutes_days": (0, MOST_DAYS),
    "comments_days": (0, MOST_DAYS),
}
AGREED_BOUNDS = {"chair_years": (0, 10), "meetings_per_year": (0, MOST_DAYS), "term_years": (1, 10)}


def period_in_order(starts_on: date | None, ends_on: date | None) -> None:
    """There is a first day, and the last is not before it (invariant ``DATES_IN_ORDER``)."""
    if starts_on is None:
        raise DomainError(NEEDED, "starts_on")
    in_order(starts_on, ends_on)


def term_in_order(starts_on: date, term_ends_on: date | None) -> None:
    """A term reaches to the first day at least (invariant ``TERM_IN_ORDER``)."""
    if term_ends_on is not None and term_ends_on < starts_on:
        raise DomainError(_l("Perioden kan ikke gå ut før oppnevningen begynner."), "term_ends_on")


def not_over(row: Any) -> None:
    """What has ended is history, and stays as it was."""
    if row.ends_on is not None and row.ends_on < clock.today():
        day = format_date(row.ends_on)
        raise DomainError(_l("Siste dag var %(date)s. Det som er over, kan ikke endres.", date=day), "ends_on")


def numbers_within_bounds(given: Any) -> None:
    """Digits and deadlines are whole numbers that make sense."""
    for name, (least, most) in NUMBER_BOUNDS.items():
        number = getattr(given, name)
        if number is None or not least <= number <= most:
            raise DomainError(_l("Skriv et tall fra %(least)s til %(most)s.", least=least, most=most), name)
    if given.number_separator not in ("/", "-"):
        raise DomainError(_l("Velg skråstrek eller bindestrek."), "number_separator")
    if given.year_digits not in (2, 4):
        raise DomainError(_l("Velg to eller fire siffer."), "year_digits")


def agreed_rules_hold(given: Any) -> None:
    """The chair comes from one of the two equal parties, and terms and meetings are counted in numbers that make
    sense.
    """
    if given.chair_first not in ("", *EQUAL_PARTIES):
        raise DomainError(_l("Lederen kommer fra kommunene eller helseforetaket."), "chair_first")
    for name, (least, most) in AGREED_BOUNDS.items():
        number = getattr(given, name)
        if number is not None and not least <= number <= most:
            raise DomainError(_l("Skriv et tall fra %(least)s til %(most)s.", least=least, most=most), name)
    if given.term_years and given.term_begins:
        raise DomainError(_l("Oppgi enten et antall år eller en fast dag, ikke begge."), "term_begins")


def level_exists(level: int) -> None:
    """The level is one of those a body can stand on."""
    if level is None or not 1 <= level <= len(Level):
        raise DomainError(_l("Nivået finnes ikke."), "level")


def nothing_open(actor: Actor, body: Body, day: date) -> None:
    """Nothing is left undone in a body that closes, and nobody reports to it."""
    left = [matter.sentence for matter in signals.open_matters.collect(actor, body, day)]
    if left:
        raise Hindered(left)


def turn_as_stored(written: str) -> str:
    """The day of the year on which terms begin, as it is stored: 04-01; empty when none is written."""
    turn = day_of_year(written, "term_begins")
    return "{:02}-{:02}".format(*turn) if turn else ""


def overlaps(model: Any, starts_on: date, ends_on: date | None) -> Condition:
    """The row's days and these have a day in common."""
    begins_in_time = sa.true() if ends_on is None else model.starts_on <= ends_on
    return sa.and_(begins_in_time, sa.or_(model.ends_on.is_(None), model.ends_on >= starts_on))


def lock(model: Any, row_id: UUID) -> None:
    """Let others who change the same wait until this is done."""
    session().execute(sa.select(model.id).where(model.id == row_id).with_for_update())


# ---- bodies


def body_may_stand_under(actor: Actor, parent_id: UUID | None, room: str, partnership_id: UUID) -> None:
    """The body above is of the same partnership, and no common body stands under one that only one party sees."""
    if parent_id is None:
        return
    wanted = (Body.id == parent_id, Body.partnership_id == partnership_id)
    parent_room = session().scalar(sa.select(Body.room).where(*wanted, visible(actor, Body)))
    if parent_room is None:
        raise DomainError(_l("Utvalget finnes ikke."), "parent_id")
    if parent_room not in (COMMON_ROOM, room):
        raise DomainError(
            _l("Et felles utvalg kan ikke ligge under et utvalg som bare den ene parten ser."), "parent_id"
        )


# ---- seats and appointments


def constituency_exists(partnership_id: UUID, organisation_id: UUID | None, region_id: UUID | None) -> None:
    """The seat speaks for something that is there."""
    if organisation_id is not None and session().get(Organisation, organisation_id) is None:
        raise DomainError(_l("Organisasjonen finnes ikke."), "organisation_id")
    region = sa.select(Region.id).where(Region.id == region_id, Region.partnership_id == partnership_id)
    if region_id is not None and session().scalar(region) is None:
        raise DomainError(_l("Regionen finnes ikke."), "region_id")


def never_held(seat: Seat) -> None:
    """A place keeps its party once somebody has held it: old meetings count by it."""
    if session().scalar(sa.select(Appointment.id).where(Appointment.seat_id == seat.id).limit(1)) is not None:
        raise DomainError(_l("Plassen har hatt representanter. Avslutt den, og legg til en ny plass."), "party")


def seat_is_there(seat: Seat, starts_on: date) -> None:
    """Nobody is appointed to a place before it exists or after it is gone."""
    if starts_on < seat.starts_on:
        raise DomainError(_l("Plassen finnes først fra %(date)s.", date=format_date(seat.starts_on)), "starts_on")
    if seat.ends_on is not None and starts_on > seat.ends_on:
        raise DomainError(_l("Plassen fantes bare til %(date)s.", date=format_date(seat.ends_on)), "starts_on")


def one_holder(seat_id: UUID, starts_on: date, ends_on: date | None, besides: UUID | None = None) -> None:
    """At most one holder per seat and day (invariant ``ONE_HOLDER``); call with the seat locked."""
    query = (
        sa.select(Person.given_name, Person.family_name, Appointment.starts_on, Appointment.ends_on)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.seat_id == seat_id, Appointment.capacity == Capacity.HOLDER)
        .where(overlaps(Appointment, starts_on, ends_on), sa.true() if besides is None else Appointment.id != besides)
        .order_by(Appointment.starts_on)
    )
    clash = session().execute(query).first()
    if clash is not None:
        raise DomainError(_clash_sentence(clash), "starts_on")


def _clash_sentence(clash: Any) -> Any:
    name = f"{clash.given_name} {clash.family_name}".strip()
    since = format_date(clash.starts_on)
    if clash.ends_on is None:
        return _l("%(name)s har plassen fra %(since)s og sitter til ny er oppnevnt.", name=name, since=since)
    until = format_date(clash.ends_on)
    return _l("%(name)s har plassen fra %(since)s til %(until)s.", name=name, since=since, until=until)


def not_own_deputy(
    *, body_id: UUID, party: Party, seat_id: UUID | None, person_id: UUID, capacity: Capacity, period: Any
) -> None:
    """Nobody stands behind a seat that is one's own, personally or in the pool (invariant ``NOT_OWN_DEPUTY``)."""
    other = Capacity.DEPUTY if capacity is Capacity.HOLDER else Capacity.HOLDER
    same_seat = sa.or_(Appointment.seat_id == seat_id, Appointment.seat_id.is_(None))
    met = session().scalar(
        sa.select(Appointment.id)
        .where(Appointment.body_id == body_id, Appointment.person_id == person_id, Appointment.capacity == other)
        .where(Appointment.party == party, overlaps(Appointment, period.starts_on, period.ends_on))
        .where(sa.true() if seat_id is None else same_seat)
        .limit(1)
    )
    if met is not None:
        raise DomainError(_l("Ingen kan være vara for seg selv."), "person_id")


def free_rank(seat_id: UUID, person_id: UUID, wanted: int | None, period: Any) -> int:
    """The deputy's rank behind the seat: the wanted one when it is free, else (none wanted) the next."""
    rows = session().execute(
        sa.select(Appointment.rank, Appointment.person_id).where(
            Appointment.seat_id == seat_id,
            Appointment.capacity == Capacity.DEPUTY,
            overlaps(Appointment, period.starts_on, period.ends_on),
        )
    )
    taken = {person: rank or 0 for rank, person in rows}
    if person_id in taken:
        raise DomainError(_l("Personen er alt vara for denne plassen i perioden."), "person_id")
    if wanted is not None and wanted < 1:
        raise DomainError(_l("Rekkefølgen begynner på 1."), "rank")
    if wanted in taken.values():
        raise DomainError(_l("Det er alt en vara med denne rekkefølgen."), "rank")
    return wanted or max(taken.values(), default=0) + 1


def not_twice_in_pool(body_id: UUID, party: Party, person_id: UUID, period: Any) -> None:
    """A pool names each deputy once."""
    there = sa.select(Appointment.id).where(
        Appointment.body_id == body_id,
        Appointment.party == party,
        Appointment.seat_id.is_(None),
        Appointment.person_id == person_id,
        overlaps(Appointment, period.starts_on, period.ends_on),
    )
    if session().scalar(there.limit(1)) is not None:
        raise DomainError(_l("Personen er alt felles vara i perioden."), "person_id")


def leave_fits(appointment: Appointment, starts_on: date, ends_on: date | None) -> None:
    """Leave lies within the appointment and does not meet another leave."""
    too_late = appointment.ends_on is not None and starts_on > appointment.ends_on
    if starts_on < appointment.starts_on or too_late:
        raise DomainError(_l("Permisjonen må ligge innenfor funksjonstiden."), "starts_on")
    met = sa.select(Leave.id).where(Leave.appointment_id == appointment.id, overlaps(Leave, starts_on, ends_on))
    if session().scalar(met.limit(1)) is not None:
        raise DomainError(_l("Det er alt registrert permisjon i denne perioden."), "starts_on")


# ---- the chair plan


def chair_plan_fits(body: Body, given: Any) -> None:
    """Both lead from seats of this body, they are two, and nobody else leads those days; call with the body locked."""
    if given.chair_seat_id is None:
        raise DomainError(NEEDED, "chair_seat_id")
    if given.chair_seat_id == given.deputy_chair_seat_id:
        raise DomainError(_l("Leder og nestleder kan ikke ha samme plass."), "deputy_chair_seat_id")
    for name in ("chair_seat_id", "deputy_chair_seat_id"):
        _seat_of(body, getattr(given, name), name)
    clash = session().execute(
        sa.select(ChairTerm.starts_on, ChairTerm.ends_on)
        .where(ChairTerm.body_id == body.id, overlaps(ChairTerm, given.starts_on, given.ends_on))
        .order_by(ChairTerm.starts_on)
    )
    met = clash.first()
    if met is not None:
        since, until = format_date(met.starts_on), format_date(met.ends_on)
        sentence = _l("Lederplanen har alt en periode fra %(since)s til %(until)s.", since=since, until=until)
        raise DomainError(sentence, "starts_on")


def _seat_of(body: Body, seat_id: UUID | None, name: str) -> None:
    if seat_id is None:
        return
    if session().scalar(sa.select(Seat.id).where(Seat.id == seat_id, Seat.body_id == body.id)) is None:
        raise DomainError(_l("Plassen hører ikke til dette utvalget."), name)
