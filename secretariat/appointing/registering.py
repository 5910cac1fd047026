"""Registering what the nominating bodies answered: each named person becomes an appointment, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.asking import Present, Stand, sitting_now, stand_of
from secretariat.appointing.inputs import Register
from secretariat.appointing.letters import tell_appointed, tell_nominator
from secretariat.appointing.models import NAMED, Campaign, CampaignState, Nomination, NominationLetter
from secretariat.appointing.policy import may_run
from secretariat.appointing.pooling import with_place
from secretariat.bodies.actions import add_to_pool, appoint, appoint_deputy, end_appointment, end_leave, give_leave
from secretariat.bodies.models import Appointment, Body, Capacity, Leave, Seat
from secretariat.bodies.policy import may_appoint
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import ONE_DAY, instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.text.language import _l, format_date
from secretariat.directory.actions import register_person
from secretariat.directory.merged import merged_into, read_as
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.messages.models import Mail


@action("appointing.register", load=NominationLetter, rule=may_run, input=Register)
def register(actor: Actor, letter: NominationLetter, given: Register) -> UUID:
    """Make the appointments that one nominating body has answered with; places without a name keep who sits there."""
    campaign = session().get_one(Campaign, letter.campaign_id)
    _register(actor, campaign, [letter.id], given)
    return letter.id


@action("appointing.register_all", load=Campaign, rule=may_run, input=Register)
def register_all(actor: Actor, campaign: Campaign, given: Register) -> UUID:
    """Make all appointments that have been answered with; those made before are not made again."""
    query = sa.select(NominationLetter.id).where(NominationLetter.campaign_id == campaign.id)
    letters = session().scalars(query.order_by(NominationLetter.id).with_for_update()).all()
    _register(actor, campaign, list(letters), given)
    return campaign.id


def _register(actor: Actor, campaign: Campaign, letters: list[UUID], given: Register) -> None:
    if campaign.state is not CampaignState.SENT:
        raise DomainError(_l("Runden er ikke sendt, eller den er avsluttet."))
    day = first_day(campaign, given.starts_on)
    rows = _named(letters)
    present = sitting_now(_about(rows), day)
    reasons = _make_way(actor, rows, present, day)
    for row in rows:
        try:
            _appoint(actor, campaign, row, present.get(stand_of(row)), day)
        except DomainError as refused:
            reasons.append(_where(row, refused))
    if reasons:
        raise Hindered(reasons)
    _note_registered(rows)


def _note_registered(rows: list[Nomination]) -> None:
    """Whoever is writing an answer meanwhile is told that the letter is not as it was."""
    for letter_id in {row.letter_id for row in rows}:
        session().get_one(NominationLetter, letter_id).answers += 1


def first_day(campaign: Any, wanted: date | None = None) -> date:
    """The first day of those who are registered now: that of the term, or today when the term has begun; in any case a
    day of the term (``TERM_IN_ORDER``).
    """
    if wanted is None:
        day: date = min(max(campaign.starts_on, clock.today()), campaign.term_ends_on)
        return day
    if not campaign.starts_on <= wanted <= campaign.term_ends_on:
        first, last = format_date(campaign.starts_on), format_date(campaign.term_ends_on)
        raise DomainError(_l("Velg en dag i perioden, %(first)s–%(last)s.", first=first, last=last), "starts_on")
    return wanted


def _named(letters: list[UUID]) -> list[Nomination]:
    """What is to be registered, locked: holders first, so that nobody stands behind oneself on the way."""
    query = (
        with_place(sa.select(Nomination).select_from(Nomination))
        .where(Nomination.letter_id.in_(letters), Nomination.choice.in_(NAMED), Nomination.appointment_id.is_(None))
        .order_by(Nomination.rank, Body.id, Seat.position, Nomination.id)
        .with_for_update(of=Nomination)
    )
    return list(session().scalars(query.execution_options(populate_existing=True)))


# ---- who goes out


@dataclass(frozen=True)
class _PoolsOf:
    """The pools of the body in which somebody is given a place."""

    pool_body_id: UUID
    seat_id: None = None


def _about(rows: list[Nomination]) -> list[Any]:
    """What is to be registered, and the pools of the same bodies: one who gets a place stands there no more."""
    seats = sa.select(Seat.body_id).where(Seat.id.in_([row.seat_id for row in rows if row.seat_id is not None]))
    return [*rows, *(_PoolsOf(body_id) for body_id in session().scalars(seats.distinct()))]


def _make_way(actor: Actor, rows: list[Nomination], present: dict[Stand, Present], day: date) -> list[Any]:
    """Deputies who are replaced or become holders themselves go out the day before; holders do when they are
    replaced.
    """
    reasons = []
    for row in rows:
        try:
            for standing in _in_the_way(row, present):
                end_appointment(actor, standing, ends_on=day - ONE_DAY)
        except DomainError as refused:
            reasons.append(_where(row, refused))
    return reasons


def _in_the_way(row: Nomination, present: dict[Stand, Present]) -> list[UUID]:
    if row.capacity is Capacity.DEPUTY:
        standing = present.get(stand_of(row))
        return [standing.appointment_id] if standing else []
    seat = session().get_one(Seat, row.seat_id)
    pool = (seat.body_id, seat.party)
    deputies = [(stand, one) for stand, one in present.items() if stand[1] is Capacity.DEPUTY]
    behind = [one for stand, one in deputies if stand[0] == row.seat_id or one.pool == pool]
    return [one.appointment_id for one in behind if _is_named(row, one)]


def _is_named(row: Nomination, standing: Present) -> bool:
    return standing.person_id == row.person_id or bool(row.email and standing.email == row.email)


# ---- who comes in


def _appoint(actor: Actor, campaign: Campaign, row: Nomination, before: Present | None, day: date) -> None:
    person_id = row.person_id or _person(actor, row)
    appointment = session().get_one(Appointment, _made(actor, row, before, {"person_id": person_id, "starts_on": day}))
    appointment.term_ends_on = campaign.term_ends_on
    if before and before.person_id == person_id:
        appointment.tier = before.tier
        _carry_leave(actor, before, appointment, day)
    row.appointment_id, row.person_id = appointment.id, person_id
    session().flush()


def _made(actor: Actor, row: Nomination, before: Present | None, given: dict[str, Any]) -> Any:
    """The holder of the place, the deputy with a number behind it, or one of the common deputies."""
    decides = before.may_decide if before else True
    if row.pool_body_id is not None:
        return add_to_pool(actor, row.pool_body_id, party=Party(row.pool_party), may_decide=decides, **given)
    seat = session().get_one(Seat, row.seat_id)
    if row.capacity is Capacity.HOLDER:
        return appoint(actor, seat, replaces=True, **given)
    return appoint_deputy(actor, seat, rank=row.rank, may_decide=decides, **given)


def _person(actor: Actor, row: Nomination) -> UUID:
    """Somebody registered is known by the address, and not registered twice; the name must be the same."""
    known = session().scalar(sa.select(Person).where(Person.email == row.email))
    if known is None:
        names = ("given_name", "family_name", "title", "email", "phone", "organisation_id")
        new = register_person(actor, row.partnership_id, **{name: getattr(row, name) for name in names})
        return UUID(str(new))
    if known.family_name.casefold() != row.family_name.casefold():
        named = f"{row.given_name} {row.family_name}"
        values = {"email": row.email, "known": known.name, "named": named}
        raise DomainError(_l("%(email)s tilhører %(known)s i registeret, ikke %(named)s.", **values))
    return _seen(actor, row, merged_into([known.id]).get(known.id, known.id))


def _seen(actor: Actor, row: Nomination, person_id: UUID) -> UUID:
    """Somebody whom another partnership registered is not known here until the administrator says so."""
    found = session().scalar(sa.select(Person.id).where(Person.id == person_id, visible(actor, Person)))
    if found is None:
        sentence = _l(
            "%(email)s er registrert på noen utenfor samarbeidet. Be administratoren om hjelp.", email=row.email
        )
        raise DomainError(sentence)
    return found


def _carry_leave(actor: Actor, before: Present, appointment: Appointment, day: date) -> None:
    """Leave goes on over the turn of the term when the same person goes on."""
    lasting = sa.or_(Leave.ends_on.is_(None), Leave.ends_on >= day)
    for leave in session().scalars(sa.select(Leave).where(Leave.appointment_id == before.appointment_id, lasting)):
        last = leave.ends_on
        if leave.starts_on < day:
            end_leave(actor, leave, ends_on=day - ONE_DAY)
            give_leave(actor, appointment, starts_on=day, ends_on=last)
        else:
            leave.appointment_id = appointment.id


def _where(row: Nomination, refused: DomainError) -> Any:
    body = session().scalar(
        with_place(sa.select(Body.short_name).select_from(Nomination)).where(Nomination.id == row.id)
    )
    name = f"{row.given_name} {row.family_name}".strip()
    if row.person_id is not None:
        name = session().get_one(Person, row.person_id).name
    return _l("%(body)s, %(name)s: %(reason)s", body=body, name=name, reason=refused.reason)


# ---- the word to who is appointed


@action("appointing.tell", load=NominationLetter, rule=may_run)
def tell(_actor: Actor, letter: NominationLetter, _given: Any) -> UUID:
    """Send those appointed on one nominating body's word their letters, and the body its own; once."""
    _tell(session().get_one(Campaign, letter.campaign_id), [letter])
    return letter.id


@action("appointing.tell_person", load=Appointment, rule=may_appoint)
def tell_person(_actor: Actor, appointment: Appointment, _given: Any) -> UUID:
    """Send one who is appointed, in whatever way, the letter of appointment; once a day is enough."""
    about = (Mail.subject_kind == Appointment.__tablename__, Mail.subject_id == appointment.id)
    today = instant(clock.today(), time(0))
    if session().scalar(sa.select(Mail.id).where(*about, Mail.created_at >= today).limit(1)) is not None:
        raise DomainError(_l("Det er alt sendt en e-post om dette i dag."))
    registered = appointment.person_id
    person = session().get_one(Person, merged_into([registered]).get(registered, registered))
    if not person.email:
        raise DomainError(_l("Mottakeren har ingen e-postadresse."))
    tell_appointed(appointment, session().get_one(Body, appointment.body_id), person)
    return appointment.id


@action("appointing.tell_all", load=Campaign, rule=may_run)
def tell_all(_actor: Actor, campaign: Campaign, _given: Any) -> UUID:
    """Send all who are appointed in the round their letters of appointment; once."""
    query = sa.select(NominationLetter).where(NominationLetter.campaign_id == campaign.id)
    _tell(campaign, session().scalars(query.order_by(NominationLetter.id).with_for_update()).all())
    return campaign.id


def _tell(campaign: Campaign, letters: Sequence[NominationLetter]) -> None:
    told: set[UUID] = set()
    for nomination, appointment, body, person in _untold([letter.id for letter in letters]):
        nomination.told_at = clock.now()
        tell_appointed(appointment, body, person)
        told.add(nomination.letter_id)
    for letter in letters:
        if letter.id in told and letter.contact_id is not None:
            tell_nominator(campaign, letter)


def _untold(letters: list[UUID]) -> Sequence[Any]:
    """Those appointed who have not got their letter, locked: nobody gets it twice."""
    query = (
        sa.select(Nomination, Appointment, Body, Person)
        .join(Appointment, Appointment.id == Nomination.appointment_id)
        .join(Body, Body.id == Appointment.body_id)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .where(Nomination.letter_id.in_(letters), Nomination.told_at.is_(None))
        .order_by(Person.sort_key, Nomination.id)
        .with_for_update(of=Nomination)
    )
    return session().execute(query.execution_options(populate_existing=True)).all()
