"""Protokolltilførsel: what somebody asks to have written down under an item, in that one's own name."""

from dataclasses import dataclass
from uuid import UUID

from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line, RequiredNote
from secretariat.core.text.language import _l
from secretariat.meetings.models import AgendaItem, ItemKind
from secretariat.minutes.models import Addition
from secretariat.minutes.policy import may_write_minutes
from secretariat.minutes.texts import demand_open_minutes


@dataclass(frozen=True)
class Add:
    """In whose name, and the words."""

    name: Line
    text: RequiredNote


@action("minutes.add_addition", load=AgendaItem, rule=may_write_minutes, input=Add)
def add_addition(_actor: Actor, item: AgendaItem, given: Add) -> UUID:
    """Write down under the item what somebody asked for."""
    minutes = demand_open_minutes(item.meeting_id)
    if item.kind is ItemKind.HEADING:
        raise DomainError(_l("Under en overskrift føres det ikke referat."), "text")
    addition = Addition(
        partnership_id=item.partnership_id,
        minutes_id=minutes.id,
        agenda_item_id=item.id,
        name=given.name,
        text=given.text,
    )
    session().add(addition)
    return addition.id


@dataclass(frozen=True)
class Change(Add):
    """The same, and the version the writer began from."""

    version: int | None = None


@action("minutes.change_addition", load=Addition, rule=may_write_minutes, input=Change)
def change_addition(_actor: Actor, addition: Addition, given: Change) -> UUID:
    """Mend name or words while the minutes are not approved."""
    _demand_open(addition)
    addition.name, addition.text = given.name, given.text
    return addition.id


@action("minutes.remove_addition", load=Addition, rule=may_write_minutes)
def remove_addition(_actor: Actor, addition: Addition, _given: object) -> UUID:
    """It was withdrawn, or written under the wrong item; the log keeps what it said."""
    _demand_open(addition)
    session().delete(addition)
    return addition.id


def _demand_open(addition: Addition) -> None:
    item = session().get_one(AgendaItem, addition.agenda_item_id)
    demand_open_minutes(item.meeting_id)
