"""How a body writes the numbers of its cases: 12/2026, 01-21, 2014/15, PS 49/17, 15/2019 LEV."""

from typing import Any


def written(body: Any, year: int, number: int, series: str = "") -> str:
    """A number by the body's pattern (a row of it, or a form with the same names); a series stands for the prefix."""
    count = str(number).zfill(body.number_digits)
    of_year = f"{year % 100:02}" if body.year_digits == 2 else str(year)
    parts = (of_year, count) if body.year_first else (count, of_year)
    words = (series or body.number_prefix, body.number_separator.join(parts), body.number_suffix)
    return " ".join(word for word in words if word)
