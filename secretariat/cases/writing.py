"""Pages where a case is written: its paper and versions, its attachments, and what is known of it besides."""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from secretariat.bodies.agreements.queries import agreements as of_partnership
from secretariat.bodies.forms import AgreementsForm
from secretariat.cases import actions, forms, queries
from secretariat.cases.agreements import concern_agreements, concerned
from secretariat.cases.blueprint import bp
from secretariat.cases.models import SECTIONS
from secretariat.cases.pasting import take_apart
from secretariat.cases.policy import may_prepare, may_write_paper
from secretariat.cases.printing import case_paper_pdf
from secretariat.cases.queries import CasePage
from secretariat.core.actor import Actor
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.difference import difference
from secretariat.core.text.language import _
from secretariat.core.text.markdown import write_markdown
from secretariat.documents.forms import UploadForm


@bp.route("/saker/<uuid:case_id>/saksframlegg", methods=["GET", "POST"])
@guard(may_write_paper, queries.case)
def paper(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Write the case paper; when someone else saved first, both texts stand side by side."""
    form = forms.PaperForm(data=case.paper)
    if form.accept(actions.save_paper, actor, case.paper_id):
        return done(_("Saksframlegget er lagret."), "cases.show", case_id=case.id)
    theirs = _theirs(actor, form) if form.conflict is not None else None
    return render_template("cases/paper.html", case=case, form=form, theirs=theirs, pasted=None), form.status


def _theirs(actor: Actor, form: forms.PaperForm) -> dict[str, Any]:
    """What the other one saved, where it differs; the form goes on from there."""
    saved = form.conflict
    differing = [name for name in SECTIONS if form[name].data != getattr(saved, name)]
    texts = [(SECTIONS[n], write_markdown(form[n].data), write_markdown(getattr(saved, n))) for n in differing]
    return {"texts": texts, "newest": next(iter(queries.versions(actor, saved.id)), None)}


@bp.route("/saker/<uuid:case_id>/saksframlegg/lim-inn", methods=["GET", "POST"])
@guard(may_write_paper, queries.case)
def paste(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Take a pasted saksframlegg apart and show its parts in the form; nothing is saved before the writer says so."""
    form = forms.PasteForm()
    if request.method != "POST" or not form.validate():
        written = bool(case.sections)
        return render_template("cases/paste.html", case=case, form=form, written=written), form.status
    pasted = take_apart(form.text.data)
    filled = forms.PaperForm(data=case.paper)
    filled.process(data=case.paper)  # the pasting form was sent, not this one: it stands as the case does
    replace = form.standing.data == "replace"
    stood = [(SECTIONS[name], write_markdown(text)) for name, text in filled.fill(pasted, replace=replace).items()]
    page = {"pasted": pasted, "stood": stood, "replaced": replace}
    return render_template("cases/paper.html", case=case, form=filled, theirs=None, **page)


@bp.get("/saker/<uuid:case_id>/saksframlegg/versjoner")
@guard(may_prepare, queries.case)
def versions(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Who saved which version when, and what one of them changed."""
    rows = queries.versions(actor, case.paper_id)
    newest = rows[0].number if rows else 0
    number = min(max(request.args.get("versjon", newest, type=int), 1), max(newest, 1))
    texts = queries.version_texts(actor, case.paper_id, [number - 1, number])
    changes = _changes(texts.get(number - 1), texts[number]) if number in texts else []
    return render_template("cases/versions.html", case=case, rows=rows, number=number, changes=changes)


def _changes(before: dict[str, Any] | None, after: dict[str, Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    pairs = {name: ("" if before is None else before[name], after[name]) for name in SECTIONS}
    return [
        (SECTIONS[name], [(change.kind, change.text) for change in difference(old, new)])
        for name, (old, new) in pairs.items()
        if old != new and (old or new)
    ]


@bp.get("/saker/<uuid:case_id>/saksframlegg.pdf")
@guard(signed_in, queries.case)
def paper_pdf(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """The case paper as a PDF."""
    steps, references = queries.steps(actor, case.id), queries.references(actor, [case.id])
    content = case_paper_pdf(case, steps, references, queries.files(actor, case.id))
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename="saksframlegg.pdf")
    return response


@bp.route("/saker/<uuid:case_id>/vedlegg", methods=["GET", "POST"])
@guard(may_write_paper, queries.case)
def attachments(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Files of the case, in a form of their own."""
    form = UploadForm()
    uploads = form.received(actor, case.partnership_id)
    if uploads is not None and form.accept(actions.attach, actor, case.id, uploads=uploads):
        sentence = _("Mottatt. Filene kontrolleres, og går ut med saken når den sendes.")
        return done(sentence, "cases.attachments", case_id=case.id)
    files, prepares = queries.files(actor, case.id), may_prepare(actor, case)
    return render_template("cases/attachments.html", case=case, form=form, files=files, prepares=prepares), form.status


@bp.route("/saker/<uuid:case_id>/rediger", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def edit(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Correct what is known of the case beside its paper."""
    form = forms.EditForm(obj=case)
    form.offer(actor, case)
    if form.accept(actions.edit, actor, case.id):
        return done(_("Endringene er lagret."), "cases.show", case_id=case.id)
    return render_template("cases/edit.html", case=case, form=form), form.status


@bp.route("/saker/<uuid:case_id>/arkivreferanser", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def archive_references(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """What the archives call the case."""
    form = forms.ReferenceForm()
    form.offer(actor, case.partnership_id)
    if form.accept(actions.set_archive_reference, actor, case.id):
        return done(_("Arkivreferansen er lagret."), "cases.show", case_id=case.id)
    references = queries.references(actor, [case.id])
    return render_template("cases/references.html", case=case, form=form, references=references), form.status


@bp.route("/saker/<uuid:case_id>/avtaler", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def agreements(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Which agreements the case concerns."""
    form = AgreementsForm(data={"agreement_ids": [one.id for one in concerned(actor, [case.id])]})
    form.offer(of_partnership(actor, case.partnership_id))
    if form.accept(concern_agreements, actor, case.id, agreement_ids=tuple(form.agreement_ids.data or ())):
        return done(_("Avtalene er lagret."), "cases.show", case_id=case.id)
    return render_template("cases/agreements.html", case=case, form=form), form.status
