"""What the house holds on a person, gathered from every room: each answers the asks ``roles_of`` and ``held_on`` for
its own tables, in a module ``holding``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import Condition, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.models import Organisation, Person, PersonMerge

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True)
class Held:
    """One thing that is held: what sort of thing, when it was or began, and what it says."""

    person_id: UUID
    what: Any
    says: Any
    day: date | datetime | None = None
    until: date | None = None


@dataclass(frozen=True)
class Group:
    """All of one sort, the newest first."""

    what: Any
    rows: list[Held]


def grouped(held: Iterable[Held], *person_ids: UUID) -> list[Group]:
    """What is held on these registrations, sort by sort, in the order of the rooms."""
    groups: dict[str, Group] = {}
    for one in held:
        if one.person_id in person_ids:
            groups.setdefault(str(one.what), Group(one.what, [])).rows.append(one)
    return list(groups.values())


Spell = tuple[UUID, date | None]
"""A person and the last day of something; none while it lasts."""


@dataclass(frozen=True)
class Forgotten:
    """Whom the house is to forget: every registration, and what they were called and reached by."""

    ids: tuple[UUID, ...]
    words: tuple[str, ...]
    emails: tuple[str, ...]
    called: str

    def stands_in(self, *columns: Any) -> Condition:
        """One of the columns holds a name, an address or a number of theirs."""
        return sa.or_(*(column.contains(word, autoescape=True) for column in columns for word in self.words))


def last_day(person_id: Any, ends_on: Any, people: sa.Select[Any]) -> Iterator[Spell]:
    """The last day that anybody has in a column; none while one of them is open."""
    still = sa.func.max(sa.case((ends_on.is_(None), 1), else_=0))
    query = sa.select(person_id, still, sa.func.max(ends_on)).where(person_id.in_(people)).group_by(person_id)
    for key, lasts, day in session().execute(query):
        yield key, None if lasts else day


def told(what: Any, query: sa.Select[*tuple[Any, ...]], write: Callable[[Any], Any]) -> Iterator[Held]:
    """A thing for each row of a query that names its ``person_id``, and its ``day`` and ``until`` where it has them."""
    for row in session().execute(query):
        yield Held(row.person_id, what, write(row), getattr(row, "day", None), getattr(row, "until", None))


def seen_by(reader: Actor | None, model: Any) -> Condition:
    """What a secretary who answers for the person may see; the person sees all that is held."""
    return sa.true() if reader is None else visible(reader, model)


def joined(*words: Any) -> str:
    """What there is of the words, one after the other."""
    return " · ".join(str(word) for word in words if word)


def held_on(person_ids: Sequence[UUID], _reader: Actor | None) -> Iterator[Held]:
    """The registered details, and that a registration was merged into another."""
    query = (
        sa.select(Person, sa.func.coalesce(Organisation.name, ""))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id.in_(person_ids))
        .order_by(Person.id)
    )
    for person, organisation in session().execute(query):
        yield from _details(person, organisation)
    standing = sa.select(PersonMerge.person_id, PersonMerge.created_at, PersonMerge.undone_at)
    for person_id, moment, undone in session().execute(standing.where(PersonMerge.person_id.in_(person_ids))):
        says = _l("Slått sammen, og skilt igjen") if undone else _l("Lest som den samme som en annen registrering")
        yield Held(person_id, _l("Sammenslåing"), says, moment)


def _details(person: Person, organisation: str) -> Iterator[Held]:
    facts = (
        (_l("Navn"), person.name),
        (_l("Stilling"), person.title),
        (_l("Organisasjon"), organisation),
        (_l("E-post"), person.email),
        (_l("Telefon"), person.phone),
        (_l("Språk"), LANGUAGE_NAMES.get(person.language)),
        (_l("Nyheter på e-post"), person.notification.word),
    )
    for name, value in facts:
        if value:
            yield Held(person.id, _l("Registrerte opplysninger"), _l("%(name)s: %(value)s", name=name, value=value))
    yield Held(person.id, _l("Registrerte opplysninger"), _l("Registrert"), person.created_at)
