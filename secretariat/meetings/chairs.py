"""What the two chairs read while an agenda is made: its cases, to say whether it is good.

From the notice on the cases are open to the whole body; before it, to chair and deputy chair on the meeting's day.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import SeatRole
from secretariat.bodies.sitting import sitting_on
from secretariat.cases.models import Case, Treatment
from secretariat.core import clock
from secretariat.core.access import AccessGrant, grant
from secretariat.core.db import session
from secretariat.meetings.calling import belongs
from secretariat.meetings.models import AgendaItem, Consideration, ItemState, Meeting, MeetingState

LEADING = (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)
MADE = "agenda_is_made"


def let_chairs_read(case_ids: Iterable[UUID]) -> None:
    """Open these cases to the chairs of the agendas they stand on while those are made, and close them to others who
    were let in by that: the agenda was left, the meeting moved into another's term, the chair plan changed.
    """
    wanted = _wanted(case_ids)
    for door in session().scalars(_doors(list(wanted))).all():
        if door.person_id not in wanted[door.subject_id]:
            session().delete(door)
    for case in session().scalars(sa.select(Case).where(Case.id.in_(list(wanted))).order_by(Case.id)).all():
        for person_id in sorted(wanted[case.id]):
            grant(case, because=MADE, start=clock.today(), person_id=person_id)


def chairs_follow(body_id: UUID) -> None:
    """Who leads the body, or who holds its places, has changed."""
    let_chairs_read(session().scalars(on_agendas_being_made().where(Meeting.body_id == body_id)).all())


def cases_on_agenda(meeting_id: UUID) -> list[UUID]:
    """The cases that stand on the agenda of a meeting that is not called yet."""
    return list(session().scalars(on_agendas_being_made().where(Meeting.id == meeting_id)))


def _wanted(case_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """By case: who reads it as chair or deputy chair."""
    wanted: dict[UUID, set[UUID]] = {case_id: set() for case_id in case_ids}
    chairs: dict[UUID, set[UUID]] = {}
    standing = on_agendas_being_made().add_columns(Meeting).where(Treatment.case_id.in_(list(wanted)))
    for case_id, meeting in session().execute(standing).all() if wanted else ():
        if meeting.id not in chairs:
            chairs[meeting.id] = _chairs(meeting)
        wanted[case_id] |= chairs[meeting.id]
    return wanted


def _chairs(meeting: Meeting) -> set[UUID]:
    seated = sitting_on(meeting.body_id, meeting.day)
    return {sitting.person_id for sitting in seated if sitting.role in LEADING and belongs(meeting, sitting)}


def on_agendas_being_made() -> sa.Select[*tuple[Any, ...]]:
    """The cases that stand on agendas being made, or are considered for them."""
    both = (AgendaItem, Consideration)
    item, said = (sa.exists().where(k.treatment_id == Treatment.id, k.meeting_id == Meeting.id) for k in both)
    return (
        sa.select(Treatment.case_id)
        .join(Meeting, Meeting.body_id == Treatment.body_id)
        .where(Meeting.state == MeetingState.PLANNED)
        .where(sa.or_(item.where(AgendaItem.state == ItemState.STANDING), said))
        .order_by(Meeting.id, Treatment.case_id)
    )


def _doors(case_ids: list[UUID]) -> sa.Select[AccessGrant]:
    of_case = (AccessGrant.subject_kind == Case.__tablename__, AccessGrant.subject_id.in_(case_ids))
    return sa.select(AccessGrant).where(*of_case, AccessGrant.because == MADE).order_by(AccessGrant.id)
