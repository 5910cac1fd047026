"""What carrying out a file of people would do: each row beside those who are registered."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import checked
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import folded, sort_key
from secretariat.directory.actions import RegisterPerson, normal_address
from secretariat.directory.imports.columns import Row, read_language
from secretariat.directory.imports.planning import Change, Planned, What, heading, reason_in
from secretariat.directory.models import ImportKind, Membership, Organisation, Partnership, Person, PersonMerge


@dataclass(frozen=True)
class _Known:
    """Somebody who is registered; ``into`` names the one they were found to be."""

    id: UUID
    values: dict[str, Any]
    seen: bool
    into: UUID | None

    @property
    def name_and_employer(self) -> tuple[str, UUID | None]:
        return _same_name(self.values)


def _same_name(values: dict[str, Any]) -> tuple[str, UUID | None]:
    return folded(f"{values['given_name']} {values['family_name']}"), values["organisation_id"]


_KEPT = ("given_name", "family_name", "title", "organisation_id", "email", "phone", "language")


class People:
    """A file of people beside those who are registered."""

    def __init__(self, actor: Actor, partnership: Partnership, rows: list[Row]) -> None:
        self.places = _places_of_work(partnership)
        self.by_name = {sort_key(place.name): place for place in self.places} | {p.name: p for p in self.places}
        self.taking_part = {place.id for place in self.places if place.takes_part}
        self.read = [self._read(row) for row in rows]
        emails = sorted({one.values["email"] for one in self.read if one.values.get("email")})
        self.known = _known_people(actor, partnership, emails)
        by_email = {one.values["email"]: one for one in self.known if one.values["email"]}
        self.matched = {one.number: by_email.get(one.values["email"]) for one in self.read if one.values}

    def _read(self, row: Row) -> Planned:
        """The row's own values, with the employer found; wrong when they cannot be."""
        name = f"{row['given_name']} {row['family_name']}".strip()
        planned = Planned(row["number"], name, row["organisation"])
        place = self.by_name.get(row["organisation"]) or self.by_name.get(sort_key(row["organisation"]))
        try:
            values = _person_values(row, place)
        except DomainError as error:
            return planned.wrong(reason_in(ImportKind.PEOPLE, error))
        return replace(planned, values=values)

    def planned(self) -> list[Planned]:
        """What becomes of each row."""
        taken = {known.id for known in self.matched.values() if known is not None}
        named: dict[tuple[str, UUID | None], list[_Known]] = {}
        for known in self.known:
            if known.id not in taken and known.seen:
                named.setdefault(known.name_and_employer, []).append(known)
        return self._without_doubles([self._beside(one, named) for one in self.read])

    def _beside(self, one: Planned, named: dict[tuple[str, UUID | None], list[_Known]]) -> Planned:
        if one.what is What.WRONG:
            return one
        known = self.matched[one.number]
        if known is None:
            alike = named.get(_same_name(one.values), [])
            alike = [other for other in alike if other.into is None] or alike
            if len(alike) > 1:
                return one.wrong(_l("Flere heter det samme i organisasjonen. Skriv e-postadressen."))
            known = alike[0] if alike else None
        return self._new(one) if known is None else self._compared(one, known)

    def _new(self, one: Planned) -> Planned:
        if not self._takes_part(one.values["organisation_id"]):
            return one.wrong(_l("Organisasjonen er ikke med i samarbeidet lenger."))
        told = ("title", "email", "phone")
        changes = tuple(self._change(name, "", one.values[name]) for name in told if one.values[name])
        return replace(one, what=What.NEW, changes=changes)

    def _takes_part(self, organisation_id: UUID) -> bool:
        return organisation_id in self.taking_part

    def _compared(self, one: Planned, known: _Known) -> Planned:
        if known.into is not None:
            return replace(
                one, what=What.SAME, reason=_l("Slått sammen med en annen."), subject_id=known.into, values={}
            )
        if not known.seen:
            return one.wrong(_l("En annen person har alt denne e-postadressen."))
        new = {name: value for name, value in one.values.items() if value and value != known.values[name]}
        if "organisation_id" in new and not self._takes_part(new["organisation_id"]):
            return one.wrong(_l("Organisasjonen er ikke med i samarbeidet lenger."))
        changes = tuple(self._change(name, known.values[name], value) for name, value in new.items())
        what = What.CHANGED if new else What.SAME
        return replace(one, what=what, subject_id=known.id, changes=changes, values=new)

    def _change(self, name: str, before: Any, after: Any) -> Change:
        if name == "organisation_id":
            names = {place.id: place.name for place in self.places}
            return Change(_l("Organisasjon"), names.get(before, ""), names.get(after, ""))
        return Change(heading(ImportKind.PEOPLE, name), before or "", after)

    def _without_doubles(self, planned: list[Planned]) -> list[Planned]:
        """Two rows for one person cannot both be right, nor two new people whom only the name tells apart."""
        seen: dict[Any, int] = {}
        found = []
        unaddressed = {_same_name(one.values) for one in planned if one.what is What.NEW and not one.values["email"]}
        for one in planned:
            signs = _signs(one, unaddressed)
            first = min((seen[sign] for sign in signs if sign in seen), default=None)
            for sign in signs:
                seen.setdefault(sign, one.number)
            twice = _l("Samme person som i rad %(row)s.", row=first)
            found.append(one if first is None or one.reason else one.wrong(twice))
        return found


def _signs(one: Planned, unaddressed: set[tuple[str, UUID | None]]) -> list[Any]:
    """By what a row's person would be known again; ``unaddressed`` are new people told apart by nothing but a name."""
    if one.what is What.WRONG:
        return []
    if one.subject_id is not None:
        return [one.subject_id]
    name = _same_name(one.values)
    email = [("email", one.values["email"])] if one.values["email"] else []
    return email + ([("name", *name)] if name in unaddressed else [])


def _person_values(row: Row, place: "_Place | None") -> dict[str, Any]:
    """What the row says; an empty cell is empty here too, and leaves what stands."""
    language = _language(row.get("language", ""))
    given = checked(
        RegisterPerson(
            given_name=row["given_name"],
            family_name=row["family_name"],
            organisation_id=None if place is None else place.id,
            title=row.get("title", ""),
            email=row.get("email", ""),
            phone=row.get("phone", ""),
            language=language,
        )
    )
    if place is None:
        raise DomainError(_l("«%(name)s» er ikke med i samarbeidet.", name=row["organisation"]), "organisation")
    values = {name: getattr(given, name) for name in _KEPT}
    return values | {"email": normal_address(given.email) or None, "language": language}


def _language(words: str) -> str:
    found = read_language(words) if words else ""
    if found is None:
        raise DomainError(_l("Skriv bokmål, nynorsk eller engelsk."), "language")
    return found


def _known_people(actor: Actor, partnership: Partnership, emails: list[str]) -> list[_Known]:
    employed = sa.select(Membership.organisation_id).where(Membership.partnership_id == partnership.id)
    standing = sa.and_(PersonMerge.person_id == Person.id, PersonMerge.undone_at.is_(None))
    query = (
        sa.select(Person.id, *(getattr(Person, name) for name in _KEPT))
        .add_columns(PersonMerge.into_id, sa.case((visible(actor, Person), True), else_=False).label("seen"))
        .outerjoin(PersonMerge, standing)
        .where(sa.or_(Person.organisation_id.in_(employed), Person.email.in_(emails)))
        .where(Person.anonymised_at.is_(None))
        .order_by(Person.id)
    )
    rows = session().execute(query)
    return [_Known(row.id, {n: getattr(row, n) for n in _KEPT}, row.seen, row.into_id) for row in rows]


@dataclass(frozen=True)
class _Place:
    """An organisation of the partnership, of today or of before."""

    id: UUID
    name: str
    takes_part: bool


def _places_of_work(partnership: Partnership) -> list[_Place]:
    still = sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today())
    query = (
        sa.select(Organisation.id, Organisation.name, sa.func.max(sa.case((still, 1), else_=0)))
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.partnership_id == partnership.id)
        .group_by(Organisation.id, Organisation.name)
    )
    return [_Place(key, name, bool(here)) for key, name, here in session().execute(query.order_by(Organisation.id))]
