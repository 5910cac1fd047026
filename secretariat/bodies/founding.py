"""From a structure to rows: a partnership with its organisations, regions, agreements, bodies and places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.drawing import DrawnBody
from secretariat.bodies.models import (
    Agreement,
    AgreementKind,
    Body,
    BodyAgreement,
    ChairTerm,
    CompositionRule,
    Seat,
    SeatRole,
    SecretariatTerm,
)
from secretariat.bodies.sitting import on_day
from secretariat.bodies.structures import (
    AgreementPlan,
    BodyPlan,
    Constituency,
    PlannedSeat,
    Right,
    Structure,
    read_structure,
    structure_keys,
)
from secretariat.bodies.structures.composition import planned_rules
from secretariat.bodies.telling import about, agreed
from secretariat.bodies.terms import stretches
from secretariat.core import clock
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.language import SOURCE_LANGUAGE, current_language, use_language
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Region, RegionMember
from secretariat.directory.names import claim
from secretariat.directory.parties import Party, label

STEP = 10
TERMS_PLANNED = 4
YEARS_WITHOUT_TURNS = 4
WRITTEN = (SOURCE_LANGUAGE, "nn")
"""What a Norwegian partnership writes its papers in."""


@dataclass
class Founding:
    """The work of setting up one partnership; each stage is flushed, since the next refers to it."""

    structure: Structure
    partnership: Partnership
    start: date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    common_only: bool = False

    def run(self) -> None:
        """Make everything the structure names."""
        self._make_organisations()
        self._make_regions()
        self._make_agreements()
        self._describe()
        self._make_all_bodies()

    def run_within(self) -> dict[str, Body]:
        """Make the common bodies alone, in a partnership that is at work; by their short names.

        Who is party to the agreement stays as it is, and what a party has in its own room is left to that party.
        """
        self.common_only = True
        self._find_organisations()
        self._find_regions()
        self._find_agreements()
        self._make_all_bodies()
        return self.bodies

    def _make_all_bodies(self) -> None:
        self._make_bodies()
        for plan in self._plans():
            self._fill(plan, self.bodies[plan.short])
        session().flush()

    def _owned(self, kind: Any, /, **values: Any) -> Any:
        row = kind(partnership_id=self.partnership.id, **values)
        session().add(row)
        return row

    # ---- organisations and regions

    def _make_organisations(self) -> None:
        trust = None
        for name in self.structure.trusts:
            trust = self._member(name, name, OrganisationKind.TRUST, Party.H)
        for name in self.structure.hospitals:
            called = clinic_name(name, self.partnership.language)
            self._member(name, called, OrganisationKind.CLINIC, Party.H, parent=trust)
        for name in self.structure.municipalities:
            self._member(name, f"{name} kommune", OrganisationKind.MUNICIPALITY, Party.M)

    def _member(
        self, known_as: str, name: str, kind: OrganisationKind, party: Party, parent: Organisation | None = None
    ) -> Organisation:
        """An organisation that takes part; one that another partnership has is shared."""
        found = session().scalar(sa.select(Organisation).where(Organisation.name == name))
        if found is None:
            claim(name, field=None)
            found = Organisation(name=name, kind=kind, party=party, parent_id=parent.id if parent else None)
            session().add(found)
            session().flush()
        self._owned(Membership, organisation_id=found.id, starts_on=self.start)
        self.organisations[known_as] = found
        return found

    def _make_regions(self) -> None:
        for plan in self.structure.regions:
            self.regions[plan.name] = self._owned(Region, name=plan.name)
        session().flush()
        for plan in self.structure.regions:
            for name in plan.municipalities:
                member = {"region_id": self.regions[plan.name].id, "organisation_id": self.organisations[name].id}
                self._owned(RegionMember, starts_on=self.start, **member)

    def _make_agreements(self) -> None:
        for plan in self.structure.agreements:
            self._make_agreement(plan)

    def _make_agreement(self, plan: AgreementPlan) -> None:
        kind = AgreementKind.SUB if plan.is_sub else AgreementKind.OVERALL
        row = self._owned(Agreement, number=plan.no, title=plan.title, kind=kind, starts_on=self.start)
        self.agreements[plan.no] = row

    def _describe(self) -> None:
        """What the agreement says of itself and of the secretariat, which is no body."""
        with use_language(self.partnership.language):
            self.partnership.about = about(self.structure)
        for plan in self.structure.bodies:
            if plan.is_secretariat and plan.chair is not None and plan.chair.every_years:
                self._plan_secretariat(plan.chair.starts_with, plan.chair.deputy_from, plan.chair.every_years)

    def _plan_secretariat(self, first: Party, other: Party, years: int) -> None:
        sides = cycle([first, other])
        for (starts_on, ends_on), party in zip(stretches(self.start, years, TERMS_PLANNED), sides, strict=False):
            self._owned(SecretariatTerm, party=party, starts_on=starts_on, ends_on=ends_on)

    # ---- what is there already

    def _find_organisations(self) -> None:
        """The organisations that take part on the first day, by the names the structure has for them."""
        query = sa.select(Organisation).join(Membership, Membership.organisation_id == Organisation.id)
        here = query.where(Membership.partnership_id == self.partnership.id, on_day(Membership, self.start))
        there = {row.name: row for row in session().scalars(here)}
        names = {name: name for name in self.structure.trusts}
        names |= {name: clinic_name(name, self.partnership.language) for name in self.structure.hospitals}
        names |= {name: f"{name} kommune" for name in self.structure.municipalities}
        self.organisations = {known: there[name] for known, name in names.items() if name in there}

    def _find_regions(self) -> None:
        query = sa.select(Region).where(Region.partnership_id == self.partnership.id)
        self.regions = {row.name: row for row in session().scalars(query)}
        for plan in self.structure.regions:
            if plan.name not in self.regions:
                self.regions[plan.name] = self._owned(Region, name=plan.name)
        session().flush()

    def _find_agreements(self) -> None:
        query = sa.select(Agreement).where(Agreement.partnership_id == self.partnership.id)
        self.agreements = {row.number: row for row in session().scalars(query)}
        for plan in self.structure.agreements:
            if plan.no not in self.agreements:
                self._make_agreement(plan)

    # ---- bodies and their places

    def _plans(self) -> Iterator[BodyPlan]:
        """The bodies to make, each after the one it reports to; the secretariat serves them and is none."""
        waiting = [plan for plan in self.structure.bodies if not self._left_out(plan)]
        made: set[str | None] = {None} | {plan.short for plan in self.structure.bodies if self._left_out(plan)}
        while waiting:
            ready = [plan for plan in waiting if plan.reports_to in made]
            yield from ready
            made |= {plan.short for plan in ready}
            waiting = [plan for plan in waiting if plan not in ready]

    def _left_out(self, plan: BodyPlan) -> bool:
        return plan.is_secretariat or (self.common_only and plan.room is not None)

    def _make_bodies(self) -> None:
        for plan in self._plans():
            parent = self.bodies.get(plan.reports_to or "")
            self.bodies[plan.short] = self._body(plan, parent)
            session().flush()
            for number in plan.agreements:
                body_id, agreement_id = self.bodies[plan.short].id, self.agreements[number].id
                self._owned(BodyAgreement, body_id=body_id, agreement_id=agreement_id)

    def _body(self, plan: BodyPlan, parent: Body | None) -> Body:
        body: Body = self._owned(
            Body,
            name=plan.name,
            short_name=plan.short,
            level=plan.level.order,
            parent_id=parent.id if parent else None,
            room=plan.room.value if plan.room else COMMON_ROOM,
            language=self.partnership.language,
            mandate=mandate(plan),
            composition=self._composition(plan),
            starts_on=self.start,
            authority=plan.authority,
            **agreed(plan),
        )
        return body

    def _composition(self, plan: BodyPlan) -> str:
        """How many each party has, where the agreement says so."""
        seats = self.structure.seats_of(plan)
        if any(seat.assumed for seat in seats):
            return ""
        counts = {party: sum(seat.party is party for seat in seats) for party in Party}
        with use_language(self.partnership.language):
            return ", ".join(f"{label(party)} {count}" for party, count in counts.items() if count)

    def _fill(self, plan: BodyPlan, body: Body) -> None:
        planned = sorted(self.structure.seats_of(plan), key=lambda seat: list(Party).index(seat.party))
        seats = [self._seat(body, seat, position) for position, seat in enumerate(planned, 1)]
        session().flush()
        for rule in planned_rules(self.structure, plan):
            self._owned(CompositionRule, body_id=body.id, starts_on=self.start, **rule)
        if plan.chair is not None:
            first = {party: next((s for s in seats if s.party is party), None) for party in Party}
            self._plan_chairs(plan, body, first[plan.chair.starts_with], first[plan.chair.deputy_from])

    def _seat(self, body: Body, planned: PlannedSeat, position: int) -> Seat:
        organisation, region = self._constituency(planned)
        known = organisation is not None or region is not None
        seat: Seat = self._owned(
            Seat,
            body_id=body.id,
            position=position * STEP,
            party=planned.party,
            role=seat_role(planned),
            title=planned.role,
            organisation_id=organisation.id if organisation else None,
            region_id=region.id if region else None,
            represents="" if known else planned.represents,
            nominated_by=planned.nominated_by,
            may_speak=Right.SPEAK in planned.rights,
            may_propose=Right.PROPOSE in planned.rights,
            may_vote=Right.VOTE in planned.rights,
            starts_on=self.start,
        )
        return seat

    def _constituency(self, planned: PlannedSeat) -> tuple[Organisation | None, Region | None]:
        if planned.constituency is Constituency.REGION:
            return None, self.regions.get(planned.represents)
        return self.organisations.get(planned.represents), None

    def _plan_chairs(self, plan: BodyPlan, body: Body, first: Seat | None, other: Seat | None) -> None:
        """The chair plan for two rounds of turns, when both sides have a seat to lead from."""
        if plan.chair is None or first is None or other is None:
            return
        sides = cycle([(first, other), (other, first)])
        terms = TERMS_PLANNED if plan.chair.every_years else 1
        years = plan.chair.every_years or YEARS_WITHOUT_TURNS
        turn = plan.term.begins if plan.term else None
        for (starts, ends), (chair, deputy) in zip(stretches(self.start, years, terms, turn), sides, strict=False):
            leaders = {"chair_seat_id": chair.id, "deputy_chair_seat_id": deputy.id}
            self._owned(ChairTerm, body_id=body.id, starts_on=starts, ends_on=ends, **leaders)


def seat_role(planned: PlannedSeat) -> SeatRole:
    """Who votes is a member; who is called observer is one; the rest attend with the rights they have."""
    if "observatør" in planned.role.lower():
        return SeatRole.OBSERVER
    return SeatRole.MEMBER if Right.VOTE in planned.rights else SeatRole.ATTENDING


def clinic_name(name: str, language: str) -> str:
    """A hospital that is called by its town alone is told apart from the municipality."""
    if any(word in name.lower() for word in ("sykehus", "sjukehus", "hospital")):
        return name
    return f"{name} sjukehus" if language == "nn" else f"{name} sykehus"


def mandate(plan: BodyPlan) -> Document:
    """The purpose as a paragraph, the tasks as a list."""
    tasks = [{"type": "listItem", "content": [_paragraph(task)]} for task in plan.tasks]
    listed = [{"type": "bulletList", "content": tasks}] if tasks else []
    purpose = [_paragraph(plan.purpose)] if plan.purpose else []
    return Document.parse({"type": "doc", "content": [*purpose, *listed]})


def _paragraph(words: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


def founded_from(structure_key: str, name: str = "") -> UUID | None:
    """The partnership that was set up from this structure (under this name) before."""
    query = sa.select(Partnership.id).where(Partnership.structure_key == structure_key)
    if name:
        query = query.where(Partnership.name == name)
    return session().scalar(query.order_by(Partnership.created_at, Partnership.id).limit(1))


def free_key(structure_key: str) -> str:
    """The key of a new partnership: the structure's, with a number when it is not the first one from it."""
    taken = set(session().scalars(sa.select(Partnership.key).where(Partnership.key.startswith(structure_key))))
    keys = (structure_key if number == 1 else f"{structure_key}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)


# ---- what is shown before anything is made


@dataclass(frozen=True)
class Summary:
    """A structure in the choice of structures."""

    key: str
    name: str
    municipalities: int
    bodies: int
    levels: int


def summaries() -> list[Summary]:
    """The structures to choose among, with their sizes; the secretariat is not counted."""
    return [_summary(read_structure(key, current_language())) for key in structure_keys()]


def _summary(structure: Structure) -> Summary:
    bodies = [plan for plan in structure.bodies if not plan.is_secretariat]
    municipalities = len(structure.municipalities) or structure.municipality_count or 0
    return Summary(structure.key, structure.name, municipalities, len(bodies), len({plan.level for plan in bodies}))


def names_of(structure: Structure) -> dict[str, Any]:
    """What the partnership is called, from when it works and what it writes, unless somebody says otherwise."""
    short = structure.trusts[0].removesuffix(" HF") if structure.trusts else structure.name
    starts_on, language = clock.today().replace(month=1, day=1), current_language()
    named = {"structure_key": structure.key, "name": structure.name, "short_name": short[:60]}
    return named | {"starts_on": starts_on, "language": language if language in WRITTEN else SOURCE_LANGUAGE}


def picture_of(structure: Structure) -> list[DrawnBody]:
    """The bodies of a structure, to be drawn."""
    return [
        DrawnBody(plan.short, plan.short, plan.name, plan.level.word, plan.reports_to)
        for plan in structure.bodies
        if not plan.is_secretariat
    ]
