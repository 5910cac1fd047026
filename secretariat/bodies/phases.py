"""The phases of a body's life: what it is called and where it stands, each from a day on.

What holds today stands in the body itself. A body that was never changed has no phases.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from secretariat.bodies import ancestry, rules
from secretariat.bodies.models import Body, BodyPhase, BodySuccession
from secretariat.bodies.naming import PARTS
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l, format_date
from secretariat.directory.models import Partnership

IN_CIRCLE = _l("Utvalget kan ikke rapportere til seg selv, heller ikke gjennom andre.")


def phases_of(body: Body) -> list[BodyPhase]:
    """The body's phases in order of time; none when it was never changed."""
    query = sa.select(BodyPhase).where(BodyPhase.body_id == body.id).order_by(BodyPhase.starts_on)
    return list(session().scalars(query))


def begin_phase(body: Body, given: Any) -> BodyPhase:
    """The new phase, after one that keeps how the body began when this is its first change."""
    if not phases_of(body):
        _phase(body, body.starts_on, {part: getattr(body, part) for part in PARTS})
    return _phase(body, given.starts_on, {part: getattr(given, part) for part in PARTS})


def _phase(body: Body, day: date, values: dict[str, Any]) -> BodyPhase:
    phase = BodyPhase(partnership_id=body.partnership_id, body_id=body.id, starts_on=day, **values)
    session().add(phase)
    session().flush()
    return phase


def stand_as_today(body: Body) -> None:
    """The body says itself what the last phase begun says."""
    for part, value in standing(body, clock.today()).items():
        setattr(body, part, value)


def changes_on(body: Body, day: date) -> bool:
    """Whether a phase begins on the day."""
    return any(phase.starts_on == day for phase in phases_of(body))


def standing(body: Body, day: date) -> dict[str, Any]:
    """What the body is called and where it stands on the day."""
    begun = [phase for phase in phases_of(body) if phase.starts_on <= day]
    return {part: getattr(begun[-1] if begun else body, part) for part in PARTS}


def settle(body: Body) -> None:
    """The body itself was corrected: the phase that holds today says the same, and the first begins with the body."""
    rules.lock(Partnership, body.partnership_id)
    phases = phases_of(body)
    if phases:
        _begin_with(body, phases)
        begun = [phase for phase in phases if phase.starts_on <= clock.today()] or phases
        for part in PARTS:
            setattr(begun[-1], part, getattr(body, part))
    if body.ends_on is None:
        session().execute(sa.delete(BodySuccession).where(BodySuccession.body_id == body.id))
    no_circle(body)


def _begin_with(body: Body, phases: list[BodyPhase]) -> None:
    if len(phases) > 1 and body.starts_on >= phases[1].starts_on:
        sentence = _l("Utvalget har en endring fra %(date)s.", date=format_date(phases[1].starts_on))
        raise DomainError(sentence, "starts_on")
    phases[0].starts_on = body.starts_on


def no_circle(body: Body) -> None:
    """On no day is the body its own ancestor, also through changes to come (invariant ``NO_CYCLE``)."""
    session().flush()
    day = ancestry.first_day_in_circle(body.id, body.partnership_id)
    if day is None:
        return
    if day <= clock.today():
        raise DomainError(IN_CIRCLE, "parent_id")
    raise DomainError(
        _l("Utvalget ville rapportere til seg selv fra %(date)s, på grunn av andre endringer.", date=format_date(day)),
        "parent_id",
    )
