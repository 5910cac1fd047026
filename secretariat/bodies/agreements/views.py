"""Pages of agreements: the list of a partnership, one agreement, and which of them a body works under."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.bodies import queries as bodies
from secretariat.bodies.agreements import actions, queries
from secretariat.bodies.blueprint import bp
from secretariat.bodies.forms import AboutForm, AgreementForm, AgreementsForm
from secretariat.bodies.models import Agreement, AgreementKind, Body
from secretariat.bodies.policy import may_keep_agreements, may_keep_body, may_set_up_bodies
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory import queries as directory
from secretariat.directory.models import Partnership


@bp.get("/utvalg/avtaler/<uuid:partnership_id>")
@guard(signed_in, directory.partnership)
def agreement_list(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """The agreements between the parties, and who works under each."""
    page = {"partnership": partnership, "agreements": queries.agreements(actor, partnership.id)}
    return render_template("bodies/agreements.html", **page, may_keep=may_set_up_bodies(actor, partnership))


@bp.route("/utvalg/avtaler/<uuid:partnership_id>/ny", methods=["GET", "POST"])
@guard(may_set_up_bodies, directory.partnership)
def add_agreement(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Register an agreement."""
    form = AgreementForm(data={"starts_on": clock.today(), "kind": AgreementKind.SUB})
    if form.accept(actions.add_agreement, actor, partnership.id):
        return done(_("Avtalen er registrert."), "bodies.agreement_list", partnership_id=partnership.id)
    return _task(_("Registrer avtale"), form, partnership.id)


@bp.route("/utvalg/avtaler/<uuid:partnership_id>/om", methods=["GET", "POST"])
@guard(may_set_up_bodies, directory.partnership)
def describe_partnership(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Say what the agreement is about, and who the secretariat is."""
    form = AboutForm(obj=partnership)
    if form.accept(actions.describe_partnership, actor, partnership.id):
        return done(_("Endringene er lagret."), "bodies.agreement_list", partnership_id=partnership.id)
    return _task(_("Om samarbeidet"), form, partnership.id)


@bp.route("/utvalg/avtale/<uuid:agreement_id>", methods=["GET", "POST"])
@guard(may_keep_agreements, queries.agreement)
def change_agreement(actor: Actor, agreement: Agreement) -> ResponseReturnValue:
    """Correct or end an agreement."""
    form = AgreementForm(obj=agreement)
    if form.accept(actions.change_agreement, actor, agreement.id):
        return done(_("Endringene er lagret."), "bodies.agreement_list", partnership_id=agreement.partnership_id)
    return _task(_("Endre avtale %(number)s", number=agreement.number), form, agreement.partnership_id)


def _task(title: str, form: Any, partnership_id: Any) -> ResponseReturnValue:
    back = url_for("bodies.agreement_list", partnership_id=partnership_id)
    page = {"title": title, "form": form, "back": back, "where": (_("Avtaler"), back)}
    return render_template("bodies/agreement.html", **page), form.status


@bp.route("/utvalg/<uuid:body_id>/avtaler", methods=["GET", "POST"])
@guard(may_keep_body, bodies.body)
def work_under(actor: Actor, body: Body) -> ResponseReturnValue:
    """Choose the agreements that the body works under."""
    chosen = queries.of_body(actor, body.id)
    form = AgreementsForm(data={"agreement_ids": chosen})
    form.offer(queries.agreements(actor, body.partnership_id))
    if form.accept(actions.work_under, actor, body.id, agreement_ids=tuple(form.agreement_ids.data or ())):
        return done(_("Avtalene er lagret."), "bodies.show", body_id=body.id)
    back = url_for("bodies.show", body_id=body.id)
    page = {"title": _("Avtaler: %(name)s", name=body.name), "form": form, "back": back, "where": (body.name, back)}
    return render_template("bodies/agreement.html", **page), form.status
