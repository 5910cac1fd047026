"""Everybody into place: organisations, people, offices, bodies with their seats, deputies and chair plan."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.actions import add_user, change_my_details
from secretariat.accounts.offices import give_office
from secretariat.accounts.recognition import actor_of
from secretariat.bodies import actions as bodies
from secretariat.bodies.lead import actions as chairing
from secretariat.bodies.models import Body, Seat, SeatRole
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.demo.playing.stage import Stage
from secretariat.demo.records import (
    INSTALLATION,
    PARTNERSHIP,
    Body as PlannedBody,
    DemoRole,
    Deputyship,
    Office,
    Person,
    Seat as Held,
)
from secretariat.directory import actions as directory
from secretariat.directory.models import Notification, Organisation, Person as Registered
from secretariat.directory.parties import Party

FOUNDED = date(2012, 1, 1)
TERM = (date(2023, 11, 1), date(2025, 10, 31))
NEXT_TERM = (date(2025, 11, 1), date(2027, 10, 31))
SYSTEM = Actor.system("demo")
LEADERS = (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)


def found(stage: Stage) -> None:
    """The partnership with its organisations and groups of municipalities."""
    founded: Any = bodies.load_structure(
        PARTNERSHIP, starts_on=FOUNDED, secretariat_email="sekretariatet@namdal.example"
    )
    stage.partnership = founded
    known = dict(session().execute(sa.select(Organisation.name, Organisation.id)).tuples().all())
    for planned in stage.content.organisations:
        values = {"name": planned.name, "kind": planned.kind, "party": planned.party, "email": planned.email}
        if planned.name in known:
            directory.change_organisation(SYSTEM, known[planned.name], **values)
            stage.organisations[planned.key] = known[planned.name]
        else:
            new = directory.register_organisation(SYSTEM, founded, starts_on=FOUNDED, **values)
            stage.organisations[planned.key] = new
    for group in stage.content.groups:
        members = tuple(stage.organisations[key] for key in group.members)
        region = directory.register_region(SYSTEM, founded, name=group.name, members=members, starts_on=FOUNDED)
        stage.regions[group.key] = region


def register(stage: Stage) -> None:
    """The people, with users for those who sign in, and their offices."""
    for person in stage.content.people:
        registered = directory.register_person(
            SYSTEM,
            stage.partnership,
            given_name=person.given_name,
            family_name=person.family_name,
            organisation_id=stage.organisations[person.organisation],
            title=person.title,
            email=person.email,
            phone=person.phone,
            language=person.language.value,
        )
        stage.people[person.key] = registered
        add_user(SYSTEM, None, email=person.email, given_name=person.given_name, family_name=person.family_name)
        for office in person.offices:
            _give(stage, registered, office)
    for role in (DemoRole.CONTACT, DemoRole.OBSERVER):
        _have_news_gathered(stage, stage.content.in_role(role))


def _have_news_gathered(stage: Stage, person: Person) -> None:
    """Some choose one letter a week."""
    row = session().get_one(Registered, stage.people[person.key])
    change_my_details(actor_of(row.id), row, language=row.language, notification=Notification.WEEKLY, phone=row.phone)


def _give(stage: Stage, person_id: UUID, office: Office) -> None:
    organisation = stage.organisations.get(office.scope)
    give_office(
        SYSTEM,
        person_id,
        role=office.role,
        party=office.party,
        partnership_id=None if office.scope == INSTALLATION or office.role is Role.ADMINISTRATOR else stage.partnership,
        organisation_id=organisation,
        starts_on=office.first_day,
    )


def appoint(stage: Stage) -> None:
    """Fill the bodies: every seat of the content, its holders one after the other, deputies, leave and chair plan.

    The sides take turns at leading the secretariat.
    """
    for planned in stage.content.bodies:
        _fill(stage, planned)
    chairing.lay_out_secretariat(stage.coordinator, stage.partnership, party=Party.M, starts_on=NEXT_TERM[0], years=1)


def _fill(stage: Stage, planned: PlannedBody) -> None:
    body = session().scalars(sa.select(Body).where(Body.short_name == planned.short)).one()
    stage.bodies[planned.short] = body.id
    free = _free_seats(body.id)
    for key, party, role, represents in _seats_of(stage, planned.short):
        stage.seats[key] = _seat(stage, body.id, free, party, role, represents)
    for seat_id in (seat_id for seats in free.values() for seat_id in seats):
        _drop(seat_id)
    for person in stage.content.people:
        _appoint(stage, planned.short, person)
    _plan_chairs(stage, planned.short)


def _free_seats(body_id: UUID) -> dict[Party, list[UUID]]:
    """The seats that the structure brought, by party."""
    rows = session().execute(sa.select(Seat.party, Seat.id).where(Seat.body_id == body_id).order_by(Seat.position))
    free: dict[Party, list[UUID]] = {}
    for party, seat_id in rows:
        free.setdefault(party, []).append(seat_id)
    return free


def _seats_of(stage: Stage, short: str) -> Iterator[tuple[str, Party, SeatRole, str]]:
    """Every seat of the body once, held or vacant."""
    seen: set[str] = set()
    held = [(s.seat, s.party, s.role, s.represents) for p in stage.content.people for s in p.seats if s.body == short]
    vacant = [(v.seat, v.party, v.role, v.represents) for v in stage.content.vacancies if v.body == short]
    for key, party, role, represents in held + vacant:
        if key not in seen:
            seen.add(key)
            yield key, party, SeatRole.MEMBER if role in LEADERS else role, represents


def _seat(
    stage: Stage, body_id: UUID, free: dict[Party, list[UUID]], party: Party, role: SeatRole, represents: str
) -> UUID:
    votes = role is SeatRole.MEMBER
    values = {
        "party": party,
        "role": role,
        "starts_on": FOUNDED,
        "organisation_id": stage.organisations.get(represents),
        "region_id": stage.regions.get(represents),
        "represents": "" if represents in stage.organisations or represents in stage.regions else represents,
        "may_propose": votes,
        "may_vote": votes,
    }
    waiting = free.get(party)
    actor = stage.coordinator
    if waiting:
        return UUID(str(bodies.change_seat(actor, waiting.pop(0), **values)))
    return UUID(str(bodies.add_seat(actor, body_id, **values)))


def _drop(seat_id: UUID) -> None:
    """A seat of the structure that this partnership does not have ended the day it began."""
    seat = session().get_one(Seat, seat_id)
    bodies.change_seat(SYSTEM, seat_id, party=seat.party, role=seat.role, starts_on=FOUNDED, ends_on=FOUNDED)


def _appoint(stage: Stage, short: str, person: Person) -> None:
    for held in (held for held in person.seats if held.body == short):
        _hold(stage, person, held)
    for deputy in (deputy for deputy in person.deputies if deputy.body == short):
        _stand_in(stage, person, deputy)


def _hold(stage: Stage, person: Person, held: Held) -> None:
    actor = stage.coordinator
    appointment = bodies.appoint(
        actor,
        stage.seats[held.seat],
        person_id=stage.people[person.key],
        **_period(held.first_day, held.last_day),
    )
    if held.leave is not None:
        first, last = stage.day(held.leave.from_days), stage.day(held.leave.to_days)
        bodies.give_leave(actor, appointment, starts_on=first, ends_on=last)


def _period(first: date, last: date) -> dict[str, date | None]:
    """Who sits out the term sits on until somebody follows; an earlier last day is one that has been told."""
    sits_on = last == NEXT_TERM[1]
    return {"starts_on": first, "ends_on": None if sits_on else last, "term_ends_on": last if sits_on else None}


def _stand_in(stage: Stage, person: Person, deputy: Deputyship) -> None:
    actor = stage.coordinator
    values = {
        "person_id": stage.people[person.key],
        **_period(deputy.first_day, deputy.last_day),
        "may_decide": deputy.with_authority,
    }
    if deputy.pool:
        bodies.add_to_pool(actor, stage.bodies[deputy.body], party=deputy.party, **values)
        return
    holder = stage.content.person(deputy.deputy_for)
    seat = next(held.seat for held in holder.seats if held.body == deputy.body)
    bodies.appoint_deputy(actor, stage.seats[seat], **values)


def _plan_chairs(stage: Stage, short: str) -> None:
    """The content says who leads now; in the term before it was the other way round."""
    led = {held.role: stage.seats[held.seat] for p in stage.content.people for held in p.seats if held.body == short}
    chair, deputy = led.get(SeatRole.CHAIR), led.get(SeatRole.DEPUTY_CHAIR)
    if chair is None:
        return
    plan = [(deputy or chair, chair if deputy else None, TERM), (chair, deputy, NEXT_TERM)]
    for leads, stands_in, (first, last) in plan:
        bodies.plan_chair(
            stage.coordinator,
            stage.bodies[short],
            chair_seat_id=leads,
            deputy_chair_seat_id=stands_in,
            starts_on=first,
            ends_on=last,
        )
