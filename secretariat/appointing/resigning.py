"""The page on which somebody goes out of a place: the last day, and who follows."""

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.appointing import leaving
from secretariat.appointing.blueprint import bp
from secretariat.appointing.forms import ResignForm
from secretariat.bodies import queries as bodies
from secretariat.bodies.models import Appointment, Capacity
from secretariat.bodies.policy import may_appoint
from secretariat.bodies.sitting import deputies_on
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory import queries as directory
from secretariat.directory.forms import with_empty


@bp.route("/oppnevning/fratrer/<uuid:appointment_id>", methods=["GET", "POST"])
@guard(may_appoint, bodies.appointment)
def resign(actor: Actor, appointment: Appointment) -> ResponseReturnValue:
    """Somebody goes out: the last day, who follows, and whether a deputy moves up meanwhile."""
    form = ResignForm(data={"ends_on": appointment.ends_on or clock.today()})
    form.person_id.find = lambda words: directory.people(actor, words)
    form.organisation_id.choices = with_empty(directory.organisation_choices(actor, appointment.partnership_id))
    if form.accept(leaving.resign, actor, appointment.id):
        return done(_("Fratredelsen er registrert."), "bodies.show", body_id=appointment.body_id)
    is_holder = appointment.capacity is Capacity.HOLDER and appointment.seat_id is not None
    behind = deputies_on(appointment.body_id, clock.today()).personal.get(appointment.seat_id or appointment.id, ())
    page = {"appointment": appointment, "is_holder": is_holder, "deputies": [stand.name for stand in behind]}
    words = bodies.appointed_words(actor, appointment.id)
    return render_template("appointing/resign.html", form=form, lede=words, **page), form.status
