"""One person who was registered twice: the two are found, read as one, and set apart again.

No key is moved: whatever was registered on the duplicate stays there and is read as the other one's. Invariant
``MERGED_ONCE``: nobody is read as somebody who is read as a third.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, signals
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.text.language import _l
from secretariat.directory.merged import is_merged
from secretariat.directory.models import Organisation, Person, PersonMerge
from secretariat.directory.policy import may_merge, may_part

MOST_PAIRS = 100


@dataclass(frozen=True)
class Duplicate:
    """The other registration, which is read as this person from now on."""

    duplicate_id: UUID | None


@action("directory.merge", load=Person, rule=may_merge, input=Duplicate)
def merge(actor: Actor, person: Person, given: Duplicate) -> UUID:
    """Read another registration as this person; returns the merge, which can be undone."""
    seen = sa.select(Person).where(Person.id == given.duplicate_id, visible(actor, Person)).with_for_update()
    duplicate = session().scalar(seen)
    if duplicate is None or duplicate.anonymised_at is not None or person.anonymised_at is not None:
        raise DomainError(_l("Velg den andre registreringen av personen."), "duplicate_id")
    _demand_one_step(person, duplicate)
    reasons = what_hinders(actor, person.id, duplicate.id)
    if reasons:
        raise Hindered(reasons)
    row = PersonMerge(person_id=duplicate.id, into_id=person.id, merged_by_id=actor.person_id)
    session().add(row)
    session().flush()
    signals.notification_chosen.tell(person)
    return row.id


def what_hinders(actor: Actor, person_id: UUID, duplicate_id: UUID) -> list[Any]:
    """Why the two cannot be made one by this actor: together they would see more than either does."""
    if actor.is_system or actor.is_administrator:
        return []
    return signals.hindrances.collect("directory.merge", (person_id, duplicate_id))


def _demand_one_step(person: Person, duplicate: Person) -> None:
    standing = sa.select(PersonMerge.person_id, PersonMerge.into_id).where(PersonMerge.undone_at.is_(None))
    either = sa.or_(PersonMerge.person_id == person.id, PersonMerge.into_id == duplicate.id)
    for merged_id, _into_id in session().execute(standing.where(either)):
        if merged_id == person.id:
            raise DomainError(_l("%(name)s er selv slått sammen med en annen.", name=person.name), "duplicate_id")
        reason = _l("En annen er slått sammen med %(name)s. Behold %(name)s i stedet.", name=duplicate.name)
        raise DomainError(reason, "duplicate_id")


@action("directory.part", load=PersonMerge, rule=may_part)
def part(_actor: Actor, row: PersonMerge, _given: Any) -> UUID:
    """They were two people after all: each stands alone again, with all that was registered on each."""
    row.undone_at = row.undone_at or clock.now()
    session().flush()
    for person_id in (row.person_id, row.into_id):
        signals.notification_chosen.tell(session().get_one(Person, person_id))
    return row.into_id


# ---- reading


@dataclass(frozen=True)
class Registration:
    """One registration of a person, as it stands beside another."""

    id: UUID
    name: str
    title: str
    organisation_id: UUID | None
    organisation: str
    email: str
    phone: str
    folded_name: str


@dataclass(frozen=True)
class Pair:
    """Two registrations that may be one person, and why."""

    one: Registration
    other: Registration
    because: Any


@dataclass(frozen=True)
class MergeRow:
    """A registration that is read as another one."""

    id: UUID
    person_id: UUID
    into_id: UUID
    name: str
    into: str


def _registrations(actor: Actor, *conditions: Any) -> list[Registration]:
    name = sa.func.trim(Person.given_name + " " + Person.family_name)
    query = (
        sa.select(Person.id, name, Person.title, Person.organisation_id, sa.func.coalesce(Organisation.name, ""))
        .add_columns(sa.func.coalesce(Person.email, ""), Person.phone, Person.folded_name)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(visible(actor, Person), Person.anonymised_at.is_(None), ~is_merged(), *conditions)
        .order_by(Person.sort_key, Person.id)
    )
    return [Registration(*row) for row in session().execute(query)]


def registration(actor: Actor, person_id: UUID | None) -> Registration | None:
    """One registration that stands for itself."""
    return next(iter(_registrations(actor, Person.id == person_id)), None)


def probable(actor: Actor) -> list[Pair]:
    """Registrations that look like one person: the same name, or the same telephone; the same employer first."""
    doubled = [_more_than_one(actor, Person.folded_name), _more_than_one(actor, Person.phone)]
    found = _registrations(actor, sa.or_(*doubled))
    pairs = {(one.id, other.id): Pair(one, other, because) for one, other, because in _pairs(found)}
    return sorted(pairs.values(), key=lambda pair: pair.one.organisation_id != pair.other.organisation_id)[:MOST_PAIRS]


def _more_than_one(actor: Actor, column: Any) -> Any:
    counted = (
        sa.select(column)
        .where(visible(actor, Person), Person.anonymised_at.is_(None), ~is_merged(), column != "")
        .group_by(column)
        .having(sa.func.count() > 1)
    )
    return column.in_(counted)


def _pairs(found: list[Registration]) -> Iterator[tuple[Registration, Registration, Any]]:
    """Those with the same telephone first, so that the name, which says more, is what is said of both."""
    for name, because in (("phone", _l("Samme telefon")), ("folded_name", _l("Samme navn"))):
        alike: dict[str, list[Registration]] = defaultdict(list)
        for one in found:
            alike[getattr(one, name)].append(one)
        for key, group in alike.items():
            yield from ((one, other, because) for one, other in combinations(group, 2) if key)


def merges(actor: Actor, person_id: UUID | None = None) -> list[MergeRow]:
    """Who is read as whom; of one person, or all that the actor sees."""
    into = sa.orm.aliased(Person)
    names = [sa.func.trim(each.given_name + " " + each.family_name) for each in (Person, into)]
    query = (
        sa.select(PersonMerge.id, PersonMerge.person_id, PersonMerge.into_id, *names)
        .join(Person, Person.id == PersonMerge.person_id)
        .join(into, into.id == PersonMerge.into_id)
        .where(visible(actor, PersonMerge), PersonMerge.undone_at.is_(None), Person.anonymised_at.is_(None))
        .order_by(into.sort_key, PersonMerge.id)
    )
    if person_id is not None:
        query = query.where(PersonMerge.into_id == person_id)
    return [MergeRow(*row) for row in session().execute(query)]


def person_merge(actor: Actor, person_merge_id: UUID) -> PersonMerge | None:
    """One merge."""
    return session().scalar(
        sa.select(PersonMerge).where(PersonMerge.id == person_merge_id, visible(actor, PersonMerge))
    )
