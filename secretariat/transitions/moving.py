"""From one structure to the next: new bodies, old ones closed, and every open matter to where it was chosen to go."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.founding import Founding
from secretariat.bodies.life.actions import change_from, shut
from secretariat.bodies.models import Appointment, Body, Seat
from secretariat.bodies.sitting import on_day
from secretariat.core import signals
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import Decision, DecisionKeeper, Task, TaskKeeper, TaskState
from secretariat.directory.models import Partnership
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaItem, ItemKind, ItemState, Meeting
from secretariat.transitions.matters import BODY, NEW, code_of
from secretariat.transitions.models import MatterChoice, MatterKind, TransitionMatter
from secretariat.transitions.moving_cases import move_cases
from secretariat.transitions.opening import Open
from secretariat.transitions.scene import Scene
from secretariat.transitions.seating import carry_holders, carry_pools

Places = dict[str, UUID]


def carry_out(scene: Scene, found: Open) -> Places:
    """Do all of it; the answer says which body each word of a choice came to mean."""
    places = _found(scene)
    carry_holders(scene, found[MatterKind.SEAT], places)
    carry_pools(scene, places)
    _move_meetings(scene, found, places)
    move_cases(scene, [matter.id for matter in found[MatterKind.CASE]], places)
    _move_decisions(scene, found, places)
    _move_tasks(scene, found, places)
    _close_bodies(scene, places)
    return places


def _found(scene: Scene) -> Places:
    """The new bodies with their places, from the day."""
    partnership = session().get_one(Partnership, scene.transition.partnership_id)
    assert scene.structure is not None, "a change of structure has a structure"  # noqa: S101 - told by its kind
    made = Founding(scene.structure, partnership, scene.day).run_within()
    kept = {f"{BODY}:{body_id}": body_id for body_id in scene.bodies if not scene.ends(body_id)}
    return {f"{NEW}:{short}": body.id for short, body in made.items()} | kept


def chosen_rows(scene: Scene, found: Open, kind: MatterKind, choice: MatterChoice) -> list[TransitionMatter]:
    """The choices of one kind that say so, in the order of the matters."""
    rows = [scene.choices[kind, matter.id] for matter in found[kind]]
    return [row for row in rows if row.choice is choice]


# ---- meetings


def _move_meetings(scene: Scene, found: Open, places: Places) -> None:
    """A meeting goes on as a new one, at the same time and place: who is called to it follows from the new body."""
    for row in chosen_rows(scene, found, MatterKind.MEETING, MatterChoice.CLOSE):
        meetings.cancel(scene.actor, row.subject_id, reason=row.reason)
    for row in chosen_rows(scene, found, MatterKind.MEETING, MatterChoice.HAND_OVER):
        body = session().get_one(Body, places[code_of(row)])
        old = session().get_one(Meeting, row.subject_id)
        free = _items_without_case(old)
        meetings.cancel(scene.actor, old, reason=_("Føres videre i %(body)s.", body=body.name))
        _plan_anew(scene, body, old, free)


def _items_without_case(meeting: Meeting) -> list[AgendaItem]:
    """What the agenda holds beside cases; the standing items are put there anew."""
    written = (ItemKind.APPROVAL, ItemKind.FOLLOW_UP, ItemKind.ANY_OTHER)
    query = sa.select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id,
        AgendaItem.state == ItemState.STANDING,
        AgendaItem.treatment_id.is_(None),
        AgendaItem.kind.not_in(written),
    )
    return list(session().scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _plan_anew(scene: Scene, body: Body, old: Meeting, free: list[AgendaItem]) -> None:
    same = ("day", "starts", "ends", "timezone", "fold", "form", "tentative", "place", "digital_link", "practical")
    meeting_id = meetings.plan(scene.actor, body, **{name: getattr(old, name) for name in same})
    for item in free:
        told = ("kind", "title", "public_title", "duration", "presenter", "series", "exempt_basis")
        meetings.add_item(scene.actor, meeting_id, **{name: getattr(item, name) for name in told})


# ---- decisions and tasks


def _move_decisions(scene: Scene, found: Open, places: Places) -> None:
    """The decision stays as it was made; another body follows it up."""
    for row in chosen_rows(scene, found, MatterKind.DECISION, MatterChoice.HAND_OVER):
        _keeper(scene, DecisionKeeper, "decision_id", row, places)
    for row in chosen_rows(scene, found, MatterKind.DECISION, MatterChoice.CLOSE):
        decisions.close(scene.actor, session().get_one(Decision, row.subject_id))


def _move_tasks(scene: Scene, found: Open, places: Places) -> None:
    for row in chosen_rows(scene, found, MatterKind.TASK, MatterChoice.HAND_OVER):
        _keeper(scene, TaskKeeper, "task_id", row, places)
    for row in chosen_rows(scene, found, MatterKind.TASK, MatterChoice.CLOSE):
        task = session().get_one(Task, row.subject_id)
        decisions.report_task(scene.actor, task, state=TaskState.DROPPED, note=row.reason)


def _keeper(scene: Scene, kind: Any, key: str, row: TransitionMatter, places: Places) -> None:
    here = {"partnership_id": scene.transition.partnership_id, key: row.subject_id}
    session().add(kind(**here, body_id=places[code_of(row)], starts_on=scene.day))


# ---- the old bodies


def _close_bodies(scene: Scene, places: Places) -> None:
    """They end on the eve, their places and appointments with them; who reports to them reports to the successor."""
    ending = [body_id for body_id in scene.bodies if scene.ends(body_id)]
    for body_id in ending:
        successor = places.get(scene.successor(body_id))
        shut(scene.actor, session().get_one(Body, body_id), scene.eve, successor)
        end_on(scene.eve, Appointment.body_id == body_id, Appointment)
        end_on(scene.eve, Seat.body_id == body_id, Seat)
        signals.seating_changed.tell(body_id)
    _stand_alone(scene, ending)


def _stand_alone(scene: Scene, ending: list[UUID]) -> None:
    """A body that works on under one that nobody took over after reports to nobody."""
    alone = [one for one in ending if not scene.successor(one)]
    for body_id, old in scene.bodies.items():
        if old.parent_id in alone and body_id not in ending:
            body = session().get_one(Body, body_id)
            values = {name: getattr(body, name) for name in ("name", "short_name", "level", "level_name")}
            change_from(scene.actor, body, starts_on=scene.day, parent_id=None, **values)


def end_on(day: Any, which: Any, *kinds: Any) -> None:
    """Rows that would last beyond the day end on it; what has not begun by then is left as it was planned."""
    for kind in kinds:
        rows = session().scalars(sa.select(kind).where(which, kind.starts_on <= day, _lasts_beyond(kind, day)))
        for row in rows:
            row.ends_on = day
    session().flush()


def _lasts_beyond(kind: Any, day: Any) -> Any:
    return sa.and_(on_day(kind, day), sa.or_(kind.ends_on.is_(None), kind.ends_on > day))
