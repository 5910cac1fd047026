"""Who was reminded of a meeting, and when: read from the letters that went out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.reading import Ready
from secretariat.directory.models import Person
from secretariat.meetings.models import Meeting
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail

ASKING = (LetterKind.NOTICE.value, LetterKind.REMINDER.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """When a person was last asked to answer, by the notice or by a reminder, and when last reminded (None: never)."""

    last: datetime
    reminded: datetime | None

    @property
    def was_asked_today(self) -> bool:
        """Whether a letter has gone today: once a day is enough."""
        return clock.is_today(self.last)


def asked_to_come(actor: Actor, meeting_id: UUID, since: datetime | None) -> dict[UUID, Asked]:
    """By person: when the notice and the reminders since it asked for an answer, as far as the actor sees the letters.

    What the chairs were asked about the agenda before the notice is another matter.
    """
    if since is None:
        return {}
    rows = _asking(actor).rows(meeting_id=meeting_id, since=since)
    return {row.person_id: Asked(row.last, row.reminded) for row in rows if row.person_id is not None}


@built_once
def _asking(actor: Actor) -> Ready:
    reminded = sa.func.max(Mail.created_at).filter(Mail.kind == LetterKind.REMINDER.value)
    meeting_id, since = sa.bindparam("meeting_id", type_=sa.Uuid()), sa.bindparam("since", type_=Mail.created_at.type)
    return Ready(
        sa.select(Mail.person_id, sa.func.max(Mail.created_at).label("last"), reminded.label("reminded"))
        .where(*_about(meeting_id), Mail.kind.in_(ASKING), Mail.created_at >= since, visible(actor, Mail))
        .group_by(Mail.person_id)
    )


def last_reminded(actor: Actor, meeting_id: Any, person_id: Any) -> sa.ScalarSelect[Any]:
    """When a person was last reminded of a meeting, beside the rows of another statement."""
    query = sa.select(sa.func.max(Mail.created_at)).where(*_about(meeting_id), Mail.person_id == person_id)
    reminders = query.where(Mail.kind == LetterKind.REMINDER.value, visible(actor, Mail))
    return reminders.correlate(Person).scalar_subquery()


def _about(meeting_id: Any) -> tuple[sa.ColumnElement[bool], ...]:
    return Mail.subject_kind == Meeting.__tablename__, Mail.subject_id == meeting_id
