"""How migrations reach the database: always through a connection that the command or the test gives."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from secretariat.web.tables import METADATA


def plain_types(kind: str, thing: Any, _context: Any) -> Any:
    """Migrations name database types, never the application's own: they must mean the same in ten years."""
    if kind == "type" and isinstance(thing, sa.TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    compare_type=True,
    render_item=plain_types,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
