"""Two registrations that are one person: which of them is read as which."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import Condition
from secretariat.core.db import session
from secretariat.directory.models import Person, PersonMerge


def is_merged(person: Any = Person) -> Condition:
    """The registration is read as another one; lists and pickers leave it out."""
    return sa.exists().where(PersonMerge.person_id == person.id, PersonMerge.undone_at.is_(None))


def read_as(key: Any) -> sa.ColumnElement[Any]:
    """Whom a reference to a person means: the one it was merged into, else the one it says."""
    into = sa.select(PersonMerge.into_id).where(PersonMerge.person_id == key, PersonMerge.undone_at.is_(None))
    return sa.func.coalesce(into.correlate_except(PersonMerge).scalar_subquery(), key)


def merged_into(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of the people who are read as somebody else, and as whom."""
    ids = sorted(person_ids)
    standing = sa.select(PersonMerge.person_id, PersonMerge.into_id).where(PersonMerge.undone_at.is_(None))
    rows = session().execute(standing.where(PersonMerge.person_id.in_(ids))) if ids else ()
    return {row.person_id: row.into_id for row in rows}
