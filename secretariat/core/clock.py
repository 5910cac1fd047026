"""The only clock. Tests, the demo and ``SECRETARIAT_CLOCK`` may set it; nothing else asks the machine for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_shift: ContextVar[timedelta | None] = ContextVar("clock_shift", default=None)
_installation_shift = timedelta(0)


def now() -> datetime:
    """This instant, in UTC."""
    own = _shift.get()
    return datetime.now(UTC) + (_installation_shift if own is None else own)


def today() -> date:
    """Today's date on a Norwegian wall."""
    return now().astimezone(OSLO).date()


def is_today(instant: datetime) -> bool:
    """Whether it was, or will be, today."""
    return instant.astimezone(OSLO).date() == today()


def start_at(instant: datetime) -> None:
    """Let the whole installation's clock show ``instant`` from now on (it keeps ticking)."""
    global _installation_shift
    _installation_shift = instant - datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let the clock show ``instant`` inside the block; it keeps ticking from there."""
    token = _shift.set(instant - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
