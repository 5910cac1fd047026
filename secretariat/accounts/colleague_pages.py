"""The pages where an organisation's administrator keeps its own people."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, EmailField, StringField, TelField

from secretariat.accounts import colleagues, queries
from secretariat.accounts.blueprint import bp
from secretariat.accounts.models import Office
from secretariat.accounts.policy import may_change_colleague, may_end_contact, may_keep_colleagues
from secretariat.core.actor import Actor
from secretariat.core.forms import ChoiceField, Form
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l, current_language
from secretariat.directory import queries as directory
from secretariat.directory.forms import LANGUAGE_CHOICES
from secretariat.directory.models import Organisation, Person


class ColleagueForm(Form):
    """Somebody of one's own organisation."""

    given_name = StringField(_l("Fornavn"))
    family_name = StringField(_l("Etternavn"))
    title = StringField(_l("Stilling"))
    email = EmailField(_l("E-post"))
    phone = TelField(_l("Telefon"))
    language = ChoiceField(_l("Språk"), choices=LANGUAGE_CHOICES, default="nb")


class NewColleagueForm(ColleagueForm):
    """Somebody new."""

    is_contact = BooleanField(
        _l("Skal være samhandlingskontakt"),
        description=_l("Kontakten svarer på vegne av organisasjonen, og logger inn med e-postadressen."),
    )


@bp.get("/organisasjoner/<uuid:organisation_id>/personer")
@guard(may_keep_colleagues, directory.organisation)
def own_people(actor: Actor, organisation: Organisation) -> ResponseReturnValue:
    """Who are we, and who is contact?"""
    people = colleagues.colleagues(actor, organisation.id)
    return render_template("accounts/own_people.html", organisation=organisation, people=people)


@bp.route("/organisasjoner/<uuid:organisation_id>/personer/ny", methods=["GET", "POST"])
@guard(may_keep_colleagues, directory.organisation)
def register_colleague(actor: Actor, organisation: Organisation) -> ResponseReturnValue:
    """Register somebody of one's own organisation."""
    form = NewColleagueForm(data={"language": current_language()})
    if form.accept(colleagues.register_colleague, actor, organisation.id):
        return done(_("Personen er registrert."), "accounts.own_people", organisation_id=organisation.id)
    page = {"organisation_id": organisation.id, "title": _("Registrer person")}
    return render_template("accounts/colleague.html", form=form, **page), form.status


@bp.route("/organisasjoner/personer/<uuid:person_id>", methods=["GET", "POST"])
@guard(may_change_colleague, directory.person)
def change_colleague(actor: Actor, person: Person) -> ResponseReturnValue:
    """Correct what is kept on somebody of one's own organisation."""
    form = ColleagueForm(obj=person)
    if form.accept(colleagues.change_colleague, actor, person.id):
        return done(_("Endringene er lagret."), "accounts.own_people", organisation_id=person.organisation_id)
    page = {"organisation_id": person.organisation_id, "title": person.name}
    return render_template("accounts/colleague.html", form=form, **page), form.status


@bp.route("/organisasjoner/personer/<uuid:person_id>/kontakt", methods=["GET", "POST"])
@guard(may_change_colleague, directory.person)
def make_contact(actor: Actor, person: Person) -> ResponseReturnValue:
    """Let somebody be the organisation's contact."""
    form = Form()
    if form.accept(colleagues.make_contact, actor, person.id):
        return done(
            _("%(name)s er samhandlingskontakt.", name=person.name),
            "accounts.own_people",
            organisation_id=person.organisation_id,
        )
    return render_template("accounts/make_contact.html", form=form, person=person), form.status


@bp.post("/organisasjoner/kontakter/<uuid:office_id>/slutt")
@guard(may_end_contact, queries.office)
def end_contact(actor: Actor, office: Office) -> ResponseReturnValue:
    """Somebody is no longer contact."""
    colleagues.end_contact(actor, office.id)
    return done(
        _("Rollen som samhandlingskontakt er avsluttet. Den gjelder til midnatt i dag."),
        "accounts.own_people",
        organisation_id=office.organisation_id,
    )
