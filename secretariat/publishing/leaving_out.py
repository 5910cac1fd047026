"""What the public does not get, said to the secretariat beside the preview."""

from dataclasses import dataclass
from typing import Any

from secretariat.core.text.language import _l
from secretariat.documents.rendering.headings import case_name


@dataclass(frozen=True)
class LeftOut:
    """Something that stays inside, and why."""

    what: Any
    why: Any


def missing_title(written: str) -> Any:
    """An exempt item needs a title of its own for the public: the full one may tell too much."""
    name = case_name(written) or _l("En sak")
    return _l("%(case)s er unntatt offentlighet og mangler offentlig tittel.", case=name)
