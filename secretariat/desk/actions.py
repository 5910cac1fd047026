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
from secretariat.dispatch.reminding import remind_chairs, remind_silent


@dataclass(frozen=True)
class Purr:
    """What to remind of: agendas that chairs are silent about, meetings that people have not answered, tasks, and
    decisions in organisations.
    """

    agendas: tuple[UUID, ...] = ()
    replies: tuple[UUID, ...] = ()
    tasks: tuple[UUID, ...] = ()
    lines: tuple[UUID, ...] = ()


VERBS: dict[str, Callable[[Actor, UUID], Any]] = {
    "agendas": remind_chairs,
    "replies": remind_silent,
    "tasks": remind_task,
    "lines": remind_of_implementation,
}
"""How each of them is reminded of."""


def serves(actor: Actor, _subject: Any = None) -> bool:
    """Whoever belongs to a secretariat; what may be reminded of is asked for each."""
    return bool(actor.secretary_in)


@action("desk.remind", load=None, rule=serves, input=Purr)
def remind(actor: Actor, _nothing: None, given: Purr) -> None:
    """Remind everybody who is late with these; who was reminded today is passed over. Says why when nobody is left."""
    reasons = [reason for name, verb in VERBS.items() for reason in _each(actor, getattr(given, name), verb)]
    if len(reasons) == sum(len(getattr(given, name)) for name in VERBS):
        raise Hindered(dict.fromkeys(reasons) or [_l("Det er ingenting å purre på.")])


def _each(actor: Actor, subjects: tuple[UUID, ...], verb: Callable[[Actor, UUID], Any]) -> list[str]:
    reasons = []
    for subject in subjects:
        try:
            verb(actor, subject)
        except DomainError as refused:
            reasons.append(str(refused.reason))
    return reasons
