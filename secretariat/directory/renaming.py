"""The page on which an organisation gets another name from a day, with those it had before."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField

from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import DayField, Form
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.directory import names, queries
from secretariat.directory.blueprint import bp
from secretariat.directory.models import Organisation, OrganisationName
from secretariat.directory.policy import may_edit_organisation


class RenameForm(Form):
    """The new name, and its first day."""

    name = StringField(_l("Nytt navn"))
    starts_on = DayField(
        _l("Gjelder fra"),
        description=_l("Kan være en dag som kommer. Referater fra før beholder det gamle navnet."),
    )


@bp.route("/organisasjoner/<uuid:organisation_id>/nytt-navn", methods=["GET", "POST"])
@guard(may_edit_organisation, queries.organisation)
def rename(actor: Actor, organisation: Organisation) -> ResponseReturnValue:
    """Another name from a day."""
    form = RenameForm(data={"starts_on": clock.today()})
    if form.accept(names.rename, actor, organisation.id):
        is_to_come = names.planned_name(actor, organisation.id) is not None
        return done(
            _("Det nye navnet er planlagt.") if is_to_come else _("Organisasjonen har fått nytt navn."),
            "directory.change_organisation",
            organisation_id=organisation.id,
        )
    page = {"organisation": organisation, "before": names.former_names(actor, organisation.id)}
    page |= {"planned": names.planned_name(actor, organisation.id)}
    return render_template("directory/rename.html", form=form, **page), form.status


@bp.post("/organisasjoner/nytt-navn/<uuid:organisation_name_id>/ta-tilbake")
@guard(names.may_keep_name, names.name_to_come)
def drop_planned_name(actor: Actor, name: OrganisationName) -> ResponseReturnValue:
    """Take back a name that is planned."""
    names.drop_planned_name(actor, name.id)
    return done(_("Det planlagte navnet er tatt tilbake."), "directory.rename", organisation_id=name.organisation_id)
