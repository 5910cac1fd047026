"""Pages of cases: the register, and one case; what is done to a case has modules."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.cases import forms, queries, sending_on, taking_in, writing
from secretariat.cases.agreements import concerned
from secretariat.cases.blueprint import bp
from secretariat.cases.completeness import hinders_ready, missing_sections
from secretariat.cases.history import history
from secretariat.cases.next_step import as_shown, next_step, waits_for
from secretariat.cases.policy import may_prepare, may_write_paper
from secretariat.cases.queries import CasePage
from secretariat.core.actor import Actor
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import page_asked_for, stretch
from secretariat.core.text.language import format_date
from secretariat.decisions import queries as decisions
from secretariat.directory.parties import Party
from secretariat.dispatch import queries as dispatch
from secretariat.meetings import queries as meetings

__all__ = ["bp", "sending_on", "taking_in", "writing"]


@bp.get("/saker")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """The register; with «innmeldt» the cases to be taken in, oldest first."""
    form = forms.FilterForm(request.args)
    form.offer(actor)
    wanted = _wanted(form)
    found = queries.cases(actor, wanted)
    intake = form.tilstand.data == "innmeldt"
    template = "cases/intake.html" if intake else "cases/index.html"
    prepares = {row.id for row in found.rows if may_prepare(actor, row)}
    page = {
        "prepares": prepares,
        "shown": stretch(wanted.page, queries.PAGE, found.total),
        **({} if intake else _ahead(actor, found)),
    }
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


@bp.get("/saker/<uuid:case_id>")
@guard(signed_in, queries.case)
def show(actor: Actor, case: CasePage) -> ResponseReturnValue:
    """Where the case stands, what happens next, and its newest text."""
    steps = queries.steps(actor, case.id)
    return render_template(
        "cases/show.html",
        case=case,
        line=as_shown(steps, format_date),
        next=next_step(case, steps),
        files=queries.files(actor, case.id),
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


def _next_meeting(actor: Actor, case: CasePage, steps: list[queries.Step]) -> meetings.MeetingRow | None:
    body_id = waits_for(case, steps) if may_prepare(actor, case) else None
    return meetings.next_meetings(actor, [body_id]).get(body_id) if body_id else None
