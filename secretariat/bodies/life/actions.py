"""The verbs of a body's life: another name or place from a day on, closed, merged into another.

What holds today stands in the body itself; a phase that lies ahead is taken up by the worker at its midnight.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.inputs import LevelName, ShortName
from secretariat.bodies.models import Body, BodyPhase, BodySuccession
from secretariat.bodies.phases import begin_phase, changes_on, no_circle, phases_of, stand_as_today, standing
from secretariat.bodies.policy import may_keep_body, may_keep_phase
from secretariat.core import clock, outbox
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import ONE_DAY, covers, instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import Partnership

# ---- another name, another place


@dataclass(frozen=True)
class ChangeFrom:
    """What a body is called and where it stands from a day on: all of it, also what stays as it was."""

    starts_on: date
    name: Line
    short_name: ShortName
    level: int
    level_name: LevelName
    parent_id: UUID | None


@action("bodies.change_from", load=Body, rule=may_keep_body, input=ChangeFrom)
def change_from(actor: Actor, body: Body, given: ChangeFrom) -> UUID:
    """Let the body have another name or another place from a day on; until then all is as it was."""
    rules.lock(Partnership, body.partnership_id)
    rules.level_exists(given.level)
    _may_begin(body, given.starts_on)
    rules.body_may_stand_under(actor, given.parent_id, body.room, body.partnership_id)
    _is_at_work(given.parent_id, given.starts_on, "parent_id")
    phase = begin_phase(body, given)
    no_circle(body)
    _take_up_in_time(body, phase)
    return phase.id


def _may_begin(body: Body, day: date | None) -> None:
    if day is None:
        raise DomainError(rules.NEEDED, "starts_on")
    if day <= body.starts_on:
        sentence = _l(
            "Utvalget begynner %(date)s. En endring gjelder fra en senere dag.", date=format_date(body.starts_on)
        )
        raise DomainError(sentence, "starts_on")
    if body.ends_on is not None and day > body.ends_on:
        raise DomainError(_l("Utvalget slutter %(date)s.", date=format_date(body.ends_on)), "starts_on")
    if changes_on(body, day):
        raise DomainError(_l("Det er alt registrert en endring fra denne dagen."), "starts_on")


def _is_at_work(other_id: UUID | None, day: date, field: str) -> None:
    """The other body exists on the day."""
    other = session().get(Body, other_id) if other_id is not None else None
    if other is not None and not covers(other.starts_on, other.ends_on, day):
        sentence = _l("%(name)s er ikke i virksomhet %(date)s.", name=other.name, date=format_date(day))
        raise DomainError(sentence, field)


def _take_up_in_time(body: Body, phase: BodyPhase) -> None:
    """At once when the day has come, else at its local midnight."""
    if phase.starts_on <= clock.today():
        stand_as_today(body)
        return
    payload = {"body_id": str(body.id)}
    outbox.put("body.phase", payload, key=f"body.phase:{phase.id}", not_before=instant(phase.starts_on, time()))


def takes_up_phases(actor: Actor, _body: Any) -> bool:
    """The worker alone."""
    return actor.is_system


@action("bodies.take_up_phase", load=Body, rule=takes_up_phases)
def take_up_phase(_actor: Actor, body: Body, _given: Any) -> UUID:
    """The day has come: from now on the body is called and stands as was planned."""
    stand_as_today(body)
    return body.id


@outbox.handles("body.phase")
def take_up(payload: dict[str, Any]) -> None:
    """Let a planned change take effect; one that was taken back in the meantime changes nothing."""
    take_up_phase(Actor.system("worker"), UUID(payload["body_id"]))


@action("bodies.drop_phase", load=BodyPhase, rule=may_keep_phase)
def drop_phase(_actor: Actor, phase: BodyPhase, _given: Any) -> UUID:
    """Take back a change that has not taken effect."""
    if phase.starts_on <= clock.today():
        raise DomainError(_l("Endringen gjelder alt. Registrer en ny endring i stedet."))
    rules.lock(Partnership, phase.partnership_id)
    session().delete(phase)
    no_circle(session().get_one(Body, phase.body_id))
    return phase.body_id


# ---- closed, or merged into another


@dataclass(frozen=True)
class Close:
    """The last day, counted, and the body that takes over the day after, if there is one."""

    ends_on: date
    successor_id: UUID | None = None


@action("bodies.close", load=Body, rule=may_keep_body, input=Close)
def close(actor: Actor, body: Body, given: Close) -> UUID:
    """Close the body; what stands open in it must be settled first, unless another body takes over."""
    if given.ends_on is None:
        raise DomainError(rules.NEEDED, "ends_on")
    if given.ends_on < body.starts_on:
        raise DomainError(_l("Utvalget kan ikke slutte før det begynner."), "ends_on")
    if given.successor_id is None:
        rules.nothing_open(actor, body, given.ends_on)
    shut(actor, body, given.ends_on, given.successor_id)
    return body.id


def shut(actor: Actor, body: Body, ends_on: date, successor_id: UUID | None = None) -> None:
    """Close the body, whatever stands open in it: for actions that have settled that. Who reported to the body
    reports to its successor from the day after.
    """
    rules.lock(Partnership, body.partnership_id)
    body.ends_on = ends_on
    session().flush()
    if successor_id is not None:
        _succeed(actor, body, successor_id, ends_on + ONE_DAY)


def _succeed(actor: Actor, body: Body, successor_id: UUID, day: date) -> None:
    _other_in_room(body, successor_id, "successor_id")
    _is_at_work(successor_id, day, "successor_id")
    known = sa.select(BodySuccession).where(BodySuccession.body_id == body.id)
    row = session().scalar(known.where(BodySuccession.successor_id == successor_id))
    if row is None:
        row = BodySuccession(partnership_id=body.partnership_id, body_id=body.id, successor_id=successor_id)
        session().add(row)
    row.starts_on = day
    session().flush()
    _bring_over(actor, body, successor_id, day)


def _bring_over(actor: Actor, body: Body, successor_id: UUID, day: date) -> None:
    """Who reports to the body on the day or later reports to its successor; the successor itself to whom it did."""
    for child in _children(body):
        above = body.parent_id if child.id == successor_id else successor_id
        _move(actor, child, body.id, above, day)


def _children(body: Body) -> list[Body]:
    planned = sa.select(BodyPhase.body_id).where(BodyPhase.parent_id == body.id)
    below = sa.or_(Body.parent_id == body.id, Body.id.in_(planned))
    return list(session().scalars(sa.select(Body).where(below).order_by(Body.level, Body.id)))


def _move(actor: Actor, child: Body, old_id: UUID, new_id: UUID | None, day: date) -> None:
    """From the day on, wherever the child stands under the old body it stands under the new one."""
    if child.ends_on is not None and child.ends_on < day:
        return
    before = standing(child, day)
    for phase in phases_of(child):
        if phase.starts_on >= day and phase.parent_id == old_id:
            phase.parent_id = new_id
    if before["parent_id"] == old_id and child.starts_on < day and not changes_on(child, day):
        change_from(actor, child, starts_on=day, **(before | {"parent_id": new_id}))
    elif child.starts_on >= day and child.parent_id == old_id:
        child.parent_id = new_id
    session().flush()
    stand_as_today(child)


@dataclass(frozen=True)
class Merge:
    """The bodies that go up in this one, and the first day after."""

    absorbed_ids: tuple[UUID, ...]
    starts_on: date


@action("bodies.merge", load=Body, rule=may_keep_body, input=Merge)
def merge(actor: Actor, body: Body, given: Merge) -> UUID:
    """Let other bodies go up in this one: they close the day before, and who reported to them reports here."""
    if given.starts_on is None:
        raise DomainError(rules.NEEDED, "starts_on")
    absorbed = [_other_in_room(body, body_id, "absorbed_ids") for body_id in dict.fromkeys(given.absorbed_ids)]
    if not absorbed:
        raise DomainError(_l("Velg minst ett utvalg."), "absorbed_ids")
    for one in absorbed:
        close(actor, one, ends_on=given.starts_on - ONE_DAY, successor_id=body.id)
    return body.id


def _other_in_room(body: Body, other_id: UUID, field: str) -> Body:
    """Another body of the same partnership and room."""
    other = session().get(Body, other_id)
    if other is None or (other.partnership_id, other.room) != (body.partnership_id, body.room) or other.id == body.id:
        raise DomainError(_l("Velg et annet utvalg i det samme rommet."), field)
    return other
