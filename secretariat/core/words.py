"""States and kinds that carry their own word on the screen."""

from enum import StrEnum
from typing import Any, Self


class Worded(StrEnum):
    """A member is written ``NAME = "value", _l("ord på skjermen")``: stored by value, shown by ``word``."""

    word: Any

    def __new__(cls, value: str, word: Any) -> Self:
        """Keep the word beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.word = word
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        """Every member as (value, word), for a select field."""
        return [(member.value, member.word) for member in cls]
