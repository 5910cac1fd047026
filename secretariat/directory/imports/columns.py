"""What the columns of a file are called, in any language and order, and what may stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from secretariat.core.errors import DomainError, Hindered
from secretariat.core.text.language import LANGUAGES, _l, use_language
from secretariat.core.text.sorting import folded
from secretariat.directory.imports.reading import MOST_ROWS, Cells, too_many
from secretariat.directory.models import ImportKind, OrganisationKind
from secretariat.directory.parties import Party, label

MOST_REASONS = 50
_FORMULA = ("=", "+", "-", "@")
_FAULTS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


@dataclass(frozen=True)
class Column:
    """A column: its heading as we write it, what others call it, and whether a file must have it."""

    name: str
    label: Any
    others: tuple[str, ...] = ()
    required: bool = False


COLUMNS = {
    ImportKind.PEOPLE: (
        Column("given_name", _l("Fornavn"), ("førenamn", "first name"), required=True),
        Column("family_name", _l("Etternavn"), ("last name", "surname"), required=True),
        Column("title", _l("Stilling"), ("tittel", "title", "rolle", "stillingstittel", "job title")),
        Column("organisation", _l("Organisasjon"), ("arbeidsgiver", "arbeidsgivar", "kommune", "employer"), True),
        Column("email", _l("E-post"), ("epostadresse", "mail", "email address")),
        Column("phone", _l("Telefon"), ("mobil", "mobiltelefon", "tlf", "telefonnummer", "mobile")),
        Column("language", _l("Språk"), ("målform",)),
    ),
    ImportKind.ORGANISATIONS: (
        Column("name", _l("Navn"), ("organisasjon", "organisation"), required=True),
        Column("kind", _l("Type"), ("slag", "kind"), required=True),
        Column("party", _l("Part"), ("side",), required=True),
        Column("email", _l("E-post til postmottak"), ("epost", "email", "epostadresse", "postmottak", "mail")),
        Column("starts_on", _l("Med i samarbeidet fra"), ("fra", "frå", "med fra", "med frå", "from")),
    ),
}

_LANGUAGE_NAMES = {
    "nb": "nb", "bokmål": "nb", "norsk": "nb", "nn": "nn", "nynorsk": "nn",
    "en": "en", "engelsk": "en", "english": "en",
}  # fmt: skip

Row = dict[str, Any]


def key(text: str) -> str:
    """A heading or a word as it is compared: letters and digits only, «E-post» is «epost»."""
    return "".join(letter for letter in folded(text) if letter.isalnum())


def understood(kind: ImportKind, cells: Cells) -> tuple[list[Row], list[str]]:
    """What each row says under the headings we know, and the headings that we do not know.

    Raises DomainError when a heading is missing or stands twice, or when there are too many rows.
    """
    numbered = [(number, row) for number, row in enumerate(cells, 1) if any(row)]
    if not numbered:
        raise DomainError(_l("Filen er tom."), "file")
    if len(numbered) > MOST_ROWS + 1:
        raise too_many()
    places, left_out = _places(kind, numbered[0][1])
    _demand_plain(numbered)
    return [_row(number, row, places) for number, row in numbered[1:]], left_out


def _row(number: int, row: tuple[str, ...], places: dict[str, int]) -> Row:
    values = {name: row[place] if place < len(row) else "" for name, place in places.items()}
    return {"number": number} | {name: _without_guard(value) for name, value in values.items()}


def _without_guard(value: str) -> str:
    """What was written for Excel not to reckon (``guarded``) is read as it was."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(_FORMULA) else value


def guarded(value: str) -> str:
    """A value that no spreadsheet takes for a formula, and that is read in again as it was."""
    looks_guarded = value.startswith("'") and value.lstrip("'").startswith(_FORMULA)
    return f"'{value}" if looks_guarded or _reckons(value) else value


def _reckons(value: str) -> bool:
    """Whether a spreadsheet would reckon with it; a telephone number is only digits."""
    is_number = value.startswith("+") and value[1:].replace(" ", "").isdecimal()
    return value.startswith(_FORMULA) and not is_number


def _demand_plain(numbered: list[tuple[int, tuple[str, ...]]]) -> None:
    """No cell holds a formula or what came of a broken one."""
    found = [(number, cell) for number, row in numbered for cell in row if cell in _FAULTS or _reckons(cell)]
    if found:
        raise Hindered(
            _l("Rad %(row)s: «%(cell)s» er en formel. Skriv det som skal stå der.", row=number, cell=cell[:50])
            for number, cell in found[:MOST_REASONS]
        )


def _places(kind: ImportKind, heading: tuple[str, ...]) -> tuple[dict[str, int], list[str]]:
    known = {word: column.name for column in COLUMNS[kind] for word in _headings(column)}
    places: dict[str, int] = {}
    left_out = []
    for place, words in enumerate(heading):
        name = known.get(key(words))
        if name in places:
            raise DomainError(_l("To kolonner heter det samme: %(names)s.", names=words), "file")
        if name is not None:
            places[name] = place
        elif words:
            left_out.append(words[:100])
    _demand_all(kind, places)
    return places, left_out


def _headings(column: Column) -> Iterator[str]:
    yield key(column.name)
    for code in LANGUAGES:
        with use_language(code):
            yield key(str(column.label))
    yield from map(key, column.others)


def _demand_all(kind: ImportKind, places: dict[str, int]) -> None:
    missing = [column for column in COLUMNS[kind] if column.required and column.name not in places]
    if missing:
        names = ", ".join(f"«{column.label}»" for column in missing)
        raise DomainError(_l("Filen mangler kolonner: %(names)s.", names=names), "file")


# ---- words for what is one of several


def words_for(kind: ImportKind) -> dict[str, list[str]]:
    """What may stand in the columns that hold one of several, by the column's name."""
    if kind is ImportKind.PEOPLE:
        return {"language": ["bokmål", "nynorsk", "engelsk"]}
    return {"kind": [str(each.word) for each in OrganisationKind], "party": [str(label(party)) for party in Party]}


def read_kind(words: str) -> OrganisationKind | None:
    """The sort of organisation, by its word in any language."""
    return _kinds().get(key(words))


def read_party(words: str) -> Party | None:
    """The party, by its letter or its name in any language."""
    return _parties().get(key(words))


def read_language(words: str) -> str | None:
    """The language, by its code or its name."""
    return _LANGUAGE_NAMES.get(key(words))


@cache
def _kinds() -> dict[str, OrganisationKind]:
    return {name: kind for kind in OrganisationKind for name in _in_all_languages(kind.value, kind.word)}


@cache
def _parties() -> dict[str, Party]:
    return {name: party for party in Party for name in _in_all_languages(party.value, label(party))}


def _in_all_languages(*names: Any) -> Iterator[str]:
    for code in LANGUAGES:
        with use_language(code):
            yield from [key(str(name)) for name in names]
