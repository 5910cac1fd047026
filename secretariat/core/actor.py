"""Who is acting, and by what right today.

An :class:`Actor` is built once per request from the person's offices and appointments. Rights lapse at midnight
without a write, since only offices and seats valid today are in it. The anonymous visitor is an actor too.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from secretariat.core import clock

COMMON_ROOM = "common"


class Role(StrEnum):
    """What an office lets its holder do."""

    SECRETARY = "secretary"
    CONTACT = "contact"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class HeldOffice:
    """An office valid today. An administrator's has no partnership: it is the installation's."""

    role: Role
    party: str | None = None
    partnership_id: UUID | None = None
    body_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class HeldSeat:
    """A seat held today in one's own name, or as the deputy of one who does (``deputy``)."""

    partnership_id: UUID
    body_id: UUID
    party: str
    role: str = "member"
    deputy: bool = False


@dataclass(frozen=True)
class Actor:
    """A person (or nobody, or the system itself) with the rights of today.

    ``merged_ids``: other registrations of the same person.
    """

    person_id: UUID | None = None
    user_id: UUID | None = None
    name: str = ""
    organisation_id: UUID | None = None
    language: str = "nb"
    merged_ids: frozenset[UUID] = frozenset()
    offices: tuple[HeldOffice, ...] = ()
    seats: tuple[HeldSeat, ...] = ()
    via: str = "browser"
    is_system: bool = False
    today: date = field(default_factory=clock.today)

    @classmethod
    def system(cls, via: str = "worker") -> Self:
        """The program itself, in the worker and the command line: sees all, is never a person."""
        return cls(name="system", via=via, is_system=True)

    @property
    def is_anonymous(self) -> bool:
        """Nobody has signed in."""
        return self.person_id is None and not self.is_system

    @cached_property
    def person_ids(self) -> frozenset[UUID]:
        """All that this person is registered as; what belongs to either is one's own."""
        return self.merged_ids if self.person_id is None else self.merged_ids | {self.person_id}

    def is_person(self, person_id: UUID | None) -> bool:
        """Whether this is the person, under either registration."""
        return person_id is not None and person_id in self.person_ids

    @cached_property
    def conditions(self) -> dict[Any, Any]:
        """What core.access has worked out for this actor: each condition and statement is built once."""
        return {}

    @cached_property
    def is_administrator(self) -> bool:
        """Runs the installation; does not read the rooms."""
        return any(o.role is Role.ADMINISTRATOR for o in self.offices)

    @cached_property
    def partnerships(self) -> frozenset[UUID]:
        """The partnerships the actor takes part in by office or seat."""
        held = {o.partnership_id for o in self.offices} | {s.partnership_id for s in self.seats}
        return frozenset(p for p in held if p is not None)

    @cached_property
    def rooms(self) -> frozenset[tuple[UUID, str]]:
        """The party rooms (partnership, party) that the actor's offices and seats open."""
        offices = {(o.partnership_id, o.party) for o in self.offices}
        seats = {(s.partnership_id, s.party) for s in self.seats if not s.deputy}
        return frozenset((p, party) for p, party in offices | seats if p is not None and party is not None)

    @cached_property
    def bodies(self) -> frozenset[UUID]:
        """The bodies the actor sits in today; a deputy reads the meetings he or she is called to, by grants."""
        return frozenset(s.body_id for s in self.seats if not s.deputy)

    @cached_property
    def led_bodies(self) -> frozenset[UUID]:
        """The bodies the actor leads today, as chair or deputy chair: both see the agenda while it is being made."""
        return frozenset(s.body_id for s in self.seats if s.role in ("chair", "deputy_chair") and not s.deputy)

    @cached_property
    def organisations(self) -> frozenset[UUID]:
        """The organisations the actor speaks for as contact or administrator."""
        roles = (Role.CONTACT, Role.ORGANISATION_ADMINISTRATOR)
        return frozenset(o.organisation_id for o in self.offices if o.role in roles and o.organisation_id is not None)

    @cached_property
    def secretary_in(self) -> frozenset[UUID]:
        """The partnerships whose secretariat the actor belongs to, whichever party employs the actor."""
        return frozenset(
            o.partnership_id for o in self.offices if o.role is Role.SECRETARY and o.partnership_id is not None
        )

    def enters(self, partnership_id: UUID, room: str) -> bool:
        """Whether the room is the common one or one that the actor's own party has."""
        return self.is_system or room == COMMON_ROOM or (partnership_id, room) in self.rooms

    def is_secretary(self, partnership_id: UUID, room: str = COMMON_ROOM) -> bool:
        """Whether the actor serves this partnership, in this room: equal rights in common, none in the other party's
        room.
        """
        return self.is_system or (partnership_id in self.secretary_in and self.enters(partnership_id, room))

    def takes_part(self, partnership_id: UUID) -> bool:
        """Whether the actor has any office or seat in the partnership."""
        return self.is_system or partnership_id in self.partnerships
