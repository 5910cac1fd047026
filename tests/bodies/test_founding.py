"""A partnership is set up from one of the seven structures."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions
from secretariat.bodies.models import Agreement, Body, ChairTerm, Seat
from secretariat.bodies.structures import structure_keys
from secretariat.bodies.terms import years_later
from secretariat.core.actions import writing
from secretariat.core.actor import Actor
from secretariat.core.errors import Denied, DomainError
from secretariat.core.text.plain import to_plain
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Region
from secretariat.directory.parties import Party
from secretariat.web.tables import METADATA

NORTH = "nord-trondelag"
START = date(2026, 1, 1)


def rows_in(database: sa.orm.Session) -> dict[str, int]:
    """How many rows each table holds."""
    return {t.name: database.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in METADATA.sorted_tables}


def count(database: sa.orm.Session, model: Any, *where: Any) -> int:
    """How many rows fit."""
    return database.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def test_nord_trondelag_has_its_22_municipalities_and_six_seats_for_each_party_in_asu(database: sa.orm.Session) -> None:
    actions.load_structure(NORTH)
    assert count(database, Organisation, Organisation.kind == OrganisationKind.MUNICIPALITY) == 22
    assert count(database, Membership) == 22 + 1 + 2
    asu = database.scalar(sa.select(Body).where(Body.short_name == "ASU"))
    assert asu is not None
    for party in (Party.M, Party.H):
        assert count(database, Seat, Seat.body_id == asu.id, Seat.party == party, Seat.may_vote) == 6
    psu = database.scalar(sa.select(Body).where(Body.short_name == "PSU"))
    assert psu is not None
    assert asu.parent_id == psu.id
    assert count(database, Agreement) == 8


def test_the_secretariat_is_not_made_a_body_and_the_municipalities_own_meeting_is_in_their_room(
    database: sa.orm.Session,
) -> None:
    actions.load_structure(NORTH)
    assert count(database, Body) == 18
    assert count(database, Body, Body.short_name == "SEK") == 0
    assert database.scalar(sa.select(Body.room).where(Body.short_name == "HLN")) == "M"


@pytest.mark.parametrize("key", structure_keys())
def test_loading_any_structure_twice_changes_nothing(database: sa.orm.Session, key: str) -> None:
    first = actions.load_structure(key, starts_on=START)
    before = rows_in(database)
    assert actions.load_structure(key) == first
    assert rows_in(database) == before


def test_selbu_in_two_partnerships_is_one_organisation(database: sa.orm.Session) -> None:
    actions.load_structure(NORTH)
    actions.load_structure("st-olavs")
    selbu = database.scalar(sa.select(Organisation.id).where(Organisation.name == "Selbu kommune"))
    assert count(database, Organisation, Organisation.name == "Selbu kommune") == 1
    assert count(database, Membership, Membership.organisation_id == selbu) == 2


def test_the_chair_changes_sides_every_year_for_two_rounds(database: sa.orm.Session) -> None:
    actions.load_structure("ostfold", starts_on=date(2026, 4, 1))
    ssu = database.scalar(sa.select(Body.id).where(Body.short_name == "SSU"))
    party = {seat.id: seat.party for seat in database.scalars(sa.select(Seat).where(Seat.body_id == ssu))}
    terms = list(database.scalars(sa.select(ChairTerm).where(ChairTerm.body_id == ssu).order_by(ChairTerm.starts_on)))
    assert [party[term.chair_seat_id] for term in terms] == [Party.M, Party.H, Party.M, Party.H]
    assert [party[term.deputy_chair_seat_id] for term in terms if term.deputy_chair_seat_id] == [
        Party.H,
        Party.M,
        Party.H,
        Party.M,
    ]
    assert terms[0].starts_on == date(2026, 4, 1)
    assert terms[0].ends_on == date(2027, 3, 31)
    assert terms[-1].ends_on == date(2030, 3, 31)


def test_a_turn_from_the_day_that_comes_every_fourth_year_begins_on_1_march() -> None:
    assert years_later(date(2028, 2, 29), 1) == date(2029, 3, 1)
    assert years_later(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_the_same_model_under_another_name_is_another_partnership(database: sa.orm.Session, cast: Any) -> None:
    given = {"structure_key": "helsefellesskap", "short_name": "A", "starts_on": START}
    one = actions.found_partnership(cast.actor("administrator"), None, name="Helsefellesskap A", **given)
    two = actions.found_partnership(cast.actor("administrator"), None, name="Helsefellesskap B", **given)
    again = actions.found_partnership(cast.actor("administrator"), None, name="Helsefellesskap A", **given)
    keys = database.scalars(sa.select(Partnership.key).where(Partnership.structure_key == "helsefellesskap"))
    assert one == again != two
    assert sorted(keys) == ["helsefellesskap", "helsefellesskap-2"]


def test_more_og_romsdal_is_set_up_in_nynorsk_throughout(database: sa.orm.Session) -> None:
    actions.load_structure("more-og-romsdal-2021", language="nn")
    ssu = database.scalars(sa.select(Body).where(Body.short_name == "SSU")).one()
    assert "Sjå til at avtalen blir brukt slik han er meint" in to_plain(ssu.mandate)
    assert count(database, Seat, Seat.title == "Leiar eller nestleiar frå LSU") == 4
    assert count(database, Agreement, Agreement.title == "IKT-løysingar og elektronisk samarbeid") == 1
    assert count(database, Organisation, Organisation.name == "Molde sjukehus") == 1


def test_what_the_secretariat_is_written_to_must_be_an_address(cast: Any) -> None:
    given = {"structure_key": NORTH, "name": "Nytt", "short_name": "Nytt", "starts_on": START}
    with pytest.raises(DomainError) as refused:
        actions.found_partnership(cast.actor("administrator"), None, **given, secretariat_email="ikke en adresse")
    assert refused.value.field == "secretariat_email"


def test_regions_and_what_they_elect_follow_the_structure(database: sa.orm.Session) -> None:
    actions.load_structure("st-olavs")
    assert count(database, Region) == 5
    assert count(database, Seat, Seat.region_id.is_not(None), Seat.party == Party.M) == 5 * 12


def test_only_the_administrator_sets_up_a_partnership(cast: Any) -> None:
    given = {"structure_key": NORTH, "name": "Nytt", "short_name": "Nytt", "starts_on": START}
    with pytest.raises(Denied):
        actions.found_partnership(cast.actor("secretary"), None, **given)


def test_a_structure_that_does_not_exist_is_refused_at_its_field(database: sa.orm.Session) -> None:
    given = {"structure_key": "../nord", "name": "Nytt", "short_name": "Nytt", "starts_on": START}
    with pytest.raises(DomainError) as refused:
        actions.found_partnership(Actor.system("test"), None, **given)
    assert refused.value.field == "structure_key"


def test_a_new_body_writes_what_its_partnership_writes(cast: Any, database: sa.orm.Session) -> None:
    with writing("test") as work:
        work.get_one(Partnership, cast.partnership.id).language = "nn"
    made = actions.set_up(cast.actor("secretary"), cast.partnership.id, name="Fagråd", starts_on=START)
    assert database.get_one(Body, made).language == "nn"
