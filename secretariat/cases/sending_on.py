"""Pages of the saksgang: the next step, their order, what came of a step outside."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.cases import actions, forms, queries
from secretariat.cases.blueprint import bp
from secretariat.cases.policy import may_prepare
from secretariat.cases.queries import CasePage
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done, id_if_sent, sent_id
from secretariat.core.text.language import _


@bp.route("/saker/<uuid:case_id>/saksgang", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def way(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """The steps of the case, and the next one."""
    form = forms.StepForm()
    form.offer(actor, case.partnership_id)
    if form.accept(actions.add_treatment, actor, case.id):
        return done(_("Saksgangen er endret."), "cases.way", case_id=case.id)
    return render_template("cases/way.html", case=case, form=form, steps=queries.steps(actor, case.id)), form.status


@bp.post("/saker/<uuid:case_id>/saksgang/flytt")
@guard(may_prepare, queries.case)
def move_step(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Change the order of the steps ahead."""
    step = queries.treatment(actor, sent_id("item"))
    if step is None or step.case_id != case.id:
        raise NotFound
    actions.move_treatment(actor, step.id, to=request.form.get("to", ""), before=id_if_sent("before"))
    return redirect(url_for("cases.way", case_id=case.id), 303)


@bp.post("/saker/ledd/<uuid:treatment_id>/fjern")
@guard(signed_in, queries.treatment)
def remove_step(actor: Actor, step: queries.Step) -> ResponseReturnValue:
    """Take a waiting step out."""
    actions.remove_treatment(actor, step.id)
    return done(_("Leddet er tatt bort."), "cases.way", case_id=step.case_id)


@bp.route("/saker/ledd/<uuid:treatment_id>/utfall", methods=["GET", "POST"])
@guard(signed_in, queries.treatment)
def outcome(actor: Actor, step: queries.Step) -> ResponseReturnValue:
    """What a council or board outside decided."""
    case = queries.case(actor, step.case_id)
    if case is None or not may_prepare(actor, case) or step.body_id is not None:
        raise NotFound
    form = forms.OutcomeForm(obj=step)
    if form.accept(actions.record_outcome, actor, step.id):
        return done(_("Utfallet er lagret."), "cases.show", case_id=step.case_id)
    return render_template("cases/outcome.html", case=case, step=step, form=form), form.status
