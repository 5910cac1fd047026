"""Who may see and send parcels."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, readable, served, visible
from secretariat.core.actor import Actor
from secretariat.dispatch.models import Delivery, Dispatch, DispatchFile, Edition
from secretariat.meetings.models import Meeting


@readable(Dispatch)
def sees_dispatch(actor: Actor) -> Condition:
    """Who sees the meeting sees what was sent to it."""
    return Dispatch.meeting_id.in_(sa.select(Meeting.id).where(visible(actor, Meeting)))


@readable(DispatchFile)
def sees_dispatch_file(actor: Actor) -> Condition:
    """The internal edition of what one sees; the public edition is reached through publishing alone."""
    dispatches = sa.select(Dispatch.id).where(visible(actor, Dispatch))
    return sa.and_(DispatchFile.edition == Edition.INTERNAL, DispatchFile.dispatch_id.in_(dispatches))


@readable(Delivery)
def sees_delivery(actor: Actor) -> Condition:
    """Who got what and by when is the secretariat's; everybody sees the own delivery."""
    meetings = sa.select(Dispatch.id).join(Meeting, Meeting.id == Dispatch.meeting_id).where(served(actor, Meeting))
    own = [Delivery.person_id == actor.person_id] if actor.person_id is not None else []
    return sa.or_(Delivery.dispatch_id.in_(meetings), *own)


def may_dispatch(actor: Actor, meeting: Any) -> bool:
    """Send notice, supplement and minutes: the secretaries of the meeting's room."""
    return actor.is_secretary(meeting.partnership_id, meeting.room)
