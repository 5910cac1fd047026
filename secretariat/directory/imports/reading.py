"""Rows out of a file that somebody sent: CSV as any program writes it, or one sheet of an Excel workbook.

What comes out is text, cell by cell, with its empty rows: the number of a row is the one the sender sees. The file is
never trusted: a workbook is read within limits, and what is not what its name says is refused.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_EMPTY = 5000
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 500

Cells = tuple[tuple[str, ...], ...]

_SEPARATORS = ";\t,"
_WORKBOOK = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"  # an old .xls, and what Office makes of a workbook with a password
_BROKEN = _l("Filen kan ikke leses. Åpne den i Excel, lagre den på nytt og prøv igjen.")


def read(filename: str, content: bytes) -> Cells:
    """The rows of the file, its heading first.

    Raises DomainError at the field ``file`` with what is wrong.
    """
    cells = tuple(_cells(filename, content))
    if sum(1 for row in cells if any(row)) < 2:
        raise _refused(_l("Filen har ingen rader under overskriften."))
    return cells


def _cells(filename: str, content: bytes) -> Iterable[tuple[str, ...]]:
    if not content.strip():
        raise _refused(_l("Filen er tom."))
    if len(content) > LARGEST:
        raise _refused(_l("Filen er for stor. Den kan være på høyst 10 MB."))
    if content.startswith(_COMPOUND):
        raise _refused(_l("Filen har passord, eller den er i et eldre Excel-format. Lagre den som .xlsx uten passord."))
    is_workbook = content.startswith(_WORKBOOK)
    if is_workbook != filename.lower().endswith(".xlsx"):
        raise _refused(_l("Innholdet er et annet enn navnet på filen sier. Lagre den som .xlsx eller .csv."))
    return _workbook(content) if is_workbook else _table(_decoded(content))


def _refused(reason: Any) -> DomainError:
    return DomainError(reason, "file")


def too_many() -> DomainError:
    """More rows than are read at a time."""
    return _refused(_l("Filen har for mange rader. Høyst %(most)s leses om gangen: del den i flere.", most=MOST_ROWS))


# ---- CSV


def _decoded(content: bytes) -> str:
    """The text, whichever of the usual ways it was written in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise _refused(_l("Dette er verken en Excel-fil eller en tekstfil."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _table(text: str) -> Iterator[tuple[str, ...]]:
    separator = _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from _counted(tuple(cell.strip() for cell in row[:MOST_COLUMNS]) for row in rows)
    except csv.Error as error:
        raise _refused(_l("Rad %(row)s kan ikke leses: et anførselstegn mangler.", row=rows.line_num)) from error


def _separator(text: str) -> str:
    """What stands most often in the heading; Excel here writes semicolons."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=heading.count)


def _counted(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows, as long as they are not too many: empty ones count apart, a sheet may end with thousands."""
    filled = empty = 0
    for row in rows:
        filled, empty = (filled + 1, empty) if any(row) else (filled, empty + 1)
        if filled > MOST_ROWS + 1:
            raise too_many()
        if empty > MOST_EMPTY:
            return
        yield row


# ---- Excel


def _workbook(content: bytes) -> tuple[tuple[str, ...], ...]:
    _look_inside(content)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = {sheet.title: _sheet(sheet) for sheet in book.worksheets}
    except DomainError:
        raise
    except Exception as error:  # whatever a broken workbook makes the library raise
        raise _refused(_BROKEN) from error
    filled = {title: rows for title, rows in sheets.items() if any(map(any, rows))}
    if len(filled) > 1:
        names = ", ".join(filled)
        raise _refused(_l("Filen har flere ark (%(names)s). Lagre det du vil lese inn, i en egen fil.", names=names))
    return next(iter(filled.values()), ())


def _look_inside(content: bytes) -> None:
    """How much it unpacks to, and whether it has what cannot be read row by row, before anything is unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as container:
            parts = container.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _refused(_l("Filen er for stor når den pakkes ut."))
            if any(part.flag_bits & 1 for part in parts):
                raise _refused(_l("Filen har passord. Lagre den uten."))
            sheets = [p for p in parts if p.filename.startswith("xl/worksheets/") and p.filename.endswith(".xml")]
            if any(b"<mergeCell " in container.read(part) for part in sheets):
                raise _refused(_l("Arket har celler som er slått sammen. Del dem opp, så hver rad står for seg."))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise _refused(_BROKEN) from broken


def _sheet(sheet: Any) -> tuple[tuple[str, ...], ...]:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    return tuple(_counted(tuple(_written(value) for value in row) for row in rows))


def _written(value: Any) -> str:
    """A cell as text: a number without its decimals when it has none, a day as a day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
