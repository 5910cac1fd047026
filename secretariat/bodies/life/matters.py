"""What would be left undone in a body that closes: one shape for the answers of all rooms, and this room's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.bodies.models import Body
from secretariat.bodies.naming import on_that_day, standing_on
from secretariat.bodies.sitting import on_day
from secretariat.core.actor import Actor
from secretariat.core.dates import days_after
from secretariat.core.text.language import _l


@dataclass(frozen=True)
class OpenMatter:
    """A matter that stands open: ``kind`` is the table of what it is, ``sentence`` says what it is and why."""

    kind: str
    id: UUID
    title: str
    sentence: Any


def bodies_below(actor: Actor, body: Body, day: date) -> Iterator[OpenMatter]:
    """The bodies that would report to nobody: those under this one the day after it closes."""
    after = days_after(day, 1)
    for one in standing_on(actor, after, on_that_day("parent_id") == body.id, on_day(Body, after)):
        yield OpenMatter("body", one.id, one.name, _l("%(name)s rapporterer hit.", name=one.name))
