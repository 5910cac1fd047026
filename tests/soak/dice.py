"""Something for every field of every verb, by its type: mostly what somebody could mean, now and then nonsense."""

import random
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import Condition
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.web.tables import METADATA

WORDS = ("", "nb", "Sak om akuttmottak", "Kari Nordmann", "2", "kari.nordmann@steinkjer.example", "M", "Europe/Oslo")
PROSE = ("", "Utvalget slutter seg til forslaget.", "* Ett\n* To")
NUMBERS = (-1, 0, 1, 2, 5, 14, 90)
DAYS = (-400, -30, -1, 0, 0, 1, 30, 55, 400)
MEANT = {
    "absorbed": "body",
    "agenda": "meeting",
    "agreement": "agreement",
    "appointment": "appointment",
    "before": "agenda_item",
    "body": "body",
    "decision": "decision",
    "item": "agenda_item",
    "lines": "implementation",
    "member": "organisation",
    "nomination": "nomination",
    "office": "office",
    "organisation": "organisation",
    "parent": "body",
    "participant": "participant",
    "partnership": "partnership",
    "person": "person",
    "region": "region",
    "replies": "meeting",
    "represented": "organisation",
    "seat": "seat",
    "successor": "body",
    "tasks": "task",
    "treatment": "treatment",
}
"""What a field is the id of, by a word of its name; those that say nothing are taken to mean people."""


class Dice:
    """One throw after another; the same seed gives the same throws."""

    def __init__(self, seed: int) -> None:
        self.throw = random.Random(seed)  # noqa: S311 - a test's dice

    def chance(self, share: float) -> bool:
        """Yes, in so many cases of all."""
        return self.throw.random() < share

    def row_of(self, table: str, *where: Condition) -> UUID:
        """One of such rows of a table; where there is none, something that does not exist."""
        key = METADATA.tables[table].c.id
        ids = session().scalars(sa.select(key).where(*where).order_by(key)).all()
        return self.throw.choice(ids) if ids else uuid4()

    def given(self, kind: type[Any]) -> Any:
        """An input of this kind; what may be left out is so now and then."""
        hints = get_type_hints(kind, include_extras=True)
        chosen = [field.name for field in fields(kind) if _is_needed(field) or self.chance(0.65)]
        return kind(**{name: self.value(hints[name], name) for name in chosen})

    def value(self, hint: Any, name: str) -> Any:
        """Something of this type."""
        origin, parts = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self.value(parts[0], name)
        if origin is Literal:
            return self.throw.choice(parts)
        if origin in (Union, UnionType):
            return self.value(self.throw.choice(parts), name)
        if origin is tuple:
            return tuple(self._several(parts, name))
        return self._single(hint, name)

    def _several(self, parts: tuple[Any, ...], name: str) -> Iterator[Any]:
        ends = parts[-1] is not Ellipsis
        for part in parts if ends else parts[:1] * self.throw.randint(0, 3):
            yield self.value(part, name)

    def _single(self, hint: Any, name: str) -> Any:
        if hint in MAKERS:
            return MAKERS[hint](self, name)
        if issubclass(hint, Enum):
            return self.throw.choice(list(hint))
        assert is_dataclass(hint), f"no dice for {hint} of {name}"
        return self.given(hint)

    def id_named(self, name: str) -> UUID:
        """An id of what the field speaks of, seldom of nothing at all."""
        word = max((word for word in MEANT if word in name), key=len, default="person")
        return self.row_of(MEANT[word]) if self.chance(0.95) else uuid4()


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


MAKERS: dict[Any, Callable[[Dice, str], Any]] = {
    type(None): lambda _dice, _name: None,
    bool: lambda dice, _name: dice.chance(0.5),
    int: lambda dice, _name: dice.throw.choice(NUMBERS),
    str: lambda dice, _name: dice.throw.choice(WORDS),
    date: lambda dice, _name: clock.today() + timedelta(days=dice.throw.choice(DAYS)),
    time: lambda dice, _name: time(dice.throw.randint(0, 23)),
    UUID: Dice.id_named,
    Document: lambda dice, _name: read_markdown(dice.throw.choice(PROSE)),
}
