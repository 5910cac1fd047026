"""What the desk of one who meets holds."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.desk.queries.counting import COUNTING
from secretariat.meetings.models import (
    AgendaAgreement,
    Meeting,
    MeetingState,
    Participant,
    ParticipantRole,
    Reply,
)
from secretariat.meetings.standing_in import StandsIn
from secretariat.meetings.taking_part import own_place
from secretariat.minutes.models import Minutes, MinutesState


@dataclass(frozen=True)
class OwnMeeting(StandsIn):
    """A meeting the actor comes to, with the actor's places, answers and what its deadlines are counted by."""

    id: UUID
    body_id: UUID
    title: str
    body: str
    day: date
    starts: time
    ends: time
    place: str
    state: MeetingState
    tentative: bool
    called_at: datetime | None
    seats: list[Any] | None
    reply: Reply | None
    agreed: bool | None
    intake_days: int
    review_days: int
    dispatch_days: int
    minutes_days: int
    comments_days: int
    working_days: bool


def own_meetings(actor: Actor, most: int) -> list[OwnMeeting]:
    """The next meetings of the actor's bodies, and those the actor is called to; not those one only serves."""
    called = sa.and_(
        Participant.meeting_id == Meeting.id,
        own_place(actor),
        Participant.removed_at.is_(None),
        Participant.role != ParticipantRole.SECRETARIAT,
    )
    answered = sa.and_(
        AgendaAgreement.meeting_id == Meeting.id, AgendaAgreement.person_id.in_(sorted(actor.person_ids))
    )
    columns = (Meeting.id, Meeting.body_id, Meeting.title, Body.short_name, Meeting.day, Meeting.starts, Meeting.ends)
    query = (
        sa.select(*columns, Meeting.place, Meeting.state, Meeting.tentative, Meeting.called_at)
        .add_columns(Participant.seats, Participant.reply, AgendaAgreement.agreed, *COUNTING)
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(Participant, called)
        .outerjoin(AgendaAgreement, answered)
        .where(visible(actor, Meeting), Meeting.day >= actor.today)
        .where(Meeting.state.in_((MeetingState.PLANNED, MeetingState.CALLED)))
        .where(sa.or_(Meeting.body_id.in_(sorted(actor.bodies)), Participant.id.is_not(None)))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(most)
    )
    return [OwnMeeting(*row) for row in session().execute(query)]


def drafts_to_remark_on(actor: Actor) -> list[tuple[UUID, str, date | None]]:
    """Minutes of meetings the actor was called to that are out for comments: meeting, title, until when."""
    mine = sa.select(Participant.meeting_id).where(own_place(actor), Participant.role != ParticipantRole.SECRETARIAT)
    of = sa.orm.aliased(Meeting)
    query = (
        sa.select(of.id, of.title, Minutes.comments_until)
        .join(of, of.id == Minutes.meeting_id)
        .where(visible(actor, Minutes), Minutes.state == MinutesState.COMMENTING, of.id.in_(mine))
        .where(Minutes.comments_until >= actor.today)
        .order_by(Minutes.comments_until, of.id)
    )
    return [(meeting_id, title, until) for meeting_id, title, until in session().execute(query)]
