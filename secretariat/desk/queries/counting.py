"""What the readings of the desks share."""

from secretariat.bodies.models import Body

MOST = 500

COUNTING = (
    Body.intake_days,
    Body.review_days,
    Body.dispatch_days,
    Body.minutes_days,
    Body.comments_days,
    Body.working_days,
)
"""What the deadlines of a meeting are counted by."""
