"""The life of a meeting: planned, changed, cancelled, closed, opened again; and whether its chairs agree."""

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa

from secretariat import config
from secretariat.bodies.models import Body
from secretariat.cases.models import TreatmentState
from secretariat.cases.saksgang import mark
from secretariat.core import clock, signals
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.dates import OSLO
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError
from secretariat.core.inputs import Line, OptionalLine, Words
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.parties import EQUAL_PARTIES, Party
from secretariat.meetings import numbers
from secretariat.meetings.calling import called_people, rows_of
from secretariat.meetings.chairs import cases_on_agenda, let_chairs_read
from secretariat.meetings.models import (
    AgendaAgreement,
    AgendaItem,
    ItemState,
    Meeting,
    MeetingForm,
    MeetingState,
    ParticipantRole,
)
from secretariat.meetings.obstacles import (
    hinders_cancelling,
    hinders_changing,
    hinders_closing,
    hinders_reopening,
    unhindered,
)
from secretariat.meetings.policy import may_agree_agenda, may_manage_meeting, may_plan_meeting
from secretariat.meetings.timing import as_invited, set_time

Reason = Annotated[str, Words(most=500, lines=True)]
Address = Annotated[str, Words(most=500, required=False)]
Practical = Annotated[str, Words(most=2000, required=False, lines=True)]


@dataclass(frozen=True)
class PlanMeeting:
    """When, where and how. ``room`` is the body's own, or a party's for what that party prepares alone."""

    day: date
    starts: time
    ends: time
    timezone: str = OSLO
    fold: int | None = None
    title: OptionalLine = ""
    form: MeetingForm = MeetingForm.PHYSICAL
    tentative: bool = False
    place: OptionalLine = ""
    digital_link: Address = ""
    practical: Practical = ""
    room: str | None = None


@action("meetings.plan", load=Body, rule=may_plan_meeting, input=PlanMeeting)
def plan(actor: Actor, body: Body, given: PlanMeeting) -> UUID:
    """Give a body's meeting a date."""
    room = _room(actor, body, given.room or body.room)
    meeting = Meeting(partnership_id=body.partnership_id, body_id=body.id, room=room, language=body.language)
    meeting.uid = f"{meeting.id}@{urlsplit(config.settings().url).hostname}"
    set_time(meeting, given)
    with use_language(body.language):
        _describe(meeting, given, given.title or _usual_title(body, room))
    session().add(meeting)
    session().flush()
    signals.meeting_planned.tell(meeting)
    return meeting.id


def _usual_title(body: Body, room: str) -> str:
    """What a meeting is called when nobody names it: a party's own is not taken for the joint one."""
    if room == body.room:
        return _("Møte i %(body)s", body=body.name)
    if room == Party.M:
        return _("Kommunenes møte i %(body)s", body=body.name)
    return _("Helseforetakets møte i %(body)s", body=body.name)


def _room(actor: Actor, body: Body, room: str) -> str:
    """A party meets alone in its own room of a joint body; nobody plans in a room that is closed to them."""
    if not actor.enters(body.partnership_id, room):
        raise Denied("room")
    if room not in (body.room, *EQUAL_PARTIES):
        raise Denied("room")
    if body.room != COMMON_ROOM and room != body.room:
        raise DomainError(_l("Utvalget har bare møter i sitt eget rom."), "room")
    return room


def _describe(meeting: Meeting, given: Any, title: str) -> None:
    if given.digital_link and not given.digital_link.startswith(("https://", "http://")):
        raise DomainError(_l("Lenken må begynne med https://."), "digital_link")
    meeting.title, meeting.form, meeting.tentative = title[:200], given.form, given.tentative
    meeting.place, meeting.digital_link, meeting.practical = given.place, given.digital_link, given.practical


@dataclass(frozen=True)
class ChangeMeeting:
    """The meeting as it is to be."""

    day: date
    starts: time
    ends: time
    title: Line
    timezone: str = OSLO
    fold: int | None = None
    form: MeetingForm = MeetingForm.PHYSICAL
    tentative: bool = False
    place: OptionalLine = ""
    digital_link: Address = ""
    practical: Practical = ""
    version: int | None = None


@action("meetings.change", load=Meeting, rule=may_manage_meeting, input=ChangeMeeting)
def change(_actor: Actor, meeting: Meeting, given: ChangeMeeting) -> UUID:
    """Move the meeting, or change what is said of it. Once it is called, a new time or place is a new invitation."""
    unhindered(hinders_changing(meeting))
    before = as_invited(meeting)
    set_time(meeting, given)
    _describe(meeting, given, given.title)
    if meeting.called_at is not None and as_invited(meeting) != before:
        meeting.sequence += 1
    session().flush()
    let_chairs_read(cases_on_agenda(meeting.id))
    signals.meeting_changed.tell(meeting)
    return meeting.id


@dataclass(frozen=True)
class ChooseChair:
    """Who leads this one meeting instead of the one the chair plan names, and why; nobody: the plan again."""

    chair_person_id: UUID | None = None
    chair_reason: Annotated[str, Words(most=500, required=False, lines=True)] = ""


@action("meetings.choose_chair", load=Meeting, rule=may_manage_meeting, input=ChooseChair)
def choose_chair(_actor: Actor, meeting: Meeting, given: ChooseChair) -> UUID:
    """Let another lead this meeting, with a reason; or go back to the chair plan."""
    unhindered(hinders_changing(meeting))
    comes = rows_of(meeting) if meeting.called_at is not None else called_people(meeting)
    here = {person.person_id for person in comes}
    if given.chair_person_id is not None and given.chair_person_id not in here:
        raise DomainError(_l("Velg en av dem som innkalles til møtet."), "chair_person_id")
    if given.chair_person_id is not None and not given.chair_reason:
        raise DomainError(_l("Skriv hvorfor en annen enn planlagt leder møtet."), "chair_reason")
    meeting.chair_person_id, meeting.chair_reason = given.chair_person_id, given.chair_reason
    session().flush()
    _give_chair(meeting)
    signals.meeting_changed.tell(meeting)
    return meeting.id


def _give_chair(meeting: Meeting) -> None:
    """From the notice on those called are rows, and get the role that follows from the choice."""
    if meeting.called_at is None:
        return
    roles = {person.person_id: person.role for person in called_people(meeting)}
    for row in rows_of(meeting):
        by_hand = ParticipantRole.GUEST if row.deputises_for_id is None else ParticipantRole.DEPUTY
        role = roles.get(row.person_id, by_hand)
        row.role = ParticipantRole.CHAIR if row.person_id == meeting.chair_person_id else role


@dataclass(frozen=True)
class CancelMeeting:
    """Why the meeting will not be held."""

    reason: Reason


@action("meetings.cancel", load=Meeting, rule=may_manage_meeting, input=CancelMeeting)
def cancel(_actor: Actor, meeting: Meeting, given: CancelMeeting) -> UUID:
    """The meeting will not be held; its cases go back to the queue, numbers that were given stay used."""
    unhindered(hinders_cancelling(meeting))
    cases = cases_on_agenda(meeting.id)
    meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, given.reason
    meeting.sequence += meeting.called_at is not None
    for item, treatment_id in _standing_cases(meeting):
        item.state = ItemState.POSTPONED
        mark(treatment_id, TreatmentState.POSTPONED)
    session().flush()
    let_chairs_read(cases)
    signals.meeting_cancelled.tell(meeting)
    return meeting.id


def _standing_cases(meeting: Meeting) -> list[tuple[AgendaItem, UUID]]:
    """The items that stand and carry a case, each with the step of the saksgang it takes up."""
    query = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.state == ItemState.STANDING)
    items = session().scalars(query.order_by(AgendaItem.position, AgendaItem.id))
    return [(item, item.treatment_id) for item in items if item.treatment_id is not None]


@action("meetings.close", load=Meeting, rule=may_manage_meeting)
def close(_actor: Actor, meeting: Meeting, _given: Any) -> UUID:
    """The meeting has been held: what stood on its agenda is treated, what it decided is in force."""
    unhindered(hinders_closing(meeting))
    numbers.give(meeting)
    meeting.state, meeting.held_at = MeetingState.HELD, clock.now()
    for _item, treatment_id in _standing_cases(meeting):
        mark(treatment_id, TreatmentState.TREATED, on=meeting.day)
    session().flush()
    signals.meeting_closed.tell(meeting)
    return meeting.id


@action("meetings.reopen", load=Meeting, rule=may_manage_meeting)
def reopen(_actor: Actor, meeting: Meeting, _given: Any) -> UUID:
    """Open a meeting that was closed too early, until its minutes are approved; or take a cancellation back."""
    unhindered(hinders_reopening(meeting))
    if meeting.state is MeetingState.CANCELLED:
        return _uncancel(meeting)
    meeting.state, meeting.held_at = MeetingState.CALLED, None
    for _item, treatment_id in _standing_cases(meeting):
        mark(treatment_id, TreatmentState.ON_AGENDA)
    session().flush()
    signals.meeting_reopened.tell(meeting)
    return meeting.id


def _uncancel(meeting: Meeting) -> UUID:
    """Cases that went back to the queue stay there, since they may stand on another agenda by now."""
    meeting.state = MeetingState.PLANNED if meeting.called_at is None else MeetingState.CALLED
    meeting.cancelled_because = ""
    meeting.sequence += meeting.called_at is not None
    session().flush()
    signals.meeting_changed.tell(meeting)
    return meeting.id


@dataclass(frozen=True)
class AgreeAgenda:
    """Whether the agenda is good, and what should be otherwise."""

    agreed: bool
    note: Annotated[str, Words(most=1000, required=False, lines=True)] = ""


@action("meetings.agree_agenda", load=Meeting, rule=may_agree_agenda, input=AgreeAgenda)
def agree_agenda(actor: Actor, meeting: Meeting, given: AgreeAgenda) -> UUID:
    """Chair or deputy chair says whether the agenda is good; a later answer replaces the earlier one."""
    if meeting.state is not MeetingState.PLANNED:
        raise DomainError(_l("Innkallingen er alt sendt eller møtet avlyst. Skriv til sekretariatet i stedet."))
    if not given.agreed and not given.note:
        raise DomainError(_l("Skriv hva som bør være annerledes."), "note")
    same = (AgendaAgreement.meeting_id == meeting.id, AgendaAgreement.person_id.in_(sorted(actor.person_ids)))
    answer = session().scalar(sa.select(AgendaAgreement).where(*same))
    if answer is None:
        answer = AgendaAgreement(
            partnership_id=meeting.partnership_id, meeting_id=meeting.id, person_id=actor.person_id
        )
        session().add(answer)
    answer.agreed, answer.note, answer.created_at = given.agreed, given.note, clock.now()
    return meeting.id
