"""Those who sit in an old body go on in a place of the new one, their deputies behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, DeputyRule, Seat
from secretariat.bodies.rules import overlaps
from secretariat.bodies.sitting import on_day
from secretariat.bodies.terms import term_from
from secretariat.core.db import session
from secretariat.directory.parties import Party
from secretariat.transitions.matters import NEW, Matter, code_of
from secretariat.transitions.models import MatterChoice, MatterKind
from secretariat.transitions.scene import Scene

Fit = Callable[[Seat, Seat], bool]


def _same_constituency(old: Seat, new: Seat) -> bool:
    pairs = ((old.organisation_id, new.organisation_id), (old.region_id, new.region_id))
    return any(one is not None and one == other for one, other in pairs)


def _same_title(old: Seat, new: Seat) -> bool:
    return bool(old.title) and old.title == new.title


FITS: tuple[Fit, ...] = (_same_constituency, _same_title, lambda _old, _new: True)
"""Who speaks for the same keeps doing so; then who has the same title; then whoever there is room for."""


def carry_holders(scene: Scene, matters: list[Matter], places: dict[str, UUID]) -> None:
    """Each holder who goes on gets a free place of the party in the chosen body."""
    wanted: dict[str, list[Seat]] = {}
    for matter in matters:
        row = scene.choices[MatterKind.SEAT, matter.id]
        if row.choice is MatterChoice.HAND_OVER:
            wanted.setdefault(code_of(row), []).append(session().get_one(Seat, matter.id))
    for code, old in wanted.items():
        free = _seats_of(places[code])
        unnumbered = [seat for seat in old if scene.unnumbered(code.removeprefix(f"{NEW}:"), seat.party)]
        pairs = [(seat, _room_for(scene, seat, free, places[code])) for seat in unnumbered]
        pairs += _matched([seat for seat in old if seat not in unnumbered], free)
        for seat, new in pairs:
            carry_appointments(scene, seat, new)


def _room_for(scene: Scene, old: Seat, free: list[Seat], body_id: UUID) -> Seat:
    """Where the structure names no number, whoever goes on has a place that speaks for the same as before."""
    blank = next((one for one in free if one.party is old.party), None)
    if blank is not None:
        free.remove(blank)
    new = blank or _one_more(scene, old, body_id)
    new.organisation_id, new.region_id = old.organisation_id, old.region_id
    new.represents, new.nominated_by = old.represents, new.nominated_by or old.nominated_by
    session().flush()
    return new


def _one_more(scene: Scene, like: Seat, body_id: UUID) -> Seat:
    same = ("partnership_id", "position", "party", "role", "title", "may_speak", "may_propose", "may_vote")
    seat = Seat(body_id=body_id, starts_on=scene.day, **{name: getattr(like, name) for name in same})
    session().add(seat)
    return seat


def _seats_of(body_id: UUID) -> list[Seat]:
    query = sa.select(Seat).where(Seat.body_id == body_id).order_by(Seat.position, Seat.id)
    return list(session().scalars(query))


def _matched(old: list[Seat], free: list[Seat]) -> list[tuple[Seat, Seat]]:
    pairs: list[tuple[Seat, Seat]] = []
    for fits in FITS:
        for seat in [one for one in old if one not in [before for before, _after in pairs]]:
            new = next((one for one in free if one.party is seat.party and fits(seat, one)), None)
            if new is not None:
                free.remove(new)
                pairs.append((seat, new))
    return pairs


def carry_appointments(scene: Scene, old: Seat, new: Seat, person_ids: set[UUID] | None = None) -> None:
    """The holder and the deputies behind the old place stand in the new one from the day, for as long as before."""
    query = sa.select(Appointment).where(
        Appointment.seat_id == old.id, Appointment.starts_on < scene.day, on_day(Appointment, scene.day)
    )
    for row in session().scalars(query.order_by(Appointment.rank, Appointment.id)).all():
        if person_ids is None or row.person_id in person_ids:
            session().add(_carried(scene, row, new))
    session().flush()


# ---- common deputies


def carry_pools(scene: Scene, places: dict[str, UUID]) -> None:
    """The common deputies of a body that ends stand from the day in the pool of the one that takes over: each once,
    and nobody who has a place of the same party there.
    """
    for body_id in scene.bodies:
        successor = places.get(scene.successor(body_id)) if scene.ends(body_id) else None
        if successor is not None and session().get_one(Body, successor).deputy_rule is not DeputyRule.NONE:
            _carry_pool(scene, body_id, successor)


def _carry_pool(scene: Scene, old: UUID, new: UUID) -> None:
    there = _standing_from(scene, new)
    query = sa.select(Appointment).where(
        Appointment.body_id == old,
        Appointment.seat_id.is_(None),
        Appointment.starts_on < scene.day,
        on_day(Appointment, scene.day),
    )
    for row in session().scalars(query.order_by(Appointment.id)).all():
        if (row.party, row.person_id) not in there:
            there.add((row.party, row.person_id))
            session().add(_carried(scene, row, Pool(row.partnership_id, new, row.party)))
    session().flush()


def _standing_from(scene: Scene, body_id: UUID) -> set[tuple[Party, UUID]]:
    """Who has a place or stands in the pool of the body on the day or later, and for which party."""
    pooled_or_holds = sa.or_(Appointment.seat_id.is_(None), Appointment.capacity == Capacity.HOLDER)
    query = sa.select(Appointment.party, Appointment.person_id).where(
        Appointment.body_id == body_id, pooled_or_holds, overlaps(Appointment, scene.day, None)
    )
    return {(party, person_id) for party, person_id in session().execute(query)}


@dataclass(frozen=True)
class Pool:
    """Where a common deputy stands: behind all places of a party in a body, and in none."""

    partnership_id: UUID
    body_id: UUID
    party: Party
    id: None = None


def _carried(scene: Scene, row: Appointment, new: Seat | Pool) -> Any:
    same = ("person_id", "capacity", "rank", "may_decide", "tier", "ends_on")
    return Appointment(
        partnership_id=new.partnership_id,
        body_id=new.body_id,
        seat_id=new.id,
        party=new.party,
        starts_on=scene.day,
        term_ends_on=term_from(scene.day, row.term_ends_on),
        **{name: getattr(row, name) for name in same},
    )
