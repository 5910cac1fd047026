"""How many SQL statements a page costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from secretariat.core import db


@dataclass
class Statements:
    """The statements that ran, in order; BEGIN and the like are not among them."""

    said: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many."""
        return len(self.said)


@contextmanager
def count_statements() -> Iterator[Statements]:
    """Count what the block asks the database."""
    statements = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.said.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)
