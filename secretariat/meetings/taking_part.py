"""One's own place among those called to a meeting."""

import sqlalchemy as sa

from secretariat.core.access import Condition
from secretariat.core.actor import Actor
from secretariat.meetings.models import Participant


def own_place(actor: Actor) -> Condition:
    """The actor's row among a meeting's participants: one, also for somebody called under two registrations."""
    ids = sorted(actor.person_ids)
    if len(ids) < 2:
        return Participant.person_id == actor.person_id
    other = sa.orm.aliased(Participant)
    twice = sa.exists().where(
        other.meeting_id == Participant.meeting_id,
        other.person_id.in_(ids),
        other.removed_at.is_(None),
        other.person_id < Participant.person_id,
    )
    return sa.and_(Participant.person_id.in_(ids), ~twice)
