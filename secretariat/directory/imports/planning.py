"""What becomes of a row of a file of people or organisations; nothing is changed here.

A person is known by the e-mail address, else by name and employer; an organisation by its name. An empty cell leaves
what stands. However many rows there are, the statements are as many.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID

from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.directory.imports.columns import COLUMNS
from secretariat.directory.models import ImportKind


class What(Worded):
    """What becomes of a row."""

    WRONG = "wrong", _l("Feil")
    NEW = "new", _l("Ny")
    JOINS = "joins", _l("Blir med i samarbeidet")
    CHANGED = "changed", _l("Endres")
    SAME = "same", _l("Uendret")


@dataclass(frozen=True)
class Change:
    """A field that gets another value."""

    label: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class Planned:
    """What becomes of one row; ``values`` is what is to be stored, by attribute."""

    number: int
    name: str
    place: Any = ""
    what: What = What.NEW
    reason: Any = ""
    changes: tuple[Change, ...] = ()
    subject_id: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def wrong(self, reason: Any) -> Self:
        """The same row, which cannot be carried out."""
        return replace(self, what=What.WRONG, reason=reason, values={})


def reason_in(kind: ImportKind, error: DomainError) -> Any:
    """The first thing that is wrong with a row's texts, under the name of its column."""
    names = {column.name: column.label for column in COLUMNS[kind]} | {"organisation_id": _l("Organisasjon")}
    name, reasons = next(iter(error.fields.items()))
    return _l("%(column)s: %(reason)s", column=names.get(name or "", ""), reason=reasons[0])


def heading(kind: ImportKind, name: str) -> Any:
    """What the column of an attribute is called."""
    return next(column.label for column in COLUMNS[kind] if column.name == name)
