"""Who may see calendar components."""

import sqlalchemy as sa

from secretariat.calendar.models import CalendarComponent
from secretariat.core.access import Condition, readable, visible
from secretariat.core.actor import Actor
from secretariat.meetings.models import Meeting


@readable(CalendarComponent)
def sees_component(actor: Actor) -> Condition:
    """Who sees the meeting sees it in the calendar."""
    return CalendarComponent.meeting_id.in_(sa.select(Meeting.id).where(visible(actor, Meeting)))
