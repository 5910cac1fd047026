"""The open matters of a change of structure: everything common that is not finished, one statement for each kind."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Capacity, Seat
from secretariat.bodies.rows import level_word
from secretariat.bodies.sitting import on_day, represents, with_constituency
from secretariat.cases.models import Case, CaseState, Treatment
from secretariat.cases.saksgang import AHEAD
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date
from secretariat.decisions.models import Decision, DecisionKeeper, Task, TaskKeeper
from secretariat.decisions.naming import shortened
from secretariat.decisions.queries import FOLLOWED, UNFINISHED
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person
from secretariat.directory.parties import Party, label
from secretariat.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from secretariat.transitions.matters import KEEP, NEW, Matter
from secretariat.transitions.models import MatterKind
from secretariat.transitions.scene import Scene

OPEN_CASES = (CaseState.RAISED, CaseState.MORE_WANTED, CaseState.IN_PREPARATION, CaseState.READY)
AHEAD_MEETINGS = (MeetingState.PLANNED, MeetingState.CALLED)
WISHED = (CaseState.RAISED, CaseState.MORE_WANTED)


def bodies(scene: Scene) -> list[Matter]:
    """Every common body at work before the day: who takes over, or whether it works on."""
    return [
        Matter(
            MatterKind.BODY,
            body.id,
            _named(body),
            str(level_word(body.level, body.level_name)),
            body_ids=(body.id,),
            suggested=scene.fate[body.id],
        )
        for body in scene.bodies.values()
    ]


def _named(body: Any) -> str:
    return body.name if body.name == body.short_name else f"{body.name} ({body.short_name})"


def meetings(scene: Scene) -> list[Matter]:
    """Meetings that are planned or called; those before the day are held where they are."""
    query = (
        sa.select(Meeting.id, Meeting.title, Meeting.day, Meeting.state, Meeting.body_id)
        .where(visible(scene.actor, Meeting), Meeting.body_id.in_(sorted(scene.bodies)), Meeting.room == COMMON_ROOM)
        .where(Meeting.state.in_(AHEAD_MEETINGS))
        .order_by(Meeting.day, Meeting.id)
    )
    return [_meeting(scene, row) for row in session().execute(query)]


def _meeting(scene: Scene, row: Any) -> Matter:
    stays = row.day < scene.day or not scene.ends(row.body_id)
    return Matter(
        MatterKind.MEETING,
        row.id,
        f"{row.title} {format_date(row.day, 'short')}",
        f"{scene.bodies[row.body_id].short_name} · {row.state.word}",
        body_ids=(row.body_id,),
        may_keep=stays,
        may_go_on=row.day >= scene.day,
        suggested=KEEP if stays else scene.successor(row.body_id),
    )


def cases(scene: Scene) -> list[Matter]:
    """Cases that are not finished, with the bodies they wait for."""
    open_cases = (
        visible(scene.actor, Case),
        Case.partnership_id == scene.transition.partnership_id,
        Case.room == COMMON_ROOM,
        Case.state.in_(OPEN_CASES),
    )
    columns = (Case.id, Case.title, Case.state, Case.wanted_body_id)
    rows = session().execute(sa.select(*columns).where(*open_cases).order_by(Case.sort_key, Case.id)).all()
    ahead = _steps_ahead(sa.select(Case.id).where(*open_cases))
    return [_case(scene, row, ahead.get(row.id, [])) for row in rows]


def _steps_ahead(open_cases: Any) -> dict[UUID, list[Any]]:
    """By case: the bodies ahead of it, each with the day of the meeting on whose agenda it stands."""
    on_agenda = sa.and_(AgendaItem.treatment_id == Treatment.id, AgendaItem.state == ItemState.STANDING)
    query = (
        sa.select(Treatment.case_id, Treatment.body_id, Meeting.day)
        .outerjoin(AgendaItem, on_agenda)
        .outerjoin(Meeting, sa.and_(Meeting.id == AgendaItem.meeting_id, Meeting.state.in_(AHEAD_MEETINGS)))
        .where(Treatment.case_id.in_(open_cases), Treatment.state.in_(AHEAD), Treatment.body_id.is_not(None))
        .order_by(Treatment.position, Treatment.id)
    )
    found: dict[UUID, list[Any]] = {}
    for row in session().execute(query):
        found.setdefault(row.case_id, []).append(row)
    return found


def _case(scene: Scene, row: Any, ahead: list[Any]) -> Matter:
    wished = [row.wanted_body_id] if row.state in WISHED and row.wanted_body_id and not ahead else []
    in_time = [step for step in ahead if step.day is not None and step.day < scene.day]
    waits = [step.body_id for step in ahead if step not in in_time] + wished
    lost = [body_id for body_id in waits if scene.ends(body_id)]
    near = lost or waits or [step.body_id for step in in_time]
    return Matter(
        MatterKind.CASE,
        row.id,
        row.title,
        " · ".join([str(row.state.word), *_short_names(scene, near)]),
        body_ids=tuple(near),
        may_keep=not lost,
        may_close=not in_time,
        may_go_on=not in_time,
        suggested=scene.successor(lost[0]) if lost else KEEP,
    )


def _short_names(scene: Scene, body_ids: Iterable[UUID]) -> list[str]:
    return [scene.bodies[one].short_name for one in dict.fromkeys(body_ids) if one in scene.bodies]


def decisions(scene: Scene) -> list[Matter]:
    """Decisions that are followed up, by whoever follows them up now."""
    keeper = _last_keeper(DecisionKeeper, DecisionKeeper.decision_id == Decision.id, Decision)
    query = (
        sa.select(Decision.id, AgendaItem.title, Decision.wording, sa.func.coalesce(keeper, Decision.body_id))
        .join(AgendaItem, AgendaItem.id == Decision.agenda_item_id)
        .where(visible(scene.actor, Decision), Decision.partnership_id == scene.transition.partnership_id)
        .where(Decision.room == COMMON_ROOM, Decision.state.in_(FOLLOWED), Decision.closed_on.is_(None))
        .order_by(Decision.decided_on, AgendaItem.position, Decision.ordinal, Decision.id)
    )
    rows = session().execute(query)
    return [
        _followed(scene, MatterKind.DECISION, key, f"{title}: {shortened(wording)}"[:200], body_id)
        for key, title, wording, body_id in rows
    ]


def tasks(scene: Scene) -> list[Matter]:
    """Tasks that are not done."""
    keeper = _last_keeper(TaskKeeper, TaskKeeper.task_id == Task.id, Task)
    query = (
        sa.select(Task.id, Task.text, sa.func.coalesce(keeper, Meeting.body_id))
        .join(Meeting, Meeting.id == Task.meeting_id)
        .where(visible(scene.actor, Task), Task.partnership_id == scene.transition.partnership_id)
        .where(Task.room == COMMON_ROOM, Task.in_force, Task.state.in_(UNFINISHED))
        .order_by(Task.deadline.is_(None), Task.deadline, Task.id)
    )
    rows = session().execute(query)
    return [_followed(scene, MatterKind.TASK, key, text[:200], body_id) for key, text, body_id in rows]


def _last_keeper(model: Any, of: Any, correlated: Any) -> Any:
    query = sa.select(model.body_id).where(of).order_by(model.starts_on.desc()).limit(1)
    return query.correlate(correlated).scalar_subquery()


def _followed(scene: Scene, kind: MatterKind, key: UUID, title: str, body_id: UUID) -> Matter:
    where = ", ".join(_short_names(scene, [body_id])) or _("Utvalg som er avsluttet")
    suggested = scene.successor(body_id) if scene.ends(body_id) else KEEP
    return Matter(kind, key, title, where, body_ids=(body_id,), suggested=suggested)


def seats(scene: Scene) -> list[Matter]:
    """Places whose holder would sit on after the day; deputies follow their place."""
    query = (
        sa.select(Seat.id, Seat.body_id, Seat.party, Seat.title, represents(), Person.given_name, Person.family_name)
        .select_from(Seat)
        .join(Appointment, Appointment.seat_id == Seat.id)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .where(visible(scene.actor, Seat), Seat.body_id.in_(sorted(scene.bodies)), on_day(Seat, scene.day))
        .where(Appointment.capacity == Capacity.HOLDER, on_day(Appointment, scene.day))
        .where(Appointment.starts_on < scene.day)
        .order_by(Seat.body_id, Seat.position, Seat.id)
    )
    order = list(scene.bodies)
    rows = sorted(session().execute(with_constituency(query)), key=lambda row: order.index(row.body_id))
    taken: Counter[tuple[str, Party]] = Counter()
    return [_seat(scene, row, taken) for row in rows]


def _seat(scene: Scene, row: Any, taken: Counter[tuple[str, Party]]) -> Matter:
    """Suggested on as long as the new body has places for the party."""
    seat_id, body_id, party, title, speaks_for, given, family = row
    words = [scene.bodies[body_id].short_name, str(label(party)), speaks_for or title]
    matter = Matter(
        MatterKind.SEAT,
        seat_id,
        f"{given} {family}".strip(),
        " · ".join(word for word in words if word),
        body_ids=(body_id,),
        may_keep=not scene.ends(body_id),
        party=party,
    )
    return matter.suggesting(_place(scene, matter, taken))


def _place(scene: Scene, matter: Matter, taken: Counter[tuple[str, Party]]) -> str:
    successor, party = scene.successor(matter.body_ids[0]), matter.party
    if matter.may_keep or party is None or not successor.startswith(NEW):
        return KEEP if matter.may_keep else ""
    taken[successor, party] += 1
    free = scene.seats_planned(successor.removeprefix(f"{NEW}:"), party)
    return successor if taken[successor, party] <= free else ""


FINDERS: dict[MatterKind, Callable[[Scene], list[Matter]]] = {
    MatterKind.BODY: bodies,
    MatterKind.MEETING: meetings,
    MatterKind.CASE: cases,
    MatterKind.DECISION: decisions,
    MatterKind.TASK: tasks,
    MatterKind.SEAT: seats,
}
"""How the open matters of each kind are found, in the order in which one chooses."""
