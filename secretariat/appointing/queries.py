"""What is read of rounds of appointing."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.asking import sitting_now, stand_of
from secretariat.appointing.balance import is_lopsided
from secretariat.appointing.models import Campaign, CampaignState, Nomination, NominationChoice, NominationLetter
from secretariat.appointing.pooling import IN_ORDER, pool_numbers, with_place
from secretariat.bodies.models import Appointment, Body, Capacity, Seat
from secretariat.bodies.sitting import represents, with_constituency
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.directory.merged import read_as
from secretariat.directory.models import Membership, Organisation, Person
from secretariat.directory.parties import Party, label

NAMED = (NominationChoice.KEEP, NominationChoice.NEW)


@dataclass(frozen=True)
class CampaignRow:
    """A round in the list; counts of letters that are answered, and of places."""

    id: UUID
    partnership_id: UUID
    title: str
    starts_on: date
    term_ends_on: date
    answer_by: date
    state: CampaignState
    letters: int
    answered: int
    places: int
    registered: int


@dataclass(frozen=True)
class LetterRow:
    """A letter on the round's page: who is asked, who answers, what came in."""

    id: UUID
    campaign_id: UUID
    nominator: str
    party: Party
    contact_id: UUID | None
    contact: str
    email: str
    phone: str
    sent_at: datetime | None
    reminded_at: datetime | None
    reminders: int
    answered_at: datetime | None
    by_contact: bool
    answered_by: str
    women: int | None
    men: int | None
    note: str
    places: int = 0
    pool: int = 0
    named: int = 0
    later: int = 0
    registered: int = 0
    to_register: int = 0
    to_tell: int = 0

    @property
    def open(self) -> int:
        """How many places nothing is said of."""
        return self.places - self.named - self.later

    @property
    def written_today(self) -> bool:
        """Whether the contact has got a mail about it today; one a day is enough."""
        written = self.reminded_at or self.sent_at
        return written is not None and written >= instant(clock.today(), time(0))

    def lacks(self, answer_by: date) -> bool:
        """Whether places wait for a name; those «navngis senere» wait from the day after the deadline."""
        return bool(self.open or (self.later and answer_by < clock.today()))

    @property
    def state(self) -> str:
        """How far it has come: waiting, partly, answered, registered."""
        if self.registered == self.places:
            return "registered"
        if self.answered_at is None or self.named + self.later == 0:
            return "waiting"
        return "partly" if self.named < self.places else "answered"

    @property
    def lopsided(self) -> bool:
        """Whether less than forty per cent of those named are of one sex (likestillingsloven § 28)."""
        return is_lopsided(self.women, self.men)


@dataclass(frozen=True)
class PlaceRow:
    """A place in a letter: where, for whom, who sits there, who is named. ``organisation_id`` is the employer of who is
    named, until then the organisation that the place speaks for.
    """

    id: UUID
    letter_id: UUID
    seat_id: UUID | None
    pool_body_id: UUID | None
    before_id: UUID | None
    body_id: UUID
    body: str
    body_short: str
    represents: str
    seat_title: str
    capacity: Capacity
    rank: int
    choice: NominationChoice | None
    given_name: str
    family_name: str
    title: str
    email: str
    phone: str
    organisation_id: UUID | None
    organisation: str
    kept: str
    appointment_id: UUID | None
    starts_on: date | None
    present: str = ""
    number: int = 0

    @property
    def is_deputy(self) -> bool:
        """Whether it asks for somebody who stands behind the holder."""
        return self.capacity is Capacity.DEPUTY

    @property
    def is_pool(self) -> bool:
        """Whether it asks for a common deputy, who stands behind all the places."""
        return self.seat_id is None

    @property
    def name(self) -> str:
        """Who is named, if anybody."""
        if self.choice not in NAMED:
            return ""
        return self.kept or f"{self.given_name} {self.family_name}".strip()

    @property
    def words(self) -> str:
        """Whom the place speaks for, and whom it is meant for."""
        return " · ".join(filter(None, (self.represents, self.seat_title)))


# ---- rounds


def campaign(actor: Actor, campaign_id: UUID) -> Campaign | None:
    """One round."""
    return session().scalar(sa.select(Campaign).where(Campaign.id == campaign_id, visible(actor, Campaign)))


def campaigns(actor: Actor) -> list[CampaignRow]:
    """The rounds of the partnerships the actor serves, the newest first."""
    letter, holder = NominationLetter, sa.and_(Nomination.letter_id == NominationLetter.id, Nomination.rank == 0)
    here = Campaign.partnership_id.in_(sorted(actor.secretary_in))
    query = (
        sa.select(
            Campaign.id,
            Campaign.partnership_id,
            Campaign.title,
            Campaign.starts_on,
            Campaign.term_ends_on,
            Campaign.answer_by,
            Campaign.state,
            sa.func.count(letter.id.distinct()),
            sa.func.count(sa.case((letter.answered_at.is_not(None), letter.id)).distinct()),
            sa.func.count(Nomination.id),
            sa.func.count(Nomination.appointment_id),
        )
        .outerjoin(letter, letter.campaign_id == Campaign.id)
        .outerjoin(Nomination, holder)
        .where(visible(actor, Campaign), here)
        .group_by(Campaign.id)
        .order_by(Campaign.starts_on.desc(), Campaign.id)
    )
    return [CampaignRow(*row) for row in session().execute(query)]


def covered_bodies(actor: Actor, campaign_id: UUID) -> list[tuple[UUID, str]]:
    """The bodies a round asks about."""
    query = (
        sa.select(Body.id, Body.name)
        .join(Seat, Seat.body_id == Body.id)
        .join(Nomination, Nomination.seat_id == Seat.id)
        .join(NominationLetter, NominationLetter.id == Nomination.letter_id)
        .where(NominationLetter.campaign_id == campaign_id, visible(actor, NominationLetter))
        .distinct()
    )
    ordered = sa.select(Body.id, Body.name).where(Body.id.in_(sa.select(query.subquery().c.id)))
    return [(row.id, row.name) for row in session().execute(ordered.order_by(Body.level, Body.sort_key, Body.id))]


def body_choices(actor: Actor, partnership_id: UUID) -> list[tuple[str, str]]:
    """The common bodies a round may cover."""
    query = sa.select(Body.id, Body.name).where(
        visible(actor, Body), Body.partnership_id == partnership_id, Body.room == COMMON_ROOM
    )
    still = sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today())
    return [
        (str(row.id), row.name) for row in session().execute(query.where(still).order_by(Body.level, Body.sort_key))
    ]


# ---- letters


def letter(actor: Actor, nomination_letter_id: UUID) -> NominationLetter | None:
    """One letter."""
    query = sa.select(NominationLetter).where(NominationLetter.id == nomination_letter_id)
    return session().scalar(query.where(visible(actor, NominationLetter)))


def letters(actor: Actor, campaign_id: UUID) -> list[LetterRow]:
    """The letters of a round: those without a contact and those who have not answered first, then by name."""
    order = ("waiting", "partly", "answered", "registered")
    found = _letters(actor, NominationLetter.campaign_id == campaign_id)
    return sorted(found, key=lambda row: (row.contact_id is not None, order.index(row.state)))


def letter_row(actor: Actor, letter_id: UUID) -> LetterRow:
    """One letter with its counts; the caller has seen that it is there."""
    return _letters(actor, NominationLetter.id == letter_id)[0]


def _letters(actor: Actor, which: sa.ColumnElement[bool]) -> list[LetterRow]:
    answerer = sa.orm.aliased(Person)
    query = (
        sa.select(
            NominationLetter.id,
            NominationLetter.campaign_id,
            NominationLetter.nominator,
            NominationLetter.party,
            NominationLetter.contact_id,
            sa.func.coalesce(Person.given_name + " " + Person.family_name, ""),
            sa.func.coalesce(Person.email, ""),
            sa.func.coalesce(Person.phone, ""),
            NominationLetter.sent_at,
            NominationLetter.reminded_at,
            NominationLetter.reminders,
            NominationLetter.answered_at,
            sa.func.coalesce(NominationLetter.answered_by_id == NominationLetter.contact_id, sa.false()),
            sa.func.coalesce(answerer.given_name + " " + answerer.family_name, ""),
            NominationLetter.women,
            NominationLetter.men,
            NominationLetter.note,
            *_counts(),
        )
        .select_from(NominationLetter)
        .outerjoin(Person, Person.id == read_as(NominationLetter.contact_id))
        .outerjoin(answerer, answerer.id == NominationLetter.answered_by_id)
        .outerjoin(Nomination, Nomination.letter_id == NominationLetter.id)
        .where(visible(actor, NominationLetter), which)
        .group_by(NominationLetter.id, Person.id, answerer.id)
        .order_by(NominationLetter.party, NominationLetter.nominator, NominationLetter.id)
    )
    return [LetterRow(*tuple(row)) for row in session().execute(query)]


def _counts() -> tuple[Any, ...]:
    """Places, common deputies, named, later, registered; then, deputies among them, how many wait to be
    registered and to be told.
    """

    def count(*conditions: Any) -> Any:
        return sa.func.count(sa.case((sa.and_(*conditions), Nomination.id)))

    holder, named = Nomination.rank == 0, Nomination.choice.in_(NAMED)
    registered = Nomination.appointment_id.is_not(None)
    return (
        count(holder),
        count(Nomination.seat_id.is_(None)),
        count(holder, named),
        count(holder, Nomination.choice == NominationChoice.LATER),
        count(holder, registered),
        count(named, ~registered),
        count(registered, Nomination.told_at.is_(None)),
    )


def places(actor: Actor, letter_ids: list[UUID]) -> dict[UUID, list[PlaceRow]]:
    """The places of letters by letter, each body's together, a deputy after the holder; who sits there today."""
    kept = sa.func.coalesce(Person.given_name + " " + Person.family_name, "")
    found: Any = (
        sa.select(
            Nomination.id,
            Nomination.letter_id,
            Nomination.seat_id,
            Nomination.pool_body_id,
            Nomination.before_id,
            Body.id,
            Body.name,
            Body.short_name,
            sa.func.coalesce(represents(), ""),
            sa.func.coalesce(Seat.title, ""),
            Nomination.capacity,
            Nomination.rank,
            Nomination.choice,
            Nomination.given_name,
            Nomination.family_name,
            Nomination.title,
            Nomination.email,
            Nomination.phone,
            sa.func.coalesce(Nomination.organisation_id, Seat.organisation_id),
            sa.func.coalesce(Organisation.name, ""),
            kept,
            Nomination.appointment_id,
            Appointment.starts_on,
        )
        .select_from(Nomination)
        .outerjoin(Person, Person.id == read_as(Nomination.person_id))
        .outerjoin(Organisation, Organisation.id == Nomination.organisation_id)
        .outerjoin(Appointment, Appointment.id == Nomination.appointment_id)
    ).where(Nomination.letter_id.in_(letter_ids), visible(actor, Nomination))
    placed = with_constituency(with_place(found))
    ordered = placed.order_by(Body.level, Body.sort_key, Body.id, *IN_ORDER)
    return _by_letter([PlaceRow(*row) for row in session().execute(ordered)])


def _by_letter(rows: list[PlaceRow]) -> dict[UUID, list[PlaceRow]]:
    now = sitting_now(rows, clock.today()) if rows else {}
    found: dict[UUID, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        sits = now.get(stand_of(row))
        before = sum(place.body_id == row.body_id and place.rank == 0 for place in found[row.letter_id])
        number = before + 1 if row.rank == 0 else before
        found[row.letter_id].append(replace(row, present=sits.name if sits else "", number=number))
    return found


@dataclass(frozen=True)
class PoolRow:
    """How many common deputies of a party a letter asks for in a body."""

    body_id: UUID
    party: Party
    body: str
    number: int

    @property
    def words(self) -> str:
        """What is asked: a number, for the body and the party."""
        return _("Antall i %(body)s, %(party)s", body=self.body, party=str(label(self.party)).lower())


def pools(actor: Actor, letter_id: UUID) -> list[PoolRow]:
    """The pools that a letter may ask about, with how many it asks for."""
    numbers = pool_numbers([letter_id])
    bodies = sa.select(Body.id, Body.name).where(visible(actor, Body), Body.id.in_({pool[0] for _id, pool in numbers}))
    names = {key: name for key, name in session().execute(bodies)}
    return [PoolRow(body_id, party, names[body_id], number) for (_id, (body_id, party)), number in numbers.items()]


def nominator_of_appointment(actor: Actor, appointment_id: UUID) -> str:
    """Which nominating body named this person; empty when the appointment came in another way."""
    query = (
        sa.select(NominationLetter.nominator)
        .join(Nomination, Nomination.letter_id == NominationLetter.id)
        .where(Nomination.appointment_id == appointment_id)
    )
    return session().scalar(query.limit(1)) or ""


def employers(actor: Actor, partnership_id: UUID) -> list[tuple[Any, Any]]:
    """The organisations that take part, for whoever may answer a letter there."""
    members = sa.select(Membership.organisation_id).where(Membership.partnership_id == partnership_id)
    query = sa.select(Organisation.id, Organisation.name).where(
        visible(actor, Organisation), Organisation.id.in_(members)
    )
    return [
        (str(row.id), row.name) for row in session().execute(query.order_by(Organisation.sort_key, Organisation.id))
    ]
