"""The pages of who leads: a body's chair plan, and the common secretariat's."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import StringField

from secretariat.bodies import actions, queries, rows
from secretariat.bodies.blueprint import bp
from secretariat.bodies.forms import ChairForm, NumberField
from secretariat.bodies.lead import actions as chairing
from secretariat.bodies.lead.queries import SecretariatStretch, secretariat_plan, secretariat_term
from secretariat.bodies.lead.timeline import Turn, timeline
from secretariat.bodies.models import Body, ChairTerm, SeatRole, SecretariatTerm
from secretariat.bodies.policy import may_appoint, may_keep_body, may_plan_secretariat
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import ChoiceField, DayField, Form
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.directory import queries as directory
from secretariat.directory.forms import to_id, with_empty
from secretariat.directory.models import Partnership
from secretariat.directory.parties import EQUAL_PARTIES, Party, label

SIDES = [(party.value, label(party)) for party in EQUAL_PARTIES]
RHYTHM = [(1, _l("Hvert år")), (2, _l("Hvert andre år")), (4, _l("Hvert fjerde år"))]
SINGLE = "single"
LAYOUT = "lay-"
"""The page has two forms: one press adds a single stretch, the other lays out several."""


class RhythmForm(Form):
    """How the sides take turns."""

    starts_on = DayField(_l("Første dag"))
    years = ChoiceField(_l("Ledelsen skifter"), choices=RHYTHM, coerce=int, default=1)
    turns_on = StringField(
        _l("Skifter på en fast dag"),
        description=_l("For eksempel 1.4. La stå tomt når den første dagen bestemmer."),
    )
    terms = NumberField(_l("Antall perioder"), default=4)


class LayOutForm(RhythmForm):
    """Which places take turns at leading a body; the view gives both their choices."""

    chair_seat_id = ChoiceField(_l("Leder først"), coerce=to_id)
    deputy_chair_seat_id = ChoiceField(_l("Nestleder først, fra den andre parten"), coerce=to_id)


class SecretariatForm(RhythmForm):
    """Which side leads the secretariat first."""

    party = ChoiceField(_l("Leder først"), choices=SIDES, coerce=Party)


@bp.route("/utvalg/<uuid:body_id>/leder", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def chair_plan(actor: Actor, body: Body) -> ResponseReturnValue:
    """Who leads when: laid out for years ahead in one press, or stretch by stretch; gaps are shown."""
    terms = queries.chair_plan(actor, body.id, clock.today())
    is_single = request.form.get(SINGLE) is not None
    forms = _chair_forms(actor, body, terms, is_single)
    form, verb = (forms[1], actions.plan_chair) if is_single else (forms[0], chairing.lay_out_chairs)
    if form.accept(verb, actor, body.id):
        return done(_("Lederplanen er endret."), "bodies.chair_plan", body_id=body.id)
    page = {"body": body, "terms": terms, "gaps": rows.gaps(terms), "label": label, "layout": forms[0]}
    picture = timeline([_turn(term) for term in terms], clock.today())
    return render_template("bodies/chair_plan.html", **page, single=forms[1], picture=picture), form.status


def _chair_forms(actor: Actor, body: Body, terms: list[rows.Term], is_single: bool) -> tuple[LayOutForm, ChairForm]:
    """Only the form that was sent holds what was typed."""
    places = with_empty(queries.seat_choices(actor, body, clock.today()))
    begins = {"starts_on": next_day(terms), "years": body.chair_years or 1, "turns_on": _written(body.term_begins)}
    layout = LayOutForm(prefix=LAYOUT, data=begins)
    single = ChairForm()
    unsent = layout if is_single else single
    unsent.process(None, data=begins if is_single else {})
    for form in (layout, single):
        form.chair_seat_id.choices = form.deputy_chair_seat_id.choices = places
    return layout, single


def _written(month_and_day: str) -> str:
    """A fixed day as people write it: «1.4.» for 04-01."""
    month, dash, day = month_and_day.partition("-")
    return f"{int(day)}.{int(month)}." if dash else ""


def next_day(planned: Iterable[Any]) -> date:
    """Where a plan goes on: the day after its last, or today."""
    last = max((term.ends_on for term in planned), default=None)
    return clock.today() if last is None else date.fromordinal(last.toordinal() + 1)


def _turn(term: rows.Term) -> Turn:
    return Turn(
        term.starts_on,
        term.ends_on,
        term.chair_party,
        SeatRole.CHAIR.word,
        term.chair or _("Ubesatt"),
        term.deputy_party,
        SeatRole.DEPUTY_CHAIR.word,
        term.deputy or _("Ubesatt"),
    )


@bp.post("/utvalg/leder/<uuid:term_id>/fjern")
@guard(may_appoint, queries.chair_term)
def drop_chair_term(actor: Actor, term: ChairTerm) -> ResponseReturnValue:
    """Take a stretch out of the chair plan."""
    actions.drop_chair_term(actor, term.id)
    return done(_("Perioden er fjernet fra lederplanen."), "bodies.chair_plan", body_id=term.body_id)


# ---- the common secretariat


@bp.route("/utvalg/sekretariat/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(signed_in, directory.partnership)
def secretariat(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Which side leads the secretariat when; the secretaries lay it out."""
    keeps = may_plan_secretariat(actor, partnership)
    terms = secretariat_plan(actor, partnership.id)
    form = SecretariatForm(data={"starts_on": next_day(terms)})
    if form.accept(chairing.lay_out_secretariat, actor, partnership.id):
        return done(_("Planen for sekretariatet er endret."), "bodies.secretariat", partnership_id=partnership.id)
    page = {"partnership": partnership, "terms": terms, "gaps": rows.gaps(terms), "form": form, "keeps": keeps}
    picture = timeline([_side(term) for term in terms], clock.today())
    return render_template("bodies/secretariat.html", **page, label=label, picture=picture), form.status


def _side(term: SecretariatStretch) -> Turn:
    return Turn(term.starts_on, term.ends_on, term.party, _("Leder sekretariatet"))


@bp.post("/utvalg/sekretariat/periode/<uuid:term_id>/fjern")
@guard(may_plan_secretariat, secretariat_term)
def drop_secretariat_term(actor: Actor, term: SecretariatTerm) -> ResponseReturnValue:
    """Take a stretch out of the secretariat's plan."""
    chairing.drop_secretariat_term(actor, term.id)
    return done(_("Perioden er fjernet."), "bodies.secretariat", partnership_id=term.partnership_id)
