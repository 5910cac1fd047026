"""The start page: what must I do now, and whom do I wait for?"""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import press
from secretariat.core.text.language import _
from secretariat.desk import actions, gathering, leaving, organisation
from secretariat.desk.blueprint import bp
from secretariat.desk.concerns import Concerns, concerns
from secretariat.desk.deadlines import Due, DueKind
from secretariat.desk.week import Awaited, Waiting
from secretariat.directory.models import OrganisationKind

__all__ = ["bp", "gathering", "leaving", "organisation"]

DONE_AT = {
    DueKind.INTAKE: ("meetings.agenda", "meeting_id"),
    DueKind.CONSIDER: ("meetings.consider", "meeting_id"),
    DueKind.AGREE: ("meetings.show", "meeting_id"),
    DueKind.DISPATCH: ("dispatch.notice", "meeting_id"),
    DueKind.REPLY: ("meetings.show", "meeting_id"),
    DueKind.CLOSE: ("minutes.conduct", "meeting_id"),
    DueKind.MINUTES: ("minutes.conduct", "meeting_id"),
    DueKind.COMMENTS: ("minutes.show", "meeting_id"),
    DueKind.REMARK: ("minutes.show", "meeting_id"),
    DueKind.TASK: ("decisions.task", "task_id"),
    DueKind.NAME: ("appointing.answer", "nomination_letter_id"),
    DueKind.ROUND: ("appointing.show", "campaign_id"),
    DueKind.TURN: ("bodies.chair_plan", "body_id"),
    DueKind.SECRETARIAT_TURN: ("bodies.secretariat", "partnership_id"),
}
"""The page where each thing is done, and what its subject is called there."""

AWAITED_AT = {
    Awaited.AGREEMENT: ("meetings.agenda", "meeting_id"),
    Awaited.REPLIES: ("meetings.participants", "meeting_id"),
    Awaited.TASKS: ("decisions.task", "task_id"),
    Awaited.IMPLEMENTATION: ("decisions.show", "decision_id"),
}


@bp.get("/")
@guard(signed_in)
def start(actor: Actor) -> ResponseReturnValue:
    """Min uke, Min kommune, or both."""
    mine = concerns(actor)
    return render_template(
        "desk/start.html", mine=mine, heading=_heading(mine), done_at=_done_at, awaited_at=_awaited_at
    )


@bp.post("/purr")
@guard(actions.serves)
def remind(actor: Actor) -> ResponseReturnValue:
    """Remind all who are late with the same thing."""
    late = {name: _ids(name) for name in actions.VERBS}
    press(actions.remind, actor, None, **late, said=_("Påminnelsen er sendt."))
    return redirect(url_for("desk.start"), 303)


def _ids(name: str) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(one) for one in request.form.get(name, "").split())
    except ValueError as error:
        raise NotFound from error


def _heading(mine: Concerns) -> str:
    """A contact who neither serves nor sits anywhere comes for the organisation."""
    if mine.week or mine.place or mine.speaking is None:
        return _("Min uke")
    kinds = {organisation.kind for organisation in mine.speaking.organisations}
    if OrganisationKind.REGIONAL_COUNCIL in kinds:
        return _("Min region")
    return _("Min kommune") if kinds == {OrganisationKind.MUNICIPALITY} else _("Min organisasjon")


def _done_at(due: Due) -> str:
    """The page where it is done."""
    endpoint, name = DONE_AT[due.kind]
    subject: dict[str, Any] = {name: due.subject_id}
    return url_for(endpoint, **subject)


def _awaited_at(waiting: Waiting) -> str:
    """The page that tells of it."""
    endpoint, name = AWAITED_AT[waiting.kind]
    subject: dict[str, Any] = {name: waiting.subject_id}
    return url_for(endpoint, **subject)
