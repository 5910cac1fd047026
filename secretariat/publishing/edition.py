"""The public edition: everything the public gets to see of a meeting, and nothing else.

Page, PDF, calendar and feed are all made from it, and it is what a publication keeps; so what never came into it cannot
come out (invariant ``NO_EXEMPT_IN_PUBLIC``). Of an exempt item it holds number, public title and legal basis.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, time
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from secretariat.core.text.document import Document


@dataclass(frozen=True)
class Section:
    """A part of a text under its heading."""

    heading: str
    text: Document


@dataclass(frozen=True)
class File:
    """An open attachment; it travels inside the PDF."""

    title: str
    filename: str
    mime_type: str
    sha256: str


@dataclass(frozen=True)
class Outcome:
    """What the body decided: the kind and the words, and where the parties stood if they did not agree."""

    kind: str
    text: Document
    positions: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Addition:
    """Protokolltilførsel: what somebody asked to have written down, under that name."""

    name: str
    text: str


@dataclass(frozen=True)
class Item:
    """A line of the agenda with what was laid before the body, or a line of the minutes with what came of it."""

    number: str
    title: str
    kind: str
    heading: bool = False
    withdrawn: bool = False
    exempt_basis: str = ""
    clock: time | None = None
    presenter: str = ""
    raised_by: str = ""
    language: str = ""
    proposal: Document = field(default_factory=Document.empty)
    sections: tuple[Section, ...] = ()
    files: tuple[File, ...] = ()
    text: Document = field(default_factory=Document.empty)
    outcomes: tuple[Outcome, ...] = ()
    next_steps: tuple[str, ...] = ()
    stepped_aside: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()


@dataclass(frozen=True)
class Attendee:
    """One who was there, or was not: never an address or a number."""

    name: str
    title: str
    organisation: str
    remark: str = ""


@dataclass(frozen=True)
class Group:
    """Those present from one party, or the secretariat."""

    party: str
    people: tuple[Attendee, ...]


@dataclass(frozen=True)
class Correction:
    """A dated addition to approved minutes."""

    day: date
    text: str


@dataclass(frozen=True)
class Edition:
    """A meeting as the public sees it. It has no link to the digital meeting and no practical notes to those called."""

    language: str
    partnership: str
    body: str
    body_short: str
    word: str
    title: str
    day: date
    starts: time
    ends: time
    timezone: str
    place: str
    form: str
    cancelled: bool
    items: tuple[Item, ...]
    present: tuple[Group, ...] = ()
    absent: tuple[Attendee, ...] = ()
    missing: tuple[Attendee, ...] = ()
    approved_on: date | None = None
    approved_by: str = ""
    corrections: tuple[Correction, ...] = ()


def to_content(value: Any) -> Any:
    """The edition as the JSON that a publication keeps."""
    if isinstance(value, Document):
        return value.to_json()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_content(one) for one in value]
    if is_dataclass(value):
        return {one.name: to_content(getattr(value, one.name)) for one in fields(value)}
    return value


def from_content(content: dict[str, Any]) -> Edition:
    """The edition that a publication keeps."""
    edition: Edition = _built(Edition, content)
    return edition


def _built(kind: Any, value: Any) -> Any:
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], one) for one in value)
    if get_origin(kind) is UnionType:
        return None if value is None else _built(get_args(kind)[0], value)
    if kind is Document:
        return Document.load(value)
    if kind in (date, time):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _record(kind: type, content: dict[str, Any]) -> Any:
    return kind(**{name: _built(_hints(kind)[name], one) for name, one in content.items()})
