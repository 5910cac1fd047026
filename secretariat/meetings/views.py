"""Pages of meetings: the list, the meeting, its agenda, its people."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.bodies import queries as bodies
from secretariat.bodies.forms import ROOMS
from secretariat.bodies.models import SeatRole
from secretariat.cases import queries as cases
from secretariat.core import signals
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.errors import NotFound
from secretariat.core.forms import page_asked_for
from secretariat.core.guard import guard, signed_in
from secretariat.core.text.language import _
from secretariat.directory import queries as directory
from secretariat.dispatch import queries as dispatch
from secretariat.meetings import actions, considering, planning, queries, showing
from secretariat.meetings.blueprint import bp
from secretariat.meetings.deadlines import deadlines_of
from secretariat.meetings.forms import (
    AgreeForm,
    CancelForm,
    ChairForm,
    ChangeForm,
    GuestForm,
    ItemForm,
    MeetingFilter,
    ReplyForm,
)
from secretariat.meetings.models import MeetingState, Reply
from secretariat.meetings.obstacles import hinders_reopening
from secretariat.meetings.policy import (
    may_agree_agenda,
    may_manage_meeting,
    may_manage_participant,
    may_plan_somewhere,
    may_reply,
)
from secretariat.meetings.queries import AgendaRow, MeetingPage, ParticipantRow
from secretariat.minutes import queries as minutes
from secretariat.publishing import queries as publishing

__all__ = ["bp", "considering", "planning"]

PAGE = 50
PARTY_ROOMS = {code: word for code, word in ROOMS if code != COMMON_ROOM}


# ---- the list, and one meeting


@bp.get("/moter")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """What is to come, and what has been."""
    form = MeetingFilter(data=request.args.to_dict())
    form.offer(bodies.choices(actor), queries.years(actor))
    wanted = queries.Wanted(form.utvalg.data, form.tilstand.data, form.ar.data)
    number = page_asked_for()
    rows = queries.meetings(actor, wanted, start=(number - 1) * PAGE, most=PAGE)
    total = queries.count_meetings(actor, wanted)
    page = {"form": form, "meetings": rows, "rooms": PARTY_ROOMS, "may_plan": may_plan_somewhere(actor)}
    return render_template("meetings/index.html", **page, **_paging(number, len(rows), total))


def _paging(number: int, here: int, total: int) -> dict[str, Any]:
    first = (number - 1) * PAGE

    def address(other: int) -> str:
        chosen: dict[str, Any] = request.args.to_dict() | {"side": other}
        return url_for("meetings.index", **chosen)

    return {
        "summary": _("Viser %(first)s–%(last)s av %(total)s", first=first + 1, last=first + here, total=total),
        "previous": address(number - 1) if number > 1 else None,
        "next": address(number + 1) if first + here < total else None,
    }


@bp.get("/moter/<uuid:meeting_id>")
@guard(signed_in, queries.meeting)
def show(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """When, where, what is proposed, and am I coming?"""
    page = _standing(actor, meeting) | {"minutes": _minutes_of(actor, meeting)}
    page["steps"] = showing.steps_of(meeting, page["deadlines"], page["minutes"])
    if page["keeps"] or page["leads"]:
        page["attendance"] = showing.attendance_of(actor, meeting)
        page["people"] = page["attendance"].people
    elif meeting.called_at is not None:
        page["people"] = queries.participants(actor, meeting.id)
    if page["leads"] and meeting.state is MeetingState.PLANNED:
        page["chairs"] = queries.chairs(actor, meeting)
    if page["keeps"]:
        page["unsent"] = _unsent(actor, meeting)
    if page["keeps"] and meeting.state is MeetingState.HELD:
        page["published"] = publishing.published_kinds(actor, meeting.id)
    own = showing.own_among(actor, meeting, page["people"])
    page |= {"own": own, "deputies": showing.own_deputies(meeting, own), "form": AgreeForm()}
    return render_template("meetings/show.html", **page, lines=showing.lines_of(actor, meeting))


def _unsent(actor: Actor, meeting: MeetingPage) -> list[dispatch.Unsent]:
    """What waits for a supplement, while one can still be sent."""
    return dispatch.unsent(actor, meeting_id=meeting.id) if meeting.state is MeetingState.CALLED else []


def _minutes_of(actor: Actor, meeting: MeetingPage) -> Any:
    """The minutes, as far as they exist and the reader sees them."""
    return None if meeting.called_at is None else minutes.minutes(actor, meeting.id)


def _standing(actor: Actor, meeting: MeetingPage) -> dict[str, Any]:
    """What every page of a meeting says of where it stands and of what the reader may do."""
    keeps, is_over = may_manage_meeting(actor, meeting), meeting.state in _CLOSED
    return {
        "meeting": meeting,
        "people": [],
        "deadlines": deadlines_of(meeting, meeting.day),
        "keeps": keeps,
        "leads": may_agree_agenda(actor, meeting),
        "rooms": PARTY_ROOMS,
        "hinders_reopening": hinders_reopening(meeting) if keeps and is_over else None,
    }


_CLOSED = (MeetingState.HELD, MeetingState.CANCELLED)


# ---- its life


@bp.route("/moter/<uuid:meeting_id>/endre", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def change(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Move the meeting, or change what is said of it."""
    form = ChangeForm(obj=meeting)
    if form.accept(actions.change, actor, meeting.id):
        if form.day.data != meeting.day:
            planning.warn_of_day_off(form.day.data)
        return _back(meeting.id, _("Møtet er endret."))
    return render_template("meetings/change.html", meeting=meeting, form=form, theirs=_theirs(form)), form.status


def _theirs(form: Any) -> Any:
    """What another has saved meanwhile; the next save begins from there."""
    if form.conflict is not None:
        form.version.data = form.conflict.version
    return form.conflict


@bp.route("/moter/<uuid:meeting_id>/avlys", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def cancel(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Cancel the meeting, with a reason."""
    form = CancelForm()
    if form.accept(actions.cancel, actor, meeting.id):
        return _back(meeting.id, _("Møtet er avlyst."))
    return render_template("meetings/cancel.html", meeting=meeting, form=form), form.status


@bp.route("/moter/<uuid:meeting_id>/moteleder", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def chair(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Let another lead this meeting."""
    form = ChairForm(obj=meeting)
    form.offer(list(showing.attendance_of(actor, meeting).people))
    if form.accept(actions.choose_chair, actor, meeting.id):
        return _back(meeting.id, _("Møteleder er endret."))
    planned = next((one for one in queries.chairs(actor, meeting) if one.role is SeatRole.CHAIR), None)
    return render_template("meetings/chair.html", meeting=meeting, form=form, planned=planned), form.status


@bp.post("/moter/<uuid:meeting_id>/gjenapne")
@guard(may_manage_meeting, queries.meeting)
def reopen(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Open the meeting again."""
    actions.reopen(actor, meeting.id)
    return _back(meeting.id, _("Møtet er åpnet igjen."))


@bp.post("/moter/<uuid:meeting_id>/enig")
@guard(may_agree_agenda, queries.meeting)
def agree(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Chair or deputy chair says whether the agenda is good."""
    agreed = request.form.get("agreed") == "1"
    actions.agree_agenda(actor, meeting.id, agreed=agreed, note=request.form.get("note", ""))
    return _back(meeting.id, _("Svaret er lagret, og sekretariatet ser det."))


def _back(meeting_id: UUID, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


# ---- its agenda


@bp.get("/moter/<uuid:meeting_id>/saksliste")
@guard(may_manage_meeting, queries.meeting)
def agenda(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Is the agenda ready to be sent?"""
    lines = showing.bare_lines_of(actor, meeting)
    page = _standing(actor, meeting) | showing.minutes_used(meeting, lines) | {"lines": lines, "form": ItemForm()}
    page |= {"queue": cases.queue(actor, meeting.body_id, _rooms_of(meeting))}
    page |= {"chairs": queries.chairs(actor, meeting)}
    page |= {"unsent": _unsent(actor, meeting)}
    if meeting.state is MeetingState.PLANNED:
        stored = queries.meeting_row(actor, meeting.id)
        page["hinders_sending"] = signals.hindrances.collect("dispatch.send_notice", stored)
    return render_template("meetings/agenda.html", **page)


def _rooms_of(meeting: MeetingPage) -> set[str]:
    """Whose cases may stand on the agenda: a party alone takes up its own, a body the common ones too."""
    return {meeting.room} if meeting.room != meeting.body_room else {COMMON_ROOM, meeting.room}


@bp.route("/moter/<uuid:meeting_id>/saksliste/ny", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def add_item(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """A line with a title of its own."""
    form = ItemForm()
    if form.accept(actions.add_item, actor, meeting.id):
        return _to_agenda(meeting.id, _("Lagt til på sakslisten."))
    return render_template("meetings/item.html", meeting=meeting, item=None, form=form, theirs=None), form.status


@bp.post("/moter/<uuid:meeting_id>/saksliste/fra-ko")
@guard(may_manage_meeting, queries.meeting)
def add_case(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """A case from the queue."""
    actions.add_item(actor, meeting.id, treatment_id=_id("treatment"))
    return _to_agenda(meeting.id, _("Saken er satt på sakslisten."))


@bp.post("/moter/<uuid:meeting_id>/saksliste/faste")
@guard(may_manage_meeting, queries.meeting)
def add_standing_items(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """What every meeting takes up."""
    actions.add_standing_items(actor, meeting.id)
    return _to_agenda(meeting.id, _("De faste sakene står på sakslisten."))


@bp.post("/moter/<uuid:meeting_id>/saksliste/flytt")
@guard(may_manage_meeting, queries.meeting)
def move_item(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Change the order."""
    item = _own_item(actor, meeting)
    before = _id("before") if request.form.get("before") else None
    actions.move_item(actor, item.id, to=request.form.get("to"), before=before)
    return redirect(url_for("meetings.agenda", meeting_id=meeting.id), 303)


@bp.route("/moter/<uuid:meeting_id>/saksliste/<uuid:item_id>", methods=["GET", "POST"])
@guard(may_manage_participant, queries.item)
def change_item(actor: Actor, item: AgendaRow) -> ResponseReturnValue:
    """Change a line of the agenda."""
    form = ItemForm(obj=item)
    if form.accept(actions.change_item, actor, item.id):
        return _to_agenda(item.meeting_id, _("Lagret."))
    meeting = queries.meeting(actor, item.meeting_id)
    return render_template(
        "meetings/item.html", meeting=meeting, item=item, form=form, theirs=_theirs(form)
    ), form.status


@bp.post("/moter/<uuid:meeting_id>/saksliste/ta-av")
@guard(may_manage_meeting, queries.meeting)
def take_off(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Take a line off, let it go out, put it off, or take it up after all."""
    verbs = {
        "remove": (actions.remove_item, _("Saken er tatt av sakslisten.")),
        "withdraw": (actions.withdraw_item, _("Saken utgår.")),
        "postpone": (actions.postpone_item, _("Saken er utsatt og står i køen igjen.")),
        "restore": (actions.restore_item, _("Saken står på sakslisten igjen.")),
    }
    verb, sentence = verbs.get(request.form.get("how", ""), (None, ""))
    if verb is None:
        raise NotFound
    verb(actor, _own_item(actor, meeting).id)
    return _to_agenda(meeting.id, sentence)


def _own_item(actor: Actor, meeting: MeetingPage) -> AgendaRow:
    """The item the form names, when it stands on this agenda."""
    item = queries.item(actor, meeting.id, _id("item"))
    if item is None:
        raise NotFound
    return item


def _id(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError as error:
        raise NotFound from error


def _to_agenda(meeting_id: UUID, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("meetings.agenda", meeting_id=meeting_id), 303)


# ---- its people


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
        return _to_participants(meeting.id, _("Gjesten er innbudt."))
    attendance = showing.attendance_of(actor, meeting)
    free = showing.free_for_absent(meeting, attendance)
    page = _standing(actor, meeting) | {"attendance": attendance, "free": free, "form": form}
    return render_template("meetings/participants.html", **page), form.status


@bp.post("/moter/<uuid:meeting_id>/deltakere/vara")
@guard(may_manage_meeting, queries.meeting)
def call_in_deputy(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Call in the deputy of one with forfall."""
    chosen = _id("person") if request.form.get("person") else None
    actions.call_in_deputy(actor, _own_participant(actor, meeting).id, person_id=chosen)
    return _to_participants(meeting.id, _("Vara er innkalt."))


@bp.post("/moter/<uuid:meeting_id>/deltakere/fjern")
@guard(may_manage_meeting, queries.meeting)
def remove_participant(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """One is no longer called."""
    actions.remove_participant(actor, _own_participant(actor, meeting).id)
    return _to_participants(meeting.id, _("Deltakeren er tatt ut av møtet."))


@bp.post("/moter/<uuid:meeting_id>/deltakere/endring")
@guard(may_manage_meeting, queries.meeting)
def accept_change(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Let the participants follow a change of the appointments."""
    actions.accept_proposed_change(actor, meeting.id, person_id=_id("person"))
    return _to_participants(meeting.id, _("Deltakerne er oppdatert."))


def _own_participant(actor: Actor, meeting: MeetingPage) -> ParticipantRow:
    row = queries.participant(actor, meeting.id, _id("participant"))
    if row is None:
        raise NotFound
    return row


def _to_participants(meeting_id: UUID, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("meetings.participants", meeting_id=meeting_id), 303)
