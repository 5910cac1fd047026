"""Bringing the database to the shape this version needs, and telling whether it has it."""

from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from secretariat.core import db
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.web.places import migrations_folder
from secretariat.web.tables import METADATA


def _config(connection: sa.Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Run the migrations up to ``revision``."""
    from alembic import command

    token = db.writing.set(True)
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), revision)
    finally:
        db.writing.reset(token)


def downgrade(engine: sa.Engine, revision: str = "-1") -> None:
    """Undo the newest migration, or all down to ``revision``."""
    from alembic import command
    from alembic.util import CommandError

    token = db.writing.set(True)
    try:
        with engine.begin() as connection:
            command.downgrade(_config(connection), revision)
    except CommandError as error:
        raise DomainError(_l("Databasen kan ikke tas tilbake til «%(revision)s».", revision=revision)) from error
    finally:
        db.writing.reset(token)


def drift(engine: sa.Engine) -> list[str]:
    """Every difference between the database and what the models say; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _ours})
        return [str(difference) for difference in compare_metadata(context, METADATA)]


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    return not (kind == "table" and name == "alembic_version")


def is_current(engine: sa.Engine) -> bool:
    """Whether the newest migration has been run."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with engine.connect() as connection, suppress(sa.exc.OperationalError):
        newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == newest
    return False
