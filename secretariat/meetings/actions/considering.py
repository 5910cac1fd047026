"""The agenda meeting: secretariat and chairs say of each candidate whether it comes up, waits or goes back."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases.models import Treatment
from secretariat.cases.saksgang import AHEAD
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.language import _l
from secretariat.meetings.chairs import let_chairs_read
from secretariat.meetings.models import Consideration, Meeting, MeetingState, Verdict
from secretariat.meetings.policy import may_consider

Remark = Annotated[str, Words(most=1000, required=False, lines=True)]


@dataclass(frozen=True)
class Consider:
    """Of which step of a case, what one says, and why."""

    treatment_id: UUID
    verdict: Verdict
    note: Remark = ""


@action("meetings.consider", load=Meeting, rule=may_consider, input=Consider)
def consider(actor: Actor, meeting: Meeting, given: Consider) -> UUID:
    """Say opp, vent or tilbake; said again, the newest counts. What the secretariat considers the chairs may read."""
    if meeting.state is not MeetingState.PLANNED:
        raise DomainError(_l("Sakslisten er alt sendt ut."))
    treatment = _candidate(actor, meeting, given.treatment_id)
    row = _said(actor, meeting, treatment.id)
    if row is None:
        row = Consideration(
            partnership_id=meeting.partnership_id,
            meeting_id=meeting.id,
            treatment_id=treatment.id,
            person_id=actor.person_id,
        )
        session().add(row)
    row.verdict, row.note = given.verdict, given.note
    session().flush()
    let_chairs_read([treatment.case_id])
    return meeting.id


def _candidate(actor: Actor, meeting: Meeting, treatment_id: UUID) -> Treatment:
    here = (Treatment.id == treatment_id, Treatment.body_id == meeting.body_id, Treatment.state.in_(AHEAD))
    treatment = session().scalar(sa.select(Treatment).where(*here, visible(actor, Treatment)))
    if treatment is None:
        raise DomainError(_l("Saken venter ikke på dette utvalget."), "treatment_id")
    return treatment


def _said(actor: Actor, meeting: Meeting, treatment_id: UUID) -> Consideration | None:
    own = (Consideration.meeting_id == meeting.id, Consideration.treatment_id == treatment_id)
    return session().scalar(sa.select(Consideration).where(*own, Consideration.person_id.in_(sorted(actor.person_ids))))
