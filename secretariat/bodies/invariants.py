"""What holds for bodies, seats and appointments."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.ancestry import own_ancestor, parents_by_day
from secretariat.bodies.models import (
    Appointment,
    Body,
    BodySuccession,
    Capacity,
    ChairTerm,
    CompositionRule,
    SecretariatTerm,
)
from secretariat.bodies.naming import PARTS, standing_on
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.dates import days_after, days_before
from secretariat.core.db import Base, session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l


def _same_days(one: Any, other: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(one.ends_on.is_(None), one.ends_on >= other.starts_on),
        sa.or_(other.ends_on.is_(None), other.ends_on >= one.starts_on),
    )


@checks("ONE_HOLDER", _l("En plass har høyst én fast representant på samme dag."))
def one_holder_at_a_time() -> Iterator[str]:
    """Two holders of one seat have no day in common."""
    other = sa.orm.aliased(Appointment)
    overlaps = (
        sa.select(Appointment.seat_id, other.starts_on)
        .join(other, sa.and_(other.seat_id == Appointment.seat_id, other.id > Appointment.id))
        .where(Appointment.capacity == Capacity.HOLDER, other.capacity == Capacity.HOLDER)
        .where(_same_days(Appointment, other))
        .order_by(Appointment.seat_id, other.starts_on)
    )
    for seat_id, day in session().execute(overlaps):
        yield _("Plassen %(id)s har to faste representanter fra %(day)s.", id=seat_id, day=day)


@checks("NOT_OWN_DEPUTY", _l("Ingen er vara for seg selv."))
def nobody_deputises_for_oneself() -> Iterator[str]:
    """The deputy of a seat is another than its holder, on every day."""
    deputy = sa.orm.aliased(Appointment)
    own = (
        sa.select(Appointment.seat_id, Appointment.person_id)
        .join(deputy, sa.and_(deputy.seat_id == Appointment.seat_id, deputy.person_id == Appointment.person_id))
        .where(Appointment.capacity == Capacity.HOLDER, deputy.capacity == Capacity.DEPUTY)
        .where(_same_days(Appointment, deputy))
        .order_by(Appointment.seat_id, Appointment.person_id)
    )
    for seat_id, person_id in session().execute(own):
        yield _("%(person)s er vara for seg selv i plassen %(seat)s.", person=person_id, seat=seat_id)


@checks("DATES_IN_ORDER", _l("Ingenting slutter før det begynner."))
def nothing_ends_before_it_begins() -> Iterator[str]:
    """Every table that knows a first and a last day."""
    for table in Base.metadata.sorted_tables:
        if {"starts_on", "ends_on"} <= set(table.columns.keys()):
            backwards = sa.select(table.c.id).where(table.c.ends_on < table.c.starts_on).order_by(table.c.id)
            for row_id in session().scalars(backwards):
                yield _("%(table)s %(id)s slutter før det begynner.", table=table, id=row_id)


@checks("TERM_IN_ORDER", _l("En periode går ikke ut før oppnevningen begynner."))
def no_term_ends_before_its_appointment_begins() -> Iterator[str]:
    """The term of an appointment reaches to its first day at least."""
    wrong = sa.select(Appointment.id).where(Appointment.term_ends_on < Appointment.starts_on).order_by(Appointment.id)
    for row_id in session().scalars(wrong):
        yield _("Perioden for oppnevningen %(id)s går ut før den begynner.", id=row_id)


@checks("ONE_LEADS", _l("Ingen dag har to som er satt opp til å lede."))
def nobody_leads_on_anothers_days() -> Iterator[str]:
    """Two stretches of a body's chair plan, or of the secretariat's, have no day in common."""
    plans: tuple[tuple[Any, str], ...] = ((ChairTerm, "body_id"), (SecretariatTerm, "partnership_id"))
    for model, plan in plans:
        other = sa.orm.aliased(model)
        same = sa.and_(getattr(other, plan) == getattr(model, plan), other.id > model.id)
        met = sa.select(getattr(model, plan), other.starts_on).join(other, same).where(_same_days(model, other))
        for of, day in session().execute(met.order_by(getattr(model, plan), other.starts_on)):
            yield _("Planen for %(id)s har to som leder fra %(day)s.", id=of, day=day)


@checks("ONE_RULE", _l("Et utvalg har høyst én regel om det samme for samme part på samme dag."))
def one_rule_at_a_time() -> Iterator[str]:
    """Two rules of a body with the same kind, party and title have no day in common."""
    rule, other = CompositionRule, sa.orm.aliased(CompositionRule)
    alike = [getattr(other, name) == getattr(rule, name) for name in ("body_id", "kind", "party", "title")]
    met = sa.select(rule.body_id, other.starts_on).join(other, sa.and_(*alike, other.id > rule.id))
    for body_id, day in session().execute(met.where(_same_days(rule, other)).order_by(rule.body_id, other.starts_on)):
        yield _("Utvalget %(id)s har to regler om det samme fra %(day)s.", id=body_id, day=day)


@checks("NO_CYCLE", _l("Et utvalg rapporterer aldri til seg selv, heller ikke gjennom andre."))
def no_body_above_itself() -> Iterator[str]:
    """Following the bodies upwards always comes to an end, on every day past and to come."""
    names = {row.id: row.name for row in session().execute(sa.select(Body.id, Body.name))}
    for partnership_id in session().scalars(sa.select(Body.partnership_id).distinct().order_by(Body.partnership_id)):
        circling = {
            body_id: day
            for day, parents in parents_by_day(partnership_id)
            for body_id in parents
            if own_ancestor(body_id, parents)
        }
        for body_id in sorted(circling):
            yield _("%(name)s rapporterer til seg selv.", name=names[body_id])


@checks("BODY_AS_PHASE", _l("Et utvalg heter og står i dag slik det ble bestemt at det skulle fra siste endring."))
def bodies_stand_as_their_phase() -> Iterator[str]:
    """The body says what its last phase begun says; in the night of a change, what held the day before will do."""
    held = {(body.id, _parts(body)) for body in standing_on(Actor.system("verify"), clock.today())}
    held |= {(body.id, _parts(body)) for body in standing_on(Actor.system("verify"), days_before(clock.today(), 1))}
    for body in session().scalars(sa.select(Body).order_by(Body.sort_key, Body.id)):
        if (body.id, _parts(body)) not in held:
            yield _("%(name)s står ikke slik siste endring sier.", name=body.name)


def _parts(body: Any) -> tuple[Any, ...]:
    return tuple(getattr(body, part) for part in PARTS)


@checks("CLOSED_HAS_SUCCESSOR_AFTER", _l("Et utvalg som tar over, gjør det dagen etter at det forrige sluttet."))
def successors_begin_when_the_other_ends() -> Iterator[str]:
    """A succession begins the day after the last day of the body that closed."""
    query = sa.select(BodySuccession.starts_on, Body.ends_on, Body.name).join(Body, Body.id == BodySuccession.body_id)
    for starts_on, ends_on, name in session().execute(query.order_by(Body.sort_key, Body.id)):
        if ends_on is None or starts_on != days_after(ends_on, 1):
            yield _("%(name)s er avløst fra en annen dag enn dagen etter den siste.", name=name)
