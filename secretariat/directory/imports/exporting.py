"""The people and organisations of a partnership as a file that Excel opens and that can be read in again."""

import csv
import io
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.directory.imports.columns import COLUMNS, guarded
from secretariat.directory.imports.reading import Cells
from secretariat.directory.merged import is_merged
from secretariat.directory.models import ImportKind, Membership, Organisation, Person
from secretariat.directory.parties import label


def cells(actor: Actor, partnership_id: UUID, kind: ImportKind) -> Cells:
    """The heading and the rows, in the reader's language; no cell is taken for a formula."""
    rows = _people(actor, partnership_id) if kind is ImportKind.PEOPLE else _organisations(actor, partnership_id)
    heading = tuple(str(column.label) for column in COLUMNS[kind])
    return (heading, *(tuple(guarded(str(value or "")) for value in row) for row in rows))


def as_csv(rows: Cells) -> bytes:
    """As Excel in Norway opens it by a double click: semicolons, and a mark that says UTF-8."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def as_workbook(rows: Cells, title: str) -> bytes:
    """One sheet; every cell is text."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _members(partnership_id: UUID) -> sa.Select[Any]:
    return sa.select(Membership.organisation_id).where(Membership.partnership_id == partnership_id)


def _people(actor: Actor, partnership_id: UUID) -> list[tuple[Any, ...]]:
    query = (
        sa.select(Person.given_name, Person.family_name, Person.title, Organisation.name)
        .add_columns(Person.email, Person.phone, Person.language)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(visible(actor, Person), Person.anonymised_at.is_(None), ~is_merged())
        .where(Person.organisation_id.in_(_members(partnership_id)))
        .order_by(Person.sort_key, Person.id)
    )
    return [tuple(row) for row in session().execute(query)]


def _organisations(actor: Actor, partnership_id: UUID) -> list[tuple[Any, ...]]:
    query = (
        sa.select(Organisation.name, Organisation.kind, Organisation.party, Organisation.email)
        .add_columns(sa.func.min(Membership.starts_on))
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(visible(actor, Organisation), visible(actor, Membership), Membership.partnership_id == partnership_id)
        .where(sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= actor.today))
        .group_by(Organisation.id)
        .order_by(Organisation.sort_key, Organisation.id)
    )
    rows = session().execute(query)
    return [(name, kind.word, label(party), email, day.isoformat()) for name, kind, party, email, day in rows]


def sheet_title(kind: ImportKind) -> str:
    """What the sheet and the file are called."""
    return _("Personer") if kind is ImportKind.PEOPLE else _("Organisasjoner")
