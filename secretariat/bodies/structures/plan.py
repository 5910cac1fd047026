"""What a structure says: the organisations, the agreements, the bodies, and the places in each body."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from secretariat.bodies.models import Authority
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.directory.parties import EQUAL_PARTIES, Party


class Level(Worded):
    """Where a body stands, in the order in which bodies are listed; a body may carry a level name of its own."""

    POLITICAL = "political", _l("Politisk nivå")
    STRATEGIC = "strategic", _l("Strategisk nivå")
    EXECUTIVE = "executive", _l("Arbeidsutvalg")
    LOCAL = "local", _l("Lokalt nivå")
    PROFESSIONAL = "professional", _l("Faglig nivå")
    WORKING_GROUP = "working-group", _l("Arbeidsgrupper")
    NETWORK = "network", _l("Nettverk")
    CONFERENCE = "conference", _l("Dialogmøter og samlinger")
    MUNICIPAL = "municipal", _l("Kommunenes egne møter")
    SECRETARIAT = "secretariat", _l("Sekretariat")

    @property
    def order(self) -> int:
        """1 for the political level, then downwards."""
        return list(Level).index(self) + 1


class Right(StrEnum):
    """What the holder of a seat may do in the meeting."""

    ATTEND = "attend"
    SPEAK = "speak"
    PROPOSE = "propose"
    VOTE = "vote"


class Constituency(StrEnum):
    """What kind of organisation a seat speaks for."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    CLINIC = "clinic"


def usual_rights(party: Party) -> tuple[Right, ...]:
    """A party's rights where the agreement says nothing else: all for the two equal parties, no vote for the rest."""
    if party in EQUAL_PARTIES:
        return tuple(Right)
    if party in (Party.U, Party.G):
        return (Right.ATTEND, Right.SPEAK, Right.PROPOSE)
    return (Right.ATTEND, Right.SPEAK)


@dataclass(frozen=True)
class AgreementPlan:
    """The overall agreement (``is_sub`` false) or one of its numbered parts."""

    no: str
    title: str
    is_sub: bool


@dataclass(frozen=True)
class RegionPlan:
    """A group of municipalities; ``assumed`` when the sources count it but do not name it."""

    name: str
    municipalities: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True)
class TermPlan:
    """How long one sits: a number of years, or between two fixed days of the year (month, day)."""

    years: int | None
    begins: tuple[int, int] | None
    ends: tuple[int, int] | None


@dataclass(frozen=True)
class ChairPlan:
    """Who leads: the parties take turns every so many years, or (None) the chair always comes from ``starts_with``."""

    starts_with: Party
    every_years: int | None
    deputy_from: Party


@dataclass(frozen=True)
class SeatPlan:
    """Places of one kind: so many (``count``), one per region or municipality, or (neither) a number nobody stated."""

    party: Party
    role: str
    count: int | None
    one_per: Constituency | None
    represents: tuple[str, ...]
    rights: tuple[Right, ...]
    nominated_by: str


@dataclass(frozen=True)
class PlannedSeat:
    """One place to be made; ``assumed`` when it stands in for a number or a list that the sources do not give."""

    party: Party
    role: str
    constituency: Constituency | None
    represents: str
    rights: tuple[Right, ...]
    nominated_by: str
    assumed: bool


@dataclass(frozen=True)
class BodyPlan:
    """A body to be made. ``room`` None is the common one; ``many``: a kind of body of which there may be several."""

    short: str
    name: str
    name_nn: str
    level: Level
    reports_to: str | None
    many: bool
    room: Party | None
    area: str
    agreements: tuple[str, ...]
    authority: Authority
    chair: ChairPlan | None
    term: TermPlan | None
    meetings_per_year: int | None
    meeting_month: int | None
    extraordinary: bool
    secretary: str
    purpose: str
    tasks: tuple[str, ...]
    note: str
    seats: tuple[SeatPlan, ...]

    @property
    def is_secretariat(self) -> bool:
        """The secretariat serves the bodies and is never counted in the balance between the parties."""
        return self.level is Level.SECRETARIAT

    @property
    def is_open_to_registration(self) -> bool:
        """One registers for a conference: it has neither seats nor deputies, and ``seats`` says who is invited."""
        return self.level is Level.CONFERENCE


@dataclass(frozen=True)
class Structure:
    """A partnership as its agreement describes it; ``valid_from`` is the year of the reform or plan."""

    key: str
    name: str
    valid_from: date
    valid_to: date | None
    source_years: tuple[int, ...]
    trusts: tuple[str, ...]
    hospitals: tuple[str, ...]
    municipalities: tuple[str, ...]
    municipality_count: int | None
    municipalities_year: int | None
    regions: tuple[RegionPlan, ...]
    patient_groups: tuple[str, ...]
    agreements: tuple[AgreementPlan, ...]
    bodies: tuple[BodyPlan, ...]
    note: str

    def body(self, short: str) -> BodyPlan:
        """The body with this short name."""
        return next(body for body in self.bodies if body.short == short)

    def seats_of(self, body: BodyPlan) -> tuple[PlannedSeat, ...]:
        """The body's places one by one, in the order of the agreement; a conference has none."""
        if body.is_open_to_registration:
            return ()
        return tuple(seat for plan in body.seats for seat in self._seats(body, plan))

    def _seats(self, body: BodyPlan, plan: SeatPlan) -> tuple[PlannedSeat, ...]:
        names = plan.represents or self._one_for_each(body, plan) or ("",) * (plan.count or 0)
        return tuple(self._seat(plan, name, assumed=not names) for name in names or ("",))

    def _one_for_each(self, body: BodyPlan, plan: SeatPlan) -> tuple[str, ...]:
        if plan.one_per is Constituency.REGION:
            return tuple(region.name for region in self.regions)
        if plan.one_per is Constituency.MUNICIPALITY:
            return self._municipalities_within(body.area)
        return ()

    def _municipalities_within(self, area: str) -> tuple[str, ...]:
        if area:
            return next((region.municipalities for region in self.regions if region.name == area), ())
        return self.municipalities or ("",) * (self.municipality_count or 0)

    def _seat(self, plan: SeatPlan, name: str, *, assumed: bool) -> PlannedSeat:
        kind = self._kind(name) or plan.one_per
        return PlannedSeat(plan.party, plan.role, kind, name, plan.rights, plan.nominated_by, assumed)

    def _kind(self, name: str) -> Constituency | None:
        if name in self.hospitals:
            return Constituency.CLINIC
        if name in self.municipalities:
            return Constituency.MUNICIPALITY
        return Constituency.REGION if any(region.name == name for region in self.regions) else None
