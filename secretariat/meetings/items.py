"""Pages where the agenda is made: lines added, changed, moved and taken off."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard
from secretariat.core.pages import done, id_if_sent, sent_id
from secretariat.core.text.language import _
from secretariat.meetings import actions, queries
from secretariat.meetings.blueprint import bp
from secretariat.meetings.forms import ItemForm
from secretariat.meetings.policy import may_manage_meeting, may_manage_participant
from secretariat.meetings.queries import AgendaRow, MeetingPage


@bp.route("/moter/<uuid:meeting_id>/saksliste/ny", methods=["GET", "POST"])
@guard(may_manage_meeting, queries.meeting)
def add_item(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """A line with a title of its own."""
    form = ItemForm()
    if form.accept(actions.add_item, actor, meeting.id):
        return done(_("Lagt til på sakslisten."), "meetings.agenda", meeting_id=meeting.id)
    return render_template("meetings/item.html", meeting=meeting, item=None, form=form, theirs=None), form.status


@bp.post("/moter/<uuid:meeting_id>/saksliste/fra-ko")
@guard(may_manage_meeting, queries.meeting)
def add_case(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """A case from the queue."""
    actions.add_item(actor, meeting.id, treatment_id=sent_id("treatment"))
    return done(_("Saken er satt på sakslisten."), "meetings.agenda", meeting_id=meeting.id)


@bp.post("/moter/<uuid:meeting_id>/saksliste/faste")
@guard(may_manage_meeting, queries.meeting)
def add_standing_items(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """What every meeting takes up."""
    actions.add_standing_items(actor, meeting.id)
    return done(_("De faste sakene står på sakslisten."), "meetings.agenda", meeting_id=meeting.id)


@bp.post("/moter/<uuid:meeting_id>/saksliste/flytt")
@guard(may_manage_meeting, queries.meeting)
def move_item(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Change the order."""
    item = _own_item(actor, meeting)
    actions.move_item(actor, item.id, to=request.form.get("to"), before=id_if_sent("before"))
    return redirect(url_for("meetings.agenda", meeting_id=meeting.id), 303)


@bp.route("/moter/<uuid:meeting_id>/saksliste/<uuid:item_id>", methods=["GET", "POST"])
@guard(may_manage_participant, queries.item)
def change_item(actor: Actor, item: AgendaRow) -> ResponseReturnValue:
    """Change a line of the agenda."""
    form = ItemForm(obj=item)
    if form.accept(actions.change_item, actor, item.id):
        return done(_("Lagret."), "meetings.agenda", meeting_id=item.meeting_id)
    meeting = queries.meeting(actor, item.meeting_id)
    return render_template(
        "meetings/item.html", meeting=meeting, item=item, form=form, theirs=form.conflict
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
    return done(sentence, "meetings.agenda", meeting_id=meeting.id)


def _own_item(actor: Actor, meeting: MeetingPage) -> AgendaRow:
    """The item the form names, when it stands on this agenda."""
    item = queries.item(actor, meeting.id, sent_id("item"))
    if item is None:
        raise NotFound
    return item
