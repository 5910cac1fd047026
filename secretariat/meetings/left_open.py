"""What a body that closes would leave undone here: the meetings it was to hold, or has not closed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.life.matters import OpenMatter
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l, format_date
from secretariat.meetings.models import Meeting, MeetingState

AHEAD = (MeetingState.PLANNED, MeetingState.CALLED)


def open_meetings(actor: Actor, body: Any, day: date) -> Iterator[OpenMatter]:
    """Meetings after the body's last day; when that has come, all that are not held or cancelled."""
    late = sa.true() if day <= clock.today() else Meeting.day > day
    query = sa.select(Meeting.id, Meeting.title, Meeting.day).where(
        visible(actor, Meeting), Meeting.body_id == body.id, Meeting.state.in_(AHEAD), late
    )
    for row in session().execute(query.order_by(Meeting.day, Meeting.id)):
        sentence = _l("Møtet %(date)s er ikke holdt eller avlyst.", date=format_date(row.day))
        yield OpenMatter("meeting", row.id, row.title, sentence)
