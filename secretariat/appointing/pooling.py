"""Common deputies (felles vara): they stand behind all of a party's places in a body, in no order.

A nominating body is asked for as many as stand there now on its word, or as many as was agreed. Each is one question
of its letter, numbered so that it is told from the others, and knows the deputy it asks about (``before_id``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, Nomination, NominationChoice, NominationLetter
from secretariat.bodies.models import Appointment, Body, Capacity, DeputyRule, Seat
from secretariat.bodies.sitting import UNRANKED, on_day
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Organisation, Person, Region, RegionMember
from secretariat.directory.names import named_on
from secretariat.directory.parties import Party

Pool = tuple[UUID, Party]
"""A body and a party in it."""

BODY = sa.func.coalesce(Seat.body_id, Nomination.pool_body_id)
"""The body that a nomination is about."""

IN_ORDER = (sa.func.coalesce(Seat.position, UNRANKED), Seat.id, Nomination.rank, Nomination.id)
"""The order of a body's questions: its places, each with the deputies behind it, then the common deputies."""


EXPECTED = sa.or_(Nomination.rank == 0, Nomination.seat_id.is_(None))
"""What a letter is not answered without: its places and the common deputies asked for. Who stands behind one place may
be left out.
"""


def waits_for_names(day: date) -> sa.ColumnElement[bool]:
    """Whether nothing is said of something that a letter of a query expects; after the deadline «navngis senere» is
    nothing.
    """
    said_later = sa.and_(Nomination.choice == NominationChoice.LATER, Campaign.answer_by < day)
    lacking = sa.or_(Nomination.choice.is_(None), said_later)
    of_letter = sa.exists().where(Nomination.letter_id == NominationLetter.id, EXPECTED, lacking)
    return of_letter.correlate(NominationLetter, Campaign)


def with_place(query: Any) -> Any:
    """The query over nominations, joined to the place each is about (common deputies have none) and to the body."""
    return query.outerjoin(Seat, Seat.id == Nomination.seat_id).join(Body, Body.id == BODY)


@dataclass(frozen=True)
class PoolDeputy:
    """Who stands in a pool now, who named the deputy, and whom the employer belongs to."""

    appointment_id: UUID
    pool: Pool
    named_by: str
    homes: frozenset[str]


def pools_asked(campaign: Campaign, places: Iterable[Any]) -> dict[str, dict[Pool, list[UUID]]]:
    """By nominating body, the pools it is asked about, and who of them stands there now on its word."""
    naming: dict[Pool, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for place in places:
        naming[place.body_id, place.party][place.nominator] += 1
    asked: dict[str, dict[Pool, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for deputy in _standing(campaign):
        if deputy.pool in naming:
            asked[_asked_of(deputy, naming[deputy.pool])][deputy.pool].append(deputy.appointment_id)
    return asked


def _asked_of(deputy: PoolDeputy, naming: dict[str, int]) -> str:
    """Whoever named the deputy last; else the one the deputy comes from; else the one who names most there."""
    if deputy.named_by in naming:
        return deputy.named_by
    home = next((nominator for nominator in naming if nominator in deputy.homes), "")
    return home or max(naming, key=lambda nominator: naming[nominator])


def _standing(campaign: Campaign) -> list[PoolDeputy]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in session().execute(_in_pools(campaign)):
        found[row.id].append(row)
    return [_deputy(rows) for rows in found.values()]


def _deputy(rows: Sequence[Any]) -> PoolDeputy:
    first = rows[0]
    homes = frozenset(name for row in rows for name in (row.employer, row.region) if name)
    named_by = next((row.nominator for row in rows if row.nominator), "")
    return PoolDeputy(first.id, (first.body_id, first.party), named_by, homes)


def _in_pools(campaign: Campaign) -> sa.Select[Any]:
    """Those who stand in the pools of bodies that have deputies, with a line for each group of their employers."""
    here, day = campaign.partnership_id, clock.today()
    grouped = sa.and_(
        RegionMember.organisation_id == Organisation.id,
        RegionMember.partnership_id == here,
        on_day(RegionMember, day),
    )
    employer = named_on(Organisation, campaign.starts_on).label("employer")
    query = (
        sa.select(Appointment.id, Appointment.body_id, Appointment.party)
        .add_columns(employer, Region.name.label("region"), NominationLetter.nominator)
        .select_from(Appointment)
        .join(Body, Body.id == Appointment.body_id)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(RegionMember, grouped)
        .outerjoin(Region, Region.id == RegionMember.region_id)
        .outerjoin(Nomination, Nomination.appointment_id == Appointment.id)
        .outerjoin(NominationLetter, NominationLetter.id == Nomination.letter_id)
        .where(Appointment.partnership_id == here, Appointment.seat_id.is_(None), on_day(Appointment, day))
        .where(Body.deputy_rule != DeputyRule.NONE)
    )
    return query.order_by(Person.sort_key, Appointment.id, Region.sort_key)


def pool_questions(letter: NominationLetter, pool: Pool, before: Iterable[UUID | None], first: int = 1) -> None:
    """Ask for so many common deputies, one for each of ``before``: who stands there now, or nobody."""
    here = {"partnership_id": letter.partnership_id, "letter_id": letter.id, "capacity": Capacity.DEPUTY}
    body_id, party = pool
    about = here | {"pool_body_id": body_id, "pool_party": party.value}
    session().add_all(Nomination(**about, rank=rank, before_id=who) for rank, who in enumerate(before, first))


def pool_numbers(letter_ids: Iterable[UUID]) -> dict[tuple[UUID, Pool], int]:
    """How many common deputies each letter asks for; also the pools of its places for which it asks for none."""
    party = sa.func.coalesce(sa.cast(Seat.party, sa.String(1)), Nomination.pool_party)
    asked = sa.func.count(sa.case((Nomination.seat_id.is_(None), Nomination.id)))
    query = with_place(sa.select(Nomination.letter_id, Body.id, party, asked).select_from(Nomination))
    counted = query.where(Nomination.letter_id.in_(list(letter_ids)), Body.deputy_rule != DeputyRule.NONE)
    grouped = counted.group_by(Nomination.letter_id, Body.id, Body.level, Body.sort_key, party)
    rows = session().execute(grouped.order_by(Body.level, Body.sort_key, Body.id, party))
    return {(letter_id, (body_id, Party(code))): number for letter_id, body_id, code, number in rows}


def ask_for(letter: NominationLetter, pool: Pool, number: int) -> None:
    """Ask for so many common deputies instead of as many as before."""
    about = (Nomination.letter_id == letter.id, Nomination.pool_body_id == pool[0], Nomination.pool_party == pool[1])
    rows = session().scalars(sa.select(Nomination).where(*about).order_by(Nomination.rank)).all()
    for row in rows[number:]:
        session().delete(row)
    pool_questions(letter, pool, [None] * (number - len(rows)), first=len(rows) + 1)
    session().flush()
