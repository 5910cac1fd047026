"""Who may see and change minutes."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, among, readable, served, through, visible
from secretariat.core.actor import Actor
from secretariat.meetings.models import Meeting
from secretariat.minutes.models import Addition, Comment, Correction, ItemText, ItemTextVersion, Minutes, MinutesState


@readable(Minutes)
def sees_minutes(actor: Actor) -> Condition:
    """The secretaries; from when they are sent out for comments, all who see the meeting."""
    sent = sa.and_(visible(actor, Meeting), Minutes.state != MinutesState.DRAFT)
    return through(Minutes.meeting_id, Meeting, sa.or_(served(actor, Meeting), sent))


def _of_visible_minutes(actor: Actor, model: Any) -> Condition:
    return through(model.minutes_id, Minutes, visible(actor, Minutes))


@readable(ItemText)
def sees_item_text(actor: Actor) -> Condition:
    """Who sees the minutes sees what they say."""
    return _of_visible_minutes(actor, ItemText)


@readable(Addition)
def sees_addition(actor: Actor) -> Condition:
    """Who sees the minutes sees what was added to them."""
    return _of_visible_minutes(actor, Addition)


@readable(ItemTextVersion)
def sees_item_text_version(actor: Actor) -> Condition:
    """Earlier wordings are the secretariat's."""
    return through(ItemTextVersion.item_text_id, ItemText, through(ItemText.minutes_id, Minutes, _served(actor)))


def _served(actor: Actor) -> Condition:
    return through(Minutes.meeting_id, Meeting, served(actor, Meeting))


@readable(Comment)
def sees_comment(actor: Actor) -> Condition:
    """The secretaries, and the one who made it."""
    own = [among(Comment.person_id, actor.person_ids)] if actor.person_ids else []
    return sa.or_(through(Comment.minutes_id, Minutes, _served(actor)), *own)


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
