"""The open matters when a municipality leaves, is merged or is split: what it has begun, owes, and where it sits."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.sitting import on_day
from secretariat.cases.models import Case
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.text.language import _n
from secretariat.decisions.implementation import FINISHED
from secretariat.decisions.models import Decision, Implementation, Task
from secretariat.decisions.queries import FOLLOWED, UNFINISHED
from secretariat.directory.models import Organisation, OrganisationKind, Person
from secretariat.meetings.models import AgendaItem
from secretariat.transitions.matters import KEEP, ORGANISATION, Matter
from secretariat.transitions.models import MatterKind
from secretariat.transitions.open_in_structure import OPEN_CASES
from secretariat.transitions.scene import Scene


def cases(scene: Scene) -> list[Matter]:
    """Cases it has raised that are not finished."""
    query = (
        sa.select(Case.id, Case.title, Case.state, Case.raised_by_organisation_id)
        .where(visible(scene.actor, Case), Case.partnership_id == scene.transition.partnership_id)
        .where(Case.room == COMMON_ROOM, Case.state.in_(OPEN_CASES), Case.raised_by_organisation_id.in_(scene.leaving))
        .order_by(Case.sort_key, Case.id)
    )
    return [
        _matter(scene, MatterKind.CASE, key, title, str(state.word), organisation_id)
        for key, title, state, organisation_id in session().execute(query)
    ]


def tasks(scene: Scene) -> list[Matter]:
    """Tasks that it, or somebody employed there, is to do."""
    whose = sa.func.coalesce(Task.responsible_organisation_id, Person.organisation_id)
    query = (
        sa.select(Task.id, Task.text, whose)
        .outerjoin(Person, Person.id == Task.responsible_person_id)
        .where(visible(scene.actor, Task), Task.partnership_id == scene.transition.partnership_id)
        .where(Task.room == COMMON_ROOM, Task.in_force, Task.state.in_(UNFINISHED), whose.in_(scene.leaving))
        .order_by(Task.deadline.is_(None), Task.deadline, Task.id)
    )
    rows = session().execute(query)
    return [_matter(scene, MatterKind.TASK, key, text[:200], "", owner) for key, text, owner in rows]


def implementations(scene: Scene) -> list[Matter]:
    """Decisions that it has still to carry out."""
    query = (
        sa.select(Implementation.id, AgendaItem.title, Implementation.state, Implementation.organisation_id)
        .join(Decision, Decision.id == Implementation.decision_id)
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .where(visible(scene.actor, Implementation), Implementation.organisation_id.in_(scene.leaving))
        .where(Decision.partnership_id == scene.transition.partnership_id, Decision.room == COMMON_ROOM)
        .where(Decision.state.in_(FOLLOWED), Decision.closed_on.is_(None), Implementation.state.not_in(FINISHED))
        .order_by(Decision.decided_on, Implementation.id)
    )
    return [
        _matter(scene, MatterKind.IMPLEMENTATION, key, title, str(state.word), organisation_id)
        for key, title, state, organisation_id in session().execute(query)
    ]


def seats(scene: Scene) -> list[Matter]:
    """Places that represent it: they end with its membership; a successor may get one of its own."""
    holder = (
        sa.select(Person.given_name + " " + Person.family_name)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.seat_id == Seat.id, Appointment.capacity == Capacity.HOLDER, on_day(Appointment, scene.eve))
        .correlate(Seat)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        sa.select(Seat.id, Body.name, Seat.organisation_id, holder)
        .join(Body, Body.id == Seat.body_id)
        .where(visible(scene.actor, Seat), Seat.partnership_id == scene.transition.partnership_id)
        .where(Body.room == COMMON_ROOM, Seat.organisation_id.in_(scene.leaving))
        .where(Seat.starts_on < scene.day, on_day(Seat, scene.day), on_day(Body, scene.day))
        .order_by(Body.level, Body.sort_key, Seat.position, Seat.id)
    )
    return [_seat(scene, *row) for row in session().execute(query)]


def _seat(scene: Scene, key: UUID, body: str, organisation_id: UUID, holder: str | None) -> Matter:
    matter = _matter(scene, MatterKind.SEAT, key, body, (holder or "").strip(), organisation_id)
    suggested = matter.suggested if matter.suggested != KEEP else ""
    return Matter(matter.kind, key, matter.title, matter.where, may_keep=False, suggested=suggested)


def people(scene: Scene) -> list[Matter]:
    """Its people, who may get a new employer."""
    query = (
        sa.select(Person.id, Person.given_name, Person.family_name, Person.title, Person.organisation_id)
        .where(visible(scene.actor, Person), Person.organisation_id.in_(scene.leaving), Person.anonymised_at.is_(None))
        .order_by(Person.sort_key, Person.id)
    )
    return [
        _matter(scene, MatterKind.PERSON, row.id, f"{row.given_name} {row.family_name}", row.title, row.organisation_id)
        for row in session().execute(query)
    ]


def _matter(scene: Scene, kind: MatterKind, key: UUID, title: str, where: str, organisation_id: UUID) -> Matter:
    """Suggested to the one successor; where there are several or none, a person must say."""
    after = scene.successors(organisation_id)
    words = [where, scene.names.get(organisation_id, "")]
    return Matter(
        kind,
        key,
        title,
        " · ".join(word for word in words if word),
        suggested=f"{ORGANISATION}:{after[0]}" if len(after) == 1 else "",
    )


def places_to_give(scene: Scene) -> list[Matter]:
    """The common bodies in which municipalities have places of their own: does the newcomer get one?"""
    query = (
        sa.select(Body.id, Body.name, sa.func.count(sa.distinct(Seat.organisation_id)))
        .join(Seat, Seat.body_id == Body.id)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(visible(scene.actor, Body), Body.partnership_id == scene.transition.partnership_id)
        .where(Body.room == COMMON_ROOM, on_day(Body, scene.day), on_day(Seat, scene.day))
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY, Organisation.id.not_in(scene.newcomers))
        .group_by(Body.id, Body.name, Body.level, Body.sort_key)
        .order_by(Body.level, Body.sort_key, Body.id)
    )
    suggested = next(iter(scene.targets(MatterKind.BODY)), "")
    return [
        Matter(
            MatterKind.BODY,
            body_id,
            name,
            _n("%(number)s kommune har plass her", "%(number)s kommuner har plass her", number),
            may_close=False,
            suggested=suggested,
        )
        for body_id, name, number in session().execute(query)
    ]


FINDERS: dict[MatterKind, Callable[[Scene], list[Matter]]] = {
    MatterKind.SEAT: seats,
    MatterKind.CASE: cases,
    MatterKind.TASK: tasks,
    MatterKind.IMPLEMENTATION: implementations,
    MatterKind.PERSON: people,
}
"""How the open matters of each kind are found, in the order in which one chooses."""


def finders(scene: Scene) -> dict[MatterKind, Any]:
    """Of a municipality that joins nothing is open; it is asked where it gets a place."""
    return FINDERS if scene.leaving else {MatterKind.BODY: places_to_give}
