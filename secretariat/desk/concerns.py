"""What concerns a person now: one answer for the page and for what is told by mail."""

from dataclasses import dataclass

from secretariat.core.actor import Actor
from secretariat.decisions.task_queries import TaskRow, own_tasks
from secretariat.desk.considering import to_consider
from secretariat.desk.deadlines import Due, DueKind, in_order, is_near
from secretariat.desk.nominating import asked_to_name, rounds_waiting
from secretariat.desk.place import Place, place
from secretariat.desk.speaking import Speaking, speaking
from secretariat.desk.turns import turns
from secretariat.desk.week import Week, week


@dataclass(frozen=True)
class Concerns:
    """Everything that concerns the actor. Which desks there are follows from offices and places of today."""

    dues: tuple[Due, ...]
    tasks: tuple[TaskRow, ...]
    week: Week | None
    place: Place | None
    speaking: Speaking | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no desk at all: an administrator's, or an archivist's."""
        return self.week is None and self.place is None and self.speaking is None


def concerns(actor: Actor) -> Concerns:
    """What concerns the actor now. A fixed number of statements for each kind of desk."""
    own_week = week(actor) if actor.secretary_in else None
    own_place = place(actor) if _may_be_called(actor) else None
    tasks = own_tasks(actor)
    kept = (*turns(actor), *rounds_waiting(actor)) if actor.secretary_in else ()
    asked = (*asked_to_name(actor), *to_consider(actor))
    own = (*(own_place.dues if own_place else ()), *asked, *_of_tasks(tasks))
    dues = (*(own_week.dues if own_week else ()), *kept, *own)
    return Concerns(
        dues=in_order(dues),
        tasks=tuple(task for task in tasks if not _is_due(task)),
        week=own_week,
        place=own_place if actor.seats or (own_place and own_place.next) else None,
        speaking=speaking(actor) if actor.organisations else None,
    )


def _may_be_called(actor: Actor) -> bool:
    """Whoever sits somewhere, and whoever may have been invited as a guest."""
    return bool(actor.seats) or not actor.secretary_in


def _of_tasks(tasks: list[TaskRow]) -> tuple[Due, ...]:
    return tuple(Due(DueKind.TASK, task.text, task.id, task.deadline) for task in tasks if _is_due(task))


def _is_due(task: TaskRow) -> bool:
    return task.deadline is not None and is_near(task.deadline)
