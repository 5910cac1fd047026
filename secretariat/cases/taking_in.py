"""Pages of a case's life: raised, taken in or sent back, made ready, drawn back, and the way back from each."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.cases import actions, forms, queries
from secretariat.cases.blueprint import bp
from secretariat.cases.intake import own_organisations
from secretariat.cases.policy import may_prepare, may_write_paper
from secretariat.cases.queries import CasePage
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory.queries import partnership_names


@bp.route("/saker/ny", methods=["GET", "POST"])
@guard(signed_in)
def raise_case(actor: Actor) -> ResponseReturnValue:
    """Raise a case, in the partnership one takes part in."""
    places = [place for place in partnership_names(actor) if actor.takes_part(place.id)]
    chosen = [place for place in places if str(place.id) == request.args.get("helsefellesskap") or len(places) == 1]
    if not places:
        raise NotFound
    if not chosen:
        return render_template("cases/choose_partnership.html", places=places)
    form = forms.RaiseForm(data={"language": chosen[0].language})
    form.offer(actor, chosen[0].id, own_organisations(actor, chosen[0].id))
    if form.accept(actions.raise_case, actor, chosen[0].id):
        return done(_("Saken er meldt inn. Sekretariatet vurderer den."), "cases.show", case_id=form.result)
    return render_template("cases/raise.html", form=form, place=chosen[0]), form.status


@bp.post("/saker/<uuid:case_id>/ta-inn")
@guard(may_prepare, queries.case)
def take_in(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Take the case in."""
    actions.take_in(actor, case.id)
    if request.form.get("fra") == "liste":
        return done(_("«%(title)s» er tatt inn.", title=case.title), "cases.index", tilstand="innmeldt")
    return done(_("Saken er tatt inn."), "cases.show", case_id=case.id)


@bp.route("/saker/<uuid:case_id>/be-om-mer", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def ask_for_more(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Ask whoever raised the case for what is missing."""
    words = _("Be om mer"), _("Hva mangler?"), _("Innmelderen er bedt om mer.")
    return _with_reason(actor, case, actions.ask_for_more, words)


@bp.route("/saker/<uuid:case_id>/returner", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def give_back(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Send the case back with a reason."""
    words = _("Returner med begrunnelse"), _("Begrunnelse"), _("Saken er sendt tilbake med begrunnelse.")
    return _with_reason(actor, case, actions.give_back, words)


@bp.route("/saker/<uuid:case_id>/trekk", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def withdraw(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Draw the case back."""
    return _with_reason(actor, case, actions.withdraw, (_("Trekk saken"), _("Begrunnelse"), _("Saken er trukket.")))


def _with_reason(actor: Actor, case: CasePage, verb: Any, words: tuple[str, str, str]) -> ResponseReturnValue:
    heading, question, sentence = words
    form = forms.ReasonForm()
    form.reason.label.text = question
    if form.accept(verb, actor, case.id):
        return done(sentence, "cases.show", case_id=case.id)
    return render_template("cases/reason.html", case=case, form=form, heading=heading), form.status


@bp.post("/saker/<uuid:case_id>/send-inn")
@guard(may_write_paper, queries.case)
def answer(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Send the case in again with what was asked for."""
    actions.answer(actor, case.id)
    return done(_("Saken er sendt inn på nytt."), "cases.show", case_id=case.id)


@bp.post("/saker/<uuid:case_id>/klar")
@guard(may_prepare, queries.case)
def make_ready(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """The case may come on an agenda."""
    actions.make_ready(actor, case.id)
    return done(_("Saken er klar til saksliste."), "cases.show", case_id=case.id)


@bp.post("/saker/<uuid:case_id>/tilbake")
@guard(may_prepare, queries.case)
def step_back(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Undo the last step of the case's life."""
    actions.step_back(actor, case.id)
    return done(_("Saken er satt ett steg tilbake."), "cases.show", case_id=case.id)


@bp.post("/saker/<uuid:case_id>/frigi")
@guard(may_prepare, queries.case)
def release(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Release the case from the party's own room."""
    actions.release(actor, case.id)
    return done(_("Saken er frigitt. Begge parters sekretærer ser den nå."), "cases.show", case_id=case.id)
