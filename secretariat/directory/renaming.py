"""The page on which an organisation gets another name from a day, with those it had before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import DayField, Form
from secretariat.core.guard import guard
from secretariat.core.text.language import _, _l
from secretariat.directory import changing, queries
from secretariat.directory.blueprint import bp
from secretariat.directory.models import Organisation
from secretariat.directory.policy import may_edit_organisation


class RenameForm(Form):
    """The new name, and its first day."""

    name = StringField(_l("Nytt navn"))
    starts_on = DayField(_l("Gjelder fra"), description=_l("Referater fra før beholder det gamle navnet."))


@bp.route("/organisasjoner/<uuid:organisation_id>/nytt-navn", methods=["GET", "POST"])
@guard(may_edit_organisation, queries.organisation)
def rename(actor: Actor, organisation: Organisation) -> ResponseReturnValue:
    """Another name from a day."""
    form = RenameForm(data={"starts_on": clock.today()})
    if form.accept(changing.rename, actor, organisation.id):
        flash(_("Organisasjonen har fått nytt navn."), "success")
        return redirect(url_for("directory.change_organisation", organisation_id=organisation.id), 303)
    before = changing.former_names(actor, organisation.id)
    return render_template("directory/rename.html", form=form, organisation=organisation, before=before), form.status
