"""What the agreed composition demands, what is missing, and how the two parties are balanced against it."""

import contextlib
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.bodies import actions, queries
from secretariat.bodies.balance import Balance, agreed_on
from secretariat.bodies.composition import actions as composition, queries as composed_of
from secretariat.bodies.composition.composed import composed
from secretariat.bodies.invariants import one_rule_at_a_time
from secretariat.bodies.models import Capacity, CompositionRule, Leave, RuleKind, SeatRole, Tier
from secretariat.bodies.structures import read_structure
from secretariat.bodies.structures.composition import planned_rules
from secretariat.bodies.tiers import suggested
from secretariat.core.actions import writing
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory.models import Region, RegionMember
from secretariat.directory.parties import Party
from tests.factories import LONG_AGO, Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

TODAY = date(2026, 9, 7)
MOST_STATEMENTS = 15


def rule(cast: Cast, kind: RuleKind, party: Party = Party.M, **values: Any) -> Any:
    """A rule in the composition of the cast's body."""
    return composition.add_rule(cast.actor("secretary"), cast.body.id, kind=kind, party=party, **values)


def lacking(cast: Cast, day: date = TODAY) -> list[str]:
    """What is missing, as the secretary is told."""
    secretary = cast.actor("secretary")
    return composed(secretary, cast.body, queries.party_groups(secretary, cast.body.id, day), day).missing


def region(cast: Cast, name: str, *members: Any) -> Region:
    """A group of municipalities."""
    row = Region(partnership_id=cast.partnership.id, name=name)
    with writing("test") as work:
        work.add(row)
    for member in members:
        with writing("test") as work:
            work.add(
                RegionMember(
                    partnership_id=cast.partnership.id,
                    region_id=row.id,
                    organisation_id=member.id,
                    starts_on=LONG_AGO,
                )
            )
    return row


def away(appointment: Any) -> None:
    """Leave that goes on."""
    with writing("test") as work:
        work.add(Leave(partnership_id=appointment.partnership_id, appointment_id=appointment.id, starts_on=LONG_AGO))


def test_a_number_from_each_party_says_how_many_are_missing(cast: Cast, a: Factory) -> None:
    rule(cast, RuleKind.COUNT, Party.M, least=3)
    rule(cast, RuleKind.COUNT, Party.H, least=4)
    assert lacking(cast) == ["én fra kommunene", "2 fra helseforetaket"]
    a.appointment(a.seat(cast.body, Party.M))
    assert lacking(cast) == ["2 fra helseforetaket"]


def test_a_vacant_place_is_not_filled_and_neither_is_one_on_leave_without_a_deputy(cast: Cast, a: Factory) -> None:
    rule(cast, RuleKind.COUNT, Party.M, least=4)
    a.seat(cast.body, Party.M)
    seat = a.seat(cast.body, Party.M)
    away(a.appointment(seat))
    assert lacking(cast) == ["2 fra kommunene"]
    a.appointment(seat, capacity=Capacity.DEPUTY, rank=1)
    assert lacking(cast) == ["én fra kommunene"]


def test_one_from_each_group_and_a_doctor_are_missed_by_name(cast: Cast, a: Factory) -> None:
    indre = a.organisation("Rissa kommune", partnership=cast.partnership)
    region(cast, "Fosen", indre)
    other = region(cast, "Innherred", cast.municipality)
    rule(cast, RuleKind.EACH_REGION)
    rule(cast, RuleKind.TITLE, Party.G, title="fastlege")
    assert lacking(cast) == ["én fra kommunegruppe Fosen", "én fastlege"]
    a.appointment(a.seat(cast.body, Party.G), a.person("Lise Lege", title="Fastlege i Rissa"))
    a.appointment(a.seat(cast.body, Party.M, organisation_id=indre.id))
    assert lacking(cast) == []
    assert other.name == "Innherred"


def test_a_place_without_a_constituency_speaks_for_the_municipality_that_employs_its_holder(
    cast: Cast, a: Factory
) -> None:
    rule(cast, RuleKind.EACH_MUNICIPALITY)
    assert lacking(cast) == []
    there = a.organisation("Leka kommune", partnership=cast.partnership)
    assert lacking(cast) == ["én fra Leka kommune"]
    a.appointment(a.seat(cast.body, Party.M), a.person("Liv Leka", organisation=there))
    assert lacking(cast) == []


@pytest.mark.parametrize(("number", "said"), [(4, 4), (5, 1), (9, 1)])
def test_many_municipalities_are_missed_in_one_breath(cast: Cast, a: Factory, number: int, said: int) -> None:
    rule(cast, RuleKind.EACH_MUNICIPALITY)
    names = [a.organisation(f"Kommune nr. {one}", partnership=cast.partnership).name for one in range(number)]
    missed = lacking(cast)
    assert len(missed) == said
    assert all(name in ", ".join(missed) for name in names) is (number <= 8)


def test_who_is_missed_from_a_group_is_not_counted_once_more(cast: Cast, a: Factory) -> None:
    region(cast, "Fosen")
    rule(cast, RuleKind.COUNT, Party.M, least=3)
    rule(cast, RuleKind.EACH_REGION)
    assert lacking(cast) == ["én fra kommunegruppe Fosen"]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"kind": RuleKind.TITLE}, "title", "Skriv tittelen, for eksempel fastlege."),
        ({"kind": RuleKind.COUNT, "least": 201}, "least", "Skriv et tall mellom 0 og 200."),
        ({"kind": RuleKind.COUNT, "least": None}, "least", "Skriv et tall mellom 0 og 200."),
        ({"kind": None}, "kind", "Feltet må fylles ut."),
        ({"kind": RuleKind.COUNT, "least": 9}, "kind", "Sammensetningen har alt denne regelen. Fjern den først."),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_a_sentence(
    cast: Cast, given: dict[str, Any], field: str, sentence: str
) -> None:
    rule(cast, RuleKind.COUNT)
    with pytest.raises(DomainError) as refused:
        composition.add_rule(cast.actor("secretary"), cast.body.id, **({"party": Party.M} | given))
    assert (refused.value.field, str(refused.value.reason)) == (field, sentence)


def test_a_rule_holds_from_its_day_and_the_one_before_until_the_day_before(cast: Cast, browse: Browser) -> None:
    rule(cast, RuleKind.COUNT, Party.H, least=3, starts_on=date(2025, 1, 1))
    rule(cast, RuleKind.COUNT, Party.H, least=5, starts_on=date(2027, 1, 1))
    assert lacking(cast, date(2024, 12, 31)) == []
    assert lacking(cast) == lacking(cast, date(2026, 12, 31)) == ["én fra helseforetaket"]
    assert lacking(cast, date(2027, 1, 1)) == ["3 fra helseforetaket"]
    assert [agreed_on(cast.body.id, date(year, 1, 1))[1] for year in (2024, 2026, 2027)] == [2, 3, 5]
    page = browse.as_("chair").open(f"/utvalg/{cast.body.id}?dato=1.1.2027")
    assert "Mangler: 3 fra helseforetaket" in page.text
    assert "Mangler" not in browse.as_("chair").open(f"/utvalg/{cast.body.id}?dato=1.1.2024").text


def test_a_rule_that_is_taken_out_has_held_until_yesterday_and_is_seen_among_the_former(
    cast: Cast, browse: Browser
) -> None:
    rule(cast, RuleKind.COUNT, Party.H, least=3, starts_on=date(2025, 1, 1))
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/sammensetning").press("Fjern 3 fra helseforetaket")
    assert "Mangler" not in page.text
    assert "Tidligere" in page.text
    assert "1. januar 2025–6. september 2026" in page.text
    assert lacking(cast, date(2026, 9, 6)) == ["én fra helseforetaket"]
    (row,) = composed_of.rules_of(cast.actor("secretary"), cast.body.id)
    with pytest.raises(DomainError, match="Regelen gjelder ikke lenger"):
        composition.drop_rule(cast.actor("secretary"), row.id)


@pytest.mark.parametrize("first", [TODAY, date(2027, 1, 1)])
def test_a_rule_that_never_held_is_gone_when_it_is_taken_out(cast: Cast, first: date) -> None:
    made = rule(cast, RuleKind.COUNT, Party.H, least=3, starts_on=first)
    composition.drop_rule(cast.actor("secretary"), made)
    assert composed_of.rules_of(cast.actor("secretary"), cast.body.id) == []


def test_a_rule_holds_on_no_day_on_which_the_body_is_not_there(a: Factory, cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        rule(cast, RuleKind.COUNT, Party.H, least=3, starts_on=date(1990, 1, 1))
    assert refused.value.field == "starts_on"


@given(steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-3, 3)), max_size=12))
@settings(max_examples=25)
def test_whatever_rules_are_added_and_taken_out_one_holds_on_a_day_and_what_has_held_stays(
    a: Factory, cast: Cast, steps: list[tuple[int, int, int]]
) -> None:
    body = a.body(partnership=cast.partnership)
    secretary = cast.actor("secretary")

    def said(day: date) -> list[tuple[int, date, date | None]]:
        found = composed_of.rules_of(secretary, body.id)
        return [(one.least, one.starts_on, one.ends_on) for one in found if one.holds_on(day)]

    for what, least, number in steps:
        day = TODAY + timedelta(days=number)
        with contextlib.suppress(DomainError):
            if what:
                given = {"kind": RuleKind.COUNT, "party": Party.H, "least": least, "starts_on": day}
                composition.add_rule(secretary, body.id, **given)
            else:
                for one in composed_of.rules_of(secretary, body.id)[:1]:
                    composition.drop_rule(secretary, one.id)
        for other in range(-5, 6):
            assert len(said(TODAY + timedelta(days=other))) <= 1
    assert list(one_rule_at_a_time()) == []


def test_only_the_secretaries_keep_the_rules_and_only_they_and_the_chairs_read_them(cast: Cast) -> None:
    made = rule(cast, RuleKind.COUNT, least=2)
    for role, number in {"hospital_secretary": 1, "chair": 1, "deputy_chair": 1, "member": 0, "contact": 0}.items():
        assert len(composed_of.rules_of(cast.actor(role), cast.body.id)) == number, role
    with pytest.raises(Denied):
        composition.drop_rule(cast.actor("chair"), made)
    with pytest.raises(NotFound):
        composition.drop_rule(cast.actor("member"), made)
    with pytest.raises(NotFound):
        composition.add_rule(cast.actor("stranger"), cast.body.id, kind=RuleKind.COUNT, party=Party.M)
    composition.drop_rule(cast.actor("hospital_secretary"), made)
    assert composed_of.rules_of(cast.actor("secretary"), cast.body.id) == []


def test_the_page_of_the_body_says_what_is_missing_to_secretariat_and_chairs_alone(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}").follow("Avtalt sammensetning")
    added = page.fill("Minst så mange", "3").press("Legg til", kind="count", party="H")
    assert "3 fra helseforetaket" in added.text
    refused = added.press("Legg til", kind="title", party="G", title=" ", least="1")
    assert refused.status == 422
    for role in ("secretary", "hospital_secretary", "chair", "deputy_chair"):
        assert "Mangler: én fra helseforetaket" in browse.as_(role).open(f"/utvalg/{cast.body.id}").text
    for role in ("member", "observer", "contact"):
        assert "Mangler" not in browse.as_(role).open(f"/utvalg/{cast.body.id}").text
    gone = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/sammensetning").press("Fjern 3 fra helseforetaket")
    assert "Regelen er fjernet." in gone.text
    assert browse.as_("chair").open(f"/utvalg/{cast.body.id}/sammensetning").status == 403


def test_a_structure_brings_the_rules_that_its_numbers_state(cast: Cast, a: Factory) -> None:
    structure = read_structure("nord-trondelag")
    rules = list(planned_rules(structure, structure.body("ASU")))
    assert rules[:2] == [
        {"kind": RuleKind.COUNT, "party": Party.M, "least": 6},
        {"kind": RuleKind.COUNT, "party": Party.H, "least": 6},
    ]
    assumed = read_structure("helsefellesskap")
    titled = [rule for plan in assumed.bodies for rule in planned_rules(assumed, plan)]
    assert {rule["kind"] for rule in titled} == {RuleKind.TITLE}


def test_founding_stores_the_rules(database: sa.orm.Session) -> None:
    actions.load_structure("nord-trondelag")
    database.rollback()
    found = sa.select(sa.func.count()).select_from(CompositionRule)
    assert (database.scalar(found) or 0) > 1


# ---- the balance


def test_the_agreed_number_of_a_rule_goes_before_the_number_of_places(cast: Cast) -> None:
    assert agreed_on(cast.body.id, TODAY) == (2, 2)
    rule(cast, RuleKind.COUNT, Party.H, least=5)
    assert agreed_on(cast.body.id, TODAY) == (2, 5)


def test_the_secretariat_and_observers_are_not_counted_and_the_level_is_told(cast: Cast, a: Factory) -> None:
    a.appointment(a.seat(cast.body, Party.H, role=SeatRole.SECRETARY))
    a.appointment(a.seat(cast.body, Party.H, role=SeatRole.OBSERVER))
    a.appointment(a.seat(cast.body, Party.M), tier=Tier.TOP.value)
    a.appointment(a.seat(cast.body, Party.H), tier=Tier.MANAGER.value)
    secretary = cast.actor("secretary")
    found = composed(secretary, cast.body, queries.party_groups(secretary, cast.body.id, TODAY), TODAY).balance
    assert found == Balance(3, 3, 3, 3, ((Party.M, Tier.TOP, 1), (Party.H, Tier.MANAGER, 1)))
    assert found.note == "Nivå – kommunene: toppledelse 1; helseforetaket: ledelse 1"


@pytest.mark.parametrize(
    ("title", "tier"),
    [
        ("Ordfører", Tier.POLITICAL),
        ("varaordførar", Tier.POLITICAL),
        ("kommunedirektør", Tier.TOP),
        ("Administrerende direktør", Tier.TOP),
        ("klinikkdirektør", Tier.MANAGER),
        ("kommunalsjef helse og velferd", Tier.MANAGER),
        ("Avdelingsleder", Tier.MANAGER),
        ("seniorrådgiver", Tier.PROFESSIONAL),
        ("rådgjevar for kommunedirektøren", Tier.PROFESSIONAL),
        ("fastlege/praksiskonsulent", Tier.PROFESSIONAL),
        ("", None),
        ("medlem av brukerutvalget", None),
    ],
)
def test_the_level_is_suggested_from_the_title(title: str, tier: Tier | None) -> None:
    assert suggested(title) is tier


def test_the_page_of_the_body_costs_the_same_with_two_municipalities_as_with_twelve(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    for kind in (RuleKind.COUNT, RuleKind.EACH_REGION, RuleKind.EACH_MUNICIPALITY):
        rule(cast, kind, least=6)
    secretary, costs = browse.as_("secretary"), []
    for more in (1, 10):
        for _number in range(more):
            home = a.organisation(partnership=cast.partnership)
            region(cast, f"Gruppe {home.name}", home)
            a.appointment(a.seat(cast.body, Party.M, organisation_id=home.id))
        secretary.open(f"/utvalg/{cast.body.id}")
        with count_statements() as statements:
            secretary.open(f"/utvalg/{cast.body.id}")
        costs.append(statements.count)
    assert costs[0] == costs[1] <= MOST_STATEMENTS, statements.said
