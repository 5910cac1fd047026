"""The page that says who speaks for each municipality."""

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.bodies.asked_day import AskedDay
from secretariat.bodies.blueprint import bp
from secretariat.bodies.coverage import coverage as covered
from secretariat.core.actor import Actor
from secretariat.core.guard import guard, signed_in
from secretariat.directory import queries as directory
from secretariat.directory.models import Partnership


@bp.get("/utvalg/dekning/<uuid:partnership_id>")
@guard(signed_in, directory.partnership)
def coverage(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """For each municipality: who speaks for it in each body on a day."""
    asked = AskedDay.from_address()
    tables = covered(actor, partnership.id, asked.day)
    return render_template("bodies/coverage.html", partnership=partnership, asked=asked, tables=tables), asked.status
