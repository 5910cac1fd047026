"""Who takes part in a body and how each is reached: for those who take part in it, and its secretaries."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body
from secretariat.bodies.policy import may_keep_body
from secretariat.bodies.queries import party_groups
from secretariat.bodies.rows import PartyGroup, Place
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import Party


class Chosen(StrEnum):
    """Which of them."""

    HOLDERS = "faste"
    MUNICIPAL = "kommunene"
    HOSPITAL = "helseforetaket"


PARTIES = {Chosen.MUNICIPAL: Party.M, Chosen.HOSPITAL: Party.H}


@dataclass(frozen=True)
class Contact:
    """One who takes part: who it is, in what place, and where the person is reached."""

    person_id: UUID
    given_name: str
    family_name: str
    title: str
    organisation: str
    email: str
    phone: str
    language: str
    party: Party
    place: str
    is_deputy: bool

    @property
    def name(self) -> str:
        """Given and family name as they are said."""
        return f"{self.given_name} {self.family_name}".strip()


def reads_contacts(actor: Actor, body: Any) -> bool:
    """People's own addresses and telephones: those who take part in the body, deputies too, and its secretaries."""
    return any(seat.body_id == body.id for seat in actor.seats) or may_keep_body(actor, body)


def contacts(actor: Actor, body: Body, chosen: Chosen | None = None) -> list[Contact]:
    """All who sit in the body today and their deputies, each once, in the order of the places."""
    if not reads_contacts(actor, body):
        return []
    places = _places(party_groups(actor, body.id, clock.today()))
    found = [_contact(row, places[row.id]) for row in _people(actor, body, places)]
    order = {person_id: number for number, person_id in enumerate(places)}
    return sorted((one for one in found if _is_chosen(one, chosen)), key=lambda one: order[one.person_id])


def _is_chosen(one: Contact, chosen: Chosen | None) -> bool:
    if chosen is Chosen.HOLDERS:
        return not one.is_deputy
    return chosen is None or one.party is PARTIES[chosen]


@dataclass
class _Place:
    party: Party
    words: list[str]
    deputises: list[str]

    @property
    def is_deputy(self) -> bool:
        return not self.words

    def __str__(self) -> str:
        if self.words:
            return ", ".join(word for word in dict.fromkeys(self.words) if word)
        names = ", ".join(dict.fromkeys(self.deputises))
        return _("Vara for %(name)s", name=names) if names else _("Felles vara")


def _places(groups: Iterable[PartyGroup]) -> dict[UUID, _Place]:
    """By person: the places held, or for whom one is deputy; those who hold a place stand first in their party."""
    found: dict[UUID, _Place] = {}

    def of(person_id: UUID, party: Party) -> _Place:
        return found.setdefault(person_id, _Place(party, [], []))

    for group in groups:
        held = [(place, place.holder) for place in group.places if place.holder is not None]
        for place, holder in held:
            of(holder.person_id, group.party).words.append(_words(place))
        for place in group.places:
            for stand in place.deputies:
                who = place.holder.name if place.holder else _words(place)
                of(stand.person_id, group.party).deputises.append(who)
        for stand in group.pool:
            of(stand.person_id, group.party)
    return found


def _words(place: Place) -> str:
    return place.represents or place.title or str(place.role.word)


def _people(actor: Actor, body: Body, person_ids: Iterable[UUID]) -> list[Any]:
    """Their addresses: of those who are appointed to a body the actor sees, and of nobody else; one who was
    registered twice is the person that both were merged into.
    """
    appointed = sa.select(read_as(Appointment.person_id)).where(
        Appointment.body_id == body.id, visible(actor, Appointment)
    )
    query = (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.title,
            sa.func.coalesce(Organisation.name, "").label("organisation"),
            sa.func.coalesce(Person.email, "").label("email"),
            Person.phone,
            Person.language,
        )
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id.in_(sorted(person_ids)), Person.id.in_(appointed), Person.anonymised_at.is_(None))
    )
    return list(session().execute(query))


def _contact(row: Any, place: _Place) -> Contact:
    return Contact(
        person_id=row.id,
        given_name=row.given_name,
        family_name=row.family_name,
        title=row.title,
        organisation=row.organisation,
        email=row.email,
        phone=row.phone,
        language=row.language,
        party=place.party,
        place=str(place),
        is_deputy=place.is_deputy,
    )


def secretariat_address(actor: Actor, body: Body) -> str:
    """Where the common secretariat is reached."""
    query = sa.select(Partnership.secretariat_email)
    return session().scalar(query.where(Partnership.id == body.partnership_id, visible(actor, Partnership))) or ""
