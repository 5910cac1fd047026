"""What holds for the directory."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.directory.forgetting import CALLED
from secretariat.directory.models import (
    ImportBatch,
    Membership,
    Organisation,
    OrganisationName,
    Person,
    PersonMerge,
    Representation,
)


@checks("ONE_MEMBERSHIP", _l("En organisasjon er med i et helsefellesskap høyst én gang på samme dag."))
def memberships_do_not_overlap() -> Iterator[str]:
    """Two stretches of one organisation in one partnership have no day in common."""
    other = sa.orm.aliased(Membership)
    overlaps = (
        sa.select(Organisation.name, other.starts_on)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(other, sa.and_(other.organisation_id == Membership.organisation_id, other.id != Membership.id))
        .where(other.partnership_id == Membership.partnership_id, other.starts_on >= Membership.starts_on)
        .where(sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= other.starts_on))
        .order_by(Organisation.sort_key, other.starts_on)
    )
    for name, day in session().execute(overlaps):
        yield _("%(name)s er med to ganger fra %(day)s.", name=name, day=day)


@checks(
    "NAMES_IN_ORDER",
    _l("Et planlagt navn på en organisasjon er ikke tatt i bruk, og et tidligere navn er ute av bruk."),
)
def names_in_order() -> Iterator[str]:
    """No former name ends today or later; in the night of a change, the name of the day before will do."""
    today = clock.today()
    wrong = sa.or_(OrganisationName.ends_on >= today, OrganisationName.starts_on < today)
    query = sa.select(Organisation.name, OrganisationName.name).join(
        OrganisationName, OrganisationName.organisation_id == Organisation.id
    )
    for name, other in session().execute(query.where(wrong).order_by(Organisation.sort_key, OrganisationName.id)):
        yield _("%(name)s har navnet %(other)s på feil tid.", name=name, other=other)


@checks("NAME_TO_ONE", _l("Et navn som en organisasjon skal ha, er ikke i bruk av en annen eller planlagt for den."))
def names_to_come_are_kept() -> Iterator[str]:
    """No planned name is another organisation's, today's or planned."""
    other = sa.orm.aliased(OrganisationName)
    is_borne = sa.exists().where(
        Organisation.name == OrganisationName.name, Organisation.id != OrganisationName.organisation_id
    )
    is_planned = sa.exists().where(
        other.name == OrganisationName.name,
        other.organisation_id != OrganisationName.organisation_id,
        other.starts_on.is_not(None),
    )
    query = sa.select(OrganisationName.name).where(OrganisationName.starts_on.is_not(None))
    for name in session().scalars(query.where(is_borne | is_planned).distinct().order_by(OrganisationName.name)):
        yield _("Navnet %(name)s er planlagt for én organisasjon og brukt eller planlagt for en annen.", name=name)


@checks("REPRESENTED_ONCE", _l("En organisasjon representerer en annen høyst én gang på samme dag."))
def representations_do_not_overlap() -> Iterator[str]:
    """Two stretches of one relay for one organisation in one partnership have no day in common."""
    other = sa.orm.aliased(Representation)
    same = sa.and_(
        other.partnership_id == Representation.partnership_id,
        other.organisation_id == Representation.organisation_id,
        other.represented_id == Representation.represented_id,
        other.id != Representation.id,
    )
    overlaps = (
        sa.select(Organisation.name, other.starts_on)
        .join(Representation, Representation.represented_id == Organisation.id)
        .join(other, same)
        .where(other.starts_on >= Representation.starts_on)
        .where(sa.or_(Representation.ends_on.is_(None), Representation.ends_on >= other.starts_on))
        .order_by(Organisation.sort_key, other.starts_on)
    )
    for name, day in session().execute(overlaps):
        yield _("%(name)s er representert to ganger av den samme fra %(day)s.", name=name, day=day)


@checks("IMPORT_ONCE", _l("En fil som er lest inn, kan ikke leses inn igjen, og radene i den er ikke lagret."))
def files_are_carried_out_once() -> Iterator[str]:
    """What has been carried out keeps none of its rows."""
    done = sa.select(ImportBatch).where(ImportBatch.carried_out_at.is_not(None)).order_by(ImportBatch.id)
    for batch in session().scalars(done):
        if batch.rows:
            yield _("Filen %(name)s har fortsatt rader.", name=batch.file_name)


@checks("MERGED_ONCE", _l("En person er slått sammen med høyst én annen, som selv står for seg."))
def merges_are_one_step() -> Iterator[str]:
    """Nobody is read as somebody who is read as a third."""
    further = sa.orm.aliased(PersonMerge)
    chains = (
        sa.select(PersonMerge.id)
        .join(further, further.person_id == PersonMerge.into_id)
        .where(PersonMerge.undone_at.is_(None), further.undone_at.is_(None))
        .order_by(PersonMerge.id)
    )
    for key in session().scalars(chains):
        yield _("Sammenslåingen %(id)s fører til en person som selv er slått sammen.", id=key)


@checks("FORGOTTEN_PERSON", _l("Om en anonymisert person er bare raden igjen, uten navn, adresse og nummer."))
def the_anonymised_are_forgotten() -> Iterator[str]:
    """Nothing that says who it was stands in the row of an anonymised person."""
    given, family = CALLED
    named = sa.or_(Person.given_name != given, Person.family_name != family)
    told = sa.or_(
        named, Person.email.is_not(None), Person.phone != "", Person.title != "", Person.organisation_id.is_not(None)
    )
    kept = sa.select(Person.id).where(Person.anonymised_at.is_not(None), told).order_by(Person.id)
    for key in session().scalars(kept):
        yield _("Personen %(id)s er anonymisert, men ikke tømt.", id=key)
