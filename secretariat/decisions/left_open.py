"""What a body that closes would leave undone here: the decisions that it still follows up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from secretariat.bodies.life.matters import OpenMatter
from secretariat.core.actor import Actor
from secretariat.core.text.language import _l
from secretariat.decisions.queries import open_decisions as followed


def open_decisions(actor: Actor, body: Any, _day: date) -> Iterator[OpenMatter]:
    """Decisions in force that are not closed."""
    for row in followed(actor, [body.id]):
        name = " ".join(word for word in (row.number, row.title) if word)
        yield OpenMatter("decision", row.id, name, _l("Vedtaket «%(title)s» er ikke avsluttet.", title=name))
