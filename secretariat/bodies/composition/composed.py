"""How a body is manned against what was agreed, on a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from secretariat.bodies.balance import COUNTED, Balance, agreed_of, balanced
from secretariat.bodies.composition.districts import Districts, districts_on
from secretariat.bodies.composition.missing import missing, needs_districts
from secretariat.bodies.composition.queries import rules_of
from secretariat.bodies.composition.rules import Rule
from secretariat.bodies.models import Body, RuleKind
from secretariat.bodies.rows import PartyGroup
from secretariat.core.actor import Actor
from secretariat.directory.parties import Party

NONE = Districts({}, ())


@dataclass(frozen=True)
class Composed:
    """How a body is manned against what was agreed: the rules of the day, the balance of the two parties, what is
    missing; and the rules that were over by then or had not begun.
    """

    rules: list[Rule]
    balance: Balance | None
    missing: list[str]
    former: list[Rule]
    coming: list[Rule]


def composed(actor: Actor, body: Body, groups: list[PartyGroup], day: date) -> Composed:
    """The composition on a day. One statement, one more when a rule asks for one from each municipality or group."""
    known = rules_of(actor, body.id)
    rules = [rule for rule in known if rule.holds_on(day)]
    former = [rule for rule in known if rule.ends_on is not None and rule.ends_on < day]
    coming = [rule for rule in known if rule.starts_on > day]
    numbers = {rule.party: rule.least for rule in rules if rule.kind is RuleKind.COUNT}
    districts = districts_on(actor, body.partnership_id, day) if needs_districts(rules) else NONE
    lacking = missing(rules, groups, districts)
    return Composed(rules, _balance(groups, numbers), lacking, former, coming)


def _balance(groups: list[PartyGroup], numbers: dict[Party, int]) -> Balance | None:
    """How many meet for the two equal parties, when the body has places for both; ``numbers`` are those agreed."""
    places = [place for group in groups for place in group.places if place.role in COUNTED]
    agreed = agreed_of(Counter(place.party for place in places), numbers)
    if not all(agreed):
        return None
    meeting = [(place.party, place.holder.meets.tier) for place in places if place.holder and place.holder.meets]
    return balanced(meeting, agreed)
