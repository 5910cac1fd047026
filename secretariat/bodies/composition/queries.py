"""What a body's agreed composition demands, as pages read it."""

from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.composition.rules import Rule
from secretariat.bodies.models import CompositionRule, RuleKind
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.parties import Party


def rules_of(actor: Actor, body_id: UUID) -> list[Rule]:
    """The rules of a body, those that are over and those to come too; numbers first, each by its first day."""
    row = CompositionRule
    query = sa.select(row.id, row.kind, row.party, row.least, row.title, row.starts_on, row.ends_on)
    ordered = query.where(visible(actor, row), row.body_id == body_id).order_by(row.starts_on, row.id)
    found = [Rule(*one) for one in session().execute(ordered)]
    return sorted(found, key=lambda rule: (list(RuleKind).index(rule.kind), list(Party).index(rule.party)))


def rule(actor: Actor, rule_id: UUID) -> CompositionRule | None:
    """One rule."""
    return session().scalar(
        sa.select(CompositionRule).where(CompositionRule.id == rule_id, visible(actor, CompositionRule))
    )
