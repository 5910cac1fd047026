"""Pages of meetings: the list, the meeting, its agenda; what is done to a meeting has modules."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.bodies import queries as bodies
from secretariat.cases import queries as cases
from secretariat.core import signals
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import page_asked_for, stretch
from secretariat.decisions import queries as decisions
from secretariat.dispatch import queries as dispatch
from secretariat.meetings import considering, items, life, people, planning, queries, showing
from secretariat.meetings.blueprint import bp
from secretariat.meetings.forms import AgreeForm, ItemForm, MeetingFilter
from secretariat.meetings.models import MeetingState
from secretariat.meetings.policy import may_manage_meeting, may_plan_somewhere
from secretariat.meetings.queries import MeetingPage
from secretariat.minutes import queries as minutes
from secretariat.publishing import queries as publishing

__all__ = ["bp", "considering", "items", "life", "people", "planning"]

PAGE = 50


@bp.get("/moter")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """What is to come, and what has been."""
    form = MeetingFilter(data=request.args.to_dict())
    form.offer(bodies.choices(actor), queries.years(actor))
    wanted = queries.Wanted(form.utvalg.data, form.tilstand.data, form.ar.data)
    number = page_asked_for()
    rows = queries.meetings(actor, wanted, start=(number - 1) * PAGE, most=PAGE)
    page = {"form": form, "meetings": rows, "rooms": showing.PARTY_ROOMS, "may_plan": may_plan_somewhere(actor)}
    shown = stretch(number, PAGE, queries.count_meetings(actor, wanted))
    return render_template("meetings/index.html", **page, shown=shown)


@bp.get("/moter/<uuid:meeting_id>")
@guard(signed_in, queries.meeting)
def show(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """When, where, what is proposed, and am I coming?"""
    page = showing.standing(actor, meeting) | {"minutes": _minutes_of(actor, meeting)}
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
    page["decided"] = decisions.by_item(actor, meeting.id) if meeting.state is MeetingState.HELD else {}
    own = showing.own_among(actor, meeting, page["people"])
    page |= {
        "own": own,
        "deputies": showing.own_deputies(meeting, own),
        "stand_in": showing.stand_in(page["people"], own),
    }
    return render_template("meetings/show.html", **page, form=AgreeForm(), lines=showing.lines_of(actor, meeting))


def _unsent(actor: Actor, meeting: MeetingPage) -> list[dispatch.Unsent]:
    """What waits for a supplement, while one can still be sent."""
    return dispatch.unsent(actor, meeting_id=meeting.id) if meeting.state is MeetingState.CALLED else []


def _minutes_of(actor: Actor, meeting: MeetingPage) -> Any:
    """The minutes, as far as they exist and the reader sees them."""
    return None if meeting.called_at is None else minutes.minutes(actor, meeting.id)


@bp.get("/moter/<uuid:meeting_id>/saksliste")
@guard(may_manage_meeting, queries.meeting)
def agenda(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Is the agenda ready to be sent?"""
    lines = showing.bare_lines_of(actor, meeting)
    page = showing.standing(actor, meeting) | showing.minutes_used(meeting, lines)
    page |= {"lines": lines, "form": ItemForm(), "unsent": _unsent(actor, meeting)}
    page |= {"queue": cases.queue(actor, meeting.body_id, _rooms_of(meeting)), "chairs": queries.chairs(actor, meeting)}
    if meeting.state is MeetingState.PLANNED:
        stored = queries.meeting_row(actor, meeting.id)
        page["hinders_sending"] = signals.hindrances.collect("dispatch.send_notice", stored)
    return render_template("meetings/agenda.html", **page)


def _rooms_of(meeting: MeetingPage) -> set[str]:
    """Whose cases may stand on the agenda: a party alone takes up its own, a body the common ones too."""
    return {meeting.room} if meeting.room != meeting.body_room else {COMMON_ROOM, meeting.room}
