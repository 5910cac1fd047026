"""Pages of a meeting's life: moved, cancelled, led by another, opened again, its agenda agreed to."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.bodies.models import SeatRole
from secretariat.core.actor import Actor
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.meetings import actions, planning, queries, showing
from secretariat.meetings.blueprint import bp
from secretariat.meetings.forms import CancelForm, ChairForm, ChangeForm
from secretariat.meetings.policy import may_agree_agenda, may_manage_meeting
from secretariat.meetings.queries import MeetingPage


@bp.route("/moter/<uuid:meeting_id>/endre", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def change(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Move the meeting, or change what is said of it."""
    form = ChangeForm(obj=meeting)
    if form.accept(actions.change, actor, meeting.id):
        if form.day.data != meeting.day:
            planning.warn_of_day_off(form.day.data)
        return done(_("Møtet er endret."), "meetings.show", meeting_id=meeting.id)
    return render_template("meetings/change.html", meeting=meeting, form=form, theirs=form.conflict), form.status


@bp.route("/moter/<uuid:meeting_id>/avlys", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def cancel(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Cancel the meeting, with a reason."""
    form = CancelForm()
    if form.accept(actions.cancel, actor, meeting.id):
        return done(_("Møtet er avlyst."), "meetings.show", meeting_id=meeting.id)
    return render_template("meetings/cancel.html", meeting=meeting, form=form), form.status


@bp.route("/moter/<uuid:meeting_id>/moteleder", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def chair(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Let another lead this meeting."""
    form = ChairForm(obj=meeting)
    form.offer(list(showing.attendance_of(actor, meeting).people))
    if form.accept(actions.choose_chair, actor, meeting.id):
        return done(_("Møteleder er endret."), "meetings.show", meeting_id=meeting.id)
    planned = next((one for one in queries.chairs(actor, meeting) if one.role is SeatRole.CHAIR), None)
    return render_template("meetings/chair.html", meeting=meeting, form=form, planned=planned), form.status


@bp.post("/moter/<uuid:meeting_id>/gjenapne")
@guard(may_manage_meeting, queries.meeting)
def reopen(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Open the meeting again."""
    actions.reopen(actor, meeting.id)
    return done(_("Møtet er åpnet igjen."), "meetings.show", meeting_id=meeting.id)


@bp.post("/moter/<uuid:meeting_id>/enig")
@guard(may_agree_agenda, queries.meeting)
def agree(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Chair or deputy chair says whether the agenda is good."""
    agreed = request.form.get("agreed") == "1"
    actions.agree_agenda(actor, meeting.id, agreed=agreed, note=request.form.get("note", ""))
    return done(_("Svaret er lagret, og sekretariatet ser det."), "meetings.show", meeting_id=meeting.id)
