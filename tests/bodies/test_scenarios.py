"""Stories of real structures: the day the lead changes, a municipality in two partnerships, what one side keeps."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from secretariat.bodies import actions, queries
from secretariat.bodies.lead import actions as chairing
from secretariat.bodies.lead.queries import leading_from
from secretariat.bodies.models import Body, ChairTerm, Seat
from secretariat.calendar import actions as calendar, queries as feeds
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import Party
from secretariat.meetings import queries as meetings
from secretariat.meetings.actions import plan
from secretariat.meetings.calling import balance, called_people
from secretariat.meetings.models import Meeting, ParticipantRole
from secretariat.messages import links
from tests.factories import Factory

LAST_DAY, FIRST_DAY = date(2027, 3, 31), date(2027, 4, 1)
SYSTEM = Actor.system("test")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that anybody may use with a token."""
    return app.test_client()


@pytest.fixture
def founded() -> Callable[..., Partnership]:
    """A partnership with all that its structure names."""

    def found(key: str, **values: Any) -> Partnership:
        return session().get_one(Partnership, actions.load_structure(key, **values))

    return found


def body_of(partnership: Partnership, short_name: str) -> Body:
    """The body with this short name."""
    here = (Body.partnership_id == partnership.id, Body.short_name == short_name)
    return session().scalars(sa.select(Body).where(*here)).one()


def seat_of(body: Body, party: Party) -> Seat:
    """The party's first place."""
    here = (Seat.body_id == body.id, Seat.party == party)
    return session().scalars(sa.select(Seat).where(*here).order_by(Seat.position).limit(1)).one()


def fill(a: Factory, body: Body, home: Organisation) -> dict[Party, Person]:
    """Somebody in the first place of each of the two equal parties."""
    people = {party: a.person(f"{party.name} Representant", organisation=home) for party in (Party.M, Party.H)}
    for party, person in people.items():
        a.appointment(seat_of(body, party), person, starts_on=body.starts_on)
    return people


def leader(a: Factory, body: Body, day: date) -> UUID:
    """Who leads a meeting on the day."""
    people = called_people(a.meeting(body, day=day))
    assert people[0].role is ParticipantRole.CHAIR
    return people[0].person_id


def person_with_token(a: Factory, name: str, home: Organisation) -> Person:
    """A person who signs in with a token of the same name."""
    person = a.person(name, organisation=home)
    a.user(person, token=f"token-{name}")
    return person


def get(client: FlaskClient, name: str, address: str) -> Any:
    """What this person gets."""
    return client.get(address, headers={"Authorization": f"Bearer token-{name}"})


def test_in_ostfold_the_lead_changes_on_the_first_of_april(a: Factory, founded: Callable[..., Partnership]) -> None:
    partnership = founded("ostfold", starts_on=date(2026, 4, 1))
    body = body_of(partnership, "SSU")
    people = fill(a, body, a.organisation("Halden kommune", partnership=partnership))
    terms = session().execute(
        sa.select(ChairTerm.starts_on, ChairTerm.ends_on)
        .where(ChairTerm.body_id == body.id)
        .order_by(ChairTerm.starts_on)
    )
    assert [tuple(row) for row in terms][:2] == [
        (date(2026, 4, 1), LAST_DAY),
        (FIRST_DAY, date(2028, 3, 31)),
    ]
    assert leader(a, body, LAST_DAY) == people[Party.M].id
    assert leader(a, body, FIRST_DAY) == people[Party.H].id
    secretary = a.person("Sekretær Østfold")
    a.office(secretary, Role.SECRETARY, party=Party.M, partnership_id=partnership.id)
    said = {
        day: [(chair.person_id, chair.role.value) for chair in _chairs_of(a, secretary, body, day)]
        for day in (LAST_DAY, FIRST_DAY)
    }
    assert said[LAST_DAY] == [(people[Party.M].id, "chair"), (people[Party.H].id, "deputy_chair")]
    assert said[FIRST_DAY] == [(people[Party.H].id, "chair"), (people[Party.M].id, "deputy_chair")]


def _chairs_of(a: Factory, reader: Person, body: Body, day: date) -> Any:
    actor = a.actor(reader)
    found = meetings.meetings(actor, meetings.Wanted(body_id=body.id))
    page = next(meetings.meeting(actor, row.id) for row in found if row.day == day)
    assert page is not None
    return meetings.chairs(actor, page)


def test_in_more_og_romsdal_the_lead_of_secretariat_and_body_changes_every_second_year(
    a: Factory, founded: Callable[..., Partnership]
) -> None:
    partnership = founded("more-og-romsdal-2021", starts_on=date(2025, 1, 1))
    by_day = {
        day: leading_from(SYSTEM, day)[partnership.id][0].party
        for day in (date(2026, 12, 31), date(2027, 1, 1), date(2028, 12, 31), date(2029, 1, 1))
    }
    assert list(by_day.values()) == [Party.H, Party.M, Party.M, Party.H]
    body = body_of(partnership, "SSU")
    people = fill(a, body, a.organisation("Molde kommune", partnership=partnership))
    sides = {
        "chair_seat_id": seat_of(body, Party.H).id,
        "deputy_chair_seat_id": seat_of(body, Party.M).id,
    }
    chairing.lay_out_chairs(SYSTEM, body.id, starts_on=date(2025, 1, 1), years=2, terms=2, **sides)
    assert leader(a, body, date(2026, 12, 31)) == people[Party.H].id
    assert leader(a, body, date(2027, 1, 1)) == people[Party.M].id


def test_selbu_is_in_two_partnerships_its_person_sees_both_and_each_secretary_its_own(
    a: Factory, founded: Callable[..., Partnership], client: FlaskClient
) -> None:
    north, south = founded("nord-trondelag"), founded("st-olavs")
    selbu = session().scalars(sa.select(Organisation).where(Organisation.name == "Selbu kommune")).one()
    person = person_with_token(a, "Selbu", selbu)
    for partnership in (north, south):
        seat = a.seat(body_of(partnership, "ASU"), Party.M, organisation_id=selbu.id)
        a.appointment(seat, person)
        secretary = person_with_token(a, partnership.key, selbu)
        a.office(secretary, Role.SECRETARY, party=Party.M, partnership_id=partnership.id)
    own = {partnership.key: {partnership.id} for partnership in (north, south)}
    for name, wanted in (own | {"Selbu": {north.id, south.id}}).items():
        listed = get(client, name, "/api/v1/bodies").json["items"]
        assert {UUID(row["partnership_id"]) for row in listed} == wanted, name
        for partnership in (north, south):
            status = 200 if partnership.id in wanted else 404
            for address in (f"/utvalg/{body_of(partnership, 'ASU').id}", f"/utvalg/dekning/{partnership.id}"):
                assert get(client, name, address).status_code == status, (name, address)


def test_one_who_speaks_for_several_municipalities_is_called_once_and_counts_for_each(
    a: Factory, founded: Callable[..., Partnership]
) -> None:
    partnership = founded("st-olavs")
    body = a.body("Lokalt samarbeidsutvalg", partnership=partnership, short_name="LSU")
    homes = session().scalars(
        sa.select(Organisation).where(Organisation.name.in_(["Selbu kommune", "Tydal kommune", "Hitra kommune"]))
    )
    person = a.person("Felles Representant")
    for home in homes.all():
        a.appointment(a.seat(body, Party.M, organisation_id=home.id), person)
    (called,) = called_people(a.meeting(body))
    assert sorted(seat["represents"] for seat in called.seats) == [
        "Hitra kommune",
        "Selbu kommune",
        "Tydal kommune",
    ]
    assert balance([called]).municipal == 3


def test_of_koss_the_trusts_secretary_sees_nothing_anywhere(
    a: Factory, founded: Callable[..., Partnership], client: FlaskClient
) -> None:
    partnership = founded("agder")
    koss = body_of(partnership, "KOSS")
    home = a.organisation("Arendal", partnership=partnership)
    seat = seat_of(koss, Party.M)
    a.appointment(seat, a.person("Kommunens Egen", organisation=home))
    when = {"day": date(2026, 10, 1), "starts": time(9), "ends": time(11)}
    meeting = session().get_one(Meeting, plan(SYSTEM, koss.id, title="Formøte i KOSS", **when))
    secretaries = {}
    for party in (Party.M, Party.H):
        secretaries[party] = person_with_token(a, f"sekretær-{party.name}".replace("æ", "e"), home)
        a.office(secretaries[party], Role.SECRETARY, party=party, partnership_id=partnership.id)
    ours, theirs = "sekreter-M", "sekreter-H"
    for name, sees in ((ours, True), (theirs, False)):
        status = 200 if sees else 404
        for address in (f"/utvalg/{koss.id}", f"/moter/{meeting.id}", f"/moter/{meeting.id}.ics"):
            assert get(client, name, address).status_code == status, (name, address)
        pages = ("/utvalg", "/moter", "/kalender", f"/utvalg/dekning/{partnership.id}", "/", "/saker")
        told = [address for address in pages if "KOSS" in get(client, name, address).text]
        assert told == (list(pages) if sees else []), name
        for kind, row in (("bodies", koss), ("seats", seat), ("meetings", meeting)):
            found = {one["id"] for one in _all(client, name, kind)}
            assert (str(row.id) in found) is sees, (name, kind)
            assert get(client, name, f"/api/v1/{kind}/{row.id}").status_code == status
    counts = {party: _counted(a, secretary) for party, secretary in secretaries.items()}
    assert counts[Party.M][0] - counts[Party.H][0] == 2
    assert [counts[party][1] for party in (Party.M, Party.H)] == [1, 0]
    feeds_of = {party: _feed(a, client, secretary) for party, secretary in secretaries.items()}
    assert feeds_of == {Party.M: {"Formøte i KOSS"}, Party.H: set()}


def _all(client: FlaskClient, name: str, kind: str) -> list[Any]:
    """Every page of a list of the API."""
    found, address = [], f"/api/v1/{kind}"
    while address:
        page = get(client, name, address).json
        found += page["items"]
        address = page["next"]
    return found


def _counted(a: Factory, person: Person) -> tuple[int, int]:
    """How many bodies and meetings the person is told there are."""
    actor = a.actor(person)
    return len(queries.bodies(actor)), meetings.count_meetings(actor, meetings.Wanted())


def _feed(a: Factory, client: FlaskClient, person: Person) -> set[str]:
    actor = a.actor(person)
    calendar.subscribe(actor)
    link = feeds.subscription(actor)
    assert link is not None
    written = Calendar.from_ical(client.get(f"/kalender/{links.token(link)}.ics").data)
    return {str(event["SUMMARY"]) for event in written.walk("VEVENT")}
