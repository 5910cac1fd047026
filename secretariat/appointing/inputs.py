"""What the verbs on rounds of appointing take in."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from secretariat.appointing.models import NominationChoice
from secretariat.core.inputs import Line, Note, OptionalLine, Words
from secretariat.directory.parties import Party
from secretariat.directory.somebody import OptionalName, Somebody

Email = Annotated[str, Words(most=254, required=False)]
Phone = Annotated[str, Words(most=30, required=False)]


@dataclass(frozen=True)
class Round:
    """What a round is called, the new term, by when to answer, and which bodies it covers (none: all common ones)."""

    title: Line
    starts_on: date
    term_ends_on: date
    answer_by: date
    text: Note = ""
    body_ids: tuple[UUID, ...] = ()
    version: int | None = None


@dataclass(frozen=True)
class Deadline:
    """A later day by which to answer."""

    answer_by: date


@dataclass(frozen=True)
class PoolNumber:
    """How many common deputies are asked for: of which party, in which body."""

    body_id: UUID
    party: Party
    number: int


@dataclass(frozen=True)
class Pools:
    """The same for each body that a letter is about; those left out are asked for as before."""

    pools: tuple[PoolNumber, ...] = ()


@dataclass(frozen=True)
class Named:
    """What is said of one place: who sits goes on, somebody new, or later."""

    nomination_id: UUID
    choice: NominationChoice | None = None
    given_name: OptionalName = ""
    family_name: OptionalName = ""
    title: OptionalLine = ""
    email: Email = ""
    phone: Phone = ""
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Answer:
    """What a nominating body answers: as much as it knows. ``answers`` is how many answers the writer began from."""

    places: tuple[Named, ...] = ()
    women: int | None = None
    men: int | None = None
    note: Note = ""
    answers: int | None = None


@dataclass(frozen=True)
class Register:
    """From which day: the first of the term, or later for answers that came after it began."""

    starts_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Resign(Somebody):
    """The last day, and who follows: a deputy who moves up meanwhile, a successor from a day, or nobody yet."""

    ends_on: date
    moves_up: bool = False
    follows_on: date | None = None


@dataclass(frozen=True)
class Leave:
    """The last day with an employer, and which places and offices end with it."""

    ends_on: date
    appointment_ids: tuple[UUID, ...] = ()
    office_ids: tuple[UUID, ...] = ()
