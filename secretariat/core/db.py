"""The database: the base of all rows, one session per piece of work, two engines that behave alike.

A row that belongs to a partnership is :class:`Owned`; its references go through :func:`within`, composite foreign
keys that make a reference into another partnership impossible in the database itself (invariant ``TENANCY``).
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, sessionmaker
from uuid6 import uuid7

from secretariat.core import clock
from secretariat.core.text.column import RichText
from secretariat.core.text.document import Document

BUSY_MILLISECONDS = 5000
RESTED_SECONDS = 5
# Every thread of a server has a connection of its own, and the system keeps the pages of the file anyway.
CACHED_KILOBYTES = 500


class Instant(sa.TypeDecorator[datetime]):
    """An instant in UTC; what comes out is always aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a time without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """SQLite gives a naive value back; it is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sort_text(length: int) -> sa.types.TypeEngine[str]:
    """A text compared code point by code point on both databases: Norwegian sort keys (core.text.sorting)."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def new_id() -> UUID:
    """A new key that sorts by time (UUIDv7, RFC 9562), also used as Noark systemID."""
    return UUID(int=uuid7().int)


class Base(DeclarativeBase):
    """The base of every table: named constraints, typed columns."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        UUID: sa.Uuid(),
        datetime: Instant(),
        Document: RichText(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
        StrEnum: sa.Enum(
            StrEnum,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


class Row(Base):
    """A row with a key of its own, known as soon as the object exists."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)


@event.listens_for(Row, "init", propagate=True)
def _give_id(row: Row, args: tuple[Any, ...], values: dict[str, Any]) -> None:
    values.setdefault("id", new_id())


class Owned(Row):
    """A row that belongs to one partnership."""

    __abstract__ = True

    partnership_id: Mapped[UUID] = mapped_column(sa.ForeignKey("partnership.id"), sort_order=-9)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        return owned()


def owned(*arguments: Any) -> tuple[Any, ...]:
    """The table arguments of an owned table: its own, and the key that composite references point at."""
    return (sa.UniqueConstraint("partnership_id", "id"), *arguments)


def within(column: str, table: str) -> sa.ForeignKeyConstraint:
    """A reference to another row of the same partnership: (partnership_id, column) -> table (partnership_id, id)."""
    return sa.ForeignKeyConstraint(["partnership_id", column], [f"{table}.partnership_id", f"{table}.id"])


class Versioned:
    """A row that people edit for long: each change raises ``version``, and a save says which version it began from."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


writing: ContextVar[bool] = ContextVar("writing", default=False)
_session: ContextVar[Session] = ContextVar("session")
_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False, autoflush=True)


def create_engine(url: str) -> sa.Engine:
    """An engine for SQLite or PostgreSQL with the behaviour the actions rely on."""
    address = sa.make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    # Parameters have names on both databases, so that core.reading may put in what is asked about by its name.
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = sa.create_engine(address, paramstyle="named" if is_sqlite else "pyformat")
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "checkin", _lay_down)
        event.listen(engine, "checkout", _take_up)
    return engine


def _lay_down(_connection: Any, record: Any) -> None:
    record.info["rests_since"] = time.monotonic()


def _take_up(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that has rested for a while may have been cut off and is tried first; to try one that was in use a
    moment ago would take as long as the shortest answer.
    """
    if time.monotonic() - record.info.get("rests_since", math.inf) < RESTED_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.commit()
    except connection.Error as error:
        raise sa.exc.DisconnectionError from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Take transactions out of the driver's hands (it begins too late), switch on what SQLite leaves off."""
    connection.isolation_level = None
    waiting = f"busy_timeout={BUSY_MILLISECONDS}"
    kept = f"cache_size=-{CACHED_KILOBYTES}"
    for pragma in ("foreign_keys=ON", waiting, "journal_mode=WAL", "synchronous=NORMAL", kept):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writing transaction takes the lock at once: reading first and writing later would fail under load."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def bind(engine: sa.Engine) -> None:
    """Let sessions of this process use ``engine``."""
    _sessions.configure(bind=engine)


def engine() -> sa.Engine:
    """The engine this process uses."""
    bound: sa.Engine = _sessions.kw["bind"]
    return bound


def session() -> Session:
    """The session of the current piece of work (a request, a job, a command)."""
    return _session.get()


@contextmanager
def connected() -> Iterator[Session]:
    """Give a piece of work its session; what no action committed is rolled back at the end."""
    with _sessions() as opened:
        token = _session.set(opened)
        try:
            yield opened
        finally:
            _session.reset(token)


CONSTRAINT_REASONS: dict[str, tuple[Any, str | None]] = {}


def explain(constraint: str, reason: Any, field: str | None = None) -> None:
    """Say once, beside the table, what a fired constraint means to the trade and to which field it belongs."""
    CONSTRAINT_REASONS[constraint] = (reason, field)


def fired_constraint(error: sa.exc.IntegrityError) -> str | None:
    """The name of the constraint that spoke; SQLite tells unique ones only by their columns."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        name: str | None = diagnosis.constraint_name
        return name
    kind, _, rest = str(error.orig).partition(" constraint failed: ")
    return _unique_named(rest) if kind == "UNIQUE" else rest or None


def _unique_named(columns: str) -> str | None:
    if columns.startswith("index "):
        return columns.removeprefix("index ").strip("'")
    names = [part.strip().split(".") for part in columns.split(",")]
    table = Base.metadata.tables.get(names[0][0])
    if table is None:
        return None
    wanted = {column for _, column in names}
    uniques: list[Any] = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    uniques += [index for index in table.indexes if index.unique]
    return next((str(u.name) for u in uniques if {c.name for c in u.columns} == wanted), None)
