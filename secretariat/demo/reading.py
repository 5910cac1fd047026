"""Reads the content of the demonstration; what is unknown, missing or unresolved stops it with file and key."""

import tomllib
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from secretariat.demo.collaboration import PartyMeeting, Relay, WorkingGroup
from secretariat.demo.records import (
    SECTIONS,
    Body,
    Case,
    DemoContent,
    Group,
    Meeting,
    Organisation,
    Person,
    Vacancy,
)
from secretariat.demo.references import ContentError, check

__all__ = ["CONTENT", "ContentError", "read_content"]

CONTENT = Path(__file__).with_name("content")
FENCE = "+++"
Row = TypeVar("Row")


def read_content(folder: Path = CONTENT) -> DemoContent:
    """The whole content of the demonstration, every reference checked."""
    content = DemoContent(
        organisations=_rows(folder / "organisations.toml", "organisations", Organisation),
        groups=_rows(folder / "organisations.toml", "groups", Group),
        bodies=_rows(folder / "bodies.toml", "bodies", Body),
        vacancies=_rows(folder / "bodies.toml", "vacancies", Vacancy),
        people=_rows(folder / "people.toml", "people", Person),
        cases=tuple(_case(path) for path in sorted((folder / "cases").glob("*.md"))),
        meetings=_meetings(folder / "meetings"),
        relays=_rows(folder / "collaboration.toml", "relays", Relay),
        working_groups=_rows(folder / "collaboration.toml", "working_groups", WorkingGroup),
        party_meetings=_rows(folder / "collaboration.toml", "party_meetings", PartyMeeting),
    )
    check(content)
    return content


def _rows(path: Path, table: str, kind: type[Row]) -> tuple[Row, ...]:
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    return tuple(_build(kind, row, f"{path.name}: {_label(row, str(number))}") for number, row in enumerate(rows, 1))


def _meetings(folder: Path) -> tuple[Meeting, ...]:
    meetings = [
        _build(Meeting, tomllib.loads(path.read_text(encoding="utf-8")), path.name) for path in folder.glob("*.toml")
    ]
    return tuple(sorted(meetings, key=lambda meeting: meeting.days_from_today))


def _case(path: Path) -> Case:
    """A case file: facts between two fences, then one heading for each section of the paper."""
    before, *rest = path.read_text(encoding="utf-8").split(f"{FENCE}\n", 2)
    if before or len(rest) != 2:
        raise ContentError(path.name, f"must begin with facts between two lines of {FENCE}")
    facts = tomllib.loads(rest[0])
    case: Case = _build(Case, {**facts, "sections": _sections(rest[1], path.name)}, path.name)
    return case


def _sections(text: str, where: str) -> dict[str, str]:
    sections: dict[str, str] = {}
    for part in f"\n{text.strip()}".split("\n# ")[1:]:
        heading, _, body = part.partition("\n")
        if heading not in SECTIONS or heading in sections:
            raise ContentError(where, f"unknown or repeated section '{heading}'")
        sections[heading] = body.strip()
    return sections


def _label(row: dict[str, Any], otherwise: str) -> str:
    return str(row.get("key") or row.get("short") or row.get("seat") or otherwise)


def _build(kind: Any, value: Any, where: str) -> Any:
    """The value as the kind asked for; records and lists are built from the inside out."""
    if is_dataclass(kind):
        return _record(kind, value, where)
    if get_origin(kind) is UnionType:
        return _build(get_args(kind)[0], value, where)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_build(get_args(kind)[0], one, f"{where}[{number}]") for number, one in enumerate(value, 1))
    if get_origin(kind) is dict and isinstance(value, dict):
        of_key, of_value = get_args(kind)
        return {_build(of_key, name, where): _build(of_value, one, f"{where}.{name}") for name, one in value.items()}
    if issubclass(kind, StrEnum):
        return _word(kind, value, where)
    if type(value) is not kind:
        raise ContentError(where, f"expected {kind}, found {value!r}")
    return value.strip() if isinstance(value, str) else value


def _word(kind: type[StrEnum], value: Any, where: str) -> StrEnum:
    if value not in [word.value for word in kind]:
        raise ContentError(where, f"{kind.__name__} has no word '{value}'")
    return kind(value)


def _record(kind: Any, table: Any, where: str) -> Any:
    if not isinstance(table, dict):
        raise ContentError(where, f"expected a table, found {table!r}")
    known = {field.name: field for field in fields(kind)}
    if unknown := sorted(set(table) - set(known)):
        raise ContentError(where, f"unknown field '{unknown[0]}'")
    required = {name for name, field in known.items() if field.default is MISSING and field.default_factory is MISSING}
    if missing := sorted(required - set(table)):
        raise ContentError(where, f"field '{missing[0]}' is missing")
    hints = get_type_hints(kind)
    return kind(**{name: _build(hints[name], value, f"{where}.{name}") for name, value in table.items()})
