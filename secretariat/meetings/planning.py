"""Page where meetings are planned, one or a year's in a row."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.dates import is_working_day
from secretariat.core.guard import guard
from secretariat.core.text.language import _, format_date
from secretariat.meetings import actions, queries
from secretariat.meetings.blueprint import bp
from secretariat.meetings.forms import PlanForm
from secretariat.meetings.policy import may_plan_somewhere

ALIKE = ("starts", "ends", "form", "place", "digital_link", "practical", "timezone")
"""What is the same from one meeting of the year to the next."""


@bp.route("/moter/ny", methods=["GET", "POST"])
@guard(may_plan_somewhere)
def plan(actor: Actor) -> ResponseReturnValue:
    """Give a body a meeting."""
    form = PlanForm(data=_begun(actor))
    form.offer(queries.served_bodies(actor), {room for _partnership, room in actor.rooms})
    if form.accept(actions.plan, actor, form.body.data):
        _tell(form.day.data)
        return redirect(_after(form), 303)
    return render_template("meetings/plan.html", form=form, back=url_for("meetings.index")), form.status


def _begun(actor: Actor) -> dict[str, Any]:
    """The body the reader came from, or all of the meeting that was planned last but its day."""
    last = _meeting(actor, request.args.get("etter", ""))
    if last is not None:
        return {"body": str(last.body_id)} | {name: getattr(last, name) for name in ALIKE}
    return {"body": request.args.get("utvalg") or request.args.get("body_id")}


def _meeting(actor: Actor, written: str) -> queries.MeetingPage | None:
    try:
        return queries.meeting(actor, UUID(written))
    except ValueError:
        return None


def _after(form: PlanForm) -> str:
    if "another" in request.form:
        return url_for("meetings.plan", etter=form.result)
    return url_for("meetings.show", meeting_id=form.result)


def _tell(day: date | None) -> None:
    if day is not None:
        flash(_("Møtet er planlagt til %(date)s.", date=format_date(day, "weekday")), "success")
        warn_of_day_off(day)


def warn_of_day_off(day: date | None) -> None:
    """A meeting may be held on a day when nobody works, but seldom on purpose."""
    if day is not None and not is_working_day(day):
        flash(_("Møtedagen, %(date)s, er helg eller helligdag.", date=format_date(day, "weekday")), "warning")
