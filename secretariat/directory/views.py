"""Pages of the directory: the people and organisations that the secretariat keeps."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory import actions, merge_pages, names, privacy_pages, queries, renaming, representing
from secretariat.directory.blueprint import bp
from secretariat.directory.forms import (
    ChangeOrganisationForm,
    ChangePersonForm,
    OrganisationForm,
    PeopleFilter,
    PersonForm,
    with_empty,
)
from secretariat.directory.imports import views as import_pages
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import label
from secretariat.directory.policy import keeps_people, may_edit_organisation, may_edit_person, may_keep_people

__all__ = ["bp", "import_pages", "merge_pages", "privacy_pages", "renaming", "representing"]


@bp.get("/personer")
@guard(keeps_people)
def people(actor: Actor) -> ResponseReturnValue:
    """Everybody who may be appointed, found by name or employer."""
    form = PeopleFilter(data=request.args.to_dict())
    form.organisation.choices = with_empty(queries.organisation_choices(actor), _("Alle"))
    found = queries.people(actor, form.q.data or "", form.organisation.data)
    return render_template(
        "directory/people.html",
        form=form,
        people=found,
        most=queries.MOST_PEOPLE,
        own=queries.served_partnerships(actor),
    )


@bp.route("/personer/ny/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_keep_people, queries.partnership)
def register_person(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Register a person."""
    form = PersonForm(data={"language": partnership.spoken})
    form.organisation_id.choices = with_empty(queries.organisation_choices(actor, partnership.id))
    if form.accept(actions.register_person, actor, partnership.id):
        return done(_("Personen er registrert."), "directory.people")
    return render_template("directory/edit_person.html", form=form, person=None), form.status


@bp.route("/personer/<uuid:person_id>", methods=["GET", "POST"])
@guard(may_edit_person, queries.person)
def change_person(actor: Actor, person: Person) -> ResponseReturnValue:
    """Correct what is kept on a person."""
    form = ChangePersonForm(obj=person)
    form.organisation_id.choices = with_empty(queries.organisation_choices(actor))
    if form.accept(actions.change_person, actor, person.id):
        return done(_("Endringene er lagret."), "directory.people")
    page = {"form": form, "person": person, "keeps": keeps_people(actor)}
    return render_template("directory/edit_person.html", **page), form.status


@bp.get("/organisasjoner")
@guard(keeps_people)
def organisations(actor: Actor) -> ResponseReturnValue:
    """The organisations that take part."""
    words = request.args.get("q", "")
    found = queries.organisations(actor, words=words)
    return render_template(
        "directory/organisations.html",
        organisations=found,
        words=words,
        label=label,
        own=queries.served_partnerships(actor),
    )


@bp.route("/organisasjoner/ny/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_keep_people, queries.partnership)
def register_organisation(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Let an organisation take part."""
    form = OrganisationForm()
    if form.accept(actions.register_organisation, actor, partnership.id):
        return done(_("Organisasjonen er registrert."), "directory.organisations")
    return render_template("directory/edit_organisation.html", form=form, organisation=None), form.status


@bp.route("/organisasjoner/<uuid:organisation_id>", methods=["GET", "POST"])
@guard(may_edit_organisation, queries.organisation)
def change_organisation(actor: Actor, organisation: Organisation) -> ResponseReturnValue:
    """Correct what is kept on an organisation."""
    form = ChangeOrganisationForm(obj=organisation)
    if form.accept(actions.change_organisation, actor, organisation.id):
        return done(_("Endringene er lagret."), "directory.organisations")
    page = {"organisation": organisation, "planned": names.planned_name(actor, organisation.id)}
    return render_template("directory/edit_organisation.html", form=form, **page), form.status
