"""The choices: what becomes of each open matter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Invalid
from secretariat.core.inputs import checked
from secretariat.core.text.language import _l
from secretariat.transitions.matters import Chosen, Matter, refusal
from secretariat.transitions.models import MatterKind, Transition, TransitionMatter, TransitionState
from secretariat.transitions.opening import kinds_of, matters_of
from secretariat.transitions.policy import may_prepare_transition
from secretariat.transitions.scene import Scene, read_scene


@dataclass(frozen=True)
class Choose:
    """Choices for matters of one kind; those not named keep the choice they have."""

    kind: MatterKind
    choices: tuple[Chosen, ...]


@action("transitions.choose", load=Transition, rule=may_prepare_transition, input=Choose)
def choose(actor: Actor, transition: Transition, given: Choose) -> UUID:
    """Say what becomes of each of these matters; all of them, or none when one cannot be."""
    demand_prepared(transition)
    scene = read_scene(actor, transition)
    if given.kind not in kinds_of(scene):
        raise DomainError(_l("Det er ingenting å velge her."))
    found = {matter.id: matter for matter in matters_of(scene, given.kind)}
    chosen = [checked(one) for one in given.choices]
    _demand_possible(scene, given.kind, found, chosen)
    for one in chosen:
        _keep(scene, found[one.subject_id], one)
    transition.changed_at = clock.now()
    return transition.id


def demand_prepared(transition: Transition) -> None:
    """Only what is still being prepared is changed."""
    if transition.state is not TransitionState.PREPARED:
        raise DomainError(_l("Omleggingen er «%(state)s» og kan ikke endres.", state=transition.state.word))


def _demand_possible(scene: Scene, kind: MatterKind, found: dict[UUID, Matter], chosen: list[Chosen]) -> None:
    """Every reason at once, each under the id of its matter."""
    targets = scene.targets(kind)
    reasons: dict[str | None, list[Any]] = {}
    for one in chosen:
        matter = found.get(one.subject_id)
        gone = _l("Dette er ikke lenger åpent. Last siden på nytt.")
        reason = gone if matter is None else refusal(matter, one, targets)
        if reason is not None:
            reasons[str(one.subject_id)] = [reason]
    if reasons:
        raise Invalid(reasons)


def _keep(scene: Scene, matter: Matter, one: Chosen) -> None:
    row = scene.choices.get((matter.kind, matter.id))
    if row is None:
        here = {"partnership_id": scene.transition.partnership_id, "transition_id": scene.transition.id}
        row = TransitionMatter(**here, kind=matter.kind, subject_id=matter.id, choice=one.choice)
        session().add(row)
    row.choice, row.reason, row.title = one.choice, one.reason, matter.title[:200]
    row.to_structure_body, row.to_body_id = one.to_structure_body, one.to_body_id
    row.to_organisation_id = one.to_organisation_id
