"""Whom a round asks about which places: one letter for each nominating body."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.appointing.pooling import Pool, pool_questions, pools_asked
from secretariat.bodies.models import Appointment, Body, Capacity, DeputyRule, Seat, SeatRole
from secretariat.bodies.sitting import CONSTITUENT, on_day, with_constituency
from secretariat.core import clock
from secretariat.core.actor import COMMON_ROOM, Role
from secretariat.core.db import session
from secretariat.directory.merged import read_as
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Person, Region
from secretariat.directory.names import all_names, named_on
from secretariat.directory.parties import Party, label

EACH_ITS_OWN = frozenset(
    {
        "helsehus- og legevaktregionen",
        "kommunegruppen",
        "kommunen",
        "kommunene",
        "kommuneregionen",
        "regionen",
        "regionrådet",
        "regionrådene",
        "organisasjonen",
    }
)
"""«Oppnevnes av kommunen» means each its own: the nominating body is the one that the place speaks for."""

ANSWERING = (SeatRole.MEMBER, SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)


@dataclass(frozen=True)
class Asked:
    """A place that somebody is asked to fill, with the numbers of its personal deputies."""

    seat_id: UUID
    body_id: UUID
    party: Party
    nominator: str
    ranks: tuple[int, ...]


@dataclass(frozen=True)
class Present:
    """Who sits in a place, or stands behind it, on a day."""

    appointment_id: UUID
    pool: Pool | None
    person_id: UUID
    name: str
    email: str | None
    tier: str
    may_decide: bool
    starts_on: date


Stand = tuple[UUID, Capacity, int]
"""A place, and as what: the holder, or the deputy with a number; a common deputy by the appointment, numbered 0."""


def asked_about(partnership_id: UUID, body_ids: Iterable[UUID], day: date) -> dict[str, list[Asked]]:
    """The common bodies' places on the first day of the term, by what the nominating bodies are called on it; the
    secretariat's own are left out.
    """
    trust = _trust(partnership_id, day)
    ranks = _ranks(partnership_id)
    letters: dict[str, list[Asked]] = defaultdict(list)
    for row in session().execute(_places(partnership_id, list(body_ids), day)):
        nominator = nominator_of(row, trust)
        deputies = _deputies(row, ranks)
        letters[nominator].append(Asked(row.id, row.body_id, row.party, nominator, deputies))
    return dict(sorted(letters.items()))


def _places(partnership_id: UUID, body_ids: list[UUID], day: date) -> sa.Select[Any]:
    organisation = named_on(CONSTITUENT, day).label("organisation")
    constituent = (organisation, Region.name.label("region"), CONSTITUENT.kind.label("kind"))
    query: Any = (
        sa.select(Seat.id, Seat.body_id, Seat.party, Seat.role, Seat.nominated_by, Seat.represents)
        .add_columns(Body.deputy_rule, *constituent)
        .select_from(Seat)
        .join(Body, Body.id == Seat.body_id)
        .where(Body.partnership_id == partnership_id, Body.room == COMMON_ROOM, Seat.role != SeatRole.SECRETARY)
        .where(on_day(Body, day), on_day(Seat, day))
        .order_by(Body.level, Body.sort_key, Body.id, Seat.position, Seat.id)
    )
    return with_constituency(query.where(Body.id.in_(body_ids)) if body_ids else query)


def nominator_of(place: Any, trust: str) -> str:
    """Who names somebody to a place: the one that is written, else region, municipality, or the trust."""
    written = place.nominated_by.strip()
    if written and written.casefold() not in EACH_ITS_OWN:
        return str(written)
    if place.party is Party.H and trust and place.kind is not OrganisationKind.TRUST:
        return trust
    constituent = place.organisation or place.region or place.represents.strip()
    return str(constituent or written or label(place.party))


def _trust(partnership_id: UUID, day: date) -> str:
    members = (Membership.partnership_id == partnership_id, on_day(Membership, day))
    named = sa.select(named_on(Organisation, day)).select_from(Organisation)
    query = named.join(Membership, Membership.organisation_id == Organisation.id).where(*members)
    trusts = query.where(Organisation.kind == OrganisationKind.TRUST).order_by(Organisation.sort_key)
    return session().scalar(trusts.limit(1)) or ""


def _ranks(partnership_id: UUID) -> dict[UUID, set[int]]:
    """The numbers of the personal deputies who stand behind each place today."""
    query = sa.select(Appointment.seat_id, Appointment.rank).where(
        Appointment.partnership_id == partnership_id,
        Appointment.capacity == Capacity.DEPUTY,
        on_day(Appointment, clock.today()),
    )
    found: dict[UUID, set[int]] = defaultdict(set)
    for seat_id, rank in session().execute(query):
        if seat_id is not None:
            found[seat_id].add(rank or 1)
    return found


def _deputies(place: Any, ranks: Mapping[UUID, set[int]]) -> tuple[int, ...]:
    """One deputy is asked for behind every place that may have one; more where there are more already."""
    if place.deputy_rule is DeputyRule.NONE or place.role not in ANSWERING:
        return ()
    return tuple(sorted({1} | ranks.get(place.id, set())))


def sitting_now(nominations: Iterable[Any], day: date) -> dict[Stand, Present]:
    """Who sits on the day in the places that these ask about, who stands behind each with which number, and who stands
    in the pools.
    """
    asked = list(nominations)
    seats = sorted({one.seat_id for one in asked if one.seat_id is not None})
    bodies = sorted({one.pool_body_id for one in asked if one.pool_body_id is not None})
    pooled = sa.and_(Appointment.seat_id.is_(None), Appointment.body_id.in_(bodies))
    query = (
        sa.select(Appointment, Person.id, Person.given_name, Person.family_name, Person.email)
        .join(Person, Person.id == read_as(Appointment.person_id))
        .where(sa.or_(Appointment.seat_id.in_(seats), pooled), on_day(Appointment, day))
    )
    return {_stand(row[0]): _present(*row) for row in session().execute(query)}


def _stand(row: Appointment) -> Stand:
    if row.seat_id is None:
        return row.id, Capacity.DEPUTY, 0
    return row.seat_id, row.capacity, (row.rank or 1) if row.capacity is Capacity.DEPUTY else 0


def _present(row: Appointment, person_id: UUID, given: str, family: str, email: str | None) -> Present:
    name = f"{given} {family}".strip()
    pool = (row.body_id, row.party) if row.seat_id is None else None
    return Present(row.id, pool, person_id, name, email, row.tier, row.may_decide, row.starts_on)


def stand_of(nomination: Any) -> Stand:
    """The place and number that a nomination is about, or the common deputy it asks about."""
    if nomination.seat_id is None:
        return nomination.before_id or nomination.id, Capacity.DEPUTY, 0
    return nomination.seat_id, nomination.capacity, nomination.rank


def known_contacts(campaign: Campaign, nominators: Iterable[str]) -> dict[str, UUID]:
    """Who answered for each nominating body in the last round, else the contact of the organisation of that name."""
    wanted = sorted(nominators)
    return _contacts_by_office(campaign, wanted) | _contacts_before(campaign, wanted)


def _contacts_by_office(campaign: Campaign, nominators: list[str]) -> dict[str, UUID]:
    name = named_on(Organisation, campaign.starts_on)
    query = (
        sa.select(name, Office.person_id)
        .join(Office, Office.organisation_id == Organisation.id)
        .join(Person, Person.id == read_as(Office.person_id))
        .where(name.in_(nominators), Office.partnership_id == campaign.partnership_id)
        .where(Office.role == Role.CONTACT, on_day(Office, clock.today()))
        .order_by(Person.sort_key.desc(), Office.id)
    )
    return {name: person_id for name, person_id in session().execute(query)}


def _contacts_before(campaign: Campaign, nominators: list[str]) -> dict[str, UUID]:
    """By what the nominating body was called then, too."""
    known_as = all_names(nominators, campaign.starts_on)
    query = (
        sa.select(NominationLetter.nominator, NominationLetter.contact_id)
        .join(Person, Person.id == NominationLetter.contact_id)
        .where(NominationLetter.partnership_id == campaign.partnership_id)
        .where(NominationLetter.nominator.in_(sorted(known_as)))
        .where(Person.anonymised_at.is_(None))
        .order_by(NominationLetter.created_at, NominationLetter.id)
    )
    return {known_as[nominator]: contact for nominator, contact in session().execute(query) if contact is not None}


def put_questions(campaign: Any, body_ids: Iterable[UUID], contacts: Mapping[str, UUID]) -> int:
    """Write the letters of a round with their places; how many places are asked about."""
    asked = asked_about(campaign.partnership_id, body_ids, campaign.starts_on)
    pools = pools_asked(campaign, [place for places in asked.values() for place in places])
    here = {"partnership_id": campaign.partnership_id}
    for nominator, places in asked.items():
        letter = NominationLetter(**here, campaign_id=campaign.id, nominator=nominator, party=places[0].party)
        letter.contact_id = contacts.get(nominator)
        session().add(letter)
        session().flush()
        session().add_all(_nominations(letter, places))
        for pool, before in pools[nominator].items():
            pool_questions(letter, pool, before)
    session().flush()
    return sum(len(places) for places in asked.values())


def _nominations(letter: NominationLetter, places: list[Asked]) -> list[Nomination]:
    here = {"partnership_id": letter.partnership_id, "letter_id": letter.id}
    holders = [Nomination(**here, seat_id=place.seat_id, capacity=Capacity.HOLDER, rank=0) for place in places]
    stands = [(place.seat_id, rank) for place in places for rank in place.ranks]
    return holders + [Nomination(**here, seat_id=seat, capacity=Capacity.DEPUTY, rank=rank) for seat, rank in stands]
