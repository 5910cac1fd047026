"""The letters of a round: who is asked, and what came in."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.balance import is_lopsided
from secretariat.appointing.models import NAMED, Nomination, NominationChoice, NominationLetter
from secretariat.appointing.pooling import EXPECTED
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Membership, Organisation, Person
from secretariat.directory.parties import Party


@dataclass(frozen=True)
class LetterRow:
    """A letter on the round's page: who is asked, who answers, what came in.

    ``named``, ``later`` and ``registered`` count what is expected: the places, and the common deputies (``pool``).
    """

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
    def expected(self) -> int:
        """How many people are asked for."""
        return self.places + self.pool

    @property
    def open(self) -> int:
        """Of how many of them nothing is said."""
        return self.expected - self.named - self.later

    @property
    def written_today(self) -> bool:
        """Whether the contact has got a mail about it today; one a day is enough."""
        written = self.reminded_at or self.sent_at
        return written is not None and written >= instant(clock.today(), time(0))

    def lacks(self, answer_by: date) -> bool:
        """Whether it waits for names; those «navngis senere» are waited for from the day after the deadline."""
        return bool(self.open or (self.later and answer_by < clock.today()))

    @property
    def state(self) -> str:
        """How far it has come: waiting, partly, answered, registered."""
        if self.registered == self.expected:
            return "registered"
        if self.answered_at is None or self.named + self.later == 0:
            return "waiting"
        return "partly" if self.named < self.expected else "answered"

    @property
    def lopsided(self) -> bool:
        """Whether less than forty per cent of those named are of one sex (likestillingsloven § 28)."""
        return is_lopsided(self.women, self.men)


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
    """Places, common deputies; of these named, later, registered; then, personal deputies among them, how many wait to
    be registered and to be told.
    """

    def count(*conditions: Any) -> Any:
        return sa.func.count(sa.case((sa.and_(*conditions), Nomination.id)))

    named = Nomination.choice.in_(NAMED)
    registered = Nomination.appointment_id.is_not(None)
    return (
        count(Nomination.rank == 0),
        count(Nomination.seat_id.is_(None)),
        count(EXPECTED, named),
        count(EXPECTED, Nomination.choice == NominationChoice.LATER),
        count(EXPECTED, registered),
        count(named, ~registered),
        count(registered, Nomination.told_at.is_(None)),
    )


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
