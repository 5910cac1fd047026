"""Pages of what the house holds on a person, and of letting go of those whose time has passed."""

import csv
import io
import json
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField

from secretariat.core import signals
from secretariat.core.actor import Actor
from secretariat.core.forms import Form
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, _l, format_date
from secretariat.directory import forgetting, queries
from secretariat.directory.blueprint import bp
from secretariat.directory.held import Group, grouped
from secretariat.directory.imports.columns import guarded
from secretariat.directory.imports.views import download
from secretariat.directory.models import Partnership, Person
from secretariat.directory.policy import may_forget, may_keep_people


class RetentionForm(Form):
    """How long people are kept."""

    retention_years = IntegerField(
        _l("Antall år"), description=_l("Etter siste plass, rolle, møte eller oppgave. Fra 1 til 50.")
    )


class ForgetForm(Form):
    """Nothing but the press."""


@bp.get("/min-side/lagret")
@guard(signed_in)
def held_on_me(actor: Actor) -> ResponseReturnValue:
    """All that is held on the one who asks; ``?som=`` gives it as a file."""
    held = signals.held_on.collect(tuple(sorted(actor.person_ids)), None)
    return _shown(actor.name, grouped(held, *actor.person_ids), url_for("accounts.my_page"), own=True)


@bp.get("/personer/<uuid:person_id>/lagret")
@guard(may_forget, queries.person)
def held_on_person(actor: Actor, person: Person) -> ResponseReturnValue:
    """What is held on a person who has asked for it, as far as the one who answers may see it."""
    held = signals.held_on.collect((person.id,), actor)
    back = url_for("directory.change_person", person_id=person.id)
    return _shown(person.name, grouped(held, person.id), back, own=False)


def _shown(name: str, groups: list[Group], back: str, *, own: bool) -> ResponseReturnValue:
    wanted = request.args.get("som")
    if wanted == "json":
        return download(_as_json(name, groups), "application/json", "lagret.json")
    if wanted == "csv":
        return download(_as_csv(groups), "text/csv; charset=utf-8", "lagret.csv")
    return render_template("directory/held.html", name=name, groups=groups, back=back, own=own)


def _as_json(name: str, groups: list[Group]) -> bytes:
    held = {str(group.what): [_written(one) for one in group.rows] for group in groups}
    return json.dumps({"name": name, "held": held}, ensure_ascii=False, indent=1).encode()


def _written(one: Any) -> dict[str, Any]:
    days = {"from": one.day, "until": one.until}
    return {"says": str(one.says)} | {name: day.isoformat() for name, day in days.items() if day is not None}


def _as_csv(groups: list[Group]) -> bytes:
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerow([_("Hva"), _("Innhold"), _("Fra"), _("Til og med")])
    for group in groups:
        for one in group.rows:
            days = [format_date(day, "short") if day else "" for day in (one.day, one.until)]
            rows.writerow([guarded(str(word)) for word in (group.what, one.says, *days)])
    return written.getvalue().encode("utf-8-sig")


# ---- letting go


@bp.route("/personer/sletting/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_keep_people, queries.partnership)
def outlived(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """How long people are kept, and whose time has passed."""
    form = RetentionForm(obj=partnership)
    if form.accept(forgetting.keep_people_for, actor, partnership.id):
        return done(_("Lagret."), "directory.outlived", partnership_id=partnership.id)
    people = forgetting.outlived(actor, partnership.id)
    return render_template("directory/outlived.html", form=form, people=people, whose=partnership), form.status


@bp.route("/personer/<uuid:person_id>/anonymiser", methods=["GET", "POST"])
@guard(may_forget, queries.person)
def anonymise(actor: Actor, person: Person) -> ResponseReturnValue:
    """What would be erased, and the press that erases it."""
    form, name = ForgetForm(), person.name
    if form.accept(forgetting.anonymise, actor, person.id):
        return done(_("Personen er anonymisert."), "directory.people")
    possible = forgetting.is_outlived(actor, person.id)
    return render_template(
        "directory/anonymise.html", name=name, person=person, form=form, possible=possible
    ), form.status
