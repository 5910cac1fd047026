"""Pages behind «Flere valg» of an item: protokolltilførsel, and who is not impartial."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.meetings import actions as meetings_actions, queries as meetings
from secretariat.meetings.policy import may_manage_item
from secretariat.meetings.queries import AgendaRow
from secretariat.minutes import additions, queries
from secretariat.minutes.blueprint import bp
from secretariat.minutes.forms import AdditionForm
from secretariat.minutes.policy import may_write_minutes


@bp.post("/moter/<uuid:meeting_id>/foring/<uuid:item_id>/inhabil")
@guard(may_manage_item, meetings.item)
def step_aside(actor: Actor, item: AgendaRow) -> ResponseReturnValue:
    """Somebody steps aside for the item, or takes part after all."""
    who = request.form.get("participant_id", type=UUID)
    try:
        if request.form.get("what") == "back":
            meetings_actions.take_part(actor, item.id, participant_id=who)
        else:
            because = request.form.get("because", "")
            meetings_actions.step_aside(actor, item.id, participant_id=who, because=because)
    except DomainError as refusal:
        flash(str(refusal.reason), "warning")
    return redirect(url_for("minutes.conduct", meeting_id=item.meeting_id, sak=item.id), 303)


@bp.route("/moter/<uuid:meeting_id>/foring/<uuid:item_id>/tilforsel", methods=["GET", "POST"])
@guard(may_manage_item, meetings.item)
def add_addition(actor: Actor, item: AgendaRow) -> ResponseReturnValue:
    """Write a protokolltilførsel."""
    form = AdditionForm()
    if form.accept(additions.add_addition, actor, item.id):
        return done(_("Protokolltilførselen er ført."), "minutes.conduct", meeting_id=item.meeting_id, sak=item.id)
    return _page(form, item.meeting_id, item.id, item.title), form.status


@bp.route("/moter/<uuid:meeting_id>/foring/tilforsel/<uuid:addition_id>", methods=["GET", "POST"])
@guard(may_write_minutes, queries.addition)
def change_addition(actor: Actor, found: queries.AdditionRow) -> ResponseReturnValue:
    """Mend a protokolltilførsel, or take it out."""
    form = AdditionForm(obj=found)
    if form.accept(additions.change_addition, actor, found.id):
        return done(
            _("Protokolltilførselen er lagret."),
            "minutes.conduct",
            meeting_id=found.meeting_id,
            sak=found.agenda_item_id,
        )
    return _page(form, found.meeting_id, found.agenda_item_id, found.title, found), form.status


@bp.post("/moter/<uuid:meeting_id>/foring/tilforsel/<uuid:addition_id>/slett")
@guard(may_write_minutes, queries.addition)
def remove_addition(actor: Actor, found: queries.AdditionRow) -> ResponseReturnValue:
    """Take a protokolltilførsel out."""
    additions.remove_addition(actor, found.id)
    return done(
        _("Protokolltilførselen er slettet."), "minutes.conduct", meeting_id=found.meeting_id, sak=found.agenda_item_id
    )


def _page(form: AdditionForm, meeting_id: UUID, item_id: UUID, title: str, found: Any = None) -> str:
    back = url_for("minutes.conduct", meeting_id=meeting_id, sak=item_id)
    return render_template(
        "minutes/addition.html", form=form, meeting_id=meeting_id, title=title, back=back, found=found
    )
