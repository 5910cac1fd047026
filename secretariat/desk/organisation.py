"""The page of one organisation: all it takes part in, who speaks for it, and what waits for it."""

from dataclasses import dataclass
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.accounts import roles
from secretariat.accounts.policy import may_keep_colleagues
from secretariat.core.actor import Actor
from secretariat.core.guard import guard, signed_in
from secretariat.decisions.task_queries import TaskFilter, TaskRow, tasks
from secretariat.desk.blueprint import bp
from secretariat.desk.queries import Representative, organisation as queries, representatives
from secretariat.directory import relays
from secretariat.directory.parties import label
from secretariat.directory.policy import may_edit_organisation

MOST_TASKS = 10


@dataclass(frozen=True)
class Overview:
    """All that concerns one organisation, as far as the reader sees it. Seven statements."""

    representatives: tuple[Representative, ...]
    meetings: tuple[queries.ComingMeeting, ...]
    decisions: tuple[queries.CarriedOut, ...]
    tasks: tuple[TaskRow, ...]
    cases: tuple[queries.RaisedCase, ...]
    contacts: tuple[queries.OwnContact, ...]
    relays: tuple[relays.Represented, ...]

    @classmethod
    def of(cls, actor: Actor, organisation_id: UUID) -> "Overview":
        """Everything about this one."""
        places = representatives(actor, [organisation_id])
        return cls(
            representatives=tuple(places),
            meetings=tuple(queries.coming_meetings(actor, {place.body_id for place in places})),
            decisions=tuple(queries.decisions(actor, organisation_id)),
            tasks=tuple(tasks(actor, TaskFilter(organisation_id=organisation_id))[:MOST_TASKS]),
            cases=tuple(queries.cases(actor, organisation_id)),
            contacts=tuple(queries.contacts(actor, organisation_id)),
            relays=tuple(relays.of_organisation(actor, organisation_id)),
        )


@bp.get("/organisasjoner/<uuid:organisation_id>/oversikt")
@guard(signed_in, queries.organisation)
def organisation(actor: Actor, found: queries.OrganisationHead) -> ResponseReturnValue:
    """What does it take part in, who speaks for it, and what waits for it?"""
    own = found.id in actor.organisations
    page = {"organisation": found, "own": own, "all": Overview.of(actor, found.id), "role": roles.word}
    page |= {"keeps_people": may_keep_colleagues(actor, found)}
    return render_template(
        "desk/organisation.html", **page, party=label(found.party), may_edit=may_edit_organisation(actor, found)
    )
