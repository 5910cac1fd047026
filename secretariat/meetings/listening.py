"""What meetings hear from the rooms below: who leads has changed; a step of a case is taken out; may an appointment be
taken back?
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.db import session
from secretariat.core.text.language import _l, format_date
from secretariat.meetings.chairs import chairs_follow, let_chairs_read
from secretariat.meetings.models import Consideration, Meeting, Participant


def seating_changed(body_id: UUID) -> None:
    """The chairs of meetings to come follow from who leads now."""
    chairs_follow(body_id)


def treatment_removed(treatment: Any) -> None:
    """What was said of it in the agenda meeting goes with it, and with that the chairs' leave to read the case."""
    for said in session().scalars(sa.select(Consideration).where(Consideration.treatment_id == treatment.id)):
        session().delete(said)
    session().flush()
    let_chairs_read([treatment.case_id])


def hindrances(verb: str, subject: Any) -> Iterable[Any]:
    """An appointment stays once somebody was called to a meeting with it."""
    if verb == "bodies.withdraw_appointment":
        for title, day in session().execute(_called_with(subject)):
            yield _l("%(meeting)s %(date)s er innkalt med denne oppnevningen.", meeting=title, date=format_date(day))


def _called_with(appointment: Any) -> sa.Select[*tuple[Any, ...]]:
    """The first meeting of the body on a day of the appointment to which the person was called. A party's own meeting
    is not told of, and keeps those it called in any case.
    """
    within = sa.true() if appointment.ends_on is None else Meeting.day <= appointment.ends_on
    return (
        sa.select(Meeting.title, Meeting.day)
        .join(Participant, Participant.meeting_id == Meeting.id)
        .join(Body, sa.and_(Body.id == Meeting.body_id, Body.room == Meeting.room))
        .where(Participant.person_id == appointment.person_id, Meeting.called_at.is_not(None))
        .where(Meeting.body_id == appointment.body_id, Meeting.day >= appointment.starts_on, within)
        .order_by(Meeting.day, Meeting.id)
        .limit(1)
    )
