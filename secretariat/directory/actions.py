"""What changes the directory: people and organisations are registered and corrected."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from secretariat.core import clock, signals
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line, OptionalLanguage, OptionalLine, Words
from secretariat.core.text.language import _l
from secretariat.directory import names
from secretariat.directory.models import (
    Membership,
    Notification,
    Organisation,
    OrganisationKind,
    Partnership,
    Person,
    Region,
    RegionMember,
)
from secretariat.directory.parties import Party
from secretariat.directory.policy import may_edit_organisation, may_edit_person, may_keep_people

Name = Annotated[str, Words(most=100)]
Email = Annotated[str, Words(most=254, required=False)]
Phone = Annotated[str, Words(most=30, required=False)]


@dataclass(frozen=True)
class RegisterPerson:
    """Somebody new; employed in one of the partnership's organisations."""

    given_name: Name
    family_name: Name
    organisation_id: UUID | None
    title: OptionalLine = ""
    email: Email = ""
    phone: Phone = ""
    language: OptionalLanguage = ""


@dataclass(frozen=True)
class ChangePerson(RegisterPerson):
    """The same, and how the person wants news by mail (none: as the person has chosen)."""

    notification: Notification | None = None


@dataclass(frozen=True)
class RegisterOrganisation:
    """An organisation that takes part from a day on; a known name is the known organisation."""

    name: Line
    kind: OrganisationKind
    party: Party
    email: Email = ""
    starts_on: date | None = None


@dataclass(frozen=True)
class ChangeOrganisation:
    """An organisation's name, kind, party and address."""

    name: Line
    kind: OrganisationKind
    party: Party
    email: Email = ""


@action("directory.register_person", load=Partnership, rule=may_keep_people, input=RegisterPerson)
def register_person(_actor: Actor, partnership: Partnership, given: RegisterPerson) -> UUID:
    """Register a person who is employed in one of the partnership's organisations."""
    _demand_member(given.organisation_id, [partnership.id])
    person = Person(
        given_name=given.given_name,
        family_name=given.family_name,
        title=given.title,
        organisation_id=given.organisation_id,
        email=normal_address(given.email) or None,
        phone=given.phone,
        language=given.language or partnership.spoken,
    )
    session().add(person)
    return person.id


@action("directory.change_person", load=Person, rule=may_edit_person, input=ChangePerson)
def change_person(actor: Actor, person: Person, given: ChangePerson) -> UUID:
    """Correct what is kept on a person; a new employer is registered by a secretary."""
    if given.organisation_id != person.organisation_id:
        _demand_employer(actor, given.organisation_id)
    person.given_name, person.family_name = given.given_name, given.family_name
    person.title, person.phone, person.language = given.title, given.phone, given.language or person.language
    choice = given.notification or person.notification
    chosen_anew = choice is not person.notification
    person.organisation_id, person.notification = given.organisation_id, choice
    person.email = normal_address(given.email) or None
    if chosen_anew:
        signals.notification_chosen.tell(person)
    return person.id


@action("directory.register_organisation", load=Partnership, rule=may_keep_people, input=RegisterOrganisation)
def register_organisation(_actor: Actor, partnership: Partnership, given: RegisterOrganisation) -> UUID:
    """Let an organisation take part; one that another partnership has registered is shared, not made twice."""
    start = given.starts_on or clock.today()
    organisation = session().scalar(sa.select(Organisation).where(Organisation.name == given.name))
    if organisation is None:
        names.claim(given.name)
        organisation = Organisation(
            name=given.name, kind=given.kind, party=given.party, email=normal_address(given.email)
        )
        session().add(organisation)
        session().flush()
    elif _is_member(organisation.id, [partnership.id], start):
        raise DomainError(_l("Organisasjonen er alt med i samarbeidet."), "name")
    session().add(Membership(partnership_id=partnership.id, organisation_id=organisation.id, starts_on=start))
    return organisation.id


@dataclass(frozen=True)
class RegisterRegion:
    """A group of municipalities and who belongs to it from a day on."""

    name: Line
    members: tuple[UUID, ...] = ()
    starts_on: date | None = None


@action("directory.register_region", load=Partnership, rule=may_keep_people, input=RegisterRegion)
def register_region(_actor: Actor, partnership: Partnership, given: RegisterRegion) -> UUID:
    """Register a group of municipalities that elects common representatives."""
    start = given.starts_on or clock.today()
    region = Region(partnership_id=partnership.id, name=given.name)
    session().add(region)
    session().flush()
    for organisation_id in dict.fromkeys(given.members):
        _demand_member(organisation_id, [partnership.id])
        session().add(
            RegionMember(
                partnership_id=partnership.id, region_id=region.id, organisation_id=organisation_id, starts_on=start
            )
        )
    return region.id


@action("directory.change_organisation", load=Organisation, rule=may_edit_organisation, input=ChangeOrganisation)
def change_organisation(_actor: Actor, organisation: Organisation, given: ChangeOrganisation) -> UUID:
    """Correct an organisation's name, kind, party and address."""
    if given.name != organisation.name:
        names.claim(given.name, organisation.id)
    organisation.name, organisation.kind, organisation.party = given.name, given.kind, given.party
    organisation.email = normal_address(given.email)
    return organisation.id


def normal_address(email: str, field: str = "email") -> str:
    """The address in one written form; what cannot be an address is refused before mail is sent to it."""
    if not email:
        return ""
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise DomainError(_l("Dette er ikke en gyldig e-postadresse."), field) from error


def _demand_employer(actor: Actor, organisation_id: UUID | None) -> None:
    if actor.is_system or actor.is_administrator:
        if organisation_id is not None and session().get(Organisation, organisation_id) is None:
            raise DomainError(_l("Organisasjonen finnes ikke."), "organisation_id")
        return
    if not actor.secretary_in:
        raise DomainError(_l("Be sekretariatet registrere at du har byttet arbeidsgiver."), "organisation_id")
    _demand_member(organisation_id, sorted(actor.secretary_in))


def _demand_member(organisation_id: UUID | None, partnership_ids: list[UUID]) -> None:
    """Whoever is employed outside the partnership would be seen by none of its secretaries."""
    if organisation_id is None or not _is_member(organisation_id, partnership_ids, clock.today()):
        raise DomainError(_l("Velg en organisasjon som er med i samarbeidet."), "organisation_id")


def _is_member(organisation_id: UUID, partnership_ids: list[UUID], day: date) -> bool:
    """Whether the organisation takes part on the day or will later."""
    found = session().scalar(
        sa.select(Membership.id)
        .where(Membership.organisation_id == organisation_id, Membership.partnership_id.in_(partnership_ids))
        .where(sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= day))
        .limit(1)
    )
    return found is not None
