"""Planning a meeting: the clock as the wall shows it, the deadlines that follow, a year's meetings in a row."""

from datetime import date

import pytest

from secretariat.bodies.models import Body
from secretariat.core.actions import writing
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser

DAY = date(2026, 10, 1)


def test_a_secretary_plans_a_meeting_and_arrives_at_it(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/moter/ny?utvalg={cast.body.id}")

    shown = page.fill("Dato", "1.10.2026").fill("Begynner", "9").fill("Slutter", "12").press("Planlegg")

    assert shown.title == "Møte i Administrativt samarbeidsutvalg"
    assert "torsdag 1. oktober 2026 kl. 09.00–12.00" in shown.text


def test_a_years_meetings_are_planned_in_a_row_with_only_the_date_to_choose(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/moter/ny?utvalg={cast.body.id}").fill("Dato", "1.10.2026")
    page.fill("Begynner", "9").fill("Slutter", "12").fill("Sted", "Rådhuset")

    next_one = page.press("Planlegg, og ett til")
    assert "Møtet er planlagt til torsdag 1. oktober 2026." in next_one.text
    shown = next_one.fill("Dato", "3.12.2026").press("Planlegg")

    assert "torsdag 3. desember 2026 kl. 09.00–12.00 · Rådhuset" in shown.text


def test_a_meeting_on_a_holiday_is_planned_and_pointed_out(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/moter/ny?utvalg={cast.body.id}")

    shown = page.fill("Dato", "17.5.2027").fill("Begynner", "9").fill("Slutter", "12").press("Planlegg")

    assert "Møtedagen, mandag 17. mai 2027, er helg eller helligdag." in shown.text


def test_in_the_night_the_clock_is_set_back_the_page_asks_which_time_is_meant(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/moter/ny?utvalg={cast.body.id}")
    assert "Hvilken av de to gangene" not in page.text

    again = page.fill("Dato", "25.10.2026").fill("Begynner", "02.30").fill("Slutter", "05.00").press("Planlegg")
    assert again.status == 422
    assert "kommer to ganger" in again.text

    shown = again.fill("Hvilken av de to gangene?", "1").press("Planlegg")
    assert "kl. 02.30–05.00" in shown.text


def test_a_skipped_time_keeps_what_was_typed(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/moter/ny?utvalg={cast.body.id}")

    again = page.fill("Dato", "28.3.2027").fill("Begynner", "02.30").fill("Slutter", "05").press("Planlegg")

    assert again.status == 422
    assert "Klokken 02.30 finnes ikke 28. mars 2027" in again.text
    assert 'value="28.3.2027"' in again.response.get_data(as_text=True)


@pytest.mark.parametrize("role", ["member", "chair", "contact", "administrator"])
def test_only_secretaries_see_the_page_for_planning(browse: Browser, role: str) -> None:
    assert browse.as_(role).open("/moter/ny").status == 403


def test_a_deadline_that_would_fall_on_a_saturday_is_the_friday_before_and_says_so(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    with writing("test") as work:
        work.get_one(Body, cast.body.id).dispatch_days = 12
    meeting = a.meeting(cast.body, day=DAY)
    moved = "fredag 18. september 2026 (flyttet fra lørdag 19. september 2026)"
    for rest in ("", "/saksliste", "/innkalling"):
        assert moved in browse.as_("secretary").open(f"/moter/{meeting.id}{rest}").text, rest
