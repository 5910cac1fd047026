"""The administrator's pages of users and offices."""

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.accounts import actions, addresses, inviting, offices, queries
from secretariat.accounts.blueprint import bp
from secretariat.accounts.forms import AddressForm, GiveOfficeForm, NewUserForm, OfficeForm
from secretariat.accounts.models import Office
from secretariat.accounts.policy import may_keep_users
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import LastDayForm
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory.forms import with_empty
from secretariat.directory.queries import organisation_choices, partnership_names


def keeps_users(actor: Actor) -> bool:
    """The rule of the page for new users, which has no subject."""
    return may_keep_users(actor, None)


@bp.route("/admin/brukere/ny", methods=["GET", "POST"])
@guard(keeps_users)
def new_user(actor: Actor) -> ResponseReturnValue:
    """Register somebody who is to sign in."""
    form = _with_choices(actor, NewUserForm())
    if form.accept(actions.add_user, actor):
        return done(
            _("Brukeren er registrert. Send en invitasjon, så får vedkommende vite hvor en logger inn."),
            "accounts.user",
            person_id=form.result,
        )
    return render_template("accounts/new_user.html", form=form), form.status


@bp.route("/admin/brukere/<uuid:person_id>", methods=["GET", "POST"])
@guard(may_keep_users, queries.user)
def user(actor: Actor, found: queries.UserRow) -> ResponseReturnValue:
    """One user with the offices they hold, and a form to give another."""
    form = _with_choices(actor, GiveOfficeForm())
    if form.accept(offices.give_office, actor, found.person_id):
        return done(_("Rollen er gitt."), "accounts.user", person_id=found.person_id)
    held = queries.offices_of(actor, [found.person_id])[found.person_id]
    return render_template("accounts/user.html", user=found, offices=held, form=form), form.status


@bp.post("/admin/brukere/<uuid:person_id>/inviter")
@guard(may_keep_users, queries.user)
def invite(actor: Actor, found: queries.UserRow) -> ResponseReturnValue:
    """Tell the user where one signs in."""
    inviting.invite(actor, found.user_id)
    return done(_("Invitasjonen er sendt."), "accounts.user", person_id=found.person_id)


@bp.route("/admin/brukere/<uuid:person_id>/adresse", methods=["GET", "POST"])
@guard(may_keep_users, queries.user)
def change_address(actor: Actor, found: queries.UserRow) -> ResponseReturnValue:
    """Another address to sign in with."""
    form = AddressForm()
    if form.accept(addresses.change_address, actor, found.user_id):
        return done(_("Adressen er endret. Begge adressene får beskjed."), "accounts.user", person_id=found.person_id)
    return render_template("accounts/change_address.html", user=found, form=form), form.status


@bp.route("/admin/roller/<uuid:office_id>", methods=["GET", "POST"])
@guard(may_keep_users, queries.office)
def end_office(actor: Actor, office: Office) -> ResponseReturnValue:
    """Let an office end."""
    form = LastDayForm(data={"ends_on": office.ends_on or clock.today()})
    if form.accept(offices.end_office, actor, office):
        return done(_("Rollen er avsluttet."), "accounts.user", person_id=office.person_id)
    words = queries.offices_of(actor, [office.person_id])[office.person_id]
    row = next(each for each in words if each.id == office.id)
    return render_template("accounts/end_office.html", form=form, office=row), form.status


@bp.post("/admin/brukere/<uuid:person_id>/steng")
@guard(may_keep_users, queries.user)
def close_user(actor: Actor, found: queries.UserRow) -> ResponseReturnValue:
    """Nobody signs in as this user any more."""
    offices.close_user(actor, found.user_id)
    return done(_("Brukeren er stengt."), "accounts.user", person_id=found.person_id)


@bp.post("/admin/brukere/<uuid:person_id>/apne")
@guard(may_keep_users, queries.user)
def open_user(actor: Actor, found: queries.UserRow) -> ResponseReturnValue:
    """The user may sign in again."""
    offices.open_user(actor, found.user_id)
    return done(_("Brukeren er åpnet."), "accounts.user", person_id=found.person_id)


def _with_choices(actor: Actor, form: OfficeForm) -> OfficeForm:
    form.partnership_id.choices = with_empty([(str(each.id), each.name) for each in partnership_names(actor)])
    form.organisation_id.choices = with_empty(organisation_choices(actor))
    return form
