"""Who may see and change minutes."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, readable, served, visible
from secretariat.core.actor import Actor
from secretariat.meetings.models import Meeting
from secretariat.minutes.models import Comment, Correction, ItemText, ItemTextVersion, Minutes, MinutesState


@readable(Minutes)
def sees_minutes(actor: Actor) -> Condition:
    """The secretaries; from when they are sent out for comments, all who see the meeting."""
    sent = sa.and_(visible(actor, Meeting), Minutes.state != MinutesState.DRAFT)
    return sa.exists().where(Meeting.id == Minutes.meeting_id, sa.or_(served(actor, Meeting), sent))


def _of_visible_minutes(actor: Actor, model: Any) -> Condition:
    condition: Condition = model.minutes_id.in_(sa.select(Minutes.id).where(visible(actor, Minutes)))
    return condition


@readable(ItemText)
def sees_item_text(actor: Actor) -> Condition:
    """Who sees the minutes sees what they say."""
    return _of_visible_minutes(actor, ItemText)


@readable(ItemTextVersion)
def sees_item_text_version(actor: Actor) -> Condition:
    """Earlier wordings are the secretariat's."""
    texts = (
        sa.select(ItemText.id)
        .join(Minutes, Minutes.id == ItemText.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(served(actor, Meeting))
    )
    return ItemTextVersion.item_text_id.in_(texts)


@readable(Comment)
def sees_comment(actor: Actor) -> Condition:
    """The secretaries, and the one who made it."""
    meetings = sa.select(Minutes.id).join(Meeting, Meeting.id == Minutes.meeting_id).where(served(actor, Meeting))
    own = [Comment.person_id == actor.person_id] if actor.person_id is not None else []
    return sa.or_(Comment.minutes_id.in_(meetings), *own)


@readable(Correction)
def sees_correction(actor: Actor) -> Condition:
    """Who sees the minutes sees their corrections."""
    return _of_visible_minutes(actor, Correction)


def may_write_minutes(actor: Actor, minutes: Any) -> bool:
    """Write, send out, approve and correct minutes: the secretariat (the room is settled by what one sees)."""
    return actor.is_secretary(minutes.partnership_id)


def may_comment(actor: Actor, minutes: Any) -> bool:
    """Remark on the draft: all who see it and are persons; whether it is the time for it is a rule of the trade."""
    return actor.person_id is not None
