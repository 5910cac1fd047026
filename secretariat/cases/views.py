"""Pages of cases."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.bodies.agreements.queries import agreements as of_partnership
from secretariat.bodies.forms import AgreementsForm
from secretariat.cases import actions, forms, queries
from secretariat.cases.agreements import concern_agreements, concerned
from secretariat.cases.completeness import hinders_ready, missing_sections
from secretariat.cases.history import history
from secretariat.cases.intake import own_organisations
from secretariat.cases.models import SECTIONS, Case
from secretariat.cases.next_step import as_shown, next_step, waits_for
from secretariat.cases.pasting import take_apart
from secretariat.cases.policy import may_prepare, may_write_paper
from secretariat.cases.printing import case_paper_pdf
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.forms import page_asked_for
from secretariat.core.guard import guard, signed_in
from secretariat.core.text.difference import difference
from secretariat.core.text.language import _, format_date
from secretariat.core.text.markdown import write_markdown
from secretariat.decisions import queries as decisions
from secretariat.directory.parties import Party
from secretariat.directory.queries import partnership_names
from secretariat.dispatch import queries as dispatch
from secretariat.documents.forms import UploadForm
from secretariat.documents.queries import files_of
from secretariat.meetings import queries as meetings

bp = Blueprint("cases", __name__)

sees_it = signed_in
CaseP = queries.CasePage


def _to_case(case_id: UUID | None, said: str = "") -> ResponseReturnValue:
    if said:
        flash(said, "success")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _files(actor: Actor, case_id: UUID) -> list[Any]:
    return files_of(actor, Case.__tablename__, [case_id])[case_id]


# Lists


@bp.get("/saker")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """The register; with «innmeldt» the cases to be taken in, oldest first."""
    form = forms.FilterForm(request.args)
    form.offer(actor)
    found = queries.cases(actor, _wanted(form))
    intake = form.tilstand.data == "innmeldt"
    template = "cases/intake.html" if intake else "cases/index.html"
    prepares = {row.id for row in found.rows if may_prepare(actor, row)}
    page = {"prepares": prepares, "pages": _pages(found), **({} if intake else _ahead(actor, found))}
    return render_template(template, form=form, found=found, **page)


def _ahead(actor: Actor, found: queries.CaseList) -> dict[str, Any]:
    """Where each case goes next, and when those bodies meet next."""
    ahead = queries.ahead(actor, [row.id for row in found.rows])
    bodies = {step.body_id for step in ahead.values() if step.body_id is not None and step.day is None}
    return {"ahead": ahead, "next_meeting": meetings.next_meetings(actor, bodies)}


def _wanted(form: forms.FilterForm) -> queries.Wanted:
    raised = form.tilstand.data == "innmeldt"
    order = request.args.get("sorter") or ("oldest" if raised else "newest")
    form.sorter.data = order
    party = form.part.data if form.part.data in set(Party) else None
    page = page_asked_for()
    states = forms.STATES.get(form.tilstand.data or "", ())
    return queries.Wanted(states, form.utvalg.data, Party(party) if party else None, form.q.data or "", order, page)


def _pages(found: queries.CaseList) -> dict[str, str | None]:
    def page(number: int) -> str:
        values: dict[str, Any] = request.args.to_dict() | {"side": number}
        return url_for("cases.index", **values)

    return {
        "previous": page(found.page - 1) if found.page > 1 else None,
        "next": page(found.page + 1) if found.last < found.total else None,
    }


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
    form = forms.RaiseForm()
    form.offer(actor, chosen[0].id, own_organisations(actor, chosen[0].id))
    if form.accept(actions.raise_case, actor, chosen[0].id):
        return _to_case(form.result, _("Saken er meldt inn. Sekretariatet vurderer den."))
    return render_template("cases/raise.html", form=form, place=chosen[0]), form.status


# One case


@bp.get("/saker/<uuid:case_id>")
@guard(sees_it, queries.case)
def show(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Where the case stands, what happens next, and its newest text."""
    steps = queries.steps(actor, case.id)
    return render_template(
        "cases/show.html",
        case=case,
        line=as_shown(steps, format_date),
        next=next_step(case, steps),
        files=_files(actor, case.id),
        references=queries.references(actor, [case.id]),
        agreements=concerned(actor, [case.id]),
        decided=decisions.of_case(actor, case.id),
        history=history(actor, case),
        unsent=dispatch.unsent(actor, case_id=case.id) if may_prepare(actor, case) else [],
        prepares=may_prepare(actor, case),
        next_meeting=_next_meeting(actor, case, steps),
        on_agenda=meetings.with_case(actor, case.id),
        writes=may_write_paper(actor, case),
        hindrances=hinders_ready(case, case),
        missing=missing_sections(case),
    )


def _next_meeting(actor: Actor, case: CaseP, steps: list[queries.Step]) -> meetings.MeetingRow | None:
    body_id = waits_for(case, steps) if may_prepare(actor, case) else None
    return meetings.next_meetings(actor, [body_id]).get(body_id) if body_id else None


@bp.route("/saker/<uuid:case_id>/rediger", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def edit(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Correct what is known of the case beside its paper."""
    form = forms.EditForm(obj=case)
    form.offer(actor, case)
    if form.accept(actions.edit, actor, case.id):
        return _to_case(case.id, _("Endringene er lagret."))
    if form.conflict is not None:
        form.version.data = form.conflict.version
    return render_template("cases/edit.html", case=case, form=form), form.status


@bp.post("/saker/<uuid:case_id>/ta-inn")
@guard(may_prepare, queries.case)
def take_in(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Take the case in."""
    actions.take_in(actor, case.id)
    if request.form.get("fra") == "liste":
        flash(_("«%(title)s» er tatt inn.", title=case.title), "success")
        return redirect(url_for("cases.index", tilstand="innmeldt"), 303)
    return _to_case(case.id, _("Saken er tatt inn."))


@bp.route("/saker/<uuid:case_id>/be-om-mer", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def ask_for_more(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Ask whoever raised the case for what is missing."""
    words = _("Be om mer"), _("Hva mangler?"), _("Innmelderen er bedt om mer.")
    return _with_reason(actor, case, actions.ask_for_more, words)


@bp.route("/saker/<uuid:case_id>/returner", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def give_back(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Send the case back with a reason."""
    words = _("Returner med begrunnelse"), _("Begrunnelse"), _("Saken er sendt tilbake med begrunnelse.")
    return _with_reason(actor, case, actions.give_back, words)


@bp.route("/saker/<uuid:case_id>/trekk", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def withdraw(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Draw the case back."""
    return _with_reason(actor, case, actions.withdraw, (_("Trekk saken"), _("Begrunnelse"), _("Saken er trukket.")))


def _with_reason(actor: Actor, case: CaseP, verb: Any, words: tuple[str, str, str]) -> ResponseReturnValue:
    heading, question, done = words
    form = forms.ReasonForm()
    form.reason.label.text = question
    if form.accept(verb, actor, case.id):
        return _to_case(case.id, done)
    return render_template("cases/reason.html", case=case, form=form, heading=heading), form.status


@bp.post("/saker/<uuid:case_id>/send-inn")
@guard(may_write_paper, queries.case)
def answer(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Send the case in again with what was asked for."""
    actions.answer(actor, case.id)
    return _to_case(case.id, _("Saken er sendt inn på nytt."))


@bp.post("/saker/<uuid:case_id>/klar")
@guard(may_prepare, queries.case)
def make_ready(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """The case may come on an agenda."""
    actions.make_ready(actor, case.id)
    return _to_case(case.id, _("Saken er klar til saksliste."))


@bp.post("/saker/<uuid:case_id>/tilbake")
@guard(may_prepare, queries.case)
def step_back(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Undo the last step of the case's life."""
    actions.step_back(actor, case.id)
    return _to_case(case.id, _("Saken er satt ett steg tilbake."))


@bp.post("/saker/<uuid:case_id>/frigi")
@guard(may_prepare, queries.case)
def release(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Release the case from the party's own room."""
    actions.release(actor, case.id)
    return _to_case(case.id, _("Saken er frigitt. Begge parters sekretærer ser den nå."))


# The paper


@bp.route("/saker/<uuid:case_id>/saksframlegg", methods=["GET", "POST"])
@guard(may_write_paper, queries.case)
def paper(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Write the case paper; when someone else saved first, both texts stand side by side."""
    form = forms.PaperForm(data=case.paper)
    if form.accept(actions.save_paper, actor, case.paper_id):
        return _to_case(case.id, _("Saksframlegget er lagret."))
    theirs = _theirs(actor, form) if form.conflict is not None else None
    return render_template("cases/paper.html", case=case, form=form, theirs=theirs, pasted=None), form.status


def _theirs(actor: Actor, form: forms.PaperForm) -> dict[str, Any]:
    """What the other one saved, where it differs; the form goes on from there."""
    saved = form.conflict
    form.version.data = saved.version
    differing = [name for name in SECTIONS if form[name].data != getattr(saved, name)]
    texts = [(SECTIONS[n], write_markdown(form[n].data), write_markdown(getattr(saved, n))) for n in differing]
    return {"texts": texts, "newest": next(iter(queries.versions(actor, saved.id)), None)}


@bp.route("/saker/<uuid:case_id>/saksframlegg/lim-inn", methods=["GET", "POST"])
@guard(may_write_paper, queries.case)
def paste(actor: Actor, case: CaseP) -> ResponseReturnValue:
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
def versions(actor: Actor, case: CaseP) -> ResponseReturnValue:
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
@guard(sees_it, queries.case)
def paper_pdf(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """The case paper as a PDF."""
    steps, references = queries.steps(actor, case.id), queries.references(actor, [case.id])
    content = case_paper_pdf(case, steps, references, _files(actor, case.id))
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename="saksframlegg.pdf")
    return response


@bp.route("/saker/<uuid:case_id>/vedlegg", methods=["GET", "POST"])
@guard(may_write_paper, queries.case)
def attachments(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Files of the case, in a form of their own."""
    form = UploadForm()
    uploads = form.received(actor, case.partnership_id)
    if uploads is not None and form.accept(actions.attach, actor, case.id, uploads=uploads):
        flash(_("Mottatt. Filene kontrolleres, og går ut med saken når den sendes."), "success")
        return redirect(url_for("cases.attachments", case_id=case.id), 303)
    files, prepares = _files(actor, case.id), may_prepare(actor, case)
    return render_template("cases/attachments.html", case=case, form=form, files=files, prepares=prepares), form.status


@bp.route("/saker/<uuid:case_id>/arkivreferanser", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def archive_references(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """What the archives call the case."""
    form = forms.ReferenceForm()
    form.offer(actor, case.partnership_id)
    if form.accept(actions.set_archive_reference, actor, case.id):
        return _to_case(case.id, _("Arkivreferansen er lagret."))
    references = queries.references(actor, [case.id])
    return render_template("cases/references.html", case=case, form=form, references=references), form.status


@bp.route("/saker/<uuid:case_id>/avtaler", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def agreements(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Which agreements the case concerns."""
    form = AgreementsForm(data={"agreement_ids": [one.id for one in concerned(actor, [case.id])]})
    form.offer(of_partnership(actor, case.partnership_id))
    if form.accept(concern_agreements, actor, case.id, agreement_ids=tuple(form.agreement_ids.data or ())):
        return _to_case(case.id, _("Avtalene er lagret."))
    return render_template("cases/agreements.html", case=case, form=form), form.status


# The saksgang


@bp.route("/saker/<uuid:case_id>/saksgang", methods=["GET", "POST"])
@guard(may_prepare, queries.case)
def way(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """The steps of the case, and the next one."""
    form = forms.StepForm()
    form.offer(actor, case.partnership_id)
    if form.accept(actions.add_treatment, actor, case.id):
        flash(_("Saksgangen er endret."), "success")
        return redirect(url_for("cases.way", case_id=case.id), 303)
    return render_template("cases/way.html", case=case, form=form, steps=queries.steps(actor, case.id)), form.status


@bp.post("/saker/<uuid:case_id>/saksgang/flytt")
@guard(may_prepare, queries.case)
def move_step(actor: Actor, case: CaseP) -> ResponseReturnValue:
    """Change the order of the steps ahead."""
    before = None
    with suppress(ValueError):
        before = UUID(request.form.get("before", ""))
    step = queries.treatment(actor, _step_id())
    if step is None or step.case_id != case.id:
        raise NotFound
    actions.move_treatment(actor, step.id, to=request.form.get("to", ""), before=before)
    return redirect(url_for("cases.way", case_id=case.id), 303)


def _step_id() -> UUID:
    try:
        return UUID(request.form.get("item", ""))
    except ValueError as wrong:
        raise NotFound from wrong


@bp.post("/saker/ledd/<uuid:treatment_id>/fjern")
@guard(sees_it, queries.treatment)
def remove_step(actor: Actor, step: queries.Step) -> ResponseReturnValue:
    """Take a waiting step out."""
    actions.remove_treatment(actor, step.id)
    flash(_("Leddet er tatt bort."), "success")
    return redirect(url_for("cases.way", case_id=step.case_id), 303)


@bp.route("/saker/ledd/<uuid:treatment_id>/utfall", methods=["GET", "POST"])
@guard(sees_it, queries.treatment)
def outcome(actor: Actor, step: queries.Step) -> ResponseReturnValue:
    """What a council or board outside decided."""
    case = queries.case(actor, step.case_id)
    if case is None or not may_prepare(actor, case) or step.body_id is not None:
        raise NotFound
    form = forms.OutcomeForm(obj=step)
    if form.accept(actions.record_outcome, actor, step.id):
        return _to_case(step.case_id, _("Utfallet er lagret."))
    return render_template("cases/outcome.html", case=case, step=step, form=form), form.status
