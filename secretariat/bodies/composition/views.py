"""Pages of a body's agreed composition, of what its own page says of it, and of who speaks for each municipality."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField

from secretariat.bodies import queries as bodies
from secretariat.bodies.blueprint import bp
from secretariat.bodies.composition import actions, queries
from secretariat.bodies.composition.composed import composed
from secretariat.bodies.composition.coverage import coverage as covered
from secretariat.bodies.forms import NumberField
from secretariat.bodies.models import Body, CompositionRule, RuleKind
from secretariat.bodies.policy import may_appoint, may_keep_body
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import ChoiceField, DayField, Form
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l
from secretariat.directory import queries as directory
from secretariat.directory.asked_day import AskedDay
from secretariat.directory.forms import party_choices
from secretariat.directory.models import Partnership
from secretariat.directory.parties import Party


class RuleForm(Form):
    """What the composition demands."""

    kind = ChoiceField(_l("Regel"), choices=RuleKind.choices(), coerce=RuleKind)
    party = ChoiceField(_l("Part"), choices=party_choices(), coerce=Party)
    least = NumberField(
        _l("Minst så mange"), default=1, description=_l("For regler som teller en part eller en tittel.")
    )
    title = StringField(_l("Tittel"), description=_l("For eksempel fastlege. Bare for regler om tittel."))
    starts_on = DayField(
        _l("Gjelder fra"), description=_l("Den samme regelen med et annet tall gjelder til dagen før.")
    )


@bp.route("/utvalg/<uuid:body_id>/sammensetning", methods=["GET", "POST"])
@guard(may_keep_body, bodies.body)
def composition_rules(actor: Actor, body: Body) -> ResponseReturnValue:
    """What was agreed of the composition, and what is missing today."""
    form = RuleForm(data={"starts_on": clock.today(), "least": 1})
    if form.accept(actions.add_rule, actor, body.id):
        return done(_("Regelen er lagt til."), "bodies.composition_rules", body_id=body.id)
    today = clock.today()
    made_up = composed(actor, body, bodies.party_groups(actor, body.id, today), today)
    return render_template("bodies/composition.html", body=body, form=form, composed=made_up), form.status


@bp.post("/utvalg/sammensetning/<uuid:rule_id>/fjern")
@guard(may_appoint, queries.rule)
def drop_composition_rule(actor: Actor, rule: CompositionRule) -> ResponseReturnValue:
    """Take a rule out."""
    actions.drop_rule(actor, rule.id)
    return done(_("Regelen er fjernet."), "bodies.composition_rules", body_id=rule.body_id)


@bp.get("/utvalg/dekning/<uuid:partnership_id>")
@guard(signed_in, directory.partnership)
def coverage(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """For each municipality: who speaks for it in each body on a day."""
    asked = AskedDay.from_address()
    tables = covered(actor, partnership.id, asked.day)
    return render_template("bodies/coverage.html", partnership=partnership, asked=asked, tables=tables), asked.status
