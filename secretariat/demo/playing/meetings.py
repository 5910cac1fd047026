"""The meetings up to the notice: planned, their agenda made and agreed, everybody called, answers given."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.demo.playing.holding import hold
from secretariat.demo.playing.stage import Stage, on
from secretariat.demo.records import Meeting, Stage as Progress
from secretariat.dispatch.actions import send_notice
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.preparing import prepare
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaItem, Meeting as MeetingRow, MeetingForm, Participant, Reply

PLANNED_AHEAD = timedelta(days=60)
AGREED_AHEAD = timedelta(days=16)
CALLED_AHEAD = timedelta(days=12)
ANSWERED_AHEAD = timedelta(days=6)


def play_meetings(stage: Stage) -> None:
    """Every meeting in the order of their days."""
    for meeting in sorted(stage.content.meetings, key=lambda each: each.days_from_today):
        day = stage.day(meeting.days_from_today)
        with on(min(day - PLANNED_AHEAD, stage.today)):
            stage.meetings[meeting.key] = _plan(stage, meeting)
        with on(min(day - AGREED_AHEAD, stage.today)):
            _make_agenda(stage, meeting)
            _agree(stage, meeting)
        if meeting.held:
            with on(day - CALLED_AHEAD):
                _call(stage, meeting)
            with on(day - ANSWERED_AHEAD):
                _answer(stage, meeting)
            hold(stage, meeting, day)


def _plan(stage: Stage, meeting: Meeting) -> UUID:
    planned: UUID = meetings.plan(
        stage.coordinator,
        stage.bodies[meeting.body],
        day=stage.day(meeting.days_from_today),
        starts=meeting.starts,
        ends=meeting.ends,
        title=meeting.title,
        form=MeetingForm.HYBRID if meeting.digital_link else MeetingForm.PHYSICAL,
        place=meeting.place,
        digital_link=meeting.digital_link,
        practical=meeting.practical,
        tentative=meeting.stage is Progress.PLANNED,
    )
    return planned


def _make_agenda(stage: Stage, meeting: Meeting) -> None:
    """The items in the content's order; standing ones with the words the secretariat's own button gives them."""
    meeting_id = stage.meetings[meeting.key]
    for item in meeting.agenda:
        case = stage.treatments.get((item.case, meeting.key)) if item.case else None
        meetings.add_item(
            stage.coordinator,
            meeting_id,
            kind=item.kind,
            title=item.title,
            duration=item.minutes,
            presenter=stage.content.person(item.presenter).name,
            treatment_id=case,
        )
    _keep_order(stage, meeting)


def _keep_order(stage: Stage, meeting: Meeting) -> None:
    """New items are put before «Eventuelt»; the content has it where it belongs."""
    query = sa.select(AgendaItem).where(AgendaItem.meeting_id == stage.meetings[meeting.key])
    rows = {row.title: row for row in session().scalars(query.order_by(AgendaItem.position))}
    for item in meeting.agenda:
        case = next((case for case in stage.content.cases if case.key == item.case), None)
        stage.items[item.key] = rows[case.title if case else item.title].id


def _agree(stage: Stage, meeting: Meeting) -> None:
    for key in meeting.agreed_by:
        meetings.agree_agenda(stage.actor(key), stage.meetings[meeting.key], agreed=True)


def _call(stage: Stage, meeting: Meeting) -> None:
    """Prepare the parcel, look at it, send it: as the page does."""
    actor = stage.coordinator
    row = session().get_one(MeetingRow, stage.meetings[meeting.key])
    ready = prepare(actor, row, DispatchKind.NOTICE)
    send_notice(actor, row.id, manifest_sha256=ready.sha256)
    for guest in meeting.guests:
        meetings.invite_guest(actor, row.id, person_id=stage.people[guest.person])


def _answer(stage: Stage, meeting: Meeting) -> None:
    called = participants(stage, meeting)
    absent = {absence.person: absence.deputy for absence in meeting.absent}
    for key in (*meeting.present, *absent):
        participant = called.get(stage.people[key])
        if participant is not None:
            reply = Reply.ABSENT if key in absent else Reply.ATTENDING
            meetings.reply(stage.actor(key), participant, reply=reply)
    for key, deputy in absent.items():
        participant = called.get(stage.people[key])
        if deputy and participant is not None:
            meetings.call_in_deputy(stage.coordinator, participant, person_id=stage.people[deputy])


def participants(stage: Stage, meeting: Meeting) -> dict[UUID, UUID]:
    """The participants of a called meeting, by person."""
    query = sa.select(Participant.person_id, Participant.id).where(
        Participant.meeting_id == stage.meetings[meeting.key], Participant.removed_at.is_(None)
    )
    return {person_id: participant_id for person_id, participant_id in session().execute(query)}
