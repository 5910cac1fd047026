"""Secret words: made-up, unlike anything people write, and each planted in one field of one thing.

They have no vowels, so that no typesetter divides them at the end of a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import sqlalchemy as sa

from secretariat.core.actions import writing
from secretariat.core.text.column import RichText
from secretariat.core.text.markdown import read_markdown

LETTERS = "bcdfghjkmnprstvwxz"
WORD = re.compile(rf"zqxjv[{LETTERS}]{{4}}")

TECHNICAL = {
    "language", "timezone", "room", "uid", "sha256", "mime_type", "owner_kind", "owner_id", "series", "exempt_basis",
    "key", "kind", "email", "to_address", "message_id", "subject_kind", "calendar_method", "failure", "html",
    "text_key",
    "number_prefix", "number_separator", "number_suffix", "manifest_sha256", "edition", "statement", "structure_key",
    "secretariat_email", "filename", "digital_link", "given_name", "family_name", "term_begins", "chair_first",
}  # fmt: skip
"""Columns of text that hold no words of the trade, or that must have a form of their own; those are planted by hand."""

KEPT_ONLY = (
    ".cleared_because", ".wording.because", ".earlier_text.text", ".attachment_name", ".attachment_sha256",
    ".sent_proposal",
)  # fmt: skip
"""What is kept and not shown in this scene: the reason of a clearing or of a second wording, earlier drafts, the name
and the digest of what a mail brought along, the proposal of an item (sending writes the paper's own word over it, which
has its witness). Should it be shown some day, to the wrong ones, it is found all the same.
"""

Roles = frozenset[str]
WITNESSES = ("secretary", "hospital_secretary", "contact", "member", "chair", "deputy", "stranger")


@dataclass(frozen=True)
class Secret:
    """Where a word is planted, and who may see it there."""

    place: str
    seen_by: Roles

    @property
    def witness(self) -> str:
        """The one who must come across it: a word that nobody finds guards nothing."""
        found = next((role for role in WITNESSES if role in self.seen_by), "")
        return "" if self.place.endswith(KEPT_ONLY) else found


@dataclass
class Planting:
    """Stores rows whose every text is a secret word, and remembers whose eyes each word is for."""

    secrets: dict[str, Secret] = field(default_factory=dict)
    fresh: Iterator[str] = field(
        default_factory=lambda: ("zqxjv" + "".join(tail) for tail in product(LETTERS, repeat=4))
    )

    def word(self, place: str, seen_by: Roles) -> str:
        """A new word for one place."""
        word = next(self.fresh)
        self.secrets[word] = Secret(place, seen_by)
        return word

    def hide(
        self, thing: str, kind: type[Any], seen_by: Roles, others: dict[str, Roles] | None = None, /, **values: Any
    ) -> Any:
        """Store a row full of secret words. ``others`` names fields that fewer or more may see than the rest."""
        for column in _texts(kind):
            if column.key not in values:
                word = self.word(f"{thing}.{column.key}", (others or {}).get(column.key, seen_by))
                values[column.key] = read_markdown(word) if isinstance(column.type, RichText) else word
        with writing("factory") as work:
            row = kind(**values)
            work.add(row)
        return row


def _texts(kind: type[Any]) -> list[sa.Column[Any]]:
    return [
        column
        for column in kind.__table__.columns
        if isinstance(column.type, sa.String | RichText)
        and not isinstance(column.type, sa.Enum)
        and column.key not in TECHNICAL
        and not column.key.startswith(("sort_key", "folded"))
    ]
