"""The change is carried out: all of it in one action, or nothing.

Invariant ``NOTHING_LOST``: what was open before is found after, each matter exactly once, where the choice says.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.bodies.rules import lock
from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.text.language import _l, use_language
from secretariat.directory.models import Partnership
from secretariat.transitions import moving, passing_on
from secretariat.transitions.choosing import demand_prepared
from secretariat.transitions.finding_again import found_again
from secretariat.transitions.models import MatterChoice, MatterKind, Transition, TransitionMatter, TransitionState
from secretariat.transitions.opening import Open, hinders, open_matters
from secretariat.transitions.policy import may_prepare_transition
from secretariat.transitions.scene import Scene, read_scene


@dataclass(frozen=True)
class CarryOut:
    """The version on which the choices were read: a choice made since then is read first."""

    version: int | None = None


@action("transitions.carry_out", load=Transition, rule=may_prepare_transition, input=CarryOut)
def carry_out(actor: Actor, transition: Transition, _given: CarryOut) -> UUID:
    """Carry the change out as chosen; once more changes nothing."""
    lock(Partnership, transition.partnership_id)
    if transition.state is TransitionState.CARRIED_OUT:
        return transition.id
    demand_prepared(transition)
    scene = read_scene(actor, transition)
    found = open_matters(scene)
    reasons = hinders(scene, found)
    if reasons:
        raise Hindered(reasons)
    _forget_the_closed(scene, found)
    with use_language(session().get_one(Partnership, transition.partnership_id).language):
        moved = (moving if scene.is_structure else passing_on).carry_out(scene, found)
    session().flush()
    transition.counts = _counted(scene, found, moved)
    transition.state, transition.carried_out_at = TransitionState.CARRIED_OUT, clock.now()
    transition.carried_out_by_id = actor.person_id
    return transition.id


def _forget_the_closed(scene: Scene, found: Open) -> None:
    """A choice for what has been finished since is no longer a choice."""
    still = {(kind, matter.id) for kind, matters in found.items() for matter in matters}
    for key, row in scene.choices.items():
        if key not in still:
            session().delete(row)
    session().flush()


def _counted(scene: Scene, found: Open, places: dict[str, UUID]) -> list[dict[str, Any]]:
    """Before and after, read again from what is stored; nothing is carried out when the two differ."""
    counts = []
    for kind, matters in found.items():
        rows = [scene.choices[kind, matter.id] for matter in matters]
        after = found_again(scene, kind, rows, places)
        if after != {row.subject_id: row.choice for row in rows}:
            raise DomainError(_l("Opptellingen stemmer ikke for %(kind)s. Ingenting er endret.", kind=kind.word))
        counts.append(_line(kind, rows, Counter(after.values())))
    return counts


def _line(kind: MatterKind, rows: list[TransitionMatter], after: Counter[MatterChoice]) -> dict[str, Any]:
    return {"kind": kind.value, "before": len(rows)} | {choice.value: after[choice] for choice in MatterChoice}
