"""Pages for people who were registered twice: the probable ones, two side by side, and setting them apart again."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core import signals
from secretariat.core.actor import Actor
from secretariat.core.forms import Form
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory import merging, queries
from secretariat.directory.blueprint import bp
from secretariat.directory.held import grouped
from secretariat.directory.models import PersonMerge
from secretariat.directory.policy import keeps_people, may_merge, may_part


class MergeForm(Form):
    """Nothing but the press: who the other one is stands in the address."""


@bp.get("/personer/like")
@guard(keeps_people)
def duplicates(actor: Actor) -> ResponseReturnValue:
    """People who may have been registered twice, and those who are read as one."""
    pairs, merges = merging.probable(actor), merging.merges(actor)
    return render_template("directory/duplicates.html", pairs=pairs, merges=merges, most=merging.MOST_PAIRS)


@bp.route("/personer/<uuid:person_id>/sammen", methods=["GET", "POST"])
@guard(may_merge, merging.registration)
def merge(actor: Actor, person: merging.Registration) -> ResponseReturnValue:
    """Two registrations side by side, and the press that makes them one."""
    other = merging.registration(actor, _asked_for())
    if other is None or other.id == person.id:
        words = request.args.get("q", "")
        found = [one for one in queries.people(actor, words or person.name) if one.id != person.id]
        return render_template("directory/choose_duplicate.html", person=person, people=found, words=words)
    form = MergeForm()
    if form.accept(merging.merge, actor, person.id, duplicate_id=other.id):
        return done(_("%(name)s er én person fra nå av.", name=person.name), "directory.duplicates")
    held = signals.roles_of.collect((person.id, other.id), actor)
    sides = [(each, grouped(held, each.id)) for each in (person, other)]
    reasons = merging.what_hinders(actor, person.id, other.id)
    page = {"person": person, "other": other, "sides": sides, "form": form, "reasons": reasons}
    return render_template("directory/merge.html", **page), form.status


def _asked_for() -> UUID | None:
    """The other one, as the address or the form says."""
    return request.values.get("med", type=UUID)


@bp.post("/personer/like/<uuid:person_merge_id>/skill")
@guard(may_part, merging.person_merge)
def part(actor: Actor, row: PersonMerge) -> ResponseReturnValue:
    """They were two after all."""
    merging.part(actor, row.id)
    return done(_("De står hver for seg igjen."), "directory.duplicates")
