"""Letting go of people when the time for keeping them has passed: who may be anonymised, and doing it.

Old meetings and minutes keep their text, and the chain of the log stays whole: what the log said the values were is
erased beside it. Invariant ``FORGOTTEN_PERSON``: of an anonymised person only the row is left.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, signals
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.audit import AuditChange, AuditDetail
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.outbox import Errand
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import folded, sort_key
from secretariat.directory.held import Forgotten
from secretariat.directory.models import (
    ImportBatch,
    Membership,
    Notification,
    Partnership,
    Person,
    PersonMerge,
)
from secretariat.directory.policy import may_forget, may_keep_people

CALLED = ("Anonymisert", "person")
USUAL_YEARS = 5
FEWEST_YEARS, MOST_YEARS = 1, 50


@dataclass(frozen=True)
class Retention:
    """For how many years people are kept after they last sat, held, did or attended anything."""

    retention_years: int | None


@action("directory.keep_people_for", load=Partnership, rule=may_keep_people, input=Retention)
def keep_people_for(_actor: Actor, partnership: Partnership, given: Retention) -> UUID:
    """Say how long people are kept after they were last needed."""
    years = given.retention_years
    if years is None or not FEWEST_YEARS <= years <= MOST_YEARS:
        raise DomainError(_l("Skriv et tall fra %(least)s til %(most)s.", least=1, most=50), "retention_years")
    partnership.retention_years = years
    return partnership.id


# ---- who may be forgotten


@dataclass(frozen=True)
class Outlived:
    """Somebody who may be anonymised, and the last day that anything was kept of them for."""

    id: UUID
    name: str
    organisation_id: UUID | None
    last: date


def outlived(actor: Actor, partnership_id: UUID) -> list[Outlived]:
    """Those of the partnership's people who have not been needed for as long as people are kept, by name."""
    employed = sa.select(Membership.organisation_id).where(Membership.partnership_id == partnership_id)
    return _outlived(actor, Person.organisation_id.in_(employed))


def is_outlived(actor: Actor, person_id: UUID) -> bool:
    """Whether this one may be anonymised."""
    return bool(_outlived(actor, Person.id == person_id))


def _outlived(actor: Actor, which: Any) -> list[Outlived]:
    people = sa.select(Person.id).where(which, visible(actor, Person), Person.anonymised_at.is_(None))
    merged = sa.select(PersonMerge.person_id, PersonMerge.into_id).where(
        PersonMerge.into_id.in_(people), PersonMerge.undone_at.is_(None)
    )
    read_as = {row.person_id: row.into_id for row in session().execute(merged)}
    query = sa.select(Person).where(Person.id.in_(people)).order_by(Person.sort_key, Person.id)
    duplicates = _duplicates(people)
    found = [person for person in session().scalars(query) if person.id not in duplicates]
    last = _last_days(sa.union(people, sa.select(merged.subquery().c.person_id)), read_as)
    years = _years_kept()
    rows = []
    for person in found:
        day = last.get(person.id, person.created_at.date())
        kept_from = _years_before(clock.today(), years.get(person.organisation_id, USUAL_YEARS))
        if day is not None and max(day, person.created_at.date()) < kept_from:
            rows.append(Outlived(person.id, person.name, person.organisation_id, day))
    return rows


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))  # 29 February is not in every year


def _duplicates(people: sa.Select[Any]) -> set[UUID]:
    standing = sa.select(PersonMerge.person_id).where(
        PersonMerge.person_id.in_(people), PersonMerge.undone_at.is_(None)
    )
    return set(session().scalars(standing))


def _last_days(people: Any, read_as: dict[UUID, UUID]) -> dict[UUID, date | None]:
    """The last day anything was kept of each for; none for those who still sit, hold or have something to do."""
    last: dict[UUID, date | None] = {}
    for registered_id, day in signals.last_used.collect(people):
        person_id = read_as.get(registered_id, registered_id)
        known = last.get(person_id, date.min)
        last[person_id] = None if day is None or known is None else max(day, known)
    return last


def _years_kept() -> dict[UUID | None, int]:
    """By employer; one that is in two partnerships keeps its people for as long as the one that keeps them longer."""
    query = (
        sa.select(Membership.organisation_id, sa.func.max(Partnership.retention_years))
        .join(Partnership, Partnership.id == Membership.partnership_id)
        .group_by(Membership.organisation_id)
    )
    return {row[0]: row[1] for row in session().execute(query)}


# ---- forgetting


@dataclass(frozen=True)
class Anonymise:
    """The entries of the log that say who the person was; looked for before the transaction."""

    entries: tuple[UUID, ...] = ()


def _look_in_log(actor: Actor, subject: Any, given: Anonymise) -> Anonymise:
    person_id = getattr(subject, "id", subject)
    person = session().scalar(sa.select(Person).where(Person.id == person_id, visible(actor, Person)))
    if person is None or not may_forget(actor, person):
        return replace(given, entries=())
    return replace(given, entries=tuple(_entries_that_name(_all_of(person))))


@action("directory.anonymise", load=Person, rule=may_forget, input=Anonymise, prepare=_look_in_log)
def anonymise(actor: Actor, person: Person, given: Anonymise) -> UUID:
    """Erase who a person was, when nothing has been kept of them for as long as people are kept."""
    if person.anonymised_at is not None:
        raise DomainError(_l("Personen er alt anonymisert."))
    if not is_outlived(actor, person.id):
        raise DomainError(_l("Personen har plass, rolle, møte eller oppgave som ikke er gammel nok."))
    registered = _all_of(person)
    who = _forgotten(registered)
    signals.person_anonymised.tell(who)
    _forget_elsewhere(who, given.entries)
    _empty(registered)
    return person.id


def _all_of(person: Person) -> list[Person]:
    """The person, with every registration that is read as the same one."""
    merged = sa.select(PersonMerge.person_id).where(PersonMerge.into_id == person.id, PersonMerge.undone_at.is_(None))
    query = sa.select(Person).where(sa.or_(Person.id == person.id, Person.id.in_(merged)))
    return list(session().scalars(query.order_by(Person.id)))


def _forgotten(registered: Iterable[Person]) -> Forgotten:
    people = list(registered)
    emails = tuple(sorted({person.email for person in people if person.email}))
    words = {person.name for person in people} | {person.phone for person in people if person.phone} | set(emails)
    return Forgotten(tuple(person.id for person in people), tuple(sorted(words)), emails, " ".join(CALLED))


def _entries_that_name(registered: list[Person]) -> list[UUID]:
    """Entries of the log that touched the person, or that hold a name, an address or a number of theirs."""
    who = _forgotten(registered)
    touched = sa.select(AuditChange.entry_id).where(AuditChange.row_id.in_(who.ids))
    said = replace(who, words=tuple(json.dumps(word)[1:-1] for word in who.words))
    changes = sa.cast(AuditDetail.changes, sa.String)
    query = sa.select(AuditDetail.entry_id).where(sa.or_(AuditDetail.entry_id.in_(touched), said.stands_in(changes)))
    return list(session().scalars(query.order_by(AuditDetail.entry_id)))


def _forget_elsewhere(who: Forgotten, entries: tuple[UUID, ...]) -> None:
    """The log's details, files that were read and left, and what went wrong on the way to an address."""
    said = replace(who, words=tuple(json.dumps(word)[1:-1] for word in who.words))
    gone = (
        sa.delete(AuditDetail).where(AuditDetail.entry_id.in_(entries)),
        sa.delete(ImportBatch).where(said.stands_in(sa.cast(ImportBatch.rows, sa.String))),
        sa.update(Errand).where(who.stands_in(Errand.last_failure)).values(last_failure=""),
    )
    for statement in gone:
        session().execute(statement.execution_options(synchronize_session=False))


def _empty(registered: list[Person]) -> None:
    """The rows stay, since old meetings refer to them. Past the log, which would note who it was."""
    given, family = CALLED
    emptied = sa.update(Person).where(Person.id.in_([person.id for person in registered]))
    session().execute(
        emptied.values(
            given_name=given,
            family_name=family,
            sort_key=sort_key(f"{family} {given}"),
            folded_name=folded(f"{given} {family}"),
            title="",
            organisation_id=None,
            email=None,
            phone="",
            notification=Notification.NEVER,
        ).execution_options(synchronize_session=False)
    )
    for person in registered:
        session().expire(person)
        person.anonymised_at = clock.now()
