"""The seven structures carry what the agreements say."""

import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from secretariat.bodies.models import Authority
from secretariat.bodies.structures import (
    BodyPlan,
    ChairPlan,
    Constituency,
    Level,
    Right,
    Structure,
    TermPlan,
    read_structure,
    structure_keys,
)
from secretariat.directory.parties import EQUAL_PARTIES, Party, label

FOUR_YEARS = TermPlan(4, None, None)
HOSPITALS = ("Kristiansund", "Molde", "Ålesund", "Volda")


def seats_by_party(structure: Structure, short: str) -> dict[str, int]:
    seats = structure.seats_of(structure.body(short))
    return dict(Counter(seat.party.value for seat in seats))


def shorts(structure: Structure, level: Level) -> list[str]:
    return [body.short for body in structure.bodies if body.level is level]


# ---------------------------------------------------------------- what is shipped


def test_seven_structures_are_shipped_and_the_national_model_comes_first() -> None:
    assert structure_keys() == (
        "helsefellesskap",
        "agder",
        "more-og-romsdal-2015",
        "more-og-romsdal-2021",
        "nord-trondelag",
        "ostfold",
        "st-olavs",
    )


@pytest.mark.parametrize(
    ("key", "bodies", "municipalities", "regions", "hospitals", "agreements"),
    [
        ("helsefellesskap", 4, None, 0, 0, 0),
        ("nord-trondelag", 19, 22, 0, 2, 8),
        ("st-olavs", 17, 30, 5, 3, 1),
        ("more-og-romsdal-2015", 11, None, 0, 4, 1),
        ("more-og-romsdal-2021", 18, None, 3, 4, 7),
        ("agder", 17, None, 5, 3, 0),
        ("ostfold", 12, 13, 5, 0, 2),
    ],
)
def test_a_structure_has_as_many_bodies_and_organisations_as_its_agreement(
    key: str, bodies: int, municipalities: int | None, regions: int, hospitals: int, agreements: int
) -> None:
    structure = read_structure(key)
    found = len(structure.bodies), len(structure.regions), len(structure.hospitals), len(structure.agreements)
    assert found == (bodies, regions, hospitals, agreements)
    assert (len(structure.municipalities) or structure.municipality_count) == municipalities


@pytest.mark.parametrize(
    ("key", "first", "last", "trusts"),
    [
        ("helsefellesskap", date(2020, 1, 1), None, ()),
        ("nord-trondelag", date(2012, 1, 1), None, ("Helse Nord-Trøndelag HF",)),
        ("st-olavs", date(2012, 1, 1), None, ("St. Olavs hospital HF",)),
        ("more-og-romsdal-2015", date(2015, 4, 29), date(2020, 12, 31), ("Helse Møre og Romsdal HF",)),
        ("more-og-romsdal-2021", date(2021, 1, 1), None, ("Helse Møre og Romsdal HF",)),
        ("agder", date(2020, 1, 1), None, ("Sørlandet sykehus HF",)),
        ("ostfold", date(2017, 1, 1), None, ("Sykehuset Østfold HF",)),
    ],
)
def test_a_structure_says_for_which_trust_and_from_when_it_holds(
    key: str, first: date, last: date | None, trusts: tuple[str, ...]
) -> None:
    structure = read_structure(key)
    assert (structure.valid_from, structure.valid_to, structure.trusts) == (first, last, trusts)
    assert all(2013 <= year <= 2020 for year in structure.source_years)


@pytest.mark.parametrize("key", structure_keys())
def test_every_structure_has_exactly_one_way_up_from_each_body(key: str) -> None:
    structure = read_structure(key)
    names = {body.short for body in structure.bodies}
    assert len(names) == len(structure.bodies)
    assert all(body.reports_to is None or body.reports_to in names for body in structure.bodies)


def test_the_national_model_has_three_levels_and_four_patient_groups() -> None:
    structure = read_structure("helsefellesskap")
    assert [(body.short, body.reports_to) for body in structure.bodies[:3]] == [
        ("PM", None),
        ("SSU", "PM"),
        ("FSU", "SSU"),
    ]
    assert structure.body("FSU").many
    assert structure.body("PM").meetings_per_year == 1
    assert len(structure.patient_groups) == 4


def test_the_national_model_states_no_numbers_so_every_seat_is_assumed() -> None:
    structure = read_structure("helsefellesskap")
    seats = structure.seats_of(structure.body("SSU"))
    assert [seat.party.value for seat in seats] == ["M", "H", "U", "G"]
    assert all(seat.assumed for seat in seats)


def test_asu_in_nord_trondelag_has_six_from_each_side() -> None:
    structure = read_structure("nord-trondelag")
    seats = structure.seats_of(structure.body("ASU"))
    assert seats_by_party(structure, "ASU") == {"M": 6, "H": 6, "S": 1, "E": 1, "U": 1}
    assert {seat.party for seat in seats if not seat.assumed} == set(EQUAL_PARTIES)


def test_nord_trondelag_has_six_professional_bodies_and_eight_networks_under_asu() -> None:
    structure = read_structure("nord-trondelag")
    assert len(shorts(structure, Level.PROFESSIONAL)) == 6
    assert len(shorts(structure, Level.NETWORK)) == 8
    assert {body.reports_to for body in structure.bodies if body.level is Level.NETWORK} == {"ASU"}
    assert structure.body("SO-UNI").agreements == ("6", "7")
    assert [body.short for body in structure.bodies if body.reports_to is None] == ["PSU", "DM", "HLN"]


def test_each_region_of_st_olavs_sends_one_to_asu_and_to_each_of_ten_professional_councils() -> None:
    structure = read_structure("st-olavs")
    councils = [body for body in structure.bodies if body.short.startswith("FR-")]
    assert len(councils) == 10
    for body in [*councils, structure.body("ASU"), structure.body("KGN")]:
        municipal = [seat for seat in structure.seats_of(body) if seat.party is Party.M]
        assert [seat.represents for seat in municipal] == [f"Kommuneregion {number}" for number in range(1, 6)]
        assert {seat.constituency for seat in municipal} == {Constituency.REGION}


def test_regions_that_the_sources_count_but_do_not_name_are_marked() -> None:
    assert all(region.assumed for region in read_structure("st-olavs").regions)
    assert not any(region.assumed for region in read_structure("more-og-romsdal-2021").regions)


def test_the_meeting_of_health_leaders_has_one_seat_per_municipality() -> None:
    structure = read_structure("st-olavs")
    seats = structure.seats_of(structure.body("HLS"))
    assert len(seats) == 30
    assert {seat.constituency for seat in seats} == {Constituency.MUNICIPALITY}
    assert seats[0].represents == "Trondheim"
    meetings = (structure.body("KGN").meetings_per_year, structure.body("HLS").meetings_per_year)
    assert meetings == (4, 2)


def test_the_agreement_of_2015_has_a_local_body_for_each_of_four_hospitals() -> None:
    structure = read_structure("more-og-romsdal-2015")
    assert [body.area for body in structure.bodies if body.level is Level.LOCAL] == list(HOSPITALS)
    assert structure.body("DM").meetings_per_year == 1
    assert structure.body("KSU").many
    assert structure.body("FFR").authority is Authority.ADVISES


def test_the_partnership_meeting_of_more_og_romsdal_has_twelve_from_each_side_and_two_users() -> None:
    structure = read_structure("more-og-romsdal-2021")
    assert seats_by_party(structure, "PM") == {"H": 12, "M": 12, "U": 2}
    assert structure.body("PM").term == FOUR_YEARS
    assert structure.body("PM").meetings_per_year == 1


def test_each_regional_council_names_its_share_of_the_mayors() -> None:
    structure = read_structure("more-og-romsdal-2021")
    mayors = [seat.represents for seat in structure.seats_of(structure.body("PM")) if seat.role == "Ordfører"]
    assert Counter(mayors) == {
        "Nordmøre Interkommunalt Politisk Råd": 1,
        "Romsdal Regionråd": 1,
        "Sunnmøre Regionråd": 2,
    }


def test_a_strategic_committee_of_more_og_romsdal_meets_four_times_a_year_for_four_years() -> None:
    structure = read_structure("more-og-romsdal-2021")
    assert seats_by_party(structure, "SSU") == {"M": 2, "H": 2, "G": 1, "U": 2}
    assert (structure.body("SSU").meetings_per_year, structure.body("SSU").term) == (4, FOUR_YEARS)


@pytest.mark.parametrize("hospital", HOSPITALS)
def test_a_local_committee_has_five_from_the_trust_and_one_per_municipality_it_serves(hospital: str) -> None:
    structure = read_structure("more-og-romsdal-2021")
    body = structure.body(f"LSU {hospital}")
    assert seats_by_party(structure, body.short) == {"M": 1, "H": 5, "G": 1, "U": 2}
    assert [seat.assumed for seat in structure.seats_of(body)] == [True, *[False] * 8]
    assert (body.meetings_per_year, body.term, body.area) == (4, FOUR_YEARS, hospital)


def test_ten_professional_committees_of_more_og_romsdal_have_four_from_each_side() -> None:
    structure = read_structure("more-og-romsdal-2021")
    committees = shorts(structure, Level.PROFESSIONAL)
    assert len(committees) == 10
    for short in committees:
        assert seats_by_party(structure, short) == {"M": 4, "H": 4, "G": 1, "U": 2}
    assert structure.body("FSU-KFU").agreements == ("2",)


def test_more_og_romsdal_writes_nynorsk_and_every_body_has_a_name_in_it() -> None:
    for key in ("more-og-romsdal-2015", "more-og-romsdal-2021"):
        assert all(body.name_nn for body in read_structure(key).bodies)
    body = read_structure("more-og-romsdal-2021").body("FSU-MS")
    assert body.name_nn == "Fagleg samarbeidsutval for multisjuke"


@pytest.mark.parametrize("key", ["helsefellesskap", "more-og-romsdal-2015", "more-og-romsdal-2021"])
def test_no_nynorsk_wording_stands_for_a_text_that_the_structure_does_not_have(key: str) -> None:
    file = files("secretariat.bodies.structures") / "files" / f"{key}.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))["nynorsk"]
    bokmal, nynorsk = repr(read_structure(key)), repr(read_structure(key, "nn"))
    assert [text for text in words if text not in bokmal] == []
    assert [text for text in words.values() if text not in nynorsk] == []
    for left in (" ikke ", " og de ", "kommunene", "helseforetaket", "Brukerrep", "utvalg", "leder", " fra "):
        assert left not in nynorsk


def test_the_lead_of_the_secretariat_of_more_og_romsdal_changes_side_every_second_year() -> None:
    chair = read_structure("more-og-romsdal-2021").body("SEK").chair
    assert chair == ChairPlan(starts_with=Party.H, every_years=2, deputy_from=Party.M)


def test_the_municipalities_of_agder_prepare_in_koss_with_a_working_committee_of_six() -> None:
    structure = read_structure("agder")
    assert structure.body("AU-KOSS").reports_to == "KOSS"
    assert seats_by_party(structure, "AU-KOSS") == {"M": 6}
    assert structure.body("KOSS").room is structure.body("AU-KOSS").room is Party.M


def test_agder_has_five_health_networks_that_meet_six_times_a_year_and_eight_professional_bodies() -> None:
    structure = read_structure("agder")
    networks = [structure.body(short) for short in shorts(structure, Level.LOCAL)]
    assert [(body.short, body.meetings_per_year) for body in networks] == [(f"HN {n}", 6) for n in range(1, 6)]
    assert len(shorts(structure, Level.PROFESSIONAL)) == 8


def test_ssu_in_ostfold_sits_from_1_april_to_31_march_and_the_municipalities_lead_first() -> None:
    body = read_structure("ostfold").body("SSU")
    assert body.term == TermPlan(None, (4, 1), (3, 31))
    assert body.chair == ChairPlan(starts_with=Party.M, every_years=1, deputy_from=Party.H)
    assert body.meetings_per_year == 4
    assert seats_by_party(read_structure("ostfold"), "SSU") == {"M": 5, "H": 1}


def test_fsu_in_ostfold_has_six_from_each_side_and_the_trust_leads_first() -> None:
    structure = read_structure("ostfold")
    assert seats_by_party(structure, "FSU") == {"M": 6, "H": 6, "U": 1, "E": 1, "G": 1}
    assert structure.body("FSU").chair == ChairPlan(starts_with=Party.H, every_years=1, deputy_from=Party.M)


def test_the_thirteen_municipalities_of_ostfold_have_a_contact_each_though_nobody_named_them() -> None:
    structure = read_structure("ostfold")
    contacts = [seat for seat in structure.seats_of(structure.body("SKN")) if seat.party is Party.M]
    assert len(contacts) == 13
    assert {(seat.represents, seat.assumed) for seat in contacts} == {("", False)}
    assert structure.body("SKN").meetings_per_year == 2


def test_the_partnership_meeting_of_ostfold_is_held_in_march_and_may_be_called_extraordinarily() -> None:
    body = read_structure("ostfold").body("PM")
    assert (body.meetings_per_year, body.meeting_month, body.extraordinary) == (1, 3, True)


# ---------------------------------------------------------------- what holds for them all

ALL_BODIES = [
    pytest.param(structure, body, id=f"{structure.key} {body.short}")
    for structure in map(read_structure, structure_keys())
    for body in structure.bodies
]


def test_what_the_municipalities_prepare_alone_lies_in_their_own_room() -> None:
    own = {body.values[1].short for body in ALL_BODIES if body.values[1].room is Party.M}
    assert own == {"HLN", "KGN", "HLS", "KOSS", "AU-KOSS", "FM"}
    assert not [body for body in ALL_BODIES if body.values[1].room is Party.H]


@pytest.mark.parametrize(("structure", "body"), ALL_BODIES)
def test_only_the_two_equal_parties_vote_and_everybody_may_attend_and_speak(
    structure: Structure, body: BodyPlan
) -> None:
    for seat in structure.seats_of(body):
        assert (Right.VOTE in seat.rights) == (seat.party in EQUAL_PARTIES)
        assert {Right.ATTEND, Right.SPEAK} <= set(seat.rights)


@pytest.mark.parametrize(("structure", "body"), ALL_BODIES)
def test_a_conference_takes_registrations_and_has_no_seats(structure: Structure, body: BodyPlan) -> None:
    if body.level is Level.CONFERENCE:
        assert body.is_open_to_registration
        assert structure.seats_of(body) == ()
    else:
        assert len(structure.seats_of(body)) >= len(body.seats)


def test_the_secretariat_is_told_apart_so_that_nobody_counts_it() -> None:
    found = [body.values[1].short for body in ALL_BODIES if body.values[1].is_secretariat]
    assert found == ["SEK"] * 6


def test_levels_are_ordered_from_the_political_one_downwards() -> None:
    assert (Level.POLITICAL.order, Level.STRATEGIC.order) == (1, 2)
    assert max(Level, key=lambda level: level.order) is Level.SECRETARIAT


def test_a_party_is_called_by_its_name_and_never_by_its_letter() -> None:
    assert str(label(Party.M)) == "Kommunene"
    assert all(len(str(label(party))) > 1 for party in Party)
