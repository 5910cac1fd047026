"""The pages on which an appointment is put right: its level and term, and one that was made by mistake."""

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.bodies import queries
from secretariat.bodies.blueprint import bp
from secretariat.bodies.corrections import actions as correcting
from secretariat.bodies.forms import ChangeAppointmentForm
from secretariat.bodies.models import Appointment
from secretariat.bodies.policy import may_appoint
from secretariat.core.actor import Actor
from secretariat.core.forms import Form
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _


@bp.route("/utvalg/oppnevning/<uuid:appointment_id>/endre", methods=["GET", "POST"])
@guard(may_appoint, queries.appointment)
def change_appointment(actor: Actor, appointment: Appointment) -> ResponseReturnValue:
    """Say at which level somebody meets, and how long the term lasts."""
    form = ChangeAppointmentForm(obj=appointment)
    if form.accept(correcting.change_appointment, actor, appointment.id):
        return done(_("Oppnevningen er endret."), "bodies.show", body_id=appointment.body_id)
    page = {"title": _("Endre periode og nivå"), "lede": queries.appointed_words(actor, appointment.id)}
    return render_template("bodies/task.html", form=form, body_id=appointment.body_id, **page), form.status


@bp.route("/utvalg/oppnevning/<uuid:appointment_id>/trekk", methods=["GET", "POST"])
@guard(may_appoint, queries.appointment)
def withdraw_appointment(actor: Actor, appointment: Appointment) -> ResponseReturnValue:
    """Take back an appointment that was a mistake."""
    form = Form()
    if form.accept(correcting.withdraw_appointment, actor, appointment.id):
        return done(_("Oppnevningen er trukket tilbake."), "bodies.show", body_id=appointment.body_id)
    page = {"appointment": appointment, "lede": queries.appointed_words(actor, appointment.id)}
    reasons = correcting.hinders_withdrawing(appointment)
    return render_template("bodies/withdraw.html", form=form, reasons=reasons, **page), form.status
