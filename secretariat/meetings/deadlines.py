"""The deadlines of a meeting, counted from its day by the body's settings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.core.dates import Unit, days_after, days_before


@dataclass(frozen=True)
class Deadlines:
    """Back from the meeting: intake of cases, review, dispatch. Forward from it: minutes out, comments on them."""

    intake: date
    review: date
    dispatch: date
    minutes: date
    comments: date


def deadlines_of(body: Any, day: date) -> Deadlines:
    """The deadlines of a meeting of ``body`` on ``day``, in days or working days as the body counts."""
    unit: Unit = "working_days" if body.working_days else "days"
    return Deadlines(
        intake=days_before(day, body.intake_days, unit),
        review=days_before(day, body.review_days, unit),
        dispatch=days_before(day, body.dispatch_days, unit),
        minutes=days_after(day, body.minutes_days, unit),
        comments=days_after(day, body.comments_days, unit),
    )
