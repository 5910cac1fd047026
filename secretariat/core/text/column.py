"""How a document lies in the database: as its canonical JSON."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from secretariat.core.text.document import Document


class RichText(TypeDecorator[Document]):
    """A column that holds a document."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Document | None, dialect: Dialect) -> str | None:
        """Store the canonical form."""
        return None if value is None else value.to_json()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Document | None:
        """What was stored was checked when it was written."""
        return None if value is None else Document.load(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        """Whether there is nothing to store: the same words in blocks with other ids are stored anew."""
        if isinstance(x, Document) and isinstance(y, Document):
            return x.to_json() == y.to_json()
        return bool(x == y)
