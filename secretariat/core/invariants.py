"""What must be true of everything that is stored, whoever wrote it and however.

A room declares what it promises beside its tables: ``@checks("ONE_NUMBER", _l("Et saksnummer gis én gang."))`` over a
function that yields a sentence for each breach. The same id stands in the room's docstring, in the constraint or
action that keeps the promise and in the test that tries to break it. ``secretariat verify`` asks them all.

The kernel's own promises stand below: they hold for every table of the house.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from secretariat.core import audit
from secretariat.core.access import AccessGrant
from secretariat.core.db import Base, session
from secretariat.core.text.column import RichText
from secretariat.core.text.document import Document
from secretariat.core.text.identity import find_identity_numbers
from secretariat.core.text.language import _, _l
from secretariat.core.text.plain import to_plain

Check = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Promise:
    """One promise: its id, its sentence, and what looks whether it was kept."""

    id: str
    says: Any
    check: Check


promises: dict[str, Promise] = {}


def checks(id: str, says: Any) -> Callable[[Check], Check]:
    """Declare a promise (``says``, a lazy sentence) over the function that finds its breaches."""

    def declare(check: Check) -> Check:
        if id in promises:
            raise ValueError(f"two promises are named {id}")
        promises[id] = Promise(id, says, check)
        return check

    return declare


# ---- the kernel's own


@checks("TENANCY", _l("Det som hører til ett helsefellesskap, viser bare til noe i det samme helsefellesskapet."))
def references_stay_within() -> Iterator[str]:
    """Every reference of every table leads to a row that is there, in the same partnership."""
    for table in Base.metadata.sorted_tables:
        for reference in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            for key in session().scalars(_leading_nowhere(table, reference)):
                names = ", ".join(reference.column_keys)
                yield _(
                    "%(table)s %(id)s viser til noe som ikke finnes her (%(names)s).", table=table, id=key, names=names
                )
    yield from _doors_into_other_partnerships()


def _leading_nowhere(table: sa.Table, reference: sa.ForeignKeyConstraint) -> sa.Select[Any]:
    there = reference.referred_table.alias("there")
    pairs = [(element.parent, there.c[element.column.name]) for element in reference.elements]
    known = sa.exists().where(*(here == other for here, other in pairs))
    key = next(iter(table.primary_key.columns))
    return sa.select(key).where(*(here.is_not(None) for here, _other in pairs), ~known).order_by(key)


def _doors_into_other_partnerships() -> Iterator[str]:
    for kind in session().scalars(sa.select(AccessGrant.subject_kind).distinct().order_by(AccessGrant.subject_kind)):
        subject = Base.metadata.tables[kind]
        same = sa.and_(subject.c.id == AccessGrant.subject_id, subject.c.partnership_id == AccessGrant.partnership_id)
        astray = sa.select(AccessGrant.id).where(AccessGrant.subject_kind == kind, ~sa.exists().where(same))
        for key in session().scalars(astray.order_by(AccessGrant.id)):
            yield _(
                "Åpningen %(id)s gjelder noe som ikke finnes i samme helsefellesskap (%(kind)s).", id=key, kind=kind
            )


_HASH_OR_KEY = re.compile(r"\b(?:[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")


@checks("NO_IDENTITY_NUMBER", _l("Ingen tekst inneholder et gyldig fødselsnummer eller D-nummer."))
def no_identity_numbers() -> Iterator[str]:
    """Every text of every table, the history of changes included; what was found is not repeated here."""
    for table in Base.metadata.sorted_tables:
        key = next(iter(table.primary_key.columns))
        for column in (column for column in table.columns if _holds_text(column)):
            rows = session().execute(sa.select(key, column).where(column.is_not(None)).execution_options(yield_per=500))
            for found, value in rows:
                if any(find_identity_numbers(_HASH_OR_KEY.sub("", words)) for words in _words(value)):
                    yield _("%(column)s i %(table)s %(id)s.", column=column.name, table=table, id=found)


def _holds_text(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.String | RichText | sa.JSON) and not isinstance(column.type, sa.Enum)


def _words(value: Any) -> Iterator[str]:
    """Every text inside a value of a column."""
    if isinstance(value, Document):
        yield to_plain(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)


@checks("AUDIT_CHAIN", _l("Loggen over hvem som gjorde hva, er hel: ingen linje mangler eller er endret."))
def audit_chains_hold() -> Iterator[str]:
    """Every sealed entry has its number and its hash."""
    for broken in audit.broken_links():
        yield _("Kjeden brister her: %(place)s.", place=broken)
