"""Pages of dispatch: is the meeting ready to be sent, what was sent to whom, and the papers themselves."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actions import Action
from secretariat.core.actor import Actor
from secretariat.core.errors import Hindered, NotFound
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done, press
from secretariat.core.text.language import _
from secretariat.dispatch import actions, queries, reminding
from secretariat.dispatch.copies import add_copy, copy_recipient, remove_copy
from secretariat.dispatch.forms import CopyForm, SendForm
from secretariat.dispatch.models import CopyRecipient, DispatchKind, Edition
from secretariat.dispatch.notice_paper import by_party
from secretariat.dispatch.packing import packed
from secretariat.dispatch.policy import may_dispatch, may_keep_copies
from secretariat.dispatch.preparing import Ready, files_of_parcel, look, prepare
from secretariat.documents import storage
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.meetings.queries import meeting_row

bp = Blueprint("dispatch", __name__)


@bp.get("/moter/<uuid:meeting_id>/innkalling")
@guard(may_dispatch, meeting_row)
def notice(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Is the meeting ready to be sent; afterwards: who got what."""
    return _page(actor, meeting, SendForm())


@bp.post("/moter/<uuid:meeting_id>/innkalling")
@guard(may_dispatch, meeting_row)
def send_notice(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Send the notice that was seen."""
    return _send(actor, meeting, actions.send_notice, _("Innkallingen er sendt."))


@bp.post("/moter/<uuid:meeting_id>/tilleggssakliste")
@guard(may_dispatch, meeting_row)
def send_supplement(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Send the supplement that was seen."""
    return _send(actor, meeting, actions.send_supplement, _("Tilleggssaklisten er sendt."))


def _send(actor: Actor, meeting: Meeting, verb: Action, sentence: str) -> ResponseReturnValue:
    form = SendForm()
    if form.accept(verb, actor, meeting.id):
        return done(sentence, "dispatch.notice", meeting_id=meeting.id)
    return _page(actor, meeting, form)


@bp.post("/moter/<uuid:meeting_id>/innkalling/kopi")
@guard(may_dispatch, meeting_row)
def add_copy_to(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """One more address gets a copy."""
    form = CopyForm()
    if form.accept(add_copy, actor, meeting.id):
        return redirect(url_for("dispatch.notice", meeting_id=meeting.id), 303)
    return _page(actor, meeting, SendForm(), form)


@bp.post("/moter/<uuid:meeting_id>/innkalling/kopi/<uuid:copy_id>/fjern")
@guard(may_keep_copies, copy_recipient)
def remove_copy_from(actor: Actor, copy: CopyRecipient) -> ResponseReturnValue:
    """An address gets no more copies."""
    remove_copy(actor, copy.id)
    return redirect(url_for("dispatch.notice", **(request.view_args or {}) | {"copy_id": None}), 303)


def _page(actor: Actor, meeting: Meeting, form: SendForm, copy: CopyForm | None = None) -> ResponseReturnValue:
    is_over = meeting.state in (MeetingState.HELD, MeetingState.CANCELLED)
    ready = (look if is_over else prepare)(actor, meeting, _next_kind(meeting))
    form.manifest_sha256.data = ready.sha256
    shown = {
        "sent": queries.with_receivers(actor, ready.contents.before, ready.contents.people),
        "has_news": bool(ready.matters) and not is_over,
        "groups": by_party(ready.contents.called),
        "copy_form": copy or CopyForm(),
    }
    status = copy.status if copy is not None else form.status
    return render_template("dispatch/notice.html", meeting=meeting, ready=ready, form=form, **shown), status


def _next_kind(meeting: Meeting) -> DispatchKind:
    return DispatchKind.NOTICE if meeting.called_at is None else DispatchKind.SUPPLEMENT


@bp.post("/moter/<uuid:meeting_id>/deltakere/purr")
@guard(may_dispatch, meeting_row)
def remind_silent(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Purr all who have not answered the invitation."""
    press(reminding.remind_silent, actor, meeting.id, said=_("Alle som ikke har svart, er purret."))
    return redirect(url_for("meetings.participants", meeting_id=meeting.id), 303)


@bp.post("/moter/<uuid:meeting_id>/saksliste/purr")
@guard(may_dispatch, meeting_row)
def remind_chairs(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Purr the chairs who have not said whether the agenda is good."""
    press(reminding.remind_chairs, actor, meeting.id, said=_("Påminnelsen er sendt."))
    return redirect(url_for("meetings.agenda", meeting_id=meeting.id), 303)


@bp.post("/moter/<uuid:meeting_id>/saksliste/nytt-svar")
@guard(may_dispatch, meeting_row)
def ask_chairs_again(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Ask the chairs who wanted something changed whether the agenda is good now."""
    press(reminding.ask_chairs_again, actor, meeting.id, said=_("Spørsmålet er sendt."))
    return redirect(url_for("meetings.agenda", meeting_id=meeting.id), 303)


@bp.get("/moter/<uuid:meeting_id>/innkalling.pdf")
@guard(signed_in, meeting_row)
def notice_pdf(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """The notice as it was sent; before that, a draft for those who send it."""
    if meeting.called_at is None:
        return _draft(actor, meeting)
    return _sent_paper(queries.paper_sent(actor, meeting.id, DispatchKind.NOTICE))


@bp.get("/moter/<uuid:meeting_id>/tilleggssakliste.pdf")
@guard(may_dispatch, meeting_row)
def supplement_draft(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """The next supplement as it would be."""
    return _draft(actor, meeting)


@bp.get("/moter/<uuid:meeting_id>/tilleggssakliste-<int:number>.pdf")
@guard(signed_in, queries.supplement_sent)
def supplement_pdf(_actor: Actor, file: queries.FileSent) -> ResponseReturnValue:
    """A supplement as it was sent."""
    return _sent_paper(file)


def _draft(actor: Actor, meeting: Meeting) -> Response:
    ready = _printed(actor, meeting)
    return _pdf(meeting.partnership_id, ready.printed[Edition.INTERNAL.value][0], _("Utkast til innkalling") + ".pdf")


def _printed(actor: Actor, meeting: Meeting) -> Ready:
    if not may_dispatch(actor, meeting):
        raise NotFound
    ready = prepare(actor, meeting, _next_kind(meeting))
    if not ready.printed:
        raise Hindered(ready.hindrances)
    return ready


def _sent_paper(file: queries.FileSent | None) -> Response:
    if file is None:
        raise NotFound
    return _pdf(file.partnership_id, file.sha256, file.filename)


def _pdf(partnership_id: UUID, sha256: str, name: str) -> Response:
    """Shown in the browser; its own hash is its ETag, so an unchanged paper is not fetched twice."""
    place = storage.place(partnership_id, sha256)
    response = send_file(place, mimetype="application/pdf", download_name=name, etag=sha256, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/moter/<uuid:meeting_id>/sakspapirer.zip")
@guard(signed_in, meeting_row)
def papers_zip(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """All papers and their originals, as this reader may have them."""
    files: list[Any] = queries.files_sent(actor, meeting.id)
    if meeting.called_at is None:
        files = [f for f in files_of_parcel(_printed(actor, meeting)) if f.edition is Edition.INTERNAL]
    if not files:
        raise NotFound
    moment = meeting.called_at or meeting.created_at
    body = packed(meeting.partnership_id, [(file.filename, file.sha256) for file in files], moment)
    name = f"{_('Sakspapirer')} {meeting.day.isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type="application/zip", headers=headers)
