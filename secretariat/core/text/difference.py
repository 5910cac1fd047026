"""What changed between two versions of a text, word for word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

from secretariat.core.text.document import Document
from secretariat.core.text.plain import to_plain

Kind = Literal["same", "removed", "added"]
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_LINE = re.compile(r"[^\n]*\n*")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, went out or came in."""

    kind: Kind
    text: str


def difference(before: Document | str, after: Document | str) -> list[Change]:
    """The way from one version to the next: first what went out, then what came in, in reading order."""
    return _joined(_steps(_plain(before), _plain(after)))


def difference_html(before: Document | str, after: Document | str) -> Markup:
    """The difference as `<del class="removed">` and `<ins class="added">`; the page gives them spoken words."""
    return Markup("").join(
        _WRAPPERS[change.kind].format(_with_lines(change.text)) for change in difference(before, after)
    )


_WRAPPERS = {
    "same": Markup("{}"),
    "removed": Markup('<del class="removed">{}</del>'),
    "added": Markup('<ins class="added">{}</ins>'),
}


def _with_lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _plain(text: Document | str) -> str:
    return to_plain(text) if isinstance(text, Document) else text


def _steps(before: str, after: str) -> Iterator[Change]:
    """Line by line first, so that long minutes are compared in a moment; then by words where lines differ."""
    for kind, removed, added in _compared(_LINE.findall(before), _LINE.findall(after)):
        if kind == "equal":
            yield Change("same", removed)
        else:
            yield from _word_steps(removed, added)


def _word_steps(before: str, after: str) -> Iterator[Change]:
    for kind, removed, added in _compared(_WORD.findall(before), _WORD.findall(after)):
        if kind == "equal" and not removed.isspace():
            yield Change("same", removed)
        else:  # a lone space between two changed words belongs to the change
            yield from (Change("removed", removed), Change("added", added))


def _compared(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        yield kind, "".join(before[start:end]), "".join(after[other_start:other_end])


def _joined(steps: Iterable[Change]) -> list[Change]:
    """Neighbouring changes as one: all that went out, then all that came in."""
    changes: list[Change] = []
    for same, group in groupby((step for step in steps if step.text), key=lambda step: step.kind == "same"):
        stretch = list(group)
        kinds: tuple[Kind, ...] = ("same",) if same else ("removed", "added")
        changes += [Change(kind, "".join(step.text for step in stretch if step.kind == kind)) for kind in kinds]
    return [change for change in changes if change.text]
