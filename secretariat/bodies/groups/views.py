"""Pages of groups and their reports: setting one up, who reports what to whom by when, delivering a report."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from secretariat.bodies import queries
from secretariat.bodies.blueprint import bp
from secretariat.bodies.forms import REQUIRED, DaysField
from secretariat.bodies.groups import actions as reports, queries as owed
from secretariat.bodies.models import Body, ReportDuty
from secretariat.bodies.policy import may_keep_body, may_keep_phase, may_report
from secretariat.bodies.structures import Level
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import ChoiceField, DayField, Form, ProseField
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.directory.queries import partnership_names
from secretariat.documents.forms import UploadForm
from secretariat.documents.queries import files_of

KINDS = [
    (Level.WORKING_GROUP.order, _l("Arbeidsgruppe, med sluttdato")),
    (Level.EXECUTIVE.order, _l("Arbeidsutvalg, fast")),
]


class GroupForm(UploadForm):
    """A group under a body."""

    name = StringField(_l("Navn"), [REQUIRED])
    short_name = StringField(_l("Kortnavn"), [REQUIRED], description=_l("For eksempel AG-LEG. Høyst 30 tegn."))
    level = ChoiceField(_l("Slag"), choices=KINDS, coerce=int)
    mandate = ProseField(_l("Mandat"), description=_l("Hva gruppa skal gjøre. Kan også legges ved som dokument."))
    starts_on = DayField(_l("Fra og med"), [REQUIRED])
    ends_on = DayField(_l("Sluttdato"), description=_l("Må fylles ut for en arbeidsgruppe."))
    report_on = DaysField(_l("Rapporterer"), description=_l("Datoer, én på hver linje. Kan fylles ut senere."))


class ReportForm(Form):
    """A day by which a report is owed."""

    due_on = DayField(_l("Dato"), [REQUIRED])
    what = StringField(_l("Hva det rapporteres om"), description=_l("Kan stå tomt. For eksempel sluttrapport."))


class DeliverForm(UploadForm):
    """A report that is delivered."""

    delivered_on = DayField(_l("Levert"), [REQUIRED])
    note = TextAreaField(_l("Hva gruppa rapporterer"), description=_l("Kort. Rapporten selv kan legges ved som fil."))


@bp.get("/utvalg/rapporter-skyldig")
@guard(signed_in)
def reports_due(actor: Actor) -> ResponseReturnValue:
    """Who reports what to whom by when, and which groups there are."""
    page = {"partnerships": partnership_names(actor), "owed": owed.owed(actor), "groups": owed.groups(actor)}
    came = owed.delivered(actor)
    files = files_of(actor, ReportDuty.__tablename__, [report.id for report in came])
    return render_template("bodies/reports_due.html", **page, delivered=came, files=files)


@bp.route("/utvalg/<uuid:body_id>/ny-gruppe", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def set_up_group(actor: Actor, parent: Body) -> ResponseReturnValue:
    """Set up a group under a body."""
    form = GroupForm(data={"starts_on": clock.today()})
    form.files.label.text = _("Mandatet som dokument")
    uploads = form.received(actor, parent.partnership_id)
    if uploads is not None and form.accept(reports.set_up_group, actor, parent.id, uploads=uploads):
        return done(_("Gruppa er satt opp. Legg til plassene."), "bodies.show", body_id=form.result)
    title = _("Ny gruppe under %(name)s", name=parent.name)
    return _task(title, form, parent, _("Sett opp gruppa"))


@bp.get("/utvalg/<uuid:body_id>/rapporter")
@guard(signed_in, queries.body)
def body_reports(actor: Actor, body: Body) -> ResponseReturnValue:
    """The reports of one body, and the documents of its mandate."""
    own = owed.of_body(actor, body.id)
    page = {"body": body, "reports": own, "may_keep": may_keep_body(actor, body)}
    page |= {"files": files_of(actor, ReportDuty.__tablename__, [report.id for report in own])}
    page |= {"mandates": files_of(actor, Body.__tablename__, [body.id])[body.id]}
    page |= {"reports_itself": body.id in actor.bodies}
    return render_template("bodies/body_reports.html", **page)


@bp.route("/utvalg/<uuid:body_id>/rapporter/ny", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def add_report(actor: Actor, body: Body) -> ResponseReturnValue:
    """Let the body owe a report."""
    form = ReportForm()
    if form.accept(reports.add_report, actor, body.id):
        return done(_("Rapporten er satt opp."), "bodies.body_reports", body_id=body.id)
    return _task(_("Sett opp rapport"), form, body, _("Sett opp"))


@bp.route("/utvalg/<uuid:body_id>/mandatdokument", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def attach(actor: Actor, body: Body) -> ResponseReturnValue:
    """Put the document of its mandate under the body."""
    form = UploadForm()
    uploads = form.received(actor, body.partnership_id)
    if uploads is not None and form.accept(reports.attach, actor, body.id, uploads=uploads):
        return done(
            _("Mottatt. Filene kontrolleres, og vises for andre når kontrollen er ferdig."),
            "bodies.body_reports",
            body_id=body.id,
        )
    return _task(_("Legg ved mandatet"), form, body, _("Legg ved"))


@bp.route("/utvalg/rapport/<uuid:report_duty_id>/levert", methods=["GET", "POST"])
@guard(may_report, owed.duty)
def deliver_report(actor: Actor, duty: ReportDuty) -> ResponseReturnValue:
    """Deliver a report."""
    form = DeliverForm(data={"delivered_on": clock.today(), "note": duty.note})
    uploads = form.received(actor, duty.partnership_id)
    if uploads is not None and form.accept(reports.deliver_report, actor, duty.id, uploads=uploads):
        return done(_("Rapporten er levert."), "bodies.body_reports", body_id=duty.body_id)
    return _task(_("Lever rapport"), form, queries.body(actor, duty.body_id), _("Lever"))


@bp.post("/utvalg/rapport/<uuid:report_duty_id>/fjern")
@guard(may_keep_phase, owed.duty)
def drop_report(actor: Actor, duty: ReportDuty) -> ResponseReturnValue:
    """Take away a report that is no longer owed."""
    reports.drop_report(actor, duty.id)
    return done(_("Rapporten er tatt bort."), "bodies.body_reports", body_id=duty.body_id)


@bp.post("/utvalg/rapport/<uuid:report_duty_id>/angre")
@guard(may_keep_phase, owed.duty)
def take_back_report(actor: Actor, duty: ReportDuty) -> ResponseReturnValue:
    """The report was not delivered after all."""
    reports.take_back_report(actor, duty.id)
    return done(_("Rapporten står som ikke levert."), "bodies.body_reports", body_id=duty.body_id)


def _task(title: str, form: Any, body: Any, press: str) -> ResponseReturnValue:
    files = isinstance(form, UploadForm)
    return render_template(
        "bodies/group.html", title=title, form=form, body=body, press=press, files=files
    ), form.status
