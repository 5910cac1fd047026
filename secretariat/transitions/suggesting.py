"""Which body of a new structure takes over after an old one: a suggestion that a secretary confirms or changes."""

import re
from collections.abc import Sequence
from typing import Any

from secretariat.bodies.structures import BodyPlan, Level

WORK_ON = (Level.WORKING_GROUP.order, Level.NETWORK.order)
"""Groups that mostly outlive a structure: they stay, and report to whoever takes over above them."""


def successor_of(body: Any, plans: Sequence[BodyPlan]) -> str:
    """The choice to suggest, in one word; empty where a person must say.

    The same short name, else the one body of the same level, else the one whose name has most words in common.
    """
    same = [plan for plan in plans if plan.short.casefold() == body.short_name.casefold()]
    level = same or [plan for plan in plans if plan.level.order == body.level]
    found = level if len(level) == 1 else _nearest(body.name, level)
    if found:
        return f"new:{found[0].short}"
    return "keep" if body.level in WORK_ON else ""


def _nearest(name: str, plans: Sequence[BodyPlan]) -> list[BodyPlan]:
    """The one whose name shares more of the long words than any other does."""
    scores = [(len(_words(name) & _words(plan.name)), plan) for plan in plans]
    best = max((score for score, _plan in scores), default=0)
    nearest = [plan for score, plan in scores if score == best]
    return nearest if best and len(nearest) == 1 else []


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w{5,}", name.casefold()))
