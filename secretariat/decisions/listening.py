"""What becomes of decisions when a meeting closes and when its minutes are approved."""

from collections.abc import Iterable
from typing import Any


def put_in_force(meeting: Any) -> None:
    """The meeting has been held: its decisions and tasks are in force."""


def confirm(minutes: Any) -> None:
    """The minutes are approved: the decisions are confirmed."""


def open_decisions_text(item: Any) -> Iterable[Any]:
    """What the standing item «oppfølging» says by itself."""
    return ()
