"""The verbs on what a body's agreed composition demands. What is missing is said, nothing is blocked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.composition.rules import ONE_FROM_EACH
from secretariat.bodies.inputs import OptionalTitle
from secretariat.bodies.models import Body, CompositionRule, RuleKind
from secretariat.bodies.policy import may_appoint, may_keep_body
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import folded
from secretariat.directory.parties import Party


@dataclass(frozen=True)
class AddRule:
    """What the composition demands; ``least`` and ``title`` where the kind asks for them."""

    kind: RuleKind
    party: Party
    least: int | None = 1
    title: OptionalTitle = ""


@action("bodies.add_composition_rule", load=Body, rule=may_keep_body, input=AddRule)
def add_rule(_actor: Actor, body: Body, given: AddRule) -> UUID:
    """Add a rule to the composition."""
    _makes_sense(given)
    rules.lock(Body, body.id)
    is_titled, is_each = given.kind is RuleKind.TITLE, given.kind in ONE_FROM_EACH
    row = CompositionRule(
        partnership_id=body.partnership_id,
        body_id=body.id,
        kind=given.kind,
        party=Party.M if is_each else given.party,
        least=1 if is_each else given.least,
        title=given.title if is_titled else "",
    )
    _not_there(row)
    session().add(row)
    return row.id


def _makes_sense(given: AddRule) -> None:
    for name in ("kind", "party"):
        if getattr(given, name) is None:
            raise DomainError(rules.NEEDED, name)
    if given.kind is RuleKind.TITLE and not given.title:
        raise DomainError(_l("Skriv tittelen, for eksempel fastlege."), "title")
    if given.kind not in ONE_FROM_EACH and (given.least is None or not 0 <= given.least <= 200):
        raise DomainError(_l("Skriv et tall mellom 0 og 200."), "least")


def _not_there(row: CompositionRule) -> None:
    same = sa.select(CompositionRule.title).where(
        CompositionRule.body_id == row.body_id, CompositionRule.kind == row.kind, CompositionRule.party == row.party
    )
    if folded(row.title) in map(folded, session().scalars(same)):
        raise DomainError(_l("Sammensetningen har alt denne regelen. Fjern den først."), "kind")


@action("bodies.drop_composition_rule", load=CompositionRule, rule=may_appoint)
def drop_rule(_actor: Actor, row: CompositionRule, _given: Any) -> UUID:
    """Take a rule out of the composition."""
    session().delete(row)
    return row.body_id
