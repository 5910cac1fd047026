"""An organisation gets another name from a day: that was, that is today, or that comes."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.bodies import queries as bodies
from secretariat.bodies.sitting import sitting_on
from secretariat.core import clock, db, outbox
from secretariat.core.actor import Actor
from secretariat.core.errors import Denied, DomainError
from secretariat.directory import actions as directory, names, relays
from secretariat.directory.imports.organisations import Organisations
from secretariat.directory.imports.planning import What
from secretariat.directory.invariants import names_in_order, names_to_come_are_kept
from secretariat.directory.models import Organisation, OrganisationKind, OrganisationName
from secretariat.directory.parties import Party
from secretariat.meetings.calling import called_people
from secretariat.transitions.models import TransitionKind
from secretariat.transitions.starting import start_membership
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser

TODAY = date(2026, 9, 7)
NEW_YEAR = date(2027, 1, 1)


def work_at(moment: datetime) -> None:
    """The worker does what is due."""
    with clock.at(moment):
        while outbox.work_once():
            pass


def name_on(organisation: Organisation, day: date, database: sa.orm.Session) -> str:
    """What it is called on the day."""
    database.rollback()
    query = sa.select(names.named_on(Organisation, day)).where(Organisation.id == organisation.id)
    return database.scalars(query).one()


@pytest.fixture
def planned(cast: Cast, database: sa.orm.Session) -> Organisation:
    """The cast's municipality, which will be called something else from New Year."""
    names.rename(cast.actor("secretary"), cast.municipality.id, name="Nye Steder kommune", starts_on=NEW_YEAR)
    database.rollback()
    return cast.municipality


def test_the_name_of_today_stays_until_the_day_and_is_kept_after_it(
    planned: Organisation, database: sa.orm.Session
) -> None:
    old = planned.name
    work_at(datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert database.get_one(Organisation, planned.id, populate_existing=True).name == old
    days = (TODAY, NEW_YEAR - timedelta(days=1), NEW_YEAR, date(2030, 1, 1))
    expected = [old, old, "Nye Steder kommune", "Nye Steder kommune"]
    assert [name_on(planned, day, database) for day in days] == expected
    work_at(datetime(2027, 1, 1, 0, 5, tzinfo=UTC))
    assert database.get_one(Organisation, planned.id, populate_existing=True).name == "Nye Steder kommune"
    assert [name_on(planned, day, database) for day in days] == expected
    (kept,) = database.scalars(sa.select(OrganisationName)).all()
    assert (kept.name, kept.starts_on, kept.ends_on) == (old, None, NEW_YEAR - timedelta(days=1))


def test_a_planned_name_is_taken_back_before_its_day(
    browse: Browser, planned: Organisation, database: sa.orm.Session
) -> None:
    address = f"/organisasjoner/{planned.id}/nytt-navn"
    page = browse.as_("secretary").open(address)
    assert "Nye Steder kommune, fra og med 1. januar 2027" in page.text
    page = page.press("Ta tilbake Nye Steder kommune")
    assert "Det planlagte navnet er tatt tilbake." in page.text
    work_at(datetime(2027, 1, 2, tzinfo=UTC))
    assert name_on(planned, date(2027, 2, 1), database) != "Nye Steder kommune"


def test_a_name_is_planned_on_the_page(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/organisasjoner/{cast.municipality.id}/nytt-navn")
    page = page.press("Lagre", name="Nye Steder kommune", starts_on="1.1.2027")
    assert "Det nye navnet er planlagt." in page.text
    assert "Heter Nye Steder kommune fra 1. januar 2027." in page.text


def test_one_name_is_planned_at_a_time_and_none_that_another_has(cast: Cast, planned: Organisation) -> None:
    secretary = cast.actor("secretary")
    with pytest.raises(DomainError, match=r"alt planlagt fra 1. januar 2027"):
        names.rename(secretary, planned.id, name="Enda et navn", starts_on=date(2028, 1, 1))
    with pytest.raises(DomainError, match="Det finnes alt en organisasjon med dette navnet"):
        names.rename(secretary, cast.trust.id, name=planned.name, starts_on=NEW_YEAR)
    with pytest.raises(Denied):
        names.rename(cast.actor("member"), cast.trust.id, name="Noe annet", starts_on=NEW_YEAR)


def test_a_name_in_use_is_not_taken_back(cast: Cast, planned: Organisation, database: sa.orm.Session) -> None:
    row = database.scalars(sa.select(OrganisationName)).one()
    with clock.at(datetime(2027, 1, 1, 9, tzinfo=UTC)), pytest.raises(DomainError, match="alt tatt i bruk"):
        names.drop_planned_name(cast.actor("secretary"), row.id)


# ---- a name that is kept


SHALL_BE_CALLED = r"skal hete dette fra 1\. januar 2027"


def test_a_name_that_an_organisation_will_have_is_registered_by_no_other(
    browse: Browser, cast: Cast, planned: Organisation
) -> None:
    secretary, name = cast.actor("secretary"), "Nye Steder kommune"
    given = {"name": name, "kind": OrganisationKind.MUNICIPALITY, "party": Party.M}
    with pytest.raises(DomainError, match=SHALL_BE_CALLED):
        directory.register_organisation(secretary, cast.partnership.id, **given)
    with pytest.raises(DomainError, match=SHALL_BE_CALLED):
        directory.change_organisation(secretary, cast.trust.id, **given)
    for day in (TODAY, NEW_YEAR, date(2028, 1, 1)):
        with pytest.raises(DomainError, match=SHALL_BE_CALLED):
            names.rename(secretary, cast.trust.id, name=name, starts_on=day)
    page = browse.as_("secretary").open(f"/organisasjoner/ny/{cast.partnership.id}")
    page = page.press("Lagre", name=name, kind="municipality", party="M")
    assert page.status == 422
    assert f"{planned.name} skal hete dette fra 1. januar 2027." in page.text


def test_a_municipality_that_comes_of_a_merger_takes_no_name_that_another_will_have(
    a: Factory, cast: Cast, planned: Organisation
) -> None:
    towns = [a.organisation(f"{name} kommune", partnership=cast.partnership).id for name in ("Indre", "Ytre")]
    given = {"kind": TransitionKind.MERGER, "effective_on": NEW_YEAR, "organisations": tuple(towns)}
    with pytest.raises(DomainError, match=SHALL_BE_CALLED) as refused:
        start_membership(cast.actor("secretary"), cast.partnership.id, new_names="Nye Steder kommune", **given)
    assert refused.value.field == "new_names"


def test_a_file_that_registers_a_name_that_another_will_have_is_refused_at_its_row(
    cast: Cast, planned: Organisation
) -> None:
    rows = [{"number": 2, "name": "Nye Steder kommune", "kind": "Kommune", "party": "Kommunene"}]
    (row,) = Organisations(cast.partnership, rows).planned()
    assert row.what is What.WRONG
    assert "skal hete dette fra" in str(row.reason)


def test_of_two_who_plan_the_same_name_at_the_same_moment_one_is_refused(cast: Cast) -> None:
    actors = [(cast.actor("secretary"), cast.municipality.id), (cast.actor("hospital_secretary"), cast.trust.id)]

    def plan(actor: Actor, organisation_id: UUID) -> bool:
        with db.connected(), clock.at(morning(TODAY)):
            try:
                names.rename(actor, organisation_id, name="Felles navn", starts_on=NEW_YEAR)
            except DomainError:
                return False
        return True

    with ThreadPoolExecutor(2) as both:
        won = list(both.map(lambda one: plan(*one), actors))
    assert sorted(won) == [False, True]
    assert list(names_to_come_are_kept()) == []


NAMES = ("Indre", "Midtre", "Ytre")
wishes = st.lists(
    st.tuples(
        st.sampled_from(["rename", "take_back", "register", "pass"]),
        st.integers(0, 2),
        st.sampled_from(NAMES),
        st.integers(-3, 5),
    ),
    max_size=12,
)


@settings(max_examples=25)
@given(sequence=wishes)
def test_whatever_is_wished_a_planned_name_is_taken_up_on_its_day(
    a: Factory, cast: Cast, database: sa.orm.Session, sequence: list[tuple[str, int, str, int]]
) -> None:
    """``NAME_TO_ONE``: no other has taken it in the meantime."""
    towns = [a.organisation(partnership=cast.partnership) for _number in range(3)]
    mark, today = str(towns[0].id), TODAY
    for what, which, name, days in sequence:
        if what == "pass":
            today += timedelta(days=abs(days))
            work_at(morning(today))
        with clock.at(morning(today)), contextlib.suppress(DomainError):
            if what == "register":
                given = {"kind": OrganisationKind.MUNICIPALITY, "party": Party.M}
                directory.register_organisation(
                    cast.actor("secretary"), cast.partnership.id, name=f"{name} {mark}", **given
                )
            do(cast, towns[which], what, today + timedelta(days=days), f"{name} {mark}")
        database.rollback()
        assert list(names_to_come_are_kept()) == []
    with clock.at(morning(today + timedelta(days=10))):
        while outbox.work_once():
            pass
        assert database.scalar(sa.select(OrganisationName.name).where(OrganisationName.starts_on.is_not(None))) is None


# ---- on the pages of a day


def test_the_page_of_a_body_names_the_organisation_as_it_is_called_on_the_day(
    a: Factory, browse: Browser, cast: Cast
) -> None:
    secretary, town = cast.actor("secretary"), a.organisation("Gamle Steder kommune", partnership=cast.partnership)
    seat = a.seat(cast.body, Party.M, organisation_id=town.id)
    a.appointment(seat, a.person("Siv Stedsen", organisation=town))
    names.rename(secretary, town.id, name="Steder kommune", starts_on=date(2025, 1, 1))
    names.rename(secretary, town.id, name="Nye Steder kommune", starts_on=NEW_YEAR)
    expected = {date(2024, 12, 31): "Gamle Steder kommune", TODAY: "Steder kommune", NEW_YEAR: "Nye Steder kommune"}
    for day, name in expected.items():
        (sits,) = [one for one in sitting_on(cast.body.id, day) if one.name == "Siv Stedsen"]
        assert (sits.represents, sits.organisation) == (name, name)
        places = [place for group in bodies.party_groups(secretary, cast.body.id, day) for place in group.places]
        assert name in {place.represents for place in places}
        text = browse.as_("member").open(f"/utvalg/{cast.body.id}?dato={day.isoformat()}").text
        assert name in text
        cover = browse.as_("member").open(f"/utvalg/dekning/{cast.partnership.id}?dato={day.isoformat()}").text
        assert name in cover
        assert "Siv Stedsen" in cover


def test_a_meeting_after_the_day_calls_people_by_the_new_name_and_one_before_it_by_the_old(
    a: Factory, cast: Cast
) -> None:
    town = a.organisation("Gamle Steder kommune", partnership=cast.partnership)
    person = a.person("Siv Stedsen", organisation=town)
    a.appointment(a.seat(cast.body, Party.M, organisation_id=town.id), person)
    names.rename(cast.actor("secretary"), town.id, name="Nye Steder kommune", starts_on=NEW_YEAR)
    for day, name in {date(2026, 12, 1): "Gamle Steder kommune", date(2027, 2, 1): "Nye Steder kommune"}.items():
        (called,) = [one for one in called_people(a.meeting(cast.body, day=day)) if one.person_id == person.id]
        assert called.seats[0]["represents"] == name


def test_who_represents_whom_is_told_for_a_day_by_the_names_of_that_day(
    a: Factory, browse: Browser, cast: Cast
) -> None:
    secretary, council = cast.actor("secretary"), a.organisation("Namdal regionråd", partnership=cast.partnership)
    town = a.organisation("Steder kommune", partnership=cast.partnership)
    relays.represent(
        secretary,
        cast.partnership.id,
        organisation_id=council.id,
        represented=(town.id,),
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    names.rename(secretary, council.id, name="Ytre Namdal regionråd", starts_on=date(2026, 7, 1))
    address = f"/organisasjoner/representasjon/{cast.partnership.id}"
    page = browse.as_("secretary")
    assert "Hvem Ytre Namdal regionråd representerer" in page.open(address).text
    assert "Hvem Namdal regionråd representerer" in page.open(f"{address}?dato=1.1.2026").text
    assert "Ingen representerer andre." in page.open(f"{address}?dato=1.1.2027").text
    assert page.open(f"{address}?dato=i+fjor").status == 422


steps = st.lists(st.tuples(st.sampled_from(["rename", "take_back", "pass"]), st.integers(-4, 6)), max_size=10)


@settings(max_examples=25)
@given(sequence=steps)
def test_whatever_is_planned_and_taken_back_a_day_that_was_keeps_its_name_until_somebody_corrects_it(
    a: Factory, cast: Cast, database: sa.orm.Session, sequence: list[tuple[str, int]]
) -> None:
    town = a.organisation(partnership=cast.partnership)
    today = TODAY
    for number, (what, days) in enumerate(sequence):
        gone = {day: name_on(town, day, database) for day in (today - timedelta(days=back) for back in range(1, 6))}
        day = today + timedelta(days=days)
        if what == "pass":
            today += timedelta(days=abs(days))
            work_at(morning(today))
        with clock.at(morning(today)), contextlib.suppress(DomainError):
            do(cast, town, what, day, f"{town.id} nr. {number}")
        if what != "rename" or day >= today:
            assert {one: name_on(town, one, database) for one in gone} == gone
        present = database.get_one(Organisation, town.id, populate_existing=True).name
        assert name_on(town, today, database) == present
        with clock.at(morning(today)):
            assert [sentence for sentence in names_in_order() if sentence.startswith(f"{present} har")] == []


def morning(day: date) -> datetime:
    """Nine o'clock."""
    return datetime.combine(day, time(9), UTC)


def do(cast: Cast, town: Organisation, what: str, day: date, name: str) -> None:
    """Give it another name from the day, or take back the one that is planned."""
    secretary = cast.actor("secretary")
    if what == "rename":
        names.rename(secretary, town.id, name=name, starts_on=day)
    planned = names.planned_name(secretary, town.id)
    if what == "take_back" and planned is not None:
        names.drop_planned_name(secretary, planned.id)
