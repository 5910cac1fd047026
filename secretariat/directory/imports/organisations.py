"""What carrying out a file of organisations would do: each row beside those that are registered."""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.dates import DateRefused, parse_date
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import checked
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import sort_key
from secretariat.directory.actions import RegisterOrganisation, normal_address
from secretariat.directory.imports.columns import Row, read_kind, read_party
from secretariat.directory.imports.planning import Change, Planned, What, heading, reason_in
from secretariat.directory.models import ImportKind, Membership, Organisation, Partnership
from secretariat.directory.names import kept_names
from secretariat.directory.parties import Party, label


class Organisations:
    """A file of organisations beside those that are registered."""

    def __init__(self, partnership: Partnership, rows: list[Row]) -> None:
        self.rows = rows
        self.first = {sort_key(row["name"]): row["number"] for row in reversed(rows)}
        keys = sorted({sort_key(row["name"]) for row in rows})
        members = sa.select(Membership.organisation_id).where(
            Membership.partnership_id == partnership.id,
            sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today()),
        )
        known = sa.select(Organisation).where(Organisation.sort_key.in_(keys)).order_by(Organisation.id)
        found = list(session().scalars(known))
        self.known = {one.sort_key: one for one in found} | {one.name: one for one in found}
        self.members = set(session().scalars(members))
        self.kept = kept_names(row["name"] for row in rows)

    def planned(self) -> list[Planned]:
        """What becomes of each row."""
        return [self._planned(row) for row in self.rows]

    def _planned(self, row: Row) -> Planned:
        one = Planned(row["number"], row["name"], row["kind"])
        first = self.first[sort_key(row["name"])]
        if first != row["number"]:
            return one.wrong(_l("Samme organisasjon som i rad %(row)s.", row=first))
        try:
            values = _organisation_values(row)
        except DomainError as error:
            return one.wrong(reason_in(ImportKind.ORGANISATIONS, error))
        known = self.known.get(values["name"]) or self.known.get(sort_key(values["name"]))
        if known is None and values["name"] in self.kept:
            return one.wrong(self.kept[values["name"]])
        if known is None:
            return replace(one, what=What.NEW, values=values)
        if known.id not in self.members:
            return replace(one, what=What.JOINS, subject_id=known.id, values=values)
        return self._compared(one, known, values)

    def _compared(self, one: Planned, known: Organisation, values: dict[str, Any]) -> Planned:
        names = ("kind", "party", "email")
        new = {name: values[name] for name in names if values[name] and values[name] != getattr(known, name)}
        changes = tuple(_organisation_change(name, getattr(known, name), value) for name, value in new.items())
        what = What.CHANGED if new else What.SAME
        return replace(one, what=what, subject_id=known.id, changes=changes, values=new)


def _organisation_change(name: str, before: Any, after: Any) -> Change:
    return Change(heading(ImportKind.ORGANISATIONS, name), _word(before), _word(after))


def _word(value: Any) -> Any:
    return label(value) if isinstance(value, Party) else getattr(value, "word", value)


def _organisation_values(row: Row) -> dict[str, Any]:
    kind, party = read_kind(row["kind"]), read_party(row["party"])
    if kind is None:
        raise DomainError(_l("«%(words)s» er ingen kjent type.", words=row["kind"]), "kind")
    if party is None:
        raise DomainError(_l("«%(words)s» er ingen kjent part.", words=row["party"]), "party")
    given = checked(
        RegisterOrganisation(row["name"], kind, party, row.get("email", ""), _day(row.get("starts_on", "")))
    )
    return {
        "name": given.name,
        "kind": kind,
        "party": party,
        "email": normal_address(given.email),
        "starts_on": given.starts_on,
    }


def _day(words: str) -> date | None:
    try:
        return parse_date(words) if words else None
    except DateRefused as refused:
        raise DomainError(refused.reason, "starts_on") from refused
