"""What a body's agreed composition demands, kept as rules. What is missing is said, nothing is blocked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.inputs import OptionalTitle
from secretariat.bodies.models import Body, CompositionRule, RuleKind
from secretariat.bodies.policy import may_appoint, may_keep_body
from secretariat.bodies.structures import BodyPlan, Constituency, SeatPlan, Structure
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _, _l, _n
from secretariat.core.text.sorting import folded
from secretariat.directory.parties import EQUAL_PARTIES, Party, label

ONE_FROM_EACH = (RuleKind.EACH_REGION, RuleKind.EACH_MUNICIPALITY)
GENERAL_PRACTITIONER = "fastlege"


@dataclass(frozen=True)
class Rule:
    """One rule of a composition."""

    id: UUID
    kind: RuleKind
    party: Party
    least: int
    title: str

    @property
    def words(self) -> str:
        """The rule in words."""
        if self.kind is RuleKind.TITLE:
            return _("Minst %(number)s med tittelen %(title)s", number=self.least, title=self.title)
        return counted(self.party, self.least) if self.kind is RuleKind.COUNT else str(self.kind.word)


def counted(party: Party, number: int) -> str:
    """So many from a party."""
    if party is Party.M:
        return _n("én fra kommunene", "%(number)s fra kommunene", number)
    if party is Party.H:
        return _n("én fra helseforetaket", "%(number)s fra helseforetaket", number)
    return _("%(party)s: %(number)s", party=label(party), number=number)


def rules_of(actor: Actor, body_id: UUID) -> list[Rule]:
    """The rules of a body, numbers first."""
    row = CompositionRule
    query = sa.select(row.id, row.kind, row.party, row.least, row.title).where(visible(actor, row))
    found = [Rule(*one) for one in session().execute(query.where(row.body_id == body_id).order_by(row.id))]
    return sorted(found, key=lambda rule: (list(RuleKind).index(rule.kind), list(Party).index(rule.party)))


def rule(actor: Actor, rule_id: UUID) -> CompositionRule | None:
    """One rule."""
    return session().scalar(
        sa.select(CompositionRule).where(CompositionRule.id == rule_id, visible(actor, CompositionRule))
    )


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


# ---- from a structure


def planned_rules(structure: Structure, plan: BodyPlan) -> Iterator[dict[str, Any]]:
    """What the structure says of a body's composition, as far as its numbers are stated and not assumed."""
    for party in EQUAL_PARTIES:
        seats = [seat for seat in structure.seats_of(plan) if seat.party is party]
        if seats and not any(seat.assumed for seat in seats):
            yield {"kind": RuleKind.COUNT, "party": party, "least": len(seats)}
    named = [seat for seat in plan.seats if seat.party is Party.M]
    if structure.regions and any(seat.one_per is Constituency.REGION for seat in named):
        yield {"kind": RuleKind.EACH_REGION, "party": Party.M}
    if structure.municipalities and not plan.area and any(_is_one_per_municipality(seat) for seat in named):
        yield {"kind": RuleKind.EACH_MUNICIPALITY, "party": Party.M}
    doctors = sum(seat.count or 1 for seat in plan.seats if _is_doctor(seat))
    if doctors:
        yield {"kind": RuleKind.TITLE, "party": Party.G, "least": doctors, "title": GENERAL_PRACTITIONER}


def _is_one_per_municipality(seat: SeatPlan) -> bool:
    return seat.one_per is Constituency.MUNICIPALITY


def _is_doctor(seat: SeatPlan) -> bool:
    return seat.party is Party.G and GENERAL_PRACTITIONER in folded(seat.role)
