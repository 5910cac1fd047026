"""How a decision is referred to: by the number of its item (and its place there), or by the beginning of its words."""

from typing import Any

from secretariat.core.text.document import Document
from secretariat.core.text.language import _
from secretariat.core.text.plain import to_plain
from secretariat.meetings import numbers

SHORT = 180


def item_number(body: Any, item: Any) -> str:
    """The number of an item as its body writes it; empty for one that has none."""
    if item.number is None or item.year is None:
        return ""
    return numbers.written(body, item.year, item.number, item.series)


def decision_number(body: Any, item: Any, ordinal: int) -> str:
    """12/2026, and «12/2026 nr. 2» for the second decision under the item."""
    written = item_number(body, item)
    return _("%(number)s nr. %(ordinal)s", number=written, ordinal=ordinal) if written and ordinal > 1 else written


def shortened(wording: Document) -> str:
    """The beginning of a wording, on one line."""
    words = " ".join(to_plain(wording).split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rsplit(' ', 1)[0]}\u00a0…"
