"""Who may see and change meetings."""

from typing import Any

import sqlalchemy as sa

from secretariat.cases.models import Case, CasePaper, CasePaperVersion, Treatment
from secretariat.cases.policy import papers_go_out
from secretariat.core.access import (
    AccessGrant,
    Condition,
    among,
    every,
    in_open_room,
    opened,
    readable,
    served,
    through,
    visible,
)
from secretariat.core.actor import Actor
from secretariat.meetings.chairs import MADE, on_agendas_being_made
from secretariat.meetings.models import (
    AgendaAgreement,
    AgendaItem,
    Consideration,
    ItemOrigin,
    Meeting,
    MeetingState,
    NumberSeries,
    Participant,
    Presence,
    SteppedAside,
)


@readable(Meeting)
def sees_meeting(actor: Actor) -> Condition:
    """The secretaries of its room; the body, its past included; those called, then and later."""
    own = every(in_open_room(actor, Meeting), among(Meeting.body_id, actor.bodies))
    return sa.or_(served(actor, Meeting), own, Meeting.id.in_(opened(actor, Meeting)))


def sees_agenda(actor: Actor) -> Condition:
    """Meetings whose agenda the actor sees: from the notice on; before it, the secretaries and the two chairs."""
    led = every(in_open_room(actor, Meeting), among(Meeting.body_id, actor.led_bodies))
    sent = sa.and_(visible(actor, Meeting), Meeting.called_at.is_not(None))
    return sa.or_(served(actor, Meeting), led, sent)


@readable(AgendaItem)
def sees_agenda_item(actor: Actor) -> Condition:
    """Items of meetings whose agenda the actor sees. One that waits for a supplement is the secretaries' until the
    supplement has gone out, or the meeting has been held with it.
    """
    told = sa.or_(AgendaItem.origin != ItemOrigin.SUPPLEMENT, AgendaItem.sent_at.is_not(None))
    whole = sa.or_(served(actor, Meeting), Meeting.state == MeetingState.HELD)
    return sa.and_(
        through(AgendaItem.meeting_id, Meeting, sees_agenda(actor)),
        sa.or_(told, through(AgendaItem.meeting_id, Meeting, whole)),
    )


@readable(AgendaAgreement)
def sees_agenda_agreement(actor: Actor) -> Condition:
    """The secretaries and the two chairs."""
    led = among(Meeting.body_id, actor.led_bodies)
    both = sa.or_(served(actor, Meeting), sa.and_(led, visible(actor, Meeting)))
    return through(AgendaAgreement.meeting_id, Meeting, both)


@readable(Participant)
def sees_participant(actor: Actor) -> Condition:
    """Who sees the meeting sees who is called."""
    return through(Participant.meeting_id, Meeting, visible(actor, Meeting))


@readable(Presence)
def sees_presence(actor: Actor) -> Condition:
    """Who sees a held meeting sees who was there; while it is held, the secretaries."""
    held = sa.and_(visible(actor, Meeting), Meeting.state == MeetingState.HELD)
    return through(Presence.meeting_id, Meeting, sa.or_(served(actor, Meeting), held))


@readable(SteppedAside)
def sees_stepped_aside(actor: Actor) -> Condition:
    """Who sees who was there sees who stepped aside."""
    held = sa.and_(visible(actor, Meeting), Meeting.state == MeetingState.HELD)
    return through(SteppedAside.meeting_id, Meeting, sa.or_(served(actor, Meeting), held))


@readable(Consideration)
def sees_consideration(actor: Actor) -> Condition:
    """Those who make the agenda: the secretaries and the two chairs."""
    led = among(Meeting.body_id, actor.led_bodies)
    both = sa.or_(served(actor, Meeting), sa.and_(led, visible(actor, Meeting)))
    return through(Consideration.meeting_id, Meeting, both)


@readable(NumberSeries)
def sees_number_series(actor: Actor) -> Condition:
    """The counters are nobody's to read."""
    return sa.false()


def reads_while_made(actor: Actor) -> Condition:
    """Papers that the actor reads as chair or deputy chair of an agenda that is being made."""
    door = sa.exists().where(
        AccessGrant.subject_kind == Case.__tablename__,
        AccessGrant.subject_id == CasePaper.case_id,
        AccessGrant.because == MADE,
        among(AccessGrant.person_id, actor.person_ids),
    )
    made = on_agendas_being_made().order_by(None).where(Treatment.case_id == CasePaper.case_id)
    return sa.and_(door.correlate(CasePaper), made.correlate(CasePaper).exists())


def was_sent(actor: Actor) -> Condition:
    """Versions that have gone out to a meeting in the common room or in one that is open to the actor."""
    item = sa.and_(AgendaItem.treatment_id == Treatment.id, AgendaItem.sent_version == CasePaperVersion.number)
    sent = sa.exists().where(item, Treatment.case_id == CasePaper.case_id, Meeting.id == AgendaItem.meeting_id)
    return sent.where(in_open_room(actor, Meeting)).correlate(CasePaper, CasePaperVersion)


papers_go_out(while_made=reads_while_made, sent=was_sent)


def may_manage_meeting(actor: Actor, meeting: Any) -> bool:
    """Plan, move, cancel, call, hold and close: either secretary in common rooms, the party's own in its room."""
    return actor.is_secretary(meeting.partnership_id, meeting.room)


def may_plan_meeting(actor: Actor, body: Any) -> bool:
    """Plan a meeting of a body: the secretaries of its room."""
    return actor.is_secretary(body.partnership_id, body.room)


def may_plan_somewhere(actor: Actor, _subject: Any = None) -> bool:
    """Open the page where a meeting is planned: any secretary."""
    return bool(actor.secretary_in)


def may_manage_item(actor: Actor, item: Any) -> bool:
    """Change an agenda item: the secretariat (its room is settled by what one sees)."""
    return actor.is_secretary(item.partnership_id)


def may_manage_participant(actor: Actor, participant: Any) -> bool:
    """Call in, remove and note the presence of participants: the secretariat (its room is settled by the meeting's)."""
    return actor.is_secretary(participant.partnership_id)


def may_agree_agenda(actor: Actor, meeting: Any) -> bool:
    """Say that the agenda is good, or not: chair and deputy chair."""
    return meeting.body_id in actor.led_bodies


def may_consider(actor: Actor, meeting: Any) -> bool:
    """Say which cases come up: those who make the agenda, the secretaries of the room and the two chairs."""
    return actor.person_id is not None and (may_manage_meeting(actor, meeting) or may_agree_agenda(actor, meeting))


def may_reply(actor: Actor, participant: Any) -> bool:
    """Answer an invitation: the one who is called, or a secretary on behalf of that person."""
    own = actor.is_person(participant.person_id)
    return own or actor.is_secretary(participant.partnership_id)
