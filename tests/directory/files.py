"""Files of people and organisations as they come: written by Excel, by other programs, and by those who try."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

HEADING = ("Fornavn", "Etternavn", "Tittel", "Organisasjon", "E-post", "Telefon", "Språk")
Table = list[tuple[Any, ...]]


def written(rows: Table, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A text file with these rows."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding)


def workbook(*sheets: Table, merge: str = "") -> bytes:
    """An Excel workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Ark{number}")
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def bomb(unpacked: int = 60 * 1024 * 1024) -> bytes:
    """A small workbook that unpacks to very much."""
    content = io.BytesIO(workbook([HEADING]))
    with ZipFile(content, "a", ZIP_DEFLATED) as container:
        container.writestr("xl/media/big.bin", b"0" * unpacked)
    return content.getvalue()


def people(count: int, place: str, *, first: int = 0, title: str = "rådgiver") -> Table:
    """A heading and so many different people employed in one place."""
    numbers = range(first, first + count)
    return [HEADING, *((f"For{n}", f"Etter{n}", title, place, f"person{n}@import.example", "", "nb") for n in numbers)]
