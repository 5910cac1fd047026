"""The deadlines of a meeting, counted from its day by the body's settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.core.dates import Unit, days_after, due_after, due_before


@dataclass(frozen=True)
class Deadlines:
    """Back from the meeting: intake of cases, review, dispatch. Forward from it: minutes out, comments on them.

    None falls on a day when nobody works; ``moved`` holds, by the deadline's name, the day it was moved from.
    """

    intake: date
    review: date
    dispatch: date
    minutes: date
    comments: date
    moved: Mapping[str, date]


BACK, FORWARD = ("intake", "review", "dispatch"), ("minutes", "comments")


def deadlines_of(body: Any, day: date) -> Deadlines:
    """The deadlines of a meeting of ``body`` on ``day``, in days or working days as the body counts."""
    unit: Unit = "working_days" if body.working_days else "days"
    counts = {name: getattr(body, f"{name}_days") for name in (*BACK, *FORWARD)}
    due = {name: due_before(day, counts[name], unit) for name in BACK}
    due |= {name: due_after(day, counts[name], unit) for name in FORWARD}
    counted = {name: days_after(day, -counts[name] if name in BACK else counts[name], unit) for name in due}
    return Deadlines(**due, moved={name: was for name, was in counted.items() if was != due[name]})
