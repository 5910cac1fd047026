"""What minutes hold on a person: remarks on drafts."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.text.language import _l
from secretariat.directory.held import Held, joined, seen_by, told
from secretariat.meetings.models import Meeting
from secretariat.minutes.models import Comment, Minutes


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """What the person remarked on."""
    query = (
        sa.select(Comment.person_id, Comment.created_at.label("day"), Meeting.title, Comment.text)
        .join(Minutes, Minutes.id == Comment.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Comment.person_id.in_(person_ids), seen_by(reader, Comment))
        .order_by(Comment.created_at.desc(), Comment.id)
    )
    return told(_l("Merknader til referat"), query, lambda row: joined(row.title, row.text))
