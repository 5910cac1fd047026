"""The agenda meeting as a line on a chair's desk: how many cases wait for opp, vent or tilbake."""

from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import Case, Treatment
from secretariat.cases.saksgang import AHEAD
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _n
from secretariat.desk.deadlines import Due, DueKind
from secretariat.desk.queries import COUNTING
from secretariat.meetings.deadlines import deadlines_of
from secretariat.meetings.models import Consideration, Meeting, MeetingState


def to_consider(actor: Actor) -> tuple[Due, ...]:
    """One line for each agenda of which the actor, as chair or deputy chair, has cases left to consider. One statement,
    and none for those who lead nothing.
    """
    if not actor.led_bodies:
        return ()
    return tuple(_due(row) for row in session().execute(_waiting(actor)))


def _due(row: Any) -> Due:
    about = _n(
        "%(number)s sak venter på deg til %(meeting)s",
        "%(number)s saker venter på deg til %(meeting)s",
        row.number,
        meeting=row.title,
    )
    return Due(DueKind.CONSIDER, about, row.id, deadlines_of(row, row.day).dispatch)


def _waiting(actor: Actor) -> sa.Select[Any]:
    """What others have brought up for agendas being made, and the actor has not answered."""
    own = sa.orm.aliased(Consideration)
    answered = sa.exists().where(
        own.meeting_id == Consideration.meeting_id,
        own.treatment_id == Consideration.treatment_id,
        own.person_id.in_(sorted(actor.person_ids)),
    )
    return (
        sa.select(Meeting.id, Meeting.title, Meeting.day, *COUNTING)
        .add_columns(sa.func.count(Consideration.treatment_id.distinct()).label("number"))
        .join(Consideration, Consideration.meeting_id == Meeting.id)
        .join(Body, Body.id == Meeting.body_id)
        .join(Treatment, Treatment.id == Consideration.treatment_id)
        .join(Case, Case.id == Treatment.case_id)
        .where(Meeting.body_id.in_(sorted(actor.led_bodies)), Meeting.state == MeetingState.PLANNED)
        .where(Meeting.day >= actor.today, Treatment.state.in_(AHEAD), ~answered)
        .where(visible(actor, Meeting), visible(actor, Consideration), visible(actor, Case))
        .group_by(Meeting.id, Body.id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
