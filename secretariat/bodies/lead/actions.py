"""The verbs that lay out who leads: a body, with the sides taking turns, and the common secretariat.

A plan that is laid out hangs together: no day has two who lead, and none between its first and last has nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.models import Body, ChairTerm, Seat, SecretariatTerm
from secretariat.bodies.policy import may_keep_body, may_plan_secretariat
from secretariat.bodies.terms import Stretch, day_of_year, met_by, stretches, without_anyone
from secretariat.core import signals
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import Partnership
from secretariat.directory.parties import EQUAL_PARTIES, Party

MOST_TERMS = 20
MOST_YEARS = 10
TurnsOn = Annotated[str, Words(most=20, required=False)]


@dataclass(frozen=True)
class LayOutChairs:
    """Who leads first and who is deputy then, and how the two change: every so many years, on a fixed day if one is
    given, for so many terms ahead.
    """

    chair_seat_id: UUID
    deputy_chair_seat_id: UUID
    starts_on: date
    years: int = 1
    terms: int = 4
    turns_on: TurnsOn = ""


@action("bodies.lay_out_chairs", load=Body, rule=may_keep_body, input=LayOutChairs)
def lay_out_chairs(_actor: Actor, body: Body, given: LayOutChairs) -> UUID:
    """Let the two sides take turns at leading, in one press."""
    _from_two_sides(body, given)
    rules.lock(Body, body.id)
    planned = _planned(given)
    _hangs_together(planned, _stretches_of(ChairTerm, ChairTerm.body_id == body.id))
    sides = cycle(
        [(given.chair_seat_id, given.deputy_chair_seat_id), (given.deputy_chair_seat_id, given.chair_seat_id)]
    )
    for (first, last), (chair, deputy) in zip(planned, sides, strict=False):
        leaders = {"chair_seat_id": chair, "deputy_chair_seat_id": deputy}
        session().add(
            ChairTerm(partnership_id=body.partnership_id, body_id=body.id, starts_on=first, ends_on=last, **leaders)
        )
    session().flush()
    signals.seating_changed.tell(body.id)
    return body.id


def _from_two_sides(body: Body, given: LayOutChairs) -> None:
    wanted = {name: getattr(given, name) for name in ("chair_seat_id", "deputy_chair_seat_id")}
    for name, seat_id in wanted.items():
        if seat_id is None:
            raise DomainError(rules.NEEDED, name)
    seats = sa.select(Seat.id, Seat.party).where(Seat.body_id == body.id, Seat.id.in_(wanted.values()))
    parties = {seat_id: party for seat_id, party in session().execute(seats)}
    for name, seat_id in wanted.items():
        if seat_id not in parties:
            raise DomainError(_l("Plassen hører ikke til dette utvalget."), name)
    if {*parties.values()} != {*EQUAL_PARTIES}:
        raise DomainError(_l("Leder og nestleder må komme fra hver sin part."), "deputy_chair_seat_id")


@dataclass(frozen=True)
class LayOutSecretariat:
    """Which side leads the secretariat first, and how the two change."""

    party: Party
    starts_on: date
    years: int = 1
    terms: int = 4
    turns_on: TurnsOn = ""


@action("bodies.lay_out_secretariat", load=Partnership, rule=may_plan_secretariat, input=LayOutSecretariat)
def lay_out_secretariat(_actor: Actor, partnership: Partnership, given: LayOutSecretariat) -> UUID:
    """Let the two sides take turns at leading the common secretariat."""
    if given.party not in EQUAL_PARTIES:
        raise DomainError(_l("Velg kommunene eller helseforetaket."), "party")
    rules.lock(Partnership, partnership.id)
    planned = _planned(given)
    _hangs_together(planned, _stretches_of(SecretariatTerm, SecretariatTerm.partnership_id == partnership.id))
    sides = cycle([given.party, Party.H if given.party is Party.M else Party.M])
    for (first, last), party in zip(planned, sides, strict=False):
        session().add(SecretariatTerm(partnership_id=partnership.id, party=party, starts_on=first, ends_on=last))
    return partnership.id


@action("bodies.drop_secretariat_term", load=SecretariatTerm, rule=may_plan_secretariat)
def drop_secretariat_term(_actor: Actor, term: SecretariatTerm, _given: Any) -> UUID:
    """Take a stretch out, to plan it anew."""
    session().delete(term)
    return term.partnership_id


# ---- what both share


def _planned(given: Any) -> list[Stretch]:
    if given.starts_on is None:
        raise DomainError(rules.NEEDED, "starts_on")
    for name, most in (("years", MOST_YEARS), ("terms", MOST_TERMS)):
        number = getattr(given, name)
        if number is None or not 1 <= number <= most:
            raise DomainError(_l("Skriv et tall fra %(least)s til %(most)s.", least=1, most=most), name)
    turn = day_of_year(given.turns_on, "turns_on")
    return list(stretches(given.starts_on, given.years, given.terms, turn))


def _stretches_of(model: Any, where: Any) -> list[Stretch]:
    rows = session().execute(sa.select(model.starts_on, model.ends_on).where(where).order_by(model.starts_on))
    return [(first, last) for first, last in rows]


def _hangs_together(planned: Sequence[Stretch], known: Sequence[Stretch]) -> None:
    """No day with two who lead, and no new day with nobody."""
    for stretch in planned:
        met = met_by(stretch, known)
        if met is not None:
            raise DomainError(
                _l("Planen har alt en periode fra %(since)s til %(until)s. Fjern den først.", **_days(met)), "starts_on"
            )
    new = [gap for gap in without_anyone([*known, *planned]) if not _lies_in(gap, without_anyone(known))]
    if new:
        raise DomainError(
            _l("Da leder ingen fra %(since)s til %(until)s. La planen henge sammen.", **_days(new[0])), "starts_on"
        )


def _lies_in(gap: Stretch, known: Sequence[Stretch]) -> bool:
    return any(first <= gap[0] and gap[1] <= last for first, last in known)


def _days(stretch: Stretch) -> dict[str, str]:
    first, last = stretch
    return {"since": format_date(first), "until": format_date(last)}
