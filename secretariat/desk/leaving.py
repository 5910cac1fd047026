"""The page on which somebody leaves an employer: all that is held for it, ended in one press."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.appointing import leaving
from secretariat.appointing.forms import ManyField
from secretariat.appointing.policy import may_end_employment
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import DayField, Form
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.desk import holdings
from secretariat.desk.blueprint import bp
from secretariat.directory import queries as directory
from secretariat.directory.models import Person


class LeaveForm(Form):
    """The last day, and what ends with it; the view says what there is."""

    ends_on = DayField(_l("Siste dag hos arbeidsgiveren"))
    appointment_ids = ManyField(_l("Plasser som avsluttes"))
    office_ids = ManyField(_l("Roller som avsluttes"))


@bp.route("/oppnevning/slutter/<uuid:person_id>", methods=["GET", "POST"])
@guard(may_end_employment, directory.person)
def leave_employer(actor: Actor, person: Person) -> ResponseReturnValue:
    """All that somebody holds for an employer, and one press that ends it; tasks are handed on one by one."""
    works_for = holdings.employer(actor, person)
    places = holdings.places(actor, person, works_for)
    offices = holdings.offices(actor, person, works_for)
    form = _form(places, offices)
    if form.accept(leaving.leave_employer, actor, person.id):
        return done(
            _("Plassene og rollene er avsluttet. Historikken er beholdt."), "desk.leave_employer", person_id=person.id
        )
    page: dict[str, Any] = {"person": person, "employer": works_for, "form": form, "places": places}
    page |= {"tasks": holdings.tasks(actor, person), "meetings": holdings.called_to(actor, person)}
    page |= {"others": [one for one in offices if not one.may_end]}
    return render_template("appointing/leave.html", **page), form.status


def _form(places: list[holdings.HeldPlace], offices: list[holdings.HeldOffice]) -> LeaveForm:
    """What goes with the employer is ticked beforehand."""
    ending = [one for one in offices if one.may_end]
    ticked = {
        "appointment_ids": tuple(one.id for one in places if one.for_employer),
        "office_ids": tuple(one.id for one in ending if one.for_employer),
    }
    form = LeaveForm(data={"ends_on": clock.today()} | ticked)
    form.appointment_ids.choices = [(str(one.id), _place_words(one)) for one in places]
    form.office_ids.choices = [(str(one.id), f"{one.word}, {one.organisation}".strip(", ")) for one in ending]
    return form


def _place_words(one: holdings.HeldPlace) -> str:
    capacity = _("vara") if one.capacity.value == "deputy" else ""
    return " · ".join(filter(None, (one.body, one.place, capacity)))
