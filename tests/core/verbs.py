"""Two verbs of the tests' own, on a real table: the kernel is tried without the trade's rules in the way."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line
from secretariat.directory.models import Partnership


@dataclass(frozen=True)
class NewName:
    """A name for a partnership."""

    name: Line


def _secretary(actor: Actor, partnership: Any) -> bool:
    return actor.is_secretary(partnership.id)


@action("test.rename", load=Partnership, rule=_secretary, input=NewName)
def rename(actor: Actor, partnership: Any, given: NewName) -> UUID | None:
    """Give it another name; «nei» is refused after the change has been made."""
    partnership.name = given.name
    if given.name == "nei":
        raise DomainError("nei er ikke et navn", "name")
    return UUID(str(partnership.id))


@dataclass(frozen=True)
class Nothing:
    """No input."""


@action("test.count", load=Partnership, rule=_secretary, input=Nothing)
def count(actor: Actor, partnership: Any, given: Nothing) -> UUID | None:
    """Read, then write what was read plus one: what a lost update would show."""
    partnership.short_name = str(int(partnership.short_name) + 1)
    return None


@action("test.rename_twice", load=Partnership, rule=_secretary, input=NewName)
def rename_twice(actor: Actor, partnership: Any, given: NewName) -> UUID | None:
    """An action within an action."""
    rename(actor, partnership, name="først")
    rename(actor, partnership, name=given.name)
    return None
