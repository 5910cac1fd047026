"""Pages of a meeting's people: who comes, who steps in, who is invited besides."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done, id_if_sent, sent_id
from secretariat.core.text.language import _
from secretariat.directory import queries as directory
from secretariat.meetings import actions, queries, showing
from secretariat.meetings.blueprint import bp
from secretariat.meetings.forms import GuestForm, ReplyForm
from secretariat.meetings.models import Reply
from secretariat.meetings.policy import may_manage_meeting, may_reply
from secretariat.meetings.queries import MeetingPage, ParticipantRow


@bp.route("/moter/<uuid:meeting_id>/svar", methods=["GET", "POST"])
@guard(signed_in, queries.meeting)
def reply(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Kommer, or forfall with a word to the secretariat."""
    own = queries.own_reply(actor, meeting.id)
    if own is None:
        raise NotFound
    return _answered(actor, meeting, own, url_for("meetings.show", meeting_id=meeting.id))


@bp.route("/moter/<uuid:meeting_id>/deltakere/<uuid:participant_id>/svar", methods=["GET", "POST"])
@guard(may_reply, queries.participant)
def reply_for(actor: Actor, participant: ParticipantRow) -> ResponseReturnValue:
    """Answer on behalf of one who rang or wrote."""
    meeting = queries.meeting(actor, participant.meeting_id)
    if meeting is None:
        raise NotFound
    return _answered(actor, meeting, participant, url_for("meetings.participants", meeting_id=meeting.id))


def _answered(actor: Actor, meeting: MeetingPage, row: ParticipantRow, back: str) -> ResponseReturnValue:
    form = ReplyForm(data={"reply": request.args.get("svar") or _given(row), "note": row.reply_note})
    if not actor.is_person(row.person_id):
        form.ask_of(row.name)
    if form.accept(actions.reply, actor, row.id):
        flash(_("Svaret er lagret."), "success")
        return redirect(back, 303)
    page = {"meeting": meeting, "row": row, "back": back, "deputies": showing.own_deputies(meeting, row)}
    return render_template("meetings/reply.html", form=form, is_own=actor.is_person(row.person_id), **page), form.status


def _given(row: ParticipantRow) -> str | None:
    return None if row.reply is Reply.NONE else row.reply.value


@bp.route("/moter/<uuid:meeting_id>/deltakere", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def participants(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Who is called, what they have answered, who steps in; and whom to invite besides."""
    form = GuestForm()
    form.person_id.find = lambda words: directory.people(actor, words)
    if form.accept(actions.invite_guest, actor, meeting.id):
        return done(_("Gjesten er innbudt."), "meetings.participants", meeting_id=meeting.id)
    attendance = showing.attendance_of(actor, meeting)
    free = showing.free_for_absent(meeting, attendance)
    page = showing.standing(actor, meeting) | {"attendance": attendance, "free": free, "form": form}
    return render_template("meetings/participants.html", **page), form.status


@bp.post("/moter/<uuid:meeting_id>/deltakere/vara")
@guard(may_manage_meeting, queries.meeting)
def call_in_deputy(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Call in the deputy of one with forfall."""
    actions.call_in_deputy(actor, _own_participant(actor, meeting).id, person_id=id_if_sent("person"))
    return done(_("Vara er innkalt."), "meetings.participants", meeting_id=meeting.id)


@bp.post("/moter/<uuid:meeting_id>/deltakere/fjern")
@guard(may_manage_meeting, queries.meeting)
def remove_participant(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """One is no longer called."""
    actions.remove_participant(actor, _own_participant(actor, meeting).id)
    return done(_("Deltakeren er tatt ut av møtet."), "meetings.participants", meeting_id=meeting.id)


@bp.post("/moter/<uuid:meeting_id>/deltakere/endring")
@guard(may_manage_meeting, queries.meeting)
def accept_change(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Let the participants follow a change of the appointments."""
    actions.accept_proposed_change(actor, meeting.id, person_id=sent_id("person"))
    return done(_("Deltakerne er oppdatert."), "meetings.participants", meeting_id=meeting.id)


def _own_participant(actor: Actor, meeting: MeetingPage) -> ParticipantRow:
    row = queries.participant(actor, meeting.id, sent_id("participant"))
    if row is None:
        raise NotFound
    return row
