"""The pages where a secretary says who represents whom."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import ChoiceField, DayField, Form, LastDayForm
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.directory import queries, relays
from secretariat.directory.asked_day import AskedDay
from secretariat.directory.blueprint import bp
from secretariat.directory.forms import to_id, with_empty
from secretariat.directory.models import Partnership
from secretariat.directory.policy import may_keep_people, may_keep_representation


class RepresentForm(Form):
    """Who represents whom; the organisations come from the view."""

    organisation_id = ChoiceField(
        _l("Hvem representerer?"), coerce=to_id, description=_l("For eksempel et regionråd eller KS.")
    )
    represented = SelectMultipleField(
        _l("Hvem representeres?"),
        coerce=to_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    starts_on = DayField(_l("Fra"), description=_l("Står feltet tomt, gjelder det fra i dag."))
    ends_on = DayField(_l("Til og med"), description=_l("Står feltet tomt, gjelder det til du avslutter det."))


@bp.route("/organisasjoner/representasjon/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_keep_people, queries.partnership)
def representing(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Who sees and answers for whom, now or on a day, and a form to say so."""
    form = RepresentForm()
    choices = queries.organisation_choices(actor, partnership.id)
    form.organisation_id.choices, form.represented.choices = with_empty(choices), choices
    chosen: tuple[UUID, ...] = tuple(form.represented.data or ())
    if form.accept(relays.represent, actor, partnership.id, represented=chosen):
        return done(_("Representasjonen er registrert."), "directory.representing", partnership_id=partnership.id)
    asked = AskedDay.from_address()
    found = relays.of_partnership(actor, partnership.id, asked.day if asked.typed else None)
    page = {"partnership": partnership, "relays": found, "asked": asked}
    return render_template("directory/representing.html", form=form, **page), max(form.status, asked.status)


@bp.route("/organisasjoner/representerer/<uuid:representation_id>", methods=["GET", "POST"])
@guard(may_keep_representation, relays.representation)
def end_representation(actor: Actor, found: relays.Represented) -> ResponseReturnValue:
    """Say until when it goes on."""
    form = LastDayForm(data={"ends_on": found.ends_on or clock.today()})
    if form.accept(relays.end_representation, actor, found.id):
        return done(_("Representasjonen er avsluttet."), "directory.representing", partnership_id=found.partnership_id)
    return render_template("directory/end_representation.html", form=form, row=found), form.status
