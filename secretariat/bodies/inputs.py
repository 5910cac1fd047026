"""What the verbs on bodies, seats and appointments take in."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from secretariat.bodies.models import Authority, DeputyRule, MinutesWord, SeatRole, Tier
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.inputs import Line, OptionalLine, OptionalTextLanguage, TextLanguage, Words
from secretariat.core.text.document import Document
from secretariat.directory.parties import Party
from secretariat.directory.somebody import Somebody

ShortName = Annotated[str, Words(most=30)]
OptionalShortName = Annotated[str, Words(most=30, required=False)]
PartyCode = Annotated[str, Words(most=1, required=False)]
DayOfYear = Annotated[str, Words(most=20, required=False)]
Remark = Annotated[str, Words(most=1000, required=False, lines=True)]
LevelName = Annotated[str, Words(most=60, required=False)]
Composition = Annotated[str, Words(most=500, required=False)]
Prefix = Annotated[str, Words(most=20, required=False)]
Suffix = Annotated[str, Words(most=10, required=False)]
OptionalTitle = Annotated[str, Words(most=100, required=False)]
Email = Annotated[str, Words(most=254, required=False)]


@dataclass(frozen=True)
class FoundPartnership:
    """A structure to begin from, and what the partnership is called."""

    structure_key: str
    name: Line
    short_name: Annotated[str, Words(most=60)]
    starts_on: date
    language: TextLanguage = "nb"
    secretariat_email: Email = ""


@dataclass(frozen=True)
class AgreedRules:
    """What the agreement says of the body: who leads first and when the sides change (``chair_years`` 0: never), how
    often it meets, how long one sits (so many years, or from a month and day until the day before it), who writes.
    """

    chair_first: PartyCode = ""
    chair_years: int = 0
    meetings_per_year: int | None = None
    term_years: int | None = None
    term_begins: DayOfYear = ""
    secretary: OptionalLine = ""
    note: Remark = ""


@dataclass(frozen=True, kw_only=True)
class SetUpBody(AgreedRules):
    """A new body; its rules begin as most bodies have them. Without a short name it has the beginning of its name."""

    name: Line
    starts_on: date
    short_name: OptionalShortName = ""
    level: int = 2
    level_name: LevelName = ""
    parent_id: UUID | None = None
    room: str = COMMON_ROOM
    ends_on: date | None = None
    language: OptionalTextLanguage = ""
    minutes_word: MinutesWord = MinutesWord.REFERAT
    number_prefix: Prefix = ""
    number_digits: int = 2
    number_separator: str = "/"
    year_digits: int = 4
    year_first: bool = False
    intake_days: int = 28
    review_days: int = 21
    dispatch_days: int = 10
    minutes_days: int = 7
    comments_days: int = 14
    working_days: bool = False
    deputy_rule: DeputyRule = DeputyRule.CONFIRMED


@dataclass(frozen=True, kw_only=True)
class ChangeBody(AgreedRules):
    """Everything about a body but its room, which it keeps; ``version`` is the one the writer began from."""

    name: Line
    short_name: ShortName
    minutes_word: MinutesWord
    number_prefix: Prefix
    number_digits: int
    number_separator: str
    number_suffix: Suffix
    year_digits: int
    year_first: bool
    standing_items_numbered: bool
    intake_days: int
    review_days: int
    dispatch_days: int
    minutes_days: int
    comments_days: int
    working_days: bool
    deputy_rule: DeputyRule
    authority: Authority
    level: int
    level_name: LevelName
    parent_id: UUID | None
    language: TextLanguage
    mandate: Document
    composition: Composition
    proposal_first: bool
    meetings_open: bool
    starts_on: date
    ends_on: date | None = None
    version: int | None = None


@dataclass(frozen=True)
class DescribeSeat:
    """A place: whose, for whom, with what rights, from–to."""

    party: Party
    starts_on: date
    role: SeatRole = SeatRole.MEMBER
    title: OptionalLine = ""
    organisation_id: UUID | None = None
    region_id: UUID | None = None
    represents: OptionalLine = ""
    nominated_by: OptionalLine = ""
    may_speak: bool = True
    may_propose: bool = True
    may_vote: bool = True
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Appoint(Somebody):
    """A person who is registered, or one to be registered now, from–to.

    No last day: the person sits until a successor is appointed, also after the term. No tier: the one that the title
    tells of. ``replaces`` ends the present holder the day before.
    """

    starts_on: date
    ends_on: date | None = None
    term_ends_on: date | None = None
    tier: Tier | None = None
    replaces: bool = False


@dataclass(frozen=True, kw_only=True)
class AppointDeputy(Somebody):
    """A deputy behind one seat; without a rank: behind those already there. ``may_decide`` is «med fullmakt»."""

    starts_on: date
    ends_on: date | None = None
    term_ends_on: date | None = None
    tier: Tier | None = None
    rank: int | None = None
    may_decide: bool = True


@dataclass(frozen=True, kw_only=True)
class AddToPool(Somebody):
    """A deputy in the unranked pool of one party."""

    party: Party
    starts_on: date
    ends_on: date | None = None
    term_ends_on: date | None = None
    tier: Tier | None = None
    may_decide: bool = True


@dataclass(frozen=True)
class ChangeAppointment:
    """The level at which the person meets (none: as the title tells), and the last day of the term."""

    tier: Tier | None = None
    term_ends_on: date | None = None


@dataclass(frozen=True)
class Period:
    """From–to, both days counted; no last day is still open."""

    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class PlanChair:
    """Who leads and who is deputy chair, by seat, from–to."""

    chair_seat_id: UUID
    starts_on: date
    ends_on: date
    deputy_chair_seat_id: UUID | None = None
