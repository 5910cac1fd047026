"""An organisation's administrator keeps its own people: registers and corrects them, and says who is contact.

Nobody else's, and no other role: whoever has one outside the organisation keeps the address that signs them in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.actions import telephone
from secretariat.accounts.addresses import sign_in_with
from secretariat.accounts.models import Office, User
from secretariat.accounts.policy import is_current, may_change_colleague, may_end_contact, may_keep_colleagues
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Language, OptionalLine, Words
from secretariat.core.text.language import _l
from secretariat.directory.actions import normal_address
from secretariat.directory.models import Organisation, Person
from secretariat.directory.policy import administered

Name = Annotated[str, Words(most=100)]


@dataclass(frozen=True)
class Colleague:
    """What is kept on somebody of one's own organisation."""

    given_name: Name
    family_name: Name
    title: OptionalLine = ""
    email: Annotated[str, Words(most=254, required=False)] = ""
    phone: Annotated[str, Words(most=30, required=False)] = ""
    language: Language = "nb"


@dataclass(frozen=True)
class NewColleague(Colleague):
    """Somebody new, who may be contact from the first day."""

    is_contact: bool = False


@action("accounts.register_colleague", load=Organisation, rule=may_keep_colleagues, input=NewColleague)
def register_colleague(actor: Actor, organisation: Organisation, given: NewColleague) -> UUID:
    """Register somebody of one's own organisation."""
    person = Person(organisation_id=organisation.id)
    _write(person, given)
    session().add(person)
    session().flush()
    if given.is_contact:
        _make_contact(actor, person)
    return person.id


@action("accounts.change_colleague", load=Person, rule=may_change_colleague, input=Colleague)
def change_colleague(_actor: Actor, person: Person, given: Colleague) -> UUID:
    """Correct what is kept on somebody of one's own organisation; a new address signs in from now on."""
    before = person.email
    _write(person, given)
    user = session().scalar(sa.select(User).where(User.person_id == person.id).with_for_update())
    if user is not None and person.email != before:
        _let_sign_in_with(user, person)
    return person.id


def _write(person: Person, given: Colleague) -> None:
    if given.language not in ("nb", "nn", "en"):
        raise DomainError(_l("Velg bokmål, nynorsk eller engelsk."), "language")
    person.given_name, person.family_name = given.given_name, given.family_name
    person.title, person.phone, person.language = given.title, telephone(given.phone), given.language
    person.email = normal_address(given.email) or None


def _let_sign_in_with(user: User, person: Person) -> None:
    """Whoever has an address can become the one who signs in with it: not somebody who has more to keep than ours."""
    own = sa.and_(
        Office.role.in_((Role.CONTACT, Role.ORGANISATION_ADMINISTRATOR)),
        Office.organisation_id == person.organisation_id,
    )
    more = sa.select(Office.id).where(Office.person_id == person.id, ~own, is_current(clock.today()))
    if session().scalar(more.limit(1)) is not None:
        raise DomainError(_l("Personen har andre roller. Be administratoren endre e-postadressen."), "email")
    if person.email is None:
        raise DomainError(_l("Personen logger inn med e-postadressen. Skriv en ny i stedet for å fjerne den."), "email")
    sign_in_with(user, person, person.email)


@dataclass(frozen=True)
class ContactTime:
    """From when one is contact: today unless another day is said."""

    starts_on: date | None = None


@action("accounts.make_contact", load=Person, rule=may_change_colleague, input=ContactTime)
def make_contact(actor: Actor, person: Person, given: ContactTime) -> UUID:
    """Let somebody of one's own organisation be its contact."""
    _make_contact(actor, person, given.starts_on)
    return person.id


def _make_contact(actor: Actor, person: Person, starts_on: date | None = None) -> None:
    organisation = session().get_one(Organisation, person.organisation_id)
    _demand_user(person)
    places = administered(actor).get(organisation.id, frozenset()) - _contact_in(person, organisation.id)
    if not places:
        raise DomainError(_l("%(name)s er alt samhandlingskontakt.", name=person.name))
    for partnership_id in sorted(places):
        session().add(
            Office(
                person_id=person.id,
                role=Role.CONTACT,
                party=organisation.party,
                partnership_id=partnership_id,
                organisation_id=organisation.id,
                starts_on=starts_on or clock.today(),
            )
        )


def _demand_user(person: Person) -> None:
    if person.email is None:
        raise DomainError(_l("En kontakt må ha en e-postadresse å logge inn med."), "email")
    if session().scalar(sa.select(User.id).where(User.person_id == person.id)) is None:
        session().add(User(person_id=person.id, email=person.email))


def _contact_in(person: Person, organisation_id: UUID) -> set[UUID | None]:
    held = sa.select(Office.partnership_id).where(
        Office.person_id == person.id,
        Office.role == Role.CONTACT,
        Office.organisation_id == organisation_id,
        is_current(clock.today()),
    )
    return set(session().scalars(held))


@action("accounts.end_contact", load=Office, rule=may_end_contact)
def end_contact(_actor: Actor, office: Office, _given: Any) -> UUID:
    """From tomorrow the person is no longer contact; one that has not begun never was."""
    if office.starts_on > clock.today():
        session().delete(office)
    else:
        office.ends_on = clock.today()
    return office.id


# ---- reading


@dataclass(frozen=True)
class ContactOffice:
    """The role of contact, held or to come."""

    id: UUID
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class ColleagueRow:
    """Somebody of one's own organisation."""

    id: UUID
    name: str
    title: str
    email: str
    phone: str
    contact: ContactOffice | None


def colleagues(actor: Actor, organisation_id: UUID) -> list[ColleagueRow]:
    """The people of the organisation whom the actor keeps, by name, with who is contact. Two statements."""
    query = (
        sa.select(Person)
        .where(visible(actor, Person), Person.organisation_id == organisation_id, Person.anonymised_at.is_(None))
        .order_by(Person.sort_key, Person.id)
    )
    people = list(session().scalars(query))
    contacts = _contacts(actor, organisation_id, [person.id for person in people])
    return [ColleagueRow(p.id, p.name, p.title, p.email or "", p.phone, contacts.get(p.id)) for p in people]


def _contacts(actor: Actor, organisation_id: UUID, person_ids: Iterable[UUID]) -> dict[UUID, ContactOffice]:
    query = (
        sa.select(Office.person_id, Office.id, Office.starts_on, Office.ends_on)
        .where(visible(actor, Office), Office.role == Role.CONTACT, Office.organisation_id == organisation_id)
        .where(Office.person_id.in_(sorted(person_ids)), is_current(clock.today()))
        .order_by(Office.starts_on.desc(), Office.id)
    )
    return {row.person_id: ContactOffice(row.id, row.starts_on, row.ends_on) for row in session().execute(query)}
