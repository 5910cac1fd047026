"""Somebody who is chosen from the register, or registered now: how people are named to places and as contacts."""

from dataclasses import dataclass
from typing import Annotated, cast
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import OptionalLine, Words
from secretariat.core.text.language import _l
from secretariat.directory.actions import Email, register_person
from secretariat.directory.models import Person

OptionalName = Annotated[str, Words(most=100, required=False)]
WRITTEN = ("given_name", "family_name", "title", "email", "organisation_id")


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person who is registered, or one to be registered now."""

    person_id: UUID | None = None
    given_name: OptionalName = ""
    family_name: OptionalName = ""
    title: OptionalLine = ""
    email: Email = ""
    organisation_id: UUID | None = None

    @property
    def is_named(self) -> bool:
        """Whether it says who."""
        return bool(self.person_id or self.given_name or self.family_name)


def known_or_registered(actor: Actor, partnership_id: UUID, given: Somebody) -> UUID:
    """The registered person who was chosen, or the one who is registered now."""
    if given.person_id is not None:
        return _known(actor, given.person_id)
    if not given.is_named:
        raise DomainError(_l("Velg en person, eller registrer en ny."), "person_id")
    return cast(UUID, register_person(actor, partnership_id, **{name: getattr(given, name) for name in WRITTEN}))


def _known(actor: Actor, person_id: UUID) -> UUID:
    """The person, if the actor may see the person."""
    found = session().scalar(sa.select(Person.id).where(Person.id == person_id, visible(actor, Person)))
    if found is None:
        raise DomainError(_l("Personen finnes ikke i registeret."), "person_id")
    return found
