"""The verbs on what a body's agreed composition demands. What is missing is said, nothing is blocked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.composition.rules import ONE_FROM_EACH
from secretariat.bodies.inputs import OptionalTitle
from secretariat.bodies.models import Body, CompositionRule, RuleKind
from secretariat.bodies.policy import may_appoint, may_keep_body
from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import ONE_DAY, covers
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l, format_date
from secretariat.core.text.sorting import folded
from secretariat.directory.parties import Party


@dataclass(frozen=True)
class AddRule:
    """What the composition demands; ``least`` and ``title`` where the kind asks for them. Without a first day it holds
    from today.
    """

    kind: RuleKind
    party: Party
    least: int | None = 1
    title: OptionalTitle = ""
    starts_on: date | None = None


@action("bodies.add_composition_rule", load=Body, rule=may_keep_body, input=AddRule)
def add_rule(_actor: Actor, body: Body, given: AddRule) -> UUID:
    """Add a rule to the composition, from a day; the one like it that held until then ends the day before."""
    starts_on = given.starts_on or clock.today()
    _makes_sense(given)
    _body_is_there(body, starts_on)
    rules.lock(Body, body.id)
    is_titled, is_each = given.kind is RuleKind.TITLE, given.kind in ONE_FROM_EACH
    row = CompositionRule(
        partnership_id=body.partnership_id,
        body_id=body.id,
        kind=given.kind,
        party=Party.M if is_each else given.party,
        least=1 if is_each else given.least,
        title=given.title if is_titled else "",
        starts_on=starts_on,
    )
    _take_over(row)
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


def _body_is_there(body: Body, day: date) -> None:
    if not covers(body.starts_on, body.ends_on, day):
        raise DomainError(_l("Utvalget er ikke i virksomhet %(date)s.", date=format_date(day)), "starts_on")


def _take_over(row: CompositionRule) -> None:
    """One rule of a kind, party and title holds on a day (invariant ``ONE_RULE``): the old one ends the day before."""
    same = sa.select(CompositionRule).where(
        CompositionRule.body_id == row.body_id, CompositionRule.kind == row.kind, CompositionRule.party == row.party
    )
    going_on = same.where(rules.overlaps(CompositionRule, row.starts_on, None))
    for before in [one for one in session().scalars(going_on) if folded(one.title) == folded(row.title)]:
        if before.starts_on >= row.starts_on or before.least == row.least:
            raise DomainError(_l("Sammensetningen har alt denne regelen. Fjern den først."), "kind")
        before.ends_on = row.starts_on - ONE_DAY
    session().flush()


@action("bodies.drop_composition_rule", load=CompositionRule, rule=may_appoint)
def drop_rule(_actor: Actor, row: CompositionRule, _given: Any) -> UUID:
    """The rule holds no longer, from today; one that has not held a day before is gone."""
    yesterday = clock.today() - ONE_DAY
    if row.ends_on is not None and row.ends_on <= yesterday:
        raise DomainError(_l("Regelen gjelder ikke lenger."))
    if row.starts_on > yesterday:
        session().delete(row)
    else:
        row.ends_on = yesterday
    return row.body_id
