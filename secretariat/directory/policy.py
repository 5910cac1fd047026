"""Who may see and change the directory."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import Condition, among, in_own_partnership, readable, through, visible
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.directory.models import (
    ImportBatch,
    Membership,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Partnership,
    Person,
    PersonMerge,
    Region,
    RegionMember,
    Representation,
)


@readable(Partnership)
def sees_partnership(actor: Actor) -> Condition:
    """Those who take part; the administrator lists every partnership without reading its rooms."""
    if actor.is_administrator:
        return sa.true()
    return among(Partnership.id, actor.partnerships)


@readable(Organisation)
def sees_organisation(actor: Actor) -> Condition:
    """Organisations are public bodies: everybody who has signed in sees them."""
    return sa.false() if actor.is_anonymous else sa.true()


@readable(OrganisationName)
def sees_former_name(actor: Actor) -> Condition:
    """Who sees an organisation sees what it was called."""
    return through(OrganisationName.organisation_id, Organisation, visible(actor, Organisation))


@readable(OrganisationSuccession)
def sees_succession(actor: Actor) -> Condition:
    """Who sees an organisation sees which one took over after it."""
    return through(OrganisationSuccession.organisation_id, Organisation, visible(actor, Organisation))


@readable(Membership)
def sees_membership(actor: Actor) -> Condition:
    """Who is party to the agreement is seen by all who take part."""
    return in_own_partnership(actor, Membership)


@readable(Region)
def sees_region(actor: Actor) -> Condition:
    """Regions are seen by all who take part."""
    return in_own_partnership(actor, Region)


@readable(RegionMember)
def sees_region_member(actor: Actor) -> Condition:
    """Who belongs to a region is seen by all who take part."""
    return in_own_partnership(actor, RegionMember)


@readable(Representation)
def sees_representation(actor: Actor) -> Condition:
    """Who answers for whom is seen by all who take part."""
    return in_own_partnership(actor, Representation)


def administered(actor: Actor) -> dict[UUID, frozenset[UUID]]:
    """The organisations whose people the actor keeps as their administrator, and in which partnerships."""
    found: dict[UUID, frozenset[UUID]] = {}
    for office in actor.offices:
        if office.role is Role.ORGANISATION_ADMINISTRATOR and office.organisation_id and office.partnership_id:
            others = found.get(office.organisation_id, frozenset())
            found[office.organisation_id] = others | {office.partnership_id}
    return found


@readable(Person)
def sees_person(actor: Actor) -> Condition:
    """Oneself; secretaries: the people of their partnerships' organisations, whom they appoint; an organisation's
    administrator: its own people; administrators: all.
    """
    if actor.is_administrator:
        return sa.true()
    members = sa.select(Membership.organisation_id).where(among(Membership.partnership_id, actor.secretary_in))
    own = Person.organisation_id.in_(sorted(administered(actor)))
    return sa.or_(among(Person.id, actor.person_ids), Person.organisation_id.in_(members), own)


@readable(ImportBatch)
def sees_import_batch(actor: Actor) -> Condition:
    """A file is seen by the secretary who read it: it holds what nobody has agreed to keep yet."""
    served = among(ImportBatch.partnership_id, actor.secretary_in)
    return sa.and_(served, among(ImportBatch.read_by_id, actor.person_ids))


@readable(PersonMerge)
def sees_merge(actor: Actor) -> Condition:
    """That two registrations are one person is seen by those who see the person."""
    return through(PersonMerge.into_id, Person, visible(actor, Person))


def may_carry_out(actor: Actor, batch: Any) -> bool:
    """Carry out a file: the secretary who read it."""
    return actor.is_secretary(batch.partnership_id) and (actor.is_system or actor.is_person(batch.read_by_id))


def may_found_partnership(actor: Actor, _installation: Any = None) -> bool:
    """Set up a new partnership from a structure: the administrator."""
    return actor.is_system or actor.is_administrator


def may_keep_people(actor: Actor, partnership: Any) -> bool:
    """Register people and organisations: either secretary."""
    return actor.is_secretary(partnership.id)


def may_edit_person(actor: Actor, person: Any) -> bool:
    """Change what is kept on a person: the person, a secretary, or the administrator."""
    return actor.is_system or actor.person_id == person.id or bool(actor.secretary_in) or actor.is_administrator


def may_edit_organisation(actor: Actor, organisation: Any) -> bool:
    """Change an organisation: a secretary of a partnership it takes part in, or the administrator."""
    if actor.is_system or actor.is_administrator:
        return True
    ours = sa.select(Membership.id).where(
        Membership.organisation_id == organisation.id, among(Membership.partnership_id, actor.secretary_in)
    )
    return bool(session().scalar(ours.limit(1)))


def may_keep_representation(actor: Actor, representation: Any) -> bool:
    """Say until when an organisation answers for another: either secretary."""
    return actor.is_secretary(representation.partnership_id)


def keeps_people(actor: Actor, _subject: Any = None) -> bool:
    """The lists of people and organisations are for those who keep them."""
    return bool(actor.secretary_in) or actor.is_administrator


def may_carry_out_preview(actor: Actor, preview: Any) -> bool:
    """Look at what a file would do: whoever sees it read it."""
    return actor.is_secretary(preview.partnership_id)


def may_merge(actor: Actor, person: Any) -> bool:
    """Say that two registrations are one person: those who register people; never for oneself alone."""
    return actor.is_system or keeps_people(actor)


def may_part(actor: Actor, _merge: Any) -> bool:
    """Say that they are two after all: those who may say that they are one."""
    return actor.is_system or keeps_people(actor)


def may_forget(actor: Actor, _person: Any) -> bool:
    """Look up all that is held on a person, on request, and anonymise: those who register people."""
    return actor.is_system or keeps_people(actor)
