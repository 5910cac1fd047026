"""Who was there, from each party, and who was not: as the page and the paper tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core.text.language import _
from secretariat.directory.parties import Party, label
from secretariat.meetings.models import ParticipantRole, Reply
from secretariat.minutes.record import Came, OneItem, Record

AWAITED = (ParticipantRole.CHAIR, ParticipantRole.MEMBER, ParticipantRole.DEPUTY, ParticipantRole.OBSERVER)


@dataclass(frozen=True)
class Present:
    """One who was there, and between which items when it was not the whole meeting."""

    name: str
    title: str
    organisation: str
    role: ParticipantRole
    deputy_for: str = ""
    may_decide: bool = True
    from_item: str = ""
    to_item: str = ""


@dataclass(frozen=True)
class Group:
    """Those present from one party, the observers, or the secretariat."""

    heading: str
    people: tuple[Present, ...]


@dataclass(frozen=True)
class Absent:
    """One who was called and did not come; ``deputy`` came instead."""

    name: str
    title: str
    organisation: str
    deputy: str = ""


def groups(record: Record) -> list[Group]:
    """Those who were there, under their party; observers, guests and the secretariat by themselves."""
    found: dict[str, list[Present]] = {}
    for person in in_order(record.people):
        for came in record.presence.get(person.id, ()):
            found.setdefault(heading(person), []).append(_present(record, person, came))
    return [Group(name, tuple(people)) for name, people in found.items()]


def absent(record: Record) -> list[Absent]:
    """Forfall: those who said that they would not come, or sent a deputy; with the deputy who came."""
    return [person for person, told in _away(record) if told]


def missing(record: Record) -> list[Absent]:
    """Ikke møtt: those who were called, did not come and had not said so."""
    return [person for person, told in _away(record) if not told]


def _away(record: Record) -> Iterable[tuple[Absent, bool]]:
    came = {row.deputises_for_id: row.name for row in record.people if row.id in record.presence}
    for row in record.people:
        if row.role in AWAITED and row.id not in record.presence:
            deputy = came.get(row.id, "")
            yield Absent(row.name, row.title, row.organisation, deputy), row.reply is Reply.ABSENT or bool(deputy)


def taking_part(record: Record, one: OneItem | None) -> list[Any]:
    """Those who take part in an item: in the room then, and not stepped aside. Without an item: whoever was there."""
    here = [person for person in record.people if person.id in record.presence]
    if one is None:
        return here
    aside = {each.participant_id for each in one.asides}
    order = [each.row.id for each in record.items]
    return [
        person
        for person in here
        if person.id not in aside
        and any(_covers(order, came, order.index(one.row.id)) for came in record.presence[person.id])
    ]


def _covers(order: list[UUID], came: Came, place: int) -> bool:
    """Whether the stretch, both ends counted, holds the item at this place; an item that is gone binds nothing."""
    first = order.index(came.from_item_id) if came.from_item_id in order else 0
    last = order.index(came.to_item_id) if came.to_item_id in order else len(order)
    return first <= place <= last


def in_order(people: Iterable[Any]) -> list[Any]:
    """Municipalities and trust first, the other parties after them, then those who stand apart."""
    return sorted(people, key=_place)


def heading(person: Any) -> str:
    """Under which heading a person stands."""
    apart = {
        ParticipantRole.SECRETARIAT: _("Sekretariatet"),
        ParticipantRole.OBSERVER: _("Observatører"),
        ParticipantRole.GUEST: _("Andre"),
        ParticipantRole.ATTENDING: _("Andre"),
    }
    parties = {Party.M: _("Fra kommunene"), Party.H: _("Fra helseforetaket")}
    return apart.get(person.role) or parties.get(person.party) or str(label(person.party))


def _place(person: Any) -> tuple[int, int]:
    apart = [ParticipantRole.OBSERVER, ParticipantRole.ATTENDING, ParticipantRole.GUEST, ParticipantRole.SECRETARIAT]
    return (apart.index(person.role) + 1 if person.role in apart else 0, list(Party).index(person.party))


def _present(record: Record, person: Any, came: Came) -> Present:
    names: dict[UUID | None, str] = {one.row.id: one.name for one in record.items} | {None: ""}
    deputised = {row.id: row.name for row in record.people}
    return Present(
        name=person.name,
        title=person.title,
        organisation=person.organisation,
        role=person.role,
        deputy_for=person.instead_of or deputised.get(person.deputises_for_id, ""),
        may_decide=person.may_decide,
        from_item=names.get(came.from_item_id, ""),
        to_item=names.get(came.to_item_id, ""),
    )
