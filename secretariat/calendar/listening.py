"""What the calendar does when meetings change."""

from typing import Any


def write_components(meeting: Any) -> None:
    """Write the meeting's components anew."""
