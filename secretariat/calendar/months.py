"""A year's meetings under their months."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from secretariat.core.text.language import _l

MONTHS = (
    _l("Januar"),
    _l("Februar"),
    _l("Mars"),
    _l("April"),
    _l("Mai"),
    _l("Juni"),
    _l("Juli"),
    _l("August"),
    _l("September"),
    _l("Oktober"),
    _l("November"),
    _l("Desember"),
)


def by_month(meetings: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """The meetings under «September 2026», the earliest first."""
    ordered = sorted(meetings, key=lambda each: (each.day, each.starts_at, each.id))
    return [(_name(first), list(rows)) for first, rows in groupby(ordered, key=lambda each: each.day.replace(day=1))]


def _name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"
