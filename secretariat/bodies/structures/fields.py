"""One table of a structure file, read key by key; whatever is not as it must be is refused where it stands."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")
Usual = TypeVar("Usual")


class StructureFault(DomainError):
    """The file cannot be used: ``place`` leads to the faulty key, ``reason`` is a sentence a secretary understands."""

    def __init__(self, file: str, place: str, reason: Any) -> None:
        super().__init__(reason)
        self.file, self.place = file, place

    def __str__(self) -> str:
        return ": ".join(str(part) for part in (self.file, self.place, self.reason) if str(part))

    @property
    def fields(self) -> Mapping[str | None, list[Any]]:
        """File, place and reason, wherever it is told."""
        return {None: [str(self)]}


class Fields:
    """The keys of one table; each is taken once, and :meth:`done` refuses those that nobody asked for.

    A table in a list is called by its short name where it has one, otherwise by its number from 1, as in
    ``bodies[ASU].seats[2].party``.
    """

    def __init__(self, table: Any, file: str, place: str = "") -> None:
        self.file, self.place = file, place
        if not isinstance(table, Mapping):
            raise self.fault("", _l("Her skal det stå en tabell med navngitte felt."))
        self._table = dict(table)

    def fault(self, key: str, reason: Any) -> StructureFault:
        """The refusal of this key of this table."""
        return StructureFault(self.file, ".".join(part for part in (self.place, key) if part), reason)

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.optional_text(key)
        if not value:
            raise self.fault(key, _l("Feltet må fylles ut."))
        return value

    def optional_text(self, key: str) -> str:
        """A text, empty when it is not there."""
        return self._take(key, str, _l("Her skal det stå en tekst."), "").strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when it is not there."""
        values = self._take(key, list, _l("Her skal det stå en liste."), [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.fault(key, _l("Listen kan bare ha tekster, og ingen av dem kan være tomme."))
        return tuple(values)

    def yes(self, key: str, *, usual: bool = False) -> bool:
        """True or false."""
        return self._take(key, bool, _l("Her skal det stå true eller false."), usual)

    def day(self, key: str) -> date | None:
        """A date, None when it is not there."""
        return self._take(key, date, _l("Her skal det stå en dato, for eksempel 2021-01-01."), None)

    def number(self, key: str, most: int = 999) -> int | None:
        """A whole number from 1, None when it is not there."""
        value = self._take(key, int, _l("Her skal det stå et helt tall."), None)
        if value is not None and not 1 <= value <= most:
            raise self.fault(key, _l("Tallet må være fra 1 til %(most)s.", most=most))
        return value

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty when it is not there."""
        values = self._take(key, list, _l("Her skal det stå en liste."), [])
        if not all(type(value) is int for value in values):
            raise self.fault(key, _l("Listen kan bare ha hele tall."))
        return tuple(values)

    def choice(self, key: str, kind: type[Choice], *, unknown: Any) -> Choice | None:
        """One of a fixed set of words, None when it is not there; ``unknown`` is said of any other word."""
        value = self.optional_text(key)
        return self._one_of(key, value, kind, unknown) if value else None

    def choices(self, key: str, kind: type[Choice], *, unknown: Any) -> tuple[Choice, ...]:
        """Several of a fixed set of words."""
        return tuple(self._one_of(key, value, kind, unknown) for value in self.texts(key))

    def table(self, key: str) -> "Fields | None":
        """A table within this one, None when it is not there."""
        value = self._table.pop(key, None)
        return None if value is None else Fields(value, self.file, f"{self.place}.{key}".lstrip("."))

    def tables(self, key: str, name: str = "") -> tuple["Fields", ...]:
        """A list of tables; each is called by its field ``name`` in a refusal, or by its number."""
        values = self._take(key, list, _l("Her skal det stå en liste."), [])
        places = (_called(value, name) or str(number) for number, value in enumerate(values, 1))
        return tuple(
            Fields(value, self.file, f"{self.place}.{key}[{place}]".lstrip("."))
            for value, place in zip(values, places, strict=True)
        )

    def all_tables(self) -> dict[str, Mapping[str, Any]]:
        """Every key of this table with the table under it, unread."""
        return {key: Fields(value, self.file, f"{self.place}.{key}")._table for key, value in self._table.items()}

    def fill(self, usual: Mapping[str, Any]) -> None:
        """Let these values stand where the table says nothing itself."""
        self._table = {**usual, **self._table}

    def done(self) -> None:
        """Refuse any key that was not asked for, so a misspelt one is never passed over."""
        for key in self._table:
            raise self.fault(key, _l("Feltet «%(key)s» er ukjent.", key=key))

    def _take(self, key: str, kind: type[Value], reason: Any, usual: Usual) -> Value | Usual:
        if key not in self._table:
            return usual
        value = self._table.pop(key)
        if type(value) is not kind:  # a bool is no number, a time of day no date
            raise self.fault(key, reason)
        return value

    def _one_of(self, key: str, value: str, kind: type[Choice], unknown: Any) -> Choice:
        if value not in list(kind):
            raise self.fault(key, unknown)
        return kind(value)


def _called(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""
