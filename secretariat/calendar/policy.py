"""Who may see calendar components."""

from typing import Any

from secretariat.calendar.models import CalendarComponent
from secretariat.core.access import Condition, readable, through, visible
from secretariat.core.actor import Actor
from secretariat.meetings.models import Meeting


@readable(CalendarComponent)
def sees_component(actor: Actor) -> Condition:
    """Who sees the meeting sees it in the calendar."""
    return through(CalendarComponent.meeting_id, Meeting, visible(actor, Meeting))


def may_subscribe(actor: Actor, _installation: Any) -> bool:
    """Have a calendar to subscribe to: everybody who has signed in."""
    return not actor.is_anonymous


def may_end_subscription(actor: Actor, link: Any) -> bool:
    """Close a subscription: whoever it belongs to."""
    return actor.is_person(link.person_id)
