"""Who leads: the sides' turns laid out in one press, without gap or overlap, drawn, warned of, followed by meetings."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.bodies import actions, queries
from secretariat.bodies.lead import actions as chairing
from secretariat.bodies.lead.queries import leading_from
from secretariat.bodies.lead.timeline import BOX_WIDTH, WIDTH, Turn, timeline
from secretariat.bodies.models import Body, Seat, SecretariatTerm
from secretariat.bodies.terms import day_of_year, stretches, term_end, without_anyone
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.desk.concerns import concerns
from secretariat.desk.turns import turns
from secretariat.directory.parties import Party
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

TODAY = date(2026, 9, 7)
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def led(a: Factory, cast: Cast) -> tuple[Body, Seat, Seat]:
    """A body with a place from each side and no chair plan."""
    body = a.body("Strategisk samarbeidsutvalg", partnership=cast.partnership, short_name="SSU")
    ours, theirs = a.seat(body, Party.M), a.seat(body, Party.H)
    a.appointment(ours, a.person("Kari Kommune"))
    a.appointment(theirs, a.person("Hans Helseforetak"))
    return body, ours, theirs


def lay_out(cast: Cast, led: tuple[Body, Seat, Seat], **values: Any) -> Any:
    """The turns, as a secretary lays them out."""
    body, ours, theirs = led
    given = {"chair_seat_id": ours.id, "deputy_chair_seat_id": theirs.id, "starts_on": NEW_YEAR} | values
    return chairing.lay_out_chairs(cast.actor("secretary"), body.id, **given)


def refusal(call: Any) -> tuple[str | None, str]:
    """The field and the sentence of a refusal."""
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.field, str(refused.value.reason)


def plan(cast: Cast, body: Body) -> list[tuple[date, date, Party]]:
    """The plan as it is read."""
    terms = queries.chair_plan(cast.actor("secretary"), body.id, TODAY)
    return [(term.starts_on, term.ends_on, term.chair_party) for term in terms]


def test_the_sides_take_turns_year_by_year_in_one_press(cast: Cast, led: tuple[Body, Seat, Seat]) -> None:
    lay_out(cast, led, terms=3)
    assert plan(cast, led[0]) == [
        (date(2027, 1, 1), date(2027, 12, 31), Party.M),
        (date(2028, 1, 1), date(2028, 12, 31), Party.H),
        (date(2029, 1, 1), date(2029, 12, 31), Party.M),
    ]
    terms = queries.chair_plan(cast.actor("secretary"), led[0].id, TODAY)
    assert [term.deputy_party for term in terms] == [Party.H, Party.M, Party.H]


def test_the_turns_may_take_two_years(cast: Cast, led: tuple[Body, Seat, Seat]) -> None:
    lay_out(cast, led, terms=2, years=2)
    assert [last for _first, last, _party in plan(cast, led[0])] == [date(2028, 12, 31), date(2030, 12, 31)]


def test_on_a_fixed_day_the_first_turn_reaches_to_that_day(cast: Cast, led: tuple[Body, Seat, Seat]) -> None:
    lay_out(cast, led, terms=2, turns_on="1.4.")
    assert [(first, last) for first, last, _party in plan(cast, led[0])] == [
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2028, 3, 31)),
    ]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"turns_on": "tull"}, "turns_on", "Skriv dag og måned, for eksempel 1.4."),
        ({"turns_on": "31.2."}, "turns_on", "Skriv dag og måned, for eksempel 1.4."),
        ({"terms": 21}, "terms", "Skriv et tall fra 1 til 20."),
        ({"terms": None}, "terms", "Skriv et tall fra 1 til 20."),
        ({"years": 0}, "years", "Skriv et tall fra 1 til 10."),
        ({"starts_on": None}, "starts_on", "Feltet må fylles ut."),
        ({"chair_seat_id": None}, "chair_seat_id", "Feltet må fylles ut."),
    ],
)
def test_what_cannot_be_laid_out_is_refused_and_nothing_is_stored(
    cast: Cast, led: tuple[Body, Seat, Seat], values: dict[str, Any], field: str, sentence: str
) -> None:
    assert refusal(lambda: lay_out(cast, led, **values)) == (field, sentence)
    assert plan(cast, led[0]) == []


def test_the_deputy_comes_from_the_other_side(cast: Cast, led: tuple[Body, Seat, Seat], a: Factory) -> None:
    same_side = a.seat(led[0], Party.M)
    field, sentence = refusal(lambda: lay_out(cast, led, deputy_chair_seat_id=same_side.id))
    assert (field, sentence) == ("deputy_chair_seat_id", "Leder og nestleder må komme fra hver sin part.")
    elsewhere = cast.seats["deputy_chair"].id
    assert refusal(lambda: lay_out(cast, led, deputy_chair_seat_id=elsewhere))[0] == "deputy_chair_seat_id"


def test_an_overlap_and_a_gap_are_said_and_not_stored(cast: Cast, led: tuple[Body, Seat, Seat]) -> None:
    lay_out(cast, led, terms=2)
    before = plan(cast, led[0])
    overlap = refusal(lambda: lay_out(cast, led, starts_on=date(2028, 12, 31)))
    assert overlap == (
        "starts_on",
        "Planen har alt en periode fra 1. januar 2028 til 31. desember 2028. Fjern den først.",
    )
    gap = refusal(lambda: lay_out(cast, led, starts_on=date(2029, 2, 1)))
    assert gap == (
        "starts_on",
        "Da leder ingen fra 1. januar 2029 til 31. januar 2029. La planen henge sammen.",
    )
    assert plan(cast, led[0]) == before


def test_a_hole_in_the_plan_may_be_filled_piece_by_piece(cast: Cast, led: tuple[Body, Seat, Seat]) -> None:
    lay_out(cast, led, terms=3)
    middle = queries.chair_plan(cast.actor("secretary"), led[0].id, TODAY)[1]
    actions.drop_chair_term(cast.actor("secretary"), middle.id)
    lay_out(cast, led, starts_on=date(2028, 3, 1), terms=1, turns_on="1.9.")
    assert (date(2028, 3, 1), date(2028, 8, 31), Party.M) in plan(cast, led[0])


def test_only_a_secretary_of_the_partnership_lays_out(cast: Cast, led: tuple[Body, Seat, Seat]) -> None:
    body, ours, theirs = led
    given = {"chair_seat_id": ours.id, "deputy_chair_seat_id": theirs.id, "starts_on": NEW_YEAR}
    with pytest.raises(Denied):
        chairing.lay_out_chairs(cast.actor("chair"), body.id, **given)
    with pytest.raises(NotFound):
        chairing.lay_out_chairs(cast.actor("stranger"), body.id, **given)


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
fixed_days = st.none() | st.tuples(st.integers(1, 12), st.integers(1, 28))


@settings(max_examples=60)
@given(starts_on=days, years=st.integers(1, 4), count=st.integers(1, 12), turn=fixed_days)
def test_stretches_hang_together_and_begin_on_the_turn(
    starts_on: date, years: int, count: int, turn: tuple[int, int] | None
) -> None:
    found = list(stretches(starts_on, years, count, turn))
    assert len(found) == count
    assert found[0][0] == starts_on
    assert all(first <= last for first, last in found)
    assert without_anyone(found) == []
    assert all(b[0] - a[1] == timedelta(days=1) for a, b in pairwise(found))
    if turn is not None:
        assert all((first.month, first.day) == turn for first, _last in found[1:])


@pytest.mark.parametrize("written", ["1.4.", "1.4", "1. april", "04-01", " 1/4 "])
def test_a_fixed_day_is_read_as_people_write_it(written: str) -> None:
    assert day_of_year(written, "turns_on") == (4, 1)


@pytest.mark.parametrize(
    ("rule", "day", "end"),
    [
        ({"term_begins": "04-01"}, date(2027, 3, 31), date(2027, 3, 31)),
        ({"term_begins": "04-01"}, date(2027, 4, 1), date(2028, 3, 31)),
        ({"term_years": 4}, date(2023, 12, 31), date(2023, 12, 31)),
        ({"term_years": 4}, date(2024, 1, 1), date(2027, 12, 31)),
        ({}, date(2024, 1, 1), None),
    ],
)
def test_the_bodys_rule_says_when_a_term_ends(rule: dict[str, Any], day: date, end: date | None) -> None:
    body = Body(**({"starts_on": date(2020, 1, 1), "term_begins": "", "term_years": None} | rule))
    assert term_end(body, day) == end


# ---- the picture and the pages


def test_the_picture_fits_a_phone_and_every_word_its_box() -> None:
    name = "Kari Anne Storskarmyr-Lyngbakkåsmo Nordmann"
    drawn = timeline([Turn(TODAY, NEW_YEAR, Party.M, "Leder", name, Party.H, "Nestleder", name)], TODAY)
    assert drawn.width == WIDTH <= 344
    (band,) = drawn.bands
    assert band.now
    for box in band.boxes:
        assert box.x + BOX_WIDTH <= WIDTH
        assert all(box.y < text.y < box.y + box.height for text in box.texts)


def test_a_gap_has_a_line_of_its_own_in_the_picture() -> None:
    drawn = timeline(
        [Turn(date(2026, 1, 1), date(2026, 6, 30), Party.M, "x"), Turn(NEW_YEAR, date(2027, 12, 31), Party.H, "x")],
        TODAY,
    )
    assert [len(band.boxes) for band in drawn.bands] == [1, 0, 1]
    assert drawn.bands[1].days.text == "Ingen leder 01.07.2026–31.12.2026"


def test_a_secretary_lays_the_plan_out_on_its_page_and_sees_it_drawn(
    browse: Browser, cast: Cast, led: tuple[Body, Seat, Seat]
) -> None:
    body, ours, theirs = led
    page = browse.as_("secretary").open(f"/utvalg/{body.id}/leder")
    seats = {"lay-chair_seat_id": str(ours.id), "lay-deputy_chair_seat_id": str(theirs.id)}
    given = seats | {"lay-starts_on": "2027-01-01", "lay-years": "1", "lay-turns_on": "1.4.", "lay-terms": "3"}
    refused = page.press("Legg ut", **(given | {"lay-terms": "mange"}))
    assert refused.status == 422
    assert "Skriv et helt tall." in refused.text
    assert {"mange", "1.4."} <= {element.get("value") for element in refused.html.all("input")}
    done = page.press("Legg ut", **given)
    assert "Lederplanen er endret." in done.text
    assert "Kari Kommune" in done.text
    assert "01.04.2027–31.03.2028" in done.text
    assert "Tiden går nedover." in done.text
    again = done.press("Legg ut", **given)
    assert again.status == 422
    assert "Planen har alt en periode fra 1. januar 2027 til 31. mars 2027." in again.text


# ---- the common secretariat


def test_who_leads_the_secretariat_is_planned_and_shown_on_the_page_of_all_bodies(browse: Browser, cast: Cast) -> None:
    address = f"/utvalg/sekretariat/{cast.partnership.id}"
    page = browse.as_("hospital_secretary").open(address)
    done = page.press("Legg ut", party="H", starts_on="2026-01-01", years="1", turns_on="", terms="2")
    assert "Planen for sekretariatet er endret." in done.text
    for role in ("member", "secretary", "contact"):
        text = browse.as_(role).open("/utvalg").text
        assert "Sekretariatet ledes av helseforetaket til 31. desember 2026." in text
        assert "Deretter leder kommunene." in text
        assert "Legg ut" not in browse.as_("member").open(address).text
    again = done.press("Legg ut", party="H", starts_on="2026-06-01", years="1", turns_on="", terms="2")
    assert again.status == 422
    assert "Planen har alt en periode" in again.text
    assert "Perioden er fjernet." in done.press("Fjern 1. januar 2027").text
    assert browse.as_("stranger").open(address).status == 404


def test_the_secretariats_plan_has_neither_gap_nor_overlap(cast: Cast, database: sa.orm.Session) -> None:
    secretary, here = cast.actor("secretary"), cast.partnership.id
    chairing.lay_out_secretariat(secretary, here, party=Party.M, starts_on=NEW_YEAR, terms=1)
    with pytest.raises(DomainError, match="Da leder ingen fra"):
        chairing.lay_out_secretariat(secretary, here, party=Party.M, starts_on=date(2029, 1, 1))
    with pytest.raises(DomainError, match="Velg kommunene eller helseforetaket"):
        chairing.lay_out_secretariat(secretary, here, party=Party.U, starts_on=date(2028, 1, 1))
    with pytest.raises(Denied):
        chairing.lay_out_secretariat(cast.actor("member"), here, party=Party.M, starts_on=date(2028, 1, 1))
    database.rollback()
    assert database.scalar(sa.select(sa.func.count()).select_from(SecretariatTerm)) == 1
    assert leading_from(cast.actor("stranger"), NEW_YEAR) == {}


# ---- the warning


def warned(cast: Cast, role: str = "secretary") -> list[tuple[str, str, date | None]]:
    """The changes of lead that stand on a desk."""
    kinds = ("turn", "secretariat_turn")
    return [(due.kind.value, due.about, due.day) for due in concerns(cast.actor(role)).dues if due.kind in kinds]


def test_the_desk_of_both_secretaries_warns_before_the_lead_changes_and_before_the_plan_runs_out(
    cast: Cast, led: tuple[Body, Seat, Seat]
) -> None:
    lay_out(cast, led, starts_on=TODAY - timedelta(days=350), terms=1, turns_on="1.10.")
    lay_out(cast, led, starts_on=date(2025, 10, 1), terms=1)
    for role in ("secretary", "hospital_secretary"):
        assert warned(cast, role) == [("turn", "SSU: ingen er satt opp til å lede etterpå", date(2026, 10, 1))]
    _body, ours, theirs = led
    swapped = {"chair_seat_id": theirs.id, "deputy_chair_seat_id": ours.id}
    lay_out(cast, led, starts_on=date(2026, 10, 1), terms=2, **swapped)
    assert warned(cast) == [("turn", "SSU: helseforetaket leder", date(2026, 10, 1))]
    assert warned(cast, "member") == []


def test_the_change_of_the_secretariats_lead_is_warned_of_too(cast: Cast, browse: Browser) -> None:
    chairing.lay_out_secretariat(
        cast.actor("secretary"), cast.partnership.id, party=Party.H, starts_on=date(2025, 10, 1), terms=3
    )
    assert warned(cast) == [("secretariat_turn", f"{cast.partnership.short_name}: kommunene leder", date(2026, 10, 1))]
    assert "Ledelsen av sekretariatet skifter" in browse.as_("secretary").open("/").text


def test_the_warnings_cost_one_statement_for_one_body_and_for_ten(cast: Cast, a: Factory) -> None:
    secretary = cast.actor("secretary")
    for more in (1, 9):
        for _number in range(more):
            body = a.body(partnership=cast.partnership)
            a.chair_term(body, a.seat(body), a.seat(body, Party.H), ends_on=TODAY)
        with count_statements() as statements:
            found = turns(secretary)
        assert statements.count == 1
    assert len(found) == 10


def test_the_page_of_the_plan_costs_the_same_for_two_turns_as_for_twenty(
    browse: Browser, cast: Cast, led: tuple[Body, Seat, Seat]
) -> None:
    secretary, costs, starts = browse.as_("secretary"), [], (NEW_YEAR, date(2029, 1, 1))
    body_id = led[0].id
    for starts_on, terms in zip(starts, (2, 18), strict=True):
        lay_out(cast, led, starts_on=starts_on, terms=terms)
        with count_statements() as statements:
            secretary.open(f"/utvalg/{body_id}/leder")
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 15
