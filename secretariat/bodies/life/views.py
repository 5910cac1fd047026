"""Pages of a body over time: its names and places, another from a day on, closing it, merging others into it."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from secretariat.bodies import queries
from secretariat.bodies.blueprint import bp
from secretariat.bodies.forms import level_choices
from secretariat.bodies.life import actions as phases, queries as history
from secretariat.bodies.models import Body, BodyPhase
from secretariat.bodies.naming import standing_on
from secretariat.bodies.policy import may_keep_body, may_keep_phase
from secretariat.core import clock, signals
from secretariat.core.actor import Actor
from secretariat.core.dates import ONE_DAY
from secretariat.core.forms import ChoiceField, DayField, Form
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.directory.forms import to_id, with_empty

REQUIRED = InputRequired(_l("Feltet må fylles ut."))


class ChangeFromForm(Form):
    """Another name or another place; the view gives ``parent_id`` its choices."""

    starts_on = DayField(_l("Gjelder fra og med"), [REQUIRED], description=_l("Til da er alt som før."))
    name = StringField(_l("Navn"), [REQUIRED])
    short_name = StringField(_l("Kortnavn"), [REQUIRED], description=_l("Høyst 30 tegn."))
    level = ChoiceField(_l("Nivå"), choices=level_choices(), coerce=int)
    level_name = StringField(_l("Eget navn på nivået"), description=_l("Kan stå tomt."))
    parent_id = ChoiceField(_l("Rapporterer til"), coerce=to_id)


class CloseForm(Form):
    """The last day of a body, and who takes over."""

    ends_on = DayField(_l("Siste dag"), [REQUIRED])
    successor_id = ChoiceField(
        _l("Utvalg som tar over"),
        coerce=to_id,
        description=_l("De som rapporterer hit, rapporterer dit fra dagen etter."),
    )


class MergeForm(Form):
    """Bodies that go up in this one."""

    absorbed_ids = SelectMultipleField(
        _l("Utvalg som går inn i dette"),
        coerce=to_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    starts_on = DayField(_l("Fra og med"), [REQUIRED], description=_l("De andre utvalgene slutter dagen før."))


@bp.get("/utvalg/<uuid:body_id>/over-tid")
@guard(signed_in, queries.body)
def over_time(actor: Actor, body: Body) -> ResponseReturnValue:
    """What the body was, is and will be called, and who came before and after."""
    relatives = history.relatives(actor, body.id)
    page = {"body": body, "phases": history.phases(actor, body.id), "may_keep": may_keep_body(actor, body)}
    page |= {"before": [one for one in relatives if one.came_before]}
    page |= {"after": [one for one in relatives if not one.came_before]}
    return render_template("bodies/over_time.html", **page)


@bp.route("/utvalg/<uuid:body_id>/endre-fra", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def change_from(actor: Actor, body: Body) -> ResponseReturnValue:
    """Give the body another name or another place from a day on."""
    form = ChangeFromForm(obj=None, data=_as_it_stands(actor, body))
    form.parent_id.choices = with_empty(_others(actor, body), _("Ingen"))
    if form.accept(phases.change_from, actor, body.id, parent_id=form.parent_id.data):
        return done(_("Endringen er registrert."), "bodies.over_time", body_id=body.id)
    return render_template("bodies/change_from.html", form=form, body=body), form.status


def _as_it_stands(actor: Actor, body: Body) -> dict[str, Any]:
    """What is planned last: the next change begins from there."""
    planned = history.phases(actor, body.id)
    last = planned[-1] if planned else body
    values = {name: getattr(last, name) for name in ("name", "short_name", "level", "level_name")}
    return values | {"parent_id": planned[-1].above_id if planned else body.parent_id}


def _others(actor: Actor, body: Body) -> list[tuple[str, str]]:
    offered = queries.open_choices(actor, body.partnership_id, body.parent_id)
    return [choice for choice in offered if choice[0] != str(body.id)]


@bp.post("/utvalg/endring/<uuid:body_phase_id>/fjern")
@guard(may_keep_phase, history.phase)
def drop_phase(actor: Actor, phase: BodyPhase) -> ResponseReturnValue:
    """Take back a planned change."""
    phases.drop_phase(actor, phase.id)
    return done(_("Endringen er tatt tilbake."), "bodies.over_time", body_id=phase.body_id)


@bp.route("/utvalg/<uuid:body_id>/legg-ned", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def close(actor: Actor, body: Body) -> ResponseReturnValue:
    """Close the body, or see what must be settled first."""
    form = CloseForm(data={"ends_on": body.ends_on or clock.today()})
    left = signals.open_matters.collect(actor, body, clock.today())
    form.successor_id.choices = with_empty(_of_same_room(actor, body), _("Ingen"))
    if form.accept(phases.close, actor, body.id):
        return done(_("Siste dag er registrert."), "bodies.show", body_id=body.id)
    return render_template("bodies/close.html", form=form, body=body, left=left), form.status


def _of_same_room(actor: Actor, body: Body) -> list[tuple[str, str]]:
    """Those that are at work tomorrow or later."""
    here = Body.partnership_id == body.partnership_id, Body.room == body.room, Body.id != body.id
    lasting = Body.ends_on.is_(None) | (Body.ends_on > clock.today())
    return [(str(one.id), one.name) for one in standing_on(actor, clock.today(), *here, lasting)]


@bp.route("/utvalg/<uuid:body_id>/sla-sammen", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def merge(actor: Actor, body: Body) -> ResponseReturnValue:
    """Let other bodies go up in this one."""
    form = MergeForm(data={"starts_on": clock.today() + ONE_DAY})
    form.absorbed_ids.choices = _of_same_room(actor, body)
    chosen = tuple(form.absorbed_ids.data or ())
    if form.accept(phases.merge, actor, body.id, absorbed_ids=chosen):
        return done(_("Utvalgene er slått sammen."), "bodies.over_time", body_id=body.id)
    return render_template("bodies/merge.html", form=form, body=body), form.status
