"""The page behind the link of an invitation: when, where, what is proposed, and do you come (no password needed)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file, session as cookie
from flask.typing import ResponseReturnValue

from secretariat.accounts.recognition import actor_of
from secretariat.calendar import queries
from secretariat.calendar.forms import ReplyForm
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import public
from secretariat.core.text.language import _, set_language
from secretariat.decisions import queries as decisions
from secretariat.dispatch import queries as dispatch
from secretariat.dispatch.enclosed import enclosed
from secretariat.documents import storage
from secretariat.meetings import actions, calling, numbers, queries as meetings
from secretariat.meetings.models import ItemState, MeetingState
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose

bp = Blueprint("answering", __name__)


@links.answers(LinkPurpose.REPLY)
def answer(link: Link) -> ResponseReturnValue:
    """Say yes or no, and change one's mind until the meeting. Opening the page changes nothing."""
    actor, meeting, own = _invited(link)
    form = ReplyForm(data={"note": own.reply_note})
    if form.accept(actions.reply, actor, own.id):
        flash(_("Takk! Svaret ditt er lagret: %(reply)s.", reply=form.reply.data.word), "success")
        return redirect(links.address(link), 303)
    shown = {"meeting": meeting, "own": own, "form": form, "token": links.token(link)}
    return render_template("calendar/answer.html", **shown, **_more(actor, meeting, own)), form.status


def _invited(link: Link) -> tuple[Actor, meetings.MeetingPage, meetings.ParticipantRow]:
    """The link's person with the rights of today, the meeting, and the own place in it."""
    actor = actor_of(link.person_id)
    if "language" not in cookie:
        set_language(actor.language)
    meeting_id = queries.called_to(actor, link.subject_id)
    meeting = meetings.meeting(actor, meeting_id) if meeting_id else None
    own = meetings.own_reply(actor, meeting.id) if meeting else None
    if meeting is None or own is None:
        raise NotFound
    return actor, meeting, own


def _more(actor: Actor, meeting: Any, own: Any) -> dict[str, Any]:
    """The agenda in short, the papers, who deputises, and whether it is still time to answer."""
    agenda = [item for item in meetings.agenda(actor, meeting.id) if item.state is ItemState.STANDING]
    return {
        "agenda": [(_number(meeting, item), item) for item in agenda],
        "caller_name": queries.caller_name(actor, meeting.partnership_id),
        "decided": decisions.by_item(actor, meeting.id) if meeting.state is MeetingState.HELD else {},
        "files": enclosed(actor, meeting.id),
        "deputies": [stand.name for stand in calling.free_deputies(meeting, own.seats)][:3],
        "stand_in": meetings.stand_in(actor, own),
        "is_open": meeting.state is MeetingState.CALLED and meeting.ends_at > clock.now(),
    }


def _number(meeting: Any, item: Any) -> str:
    return numbers.written(meeting, item.year, item.number, item.series) if item.number else ""


@bp.get("/lenke/<token>/fil/<uuid:file_id>")
@public
def paper(token: str, file_id: UUID) -> ResponseReturnValue:
    """A paper of the meeting, for the one whose link it is."""
    link = links.read(token)
    if link is None or link.purpose is not LinkPurpose.REPLY:
        raise NotFound
    actor, meeting, _own = _invited(link)
    file = next((one for one in dispatch.files_sent(actor, meeting.id) if one.id == file_id), None)
    if file is None:
        raise NotFound
    place = storage.place(file.partnership_id, file.sha256)
    inline = file.mime_type == "application/pdf"
    response = send_file(place, file.mime_type, as_attachment=not inline, download_name=file.filename, max_age=0)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
