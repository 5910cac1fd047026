"""Pages of decisions: the register, one decision and who carries it out, tasks and their reports."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.forms import EMPTY_CHOICE
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done, page_asked_for, press, stretch
from secretariat.core.text.language import _
from secretariat.core.text.markdown import write_markdown
from secretariat.decisions import actions, queries, reading, task_queries
from secretariat.decisions.follow_up import steps_taken
from secretariat.decisions.forms import (
    ChangeInForceForm,
    DecisionForm,
    PositionsForm,
    ProgressForm,
    RegisterFilter,
    ReportForm,
    RequireForm,
    TaskForm,
    TasksFilter,
    with_all,
)
from secretariat.decisions.models import Decision, DecisionState, Implementation, Task, TaskReport
from secretariat.decisions.policy import may_report_implementation, may_report_task, may_write_decision
from secretariat.directory import queries as directory
from secretariat.directory.parties import Party, alone_in, label
from secretariat.documents.queries import files_of
from secretariat.meetings import queries as meetings
from secretariat.meetings.queries import AgendaRow

bp = Blueprint("decisions", __name__)


@bp.get("/vedtak")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """The register of decisions, newest first."""
    form = _register_form(actor)
    wanted, page = _wanted(form), page_asked_for()
    return render_template(
        "decisions/index.html",
        form=form,
        decisions=queries.register(actor, wanted, page),
        shown=stretch(page, queries.PAGE, queries.count(actor, wanted)),
        steps_taken=steps_taken,
    )


def _register_form(actor: Actor) -> RegisterFilter:
    form = RegisterFilter(data=request.args.to_dict())
    form.body.choices = with_all([(str(body_id), name) for body_id, name in queries.bodies_with_decisions(actor)])
    form.year.choices = with_all([(str(year), year) for year in queries.span_of_years(actor)])
    form.organisation.choices = with_all(directory.organisation_choices(actor))
    return form


def _wanted(form: RegisterFilter) -> queries.Filter:
    """What the address asks for; what it spells wrongly asks for nothing."""
    return queries.Filter(
        body_id=form.body.data,
        year=form.year.data,
        open={"open": True, "closed": False}.get(form.state.data or ""),
        kind=form.kind.data,
        words=form.q.data or "",
        organisation_id=form.organisation.data,
        approvals=form.approvals.data,
    )


@bp.get("/vedtak/<uuid:decision_id>")
@guard(signed_in, queries.decision)
def show(actor: Actor, decision: Decision) -> ResponseReturnValue:
    """What was decided, and who has not carried it out."""
    lines = reading.lines(actor, decision)
    return render_template(
        "decisions/show.html",
        decision=decision,
        made=reading.made(actor, decision),
        keepers=reading.keepers(actor, decision),
        lines=lines,
        evidence=files_of(actor, Implementation.__tablename__, [line.id for line in lines]),
        tally=reading.tally(lines),
        wordings=reading.wordings(actor, decision),
        positions=reading.positions(actor, decision),
        tasks=task_queries.of_decision(actor, decision.id),
        may_write=may_write_decision(actor, decision),
        label=label,
    )


@bp.route("/vedtak/<uuid:decision_id>/endre", methods=["GET", "POST"])
@guard(may_write_decision, queries.decision)
def change(actor: Actor, decision: Decision) -> ResponseReturnValue:
    """Change a decision."""
    form = (ChangeInForceForm if decision.state is DecisionState.IN_FORCE else DecisionForm)(obj=decision)
    if form.accept(actions.change, actor, decision.id):
        return done(_("Vedtaket er lagret."), ".show", decision_id=decision.id)
    return render_template(
        "decisions/change.html",
        form=form,
        decision=decision,
        made=reading.made(actor, decision),
        in_words=write_markdown,
    ), form.status


@bp.route("/moter/<uuid:meeting_id>/foring/<uuid:item_id>/vedtak", methods=["GET", "POST"])
@guard(may_write_decision, meetings.item)
def draft(actor: Actor, item: AgendaRow) -> ResponseReturnValue:
    """One more decision under an item."""
    form = DecisionForm(data={"exempt_basis": item.exempt_basis})
    if form.accept(actions.draft, actor, item.id):
        return redirect(url_for("minutes.conduct", meeting_id=item.meeting_id, sak=item.id), 303)
    return render_template("decisions/draft.html", form=form, item=item), form.status


@bp.route("/vedtak/<uuid:decision_id>/syn", methods=["GET", "POST"])
@guard(may_write_decision, queries.decision)
def state_positions(actor: Actor, decision: Decision) -> ResponseReturnValue:
    """Where the parties stand."""
    held, made = reading.positions(actor, decision), reading.made(actor, decision)
    said = {"next_step": made.next_step, "next_note": made.next_note}
    form = PositionsForm(data=said | {"municipal": held.get(Party.M), "hospital": held.get(Party.H)})
    if form.accept(actions.state_positions, actor, decision.id):
        flash(_("Partenes syn er lagret."), "success")
        return redirect(_after_positions(decision), 303)
    return render_template("decisions/positions.html", form=form, decision=decision, made=made), form.status


def _after_positions(decision: Decision) -> str:
    """Back to the meeting while it goes on, else to the decision."""
    if decision.state is DecisionState.DRAFT:
        return url_for("minutes.conduct", meeting_id=decision.meeting_id, sak=decision.agenda_item_id)
    return url_for(".show", decision_id=decision.id)


@bp.route("/vedtak/<uuid:decision_id>/gjennomforing", methods=["GET", "POST"])
@guard(may_write_decision, queries.decision)
def require(actor: Actor, decision: Decision) -> ResponseReturnValue:
    """Choose who shall carry the decision out."""
    form = RequireForm()
    form.organisations.choices = [(str(key), name) for key, name in reading.members_on(actor, decision)]
    chosen = tuple(form.organisations.data or ())
    if form.accept(actions.require_implementation, actor, decision.id, organisations=chosen):
        return done(_("Organisasjonene kan nå melde fra om gjennomføringen."), ".show", decision_id=decision.id)
    made = reading.made(actor, decision)
    return render_template("decisions/require.html", form=form, decision=decision, made=made), form.status


@bp.post("/vedtak/<uuid:decision_id>/slett")
@guard(may_write_decision, queries.decision)
def remove(actor: Actor, decision: Decision) -> ResponseReturnValue:
    """Take a draft away."""
    actions.remove(actor, decision.id)
    return done(
        _("Utkastet er slettet."), "minutes.conduct", meeting_id=decision.meeting_id, sak=decision.agenda_item_id
    )


@bp.post("/vedtak/<uuid:decision_id>/avslutt")
@guard(may_write_decision, queries.decision)
def close(actor: Actor, decision: Decision) -> ResponseReturnValue:
    """Nothing more is followed up; or it is, after all."""
    reopened = decision.closed_on is not None
    (actions.reopen if reopened else actions.close)(actor, decision.id)
    return done(
        _("Vedtaket følges opp igjen.") if reopened else _("Oppfølgingen er avsluttet."),
        ".show",
        decision_id=decision.id,
    )


@bp.route("/gjennomforing/<uuid:implementation_id>", methods=["GET", "POST"])
@guard(may_report_implementation, queries.implementation)
def report_implementation(actor: Actor, line: Implementation) -> ResponseReturnValue:
    """How far one organisation has come with a decision."""
    form = ProgressForm(obj=line)
    uploads = form.received(actor, line.partnership_id)
    if uploads is not None and form.accept(actions.report_implementation, actor, line.id, uploads=uploads):
        return done(_("Takk. Det du meldte, er lagret."), ".show", decision_id=line.decision_id)
    decision = queries.decision(actor, line.decision_id)
    return render_template(
        "decisions/report_implementation.html",
        form=form,
        line=line,
        decision=decision,
        made=reading.made(actor, decision) if decision else None,
        organisation=directory.organisation(actor, line.organisation_id),
    ), form.status


@bp.post("/gjennomforing/<uuid:implementation_id>/purr")
@guard(may_write_decision, queries.implementation)
def remind(actor: Actor, line: Implementation) -> ResponseReturnValue:
    """Purr an organisation."""
    press(actions.remind, actor, line.id, said=_("Påminnelsen er sendt."))
    return redirect(url_for(".show", decision_id=line.decision_id), 303)


@bp.get("/oppgaver")
@guard(signed_in)
def tasks(actor: Actor) -> ResponseReturnValue:
    """Tasks: mine first, or everybody's."""
    form = TasksFilter(data={"whose": "mine", "state": "open"} | request.args.to_dict())
    form.body.choices = with_all([(str(body_id), name) for body_id, name in queries.bodies_with_decisions(actor)])
    form.organisation.choices = with_all(directory.organisation_choices(actor))
    wanted, page = _wanted_tasks(form), page_asked_for()
    return render_template(
        "decisions/tasks.html",
        form=form,
        tasks=task_queries.tasks(actor, wanted, page),
        shown=stretch(page, queries.PAGE, task_queries.count(actor, wanted)),
    )


def _wanted_tasks(form: TasksFilter) -> task_queries.TaskFilter:
    return task_queries.TaskFilter(
        own=form.whose.data != "all",
        open={"open": True, "done": False}.get(form.state.data or "open"),
        overdue=bool(form.overdue.data),
        body_id=form.body.data,
        organisation_id=form.organisation.data,
    )


@bp.route("/oppgaver/<uuid:task_id>", methods=["GET", "POST"])
@guard(signed_in, task_queries.task)
def task(actor: Actor, row: Task) -> ResponseReturnValue:
    """One task: what it is, what was reported, and the form for the one who shall report."""
    form = ReportForm(obj=row)
    uploads = form.received(actor, row.partnership_id)
    if uploads is not None and form.accept(actions.report_task, actor, row.id, uploads=uploads):
        return done(_("Takk. Det du meldte, er lagret."), ".task", task_id=row.id)
    reports = task_queries.reports(actor, row.id)
    return render_template(
        "decisions/task.html",
        form=form,
        task=task_queries.task_row(actor, row.id),
        reports=reports,
        evidence=files_of(actor, TaskReport.__tablename__, [report.id for report in reports]),
        may_report=may_report_task(actor, row),
        may_write=may_write_decision(actor, row),
    ), form.status


@bp.route("/oppgaver/<uuid:task_id>/endre", methods=["GET", "POST"])
@guard(may_write_decision, task_queries.task)
def change_task(actor: Actor, row: Task) -> ResponseReturnValue:
    """Correct a task, or give it to another."""
    form = TaskForm(obj=row)
    alone = alone_in(row.room)
    people = [(str(one.id), f"{one.name}, {one.organisation}") for one in directory.people(actor, party=alone)]
    organisations = directory.organisation_choices(actor, row.partnership_id, alone)
    form.responsible_person_id.choices = [EMPTY_CHOICE, *_with_present(people, row, actor)]
    form.responsible_organisation_id.choices = [EMPTY_CHOICE, *organisations]
    if form.accept(actions.change_task, actor, row.id):
        return done(_("Oppgaven er lagret."), ".task", task_id=row.id)
    return render_template("decisions/change_task.html", form=form, task=row), form.status


def _with_present(people: list[tuple[str, str]], row: Task, actor: Actor) -> list[tuple[str, str]]:
    """The choices, and the one who is responsible now, who may be of another partnership."""
    if row.responsible_person_id is None or any(key == str(row.responsible_person_id) for key, _name in people):
        return people
    return [(str(row.responsible_person_id), task_queries.task_row(actor, row.id).person), *people]


@bp.post("/oppgaver/<uuid:task_id>/purr")
@guard(may_write_decision, task_queries.task)
def remind_task(actor: Actor, row: Task) -> ResponseReturnValue:
    """Purr the one responsible."""
    press(actions.remind_task, actor, row.id, said=_("Påminnelsen er sendt."))
    return redirect(url_for(".task", task_id=row.id), 303)


@bp.post("/oppgaver/<uuid:task_id>/slett")
@guard(may_write_decision, task_queries.task)
def remove_task(actor: Actor, row: Task) -> ResponseReturnValue:
    """Take a task away while the body meets."""
    actions.remove_task(actor, row.id)
    return done(_("Oppgaven er fjernet."), "minutes.conduct", meeting_id=row.meeting_id, sak=row.agenda_item_id)
