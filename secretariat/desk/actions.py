"""Purr: one press reminds all who are late with the same thing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.text.language import _l
from secretariat.decisions.implementation import remind as remind_of_implementation
from secretariat.decisions.tasks import remind_task


@dataclass(frozen=True)
class Purr:
    """What to remind of: tasks, and decisions in organisations."""

    tasks: tuple[UUID, ...] = ()
    lines: tuple[UUID, ...] = ()


def serves(actor: Actor, _subject: Any = None) -> bool:
    """Whoever belongs to a secretariat; what may be reminded of is asked for each."""
    return bool(actor.secretary_in)


@action("desk.remind", load=None, rule=serves, input=Purr)
def remind(actor: Actor, _nothing: None, given: Purr) -> None:
    """Remind everybody who is late with these; who was reminded today is passed over. Says why when nobody is left."""
    reasons = [
        *_each(actor, given.tasks, remind_task),
        *_each(actor, given.lines, remind_of_implementation),
    ]
    if len(reasons) == len(given.tasks) + len(given.lines):
        raise Hindered(dict.fromkeys(reasons) or [_l("Det er ingenting å purre på.")])


def _each(actor: Actor, subjects: tuple[UUID, ...], verb: Callable[[Actor, UUID], Any]) -> list[str]:
    reasons = []
    for subject in subjects:
        try:
            verb(actor, subject)
        except DomainError as refused:
            reasons.append(str(refused.reason))
    return reasons
