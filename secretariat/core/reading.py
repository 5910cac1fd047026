"""Statements that many pages ask, put into the database's own words once.

To work a statement out takes SQLAlchemy longer than it takes the database to answer it. A :class:`Ready` one is
worked out at its first asking: its SQL stands, and so do the values that do not change.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from secretariat.core.db import session

Turn = Callable[[Any], Any]


class Ready:
    """A select that is worked out once; what differs from time to time is a named parameter, or a list of values."""

    def __init__(self, statement: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._words: dict[Any, Words] = {}

    def rows(self, **asked: Any) -> list[Any]:
        """The answer: a named tuple for each row."""
        work = session()
        work.flush()
        connection = work.connection()
        shape = (connection.dialect.name, *(len(value) for value in asked.values() if isinstance(value, list)))
        words = self._words.get(shape)
        if words is not None:
            return words.read(connection.exec_driver_sql(words.sql, words.values(asked)))
        result = connection.execute(self.statement, asked)
        self._words[shape] = words = _worded(self.statement, result.context, asked)
        return words.read(result)


@dataclass(frozen=True, slots=True)
class Words:
    """A statement as one kind of database is asked it: what stands, what goes in, what comes out."""

    sql: str
    standing: Mapping[str, Any]
    into: Mapping[str, Turn]
    out: Mapping[int, Turn]
    row: type[Any]

    def values(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """All values as the driver takes them; those of a list are numbered."""
        given: dict[str, Any] = {}
        for name, value in asked.items():
            turn = self.into[name]
            if isinstance(value, list):
                given |= {f"{name}_{number}": turn(one) for number, one in enumerate(value, start=1)}
            else:
                given[name] = turn(value)
        return {**self.standing, **given}

    def read(self, result: sa.CursorResult[Any]) -> list[Any]:
        """What came out, each column turned into what it means."""
        columns: list[Sequence[Any]] = list(zip(*result.cursor.fetchall(), strict=True))
        for place, turn in self.out.items() if columns else ():
            columns[place] = tuple(map(turn, columns[place]))
        return list(map(self.row._make, zip(*columns, strict=True)))


def _worded(statement: sa.SelectBase, done: Any, asked: Mapping[str, Any]) -> Words:
    """The words in which a statement has just been asked."""
    dialect, binds = done.dialect, done.compiled.binds
    columns = statement.selected_columns
    into = {name: binds[name].type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for name in asked}
    out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return Words(
        sql=done.statement,
        standing=done.parameters[0],
        into=into,
        out={place: turn for place, turn in enumerate(out) if turn is not None},
        row=_row(tuple(column.key for column in columns)),
    )


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _row(names: tuple[str, ...]) -> type[Any]:
    return namedtuple("Row", names, rename=True)
