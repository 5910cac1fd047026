"""When minutes begin."""

from typing import Any


def begin(meeting: Any) -> None:
    """The notice has gone out: the minutes of the meeting can be written."""
