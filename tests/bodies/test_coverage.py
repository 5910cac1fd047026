"""Who speaks for each municipality in each body on a day."""

from datetime import date
from typing import Any

from secretariat.bodies.composition.coverage import coverage
from secretariat.bodies.models import Capacity
from secretariat.core.actions import writing
from secretariat.directory.models import Region, RegionMember
from secretariat.directory.parties import Party
from tests.factories import LONG_AGO, Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

TODAY = date(2026, 9, 7)


def region(cast: Cast, name: str, *members: Any) -> Region:
    """A group of municipalities."""
    row = Region(partnership_id=cast.partnership.id, name=name)
    with writing("test") as work:
        work.add(row)
    here = {"partnership_id": cast.partnership.id, "region_id": row.id, "starts_on": LONG_AGO}
    for member in members:
        with writing("test") as work:
            work.add(RegionMember(organisation_id=member.id, **here))
    return row


def heard(cast: Cast, day: date = TODAY, role: str = "member") -> dict[str, list[list[str]]]:
    """By municipality: the names of those who speak for it in each body."""
    tables = coverage(cast.actor(role), cast.partnership.id, day)
    return {
        line.municipality: [[voice.name for voice in cell] for table in tables for cell in _cells(table, line)]
        for line in (tables[0].lines if tables else ())
    }


def _cells(table: Any, line: Any) -> Any:
    return next(other.cells for other in table.lines if other.municipality == line.municipality)


def test_a_municipality_is_heard_by_its_own_place_its_groups_place_or_not_at_all(cast: Cast, a: Factory) -> None:
    body = a.body("Strategisk samarbeidsutvalg", partnership=cast.partnership, short_name="SSU", level=1)
    leka, bindal = (a.organisation(name, partnership=cast.partnership) for name in ("Leka kommune", "Bindal kommune"))
    group = region(cast, "Ytre Namdal", leka)
    a.appointment(a.seat(body, Party.M, organisation_id=bindal.id), a.person("Bodil Bindal"))
    a.appointment(a.seat(body, Party.M, region_id=group.id), a.person("Ytre Namdalen"))
    assert {name: cells[0] for name, cells in heard(cast).items()} == {
        "Bindal kommune": ["Bodil Bindal"],
        "Leka kommune": ["Ytre Namdalen"],
        "Stedet kommune": [],
    }


def test_one_person_may_speak_for_several_municipalities(cast: Cast, a: Factory) -> None:
    body = a.body("Strategisk samarbeidsutvalg", partnership=cast.partnership, short_name="SSU", level=1)
    both = [a.organisation(name, partnership=cast.partnership) for name in ("Leka kommune", "Bindal kommune")]
    person = a.person("Felles Representant", organisation=both[0])
    for home in both:
        a.appointment(a.seat(body, Party.M, organisation_id=home.id), person)
    found = heard(cast)
    assert found["Leka kommune"][0] == found["Bindal kommune"][0] == ["Felles Representant"]


def test_the_day_decides_and_a_vacant_place_is_shown_as_vacant(browse: Browser, cast: Cast, a: Factory) -> None:
    body = a.body("Strategisk samarbeidsutvalg", partnership=cast.partnership, short_name="SSU", level=1)
    seat = a.seat(body, Party.M, organisation_id=cast.municipality.id)
    a.appointment(seat, a.person("Gamle Hansen"), starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    a.appointment(seat, a.person("Vera Vara"), capacity=Capacity.DEPUTY, rank=1)
    assert heard(cast, date(2026, 6, 30))["Stedet kommune"][0] == ["Gamle Hansen"]
    assert heard(cast, date(2026, 7, 1))["Stedet kommune"][0] == [""]
    member, address = browse.as_("member"), f"/utvalg/dekning/{cast.partnership.id}"
    then, now = member.open(f"{address}?dato=30.6.2026"), member.open(address)
    assert "Gamle Hansen" in then.text
    assert "Ubesatt" not in then.text
    assert "Ubesatt" in now.text
    assert "Vara: Vera Vara" in now.text
    wrong = member.open(f"{address}?dato=31.2.2026")
    assert wrong.status == 422
    assert "Datoen 31.2.2026 finnes ikke." in wrong.text


def test_a_partys_own_body_is_covered_for_that_party_alone(cast: Cast, a: Factory) -> None:
    body = a.body("Formøte", partnership=cast.partnership, short_name="FM", room="M", level=1)
    a.appointment(a.seat(body, Party.M, organisation_id=cast.municipality.id), a.person("Kari Nordmann"))
    assert ["Kari Nordmann"] in heard(cast, role="secretary")["Stedet kommune"]
    assert ["Kari Nordmann"] not in heard(cast, role="hospital_secretary")["Stedet kommune"]


def test_another_partnerships_coverage_is_not_found(browse: Browser, cast: Cast) -> None:
    assert browse.as_("stranger").open(f"/utvalg/dekning/{cast.partnership.id}").status == 404


def test_the_page_costs_the_same_for_two_bodies_as_for_twelve(browse: Browser, cast: Cast, a: Factory) -> None:
    member, costs = browse.as_("member"), []
    for more in (1, 10):
        for number in range(more):
            body = a.body(f"Utvalg {more} {number}", partnership=cast.partnership, short_name=f"U{number}")
            home = a.organisation(partnership=cast.partnership)
            seat = a.seat(body, Party.M, organisation_id=home.id)
            a.appointment(seat)
            a.appointment(seat, capacity=Capacity.DEPUTY, rank=1)
        with count_statements() as statements:
            assert member.open(f"/utvalg/dekning/{cast.partnership.id}").status == 200
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 8
