"""What a structure says of a body's composition, as rules to begin with."""

from collections.abc import Iterator
from typing import Any

from secretariat.bodies.models import RuleKind
from secretariat.bodies.structures import BodyPlan, Constituency, SeatPlan, Structure
from secretariat.core.text.sorting import folded
from secretariat.directory.parties import EQUAL_PARTIES, Party

GENERAL_PRACTITIONER = "fastlege"


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
