"""Who leads changes soon: a line on the secretariat's desk before each change, and before a plan runs out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, ChairTerm, Seat, SecretariatTerm
from secretariat.core.access import served
from secretariat.core.actor import Actor
from secretariat.core.dates import ONE_DAY
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.desk.deadlines import Due, DueKind
from secretariat.directory.models import Partnership
from secretariat.directory.parties import Party

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Led:
    """A stretch in which a side leads a body, or the secretariat of a partnership."""

    of_body: bool
    subject_id: UUID
    name: str
    party: Party
    starts_on: date
    ends_on: date


def turns(actor: Actor) -> tuple[Due, ...]:
    """What changes within a month. One statement."""
    rows = (Led(*row) for row in session().execute(_led(actor)))
    return tuple(due for _key, plan in groupby(rows, _subject) for due in _of_plan(list(plan), actor.today))


def _subject(led: Led) -> tuple[bool, UUID]:
    return led.of_body, led.subject_id


def _of_plan(plan: Sequence[Led], today: date) -> Iterator[Due]:
    kind = DueKind.TURN if plan[0].of_body else DueKind.SECRETARIAT_TURN
    for led in plan:
        if today < led.starts_on <= today + AHEAD:
            yield Due(kind, _new_side(led), led.subject_id, led.starts_on)
    last = plan[-1]
    if last.ends_on <= today + AHEAD:
        nobody = _("%(name)s: ingen er satt opp til å lede etterpå", name=last.name)
        yield Due(kind, nobody, last.subject_id, last.ends_on + ONE_DAY)


def _new_side(led: Led) -> str:
    if led.party is Party.M:
        return _("%(name)s: kommunene leder", name=led.name)
    return _("%(name)s: helseforetaket leder", name=led.name)


def _led(actor: Actor) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """The stretches of plans that have not run out, of what the actor serves; plan by plan, in the order of time."""
    bodies = (
        sa.select(sa.true().label("of_body"), Body.id.label("subject_id"), Body.short_name.label("name"), Seat.party)
        .add_columns(ChairTerm.starts_on.label("starts_on"), ChairTerm.ends_on)
        .join(ChairTerm, ChairTerm.body_id == Body.id)
        .join(Seat, Seat.id == ChairTerm.chair_seat_id)
        .where(served(actor, Body), ChairTerm.ends_on >= actor.today)
        .where(sa.or_(Body.ends_on.is_(None), Body.ends_on >= actor.today))
    )
    secretariats = (
        sa.select(sa.false(), Partnership.id, Partnership.short_name, SecretariatTerm.party)
        .add_columns(SecretariatTerm.starts_on, SecretariatTerm.ends_on)
        .join(SecretariatTerm, SecretariatTerm.partnership_id == Partnership.id)
        .where(Partnership.id.in_(sorted(actor.secretary_in)), SecretariatTerm.ends_on >= actor.today)
    )
    return sa.union_all(bodies, secretariats).order_by("of_body", "subject_id", "starts_on")
