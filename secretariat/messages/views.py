"""Pages of messages: what has been sent, and the one address behind which every link from a mail opens."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, public, signed_in
from secretariat.core.pages import done, page_asked_for, stretch
from secretariat.core.text.language import _
from secretariat.messages import actions, links, queries, sending
from secretariat.messages.forms import MailFilter
from secretariat.messages.models import Mail, MailState
from secretariat.messages.policy import may_run_installation, may_send_again

__all__ = ["bp", "sending"]

bp = Blueprint("messages", __name__)

COLOURS = {
    MailState.WAITING: "warning",
    MailState.SENDING: "info",
    MailState.SENT: "success",
    MailState.REFUSED: "danger",
}


@bp.get("/utboks")
@guard(signed_in)
def outbox(actor: Actor) -> ResponseReturnValue:
    """What was sent to whom, when, and how it went."""
    form = MailFilter(data=request.args.to_dict())
    page = page_asked_for()
    rows, total = queries.mails(actor, state=form.state.data, words=form.q.data or "", page=page)
    shown = stretch(page, queries.PAGE, total)
    return render_template("messages/outbox.html", form=form, rows=rows, shown=shown, colours=COLOURS)


@bp.get("/utboks/<uuid:mail_id>")
@guard(signed_in, queries.mail)
def mail(actor: Actor, opened: queries.OpenedMail) -> ResponseReturnValue:
    """One mail as it was written, with its links, its calendar part and its source."""
    may_retry = opened.row.state != MailState.SENT and may_send_again(actor, opened.row)
    return render_template("messages/mail.html", mail=opened, row=opened.row, may_retry=may_retry, colours=COLOURS)


@bp.get("/utboks/<uuid:mail_id>/innkalling.ics")
@guard(signed_in, queries.mail)
def mail_calendar(_actor: Actor, opened: queries.OpenedMail) -> ResponseReturnValue:
    """The calendar part as a file."""
    if opened.row.calendar is None:
        raise NotFound
    return _file(opened.calendar, "text/calendar; charset=utf-8", "innkalling.ics")


@bp.get("/utboks/<uuid:mail_id>/e-post.eml")
@guard(signed_in, queries.mail)
def mail_source(_actor: Actor, opened: queries.OpenedMail) -> ResponseReturnValue:
    """The bytes as they were sent, for the one they were sent to."""
    if opened.row.raw is None or not opened.is_mine:
        raise NotFound
    return _file(opened.row.raw, "message/rfc822", "e-post.eml")


@bp.post("/utboks/<uuid:mail_id>/send")
@guard(may_send_again, queries.mail_row)
def send_again(actor: Actor, row: Mail) -> ResponseReturnValue:
    """Try once more."""
    actions.send_again(actor, row)
    return done(_("E-posten sendes på nytt om et øyeblikk."), "messages.mail", mail_id=row.id)


@bp.post("/admin/ko")
@guard(may_run_installation)
def hurry(actor: Actor) -> ResponseReturnValue:
    """Let everything that waits after a failure be tried now."""
    actions.hurry(actor)
    return done(_("Alt som venter, prøves igjen nå."), "web.admin")


@bp.route("/lenke/<token>", methods=["GET", "POST"])
@public
def reply(token: str) -> ResponseReturnValue:
    """The page behind a link: what it is for decides which page. Opening it changes nothing."""
    link = links.find(token)
    reason = links.closed_because(link) if link is not None else _("Lenken er ikke hel.")
    if link is None or reason is not None:
        response = make_response(render_template("messages/closed_link.html", link=link, reason=reason))
        response.status_code = 404 if link is None else 410
    else:
        response = make_response(links.page_for(link.purpose)(link))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
