"""Two registrations that are one person: which of them is read as which."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition
from secretariat.directory.models import Person, PersonMerge


def is_merged(person: Any = Person) -> Condition:
    """The registration is read as another one; lists and pickers leave it out."""
    return sa.exists().where(PersonMerge.person_id == person.id, PersonMerge.undone_at.is_(None))


def read_as(key: Any) -> sa.ColumnElement[Any]:
    """Whom a reference to a person means: the one it was merged into, else the one it says."""
    into = sa.select(PersonMerge.into_id).where(PersonMerge.person_id == key, PersonMerge.undone_at.is_(None))
    return sa.func.coalesce(into.correlate_except(PersonMerge).scalar_subquery(), key)
