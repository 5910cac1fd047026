"""The day that a page of bodies or organisations is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from secretariat.core import clock
from secretariat.core.dates import DateRefused, parse_date


@dataclass(frozen=True)
class AskedDay:
    """The day a page is asked for; today when none is, or when what was typed is no day (then with the reason)."""

    day: date
    typed: str = ""
    reason: Any = ""

    @classmethod
    def from_address(cls) -> "AskedDay":
        """The day that stands in the address."""
        typed = request.args.get("dato", "").strip()
        try:
            return cls(parse_date(typed) if typed else clock.today(), typed)
        except DateRefused as refused:
            return cls(clock.today(), typed, refused.reason)

    @property
    def status(self) -> int:
        """The page's HTTP status."""
        return 422 if self.reason else 200
