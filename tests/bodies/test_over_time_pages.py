"""The pages show what bodies were, are and will be called on a day; what was written then keeps the old name."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions
from secretariat.bodies.life import actions as phases
from secretariat.bodies.structures import Level
from secretariat.core import clock, outbox
from secretariat.core.errors import DomainError
from secretariat.directory.parties import Party
from secretariat.dispatch.models import Dispatch
from secretariat.meetings.models import Participant
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.pages import Browser
from tests.pages.statements import count_statements

NEW_YEAR = date(2027, 1, 1)


def renamed(cast: Cast, day: date, **values: Any) -> Any:
    """The cast's body with another name or place from a day on."""
    body = cast.body
    kept = {part: getattr(body, part) for part in ("name", "short_name", "level", "level_name", "parent_id")}
    return phases.change_from(cast.actor("secretary"), body.id, starts_on=day, **(kept | values))


def test_list_drawing_and_page_show_the_name_the_level_and_the_parent_of_the_day(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    above = a.body("Partnerskapsmøtet", short_name="PM", level=1, partnership=cast.partnership)
    renamed(cast, NEW_YEAR, name="Strategisk samarbeidsutvalg", level=Level.LOCAL.order, parent_id=above.id)
    member = browse.as_("member")
    for address in ("/utvalg", f"/utvalg/{cast.body.id}"):
        now, then = (member.open(f"{address}{when}") for when in ("", "?dato=1.1.2027"))
        assert cast.body.name in now.text
        assert "Strategisk samarbeidsutvalg" not in now.text
        assert "Strategisk samarbeidsutvalg" in then.text
        assert "Lokalt nivå" in then.text
    assert "rapporterer til Partnerskapsmøtet" in then.text
    assert f"heter i dag {cast.body.name}" in then.text
    drawn = member.open("/utvalg?dato=1.1.2027").response.get_data(as_text=True)
    assert "rapporterer til PM" in drawn


def test_the_body_above_lists_who_reports_there_on_the_day(browse: Browser, cast: Cast, a: Factory) -> None:
    above = a.body("Partnerskapsmøtet", short_name="PM", level=1, partnership=cast.partnership)
    renamed(cast, NEW_YEAR, name="Nytt navn", parent_id=above.id)
    member = browse.as_("member")
    assert "Rapporterer hit" not in member.open(f"/utvalg/{above.id}").text
    assert "Rapporterer hit Nytt navn" in member.open(f"/utvalg/{above.id}?dato=2.1.2027").text


def test_a_change_is_planned_seen_and_taken_back_on_the_page(browse: Browser, cast: Cast) -> None:
    secretary = browse.as_("secretary")
    page = secretary.open(f"/utvalg/{cast.body.id}/endre-fra")
    page = page.fill("Gjelder fra og med", "1.1.2027").fill("Navn", "Nytt navn").press("Registrer endringen")
    assert "Nytt navn" in page.text
    assert "planlagt" in page.text
    again = secretary.open(f"/utvalg/{cast.body.id}/endre-fra").fill("Gjelder fra og med", "1.1.2027")
    again = again.fill("Navn", "Enda et navn").press("Registrer endringen")
    assert again.status == 422
    assert "Det er alt registrert en endring fra denne dagen." in again.text
    assert "Enda et navn" in again.response.get_data(as_text=True)
    page = secretary.open(f"/utvalg/{cast.body.id}/over-tid").press("Ta tilbake 1. januar 2027")
    assert "planlagt" not in page.text


def test_closing_says_what_stands_open_and_where(browse: Browser, cast: Cast, a: Factory) -> None:
    case = a.case("Legemidler ved utskriving", partnership=cast.partnership, organisation=cast.municipality)
    a.treatment(case, cast.body)
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/legg-ned")
    assert page.html.link_named("Saken «Legemidler ved utskriving» er ikke ferdig.") == f"/saker/{case.id}"
    refused = page.press("Registrer siste dag")
    assert refused.status == 422
    assert refused.text.count("Saken «Legemidler ved utskriving» er ikke ferdig.") == 2


def test_closing_before_the_first_day_is_refused_at_the_field(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/legg-ned").fill("Siste dag", "1.1.2001")
    page = page.press("Registrer siste dag")
    assert page.status == 422
    assert "Utvalget kan ikke slutte før det begynner." in page.text


def test_a_merger_is_made_on_the_page_and_both_sides_tell_of_it(browse: Browser, cast: Cast, a: Factory) -> None:
    other = a.body("Gammelt råd", short_name="GR", partnership=cast.partnership)
    secretary = browse.as_("secretary")
    page = secretary.open(f"/utvalg/{cast.body.id}/sla-sammen").fill("Fra og med", "1.1.2027")
    page = page.press("Slå sammen", absorbed_ids=[str(other.id)])
    assert "Tok over etter Gammelt råd" in page.text
    assert f"Avløst av {cast.body.name}" in secretary.open(f"/utvalg/{other.id}/over-tid").text


def test_only_the_secretaries_change_close_and_merge(browse: Browser, cast: Cast) -> None:
    for way in ("endre-fra", "legg-ned", "sla-sammen", "avtaler", "ny-gruppe"):
        assert browse.as_("member").open(f"/utvalg/{cast.body.id}/{way}").status == 403
        assert browse.as_("stranger").open(f"/utvalg/{cast.body.id}/{way}").status == 404
    assert "Legg ned" not in browse.as_("member").open(f"/utvalg/{cast.body.id}/over-tid").text


def test_the_other_party_does_not_see_what_a_partys_body_will_be_called(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    body = a.body("Kommunenes formøte", short_name="FM", room=Party.M.value, partnership=cast.partnership)
    kept = {"short_name": "FM", "level": 9, "level_name": "", "parent_id": None}
    phases.change_from(cast.actor("secretary"), body.id, starts_on=NEW_YEAR, name="Kommunenes strategi", **kept)
    hospital = browse.as_("hospital_secretary")
    assert hospital.open(f"/utvalg/{body.id}/over-tid").status == 404
    assert "Kommunenes strategi" not in hospital.open("/utvalg?dato=1.1.2027").text
    assert "Kommunenes strategi" in browse.as_("secretary").open("/utvalg?dato=1.1.2027").text


def test_what_was_sent_and_held_keeps_the_name_of_that_day(
    database: sa.orm.Session, browse: Browser, cast: Cast, a: Factory
) -> None:
    old = cast.body.name
    meeting = meeting_with_agenda(a, cast.body)
    sent = database.get_one(Dispatch, send_notice(cast.actor("secretary"), meeting))
    before, called = sent.manifest_sha256, database.scalars(sa.select(Participant)).all()
    names = [(row.name, row.seats) for row in called]
    renamed(cast, meeting.day + timedelta(days=1), name="Strategisk samarbeidsutvalg")
    with clock.at(datetime.combine(meeting.day + timedelta(days=2), time(12), UTC)):
        while outbox.work_once():
            pass
        secretary = browse.as_("secretary")
        body = secretary.open(f"/utvalg/{cast.body.id}")
        page = secretary.open(f"/moter/{meeting.id}")
        minutes = secretary.open(f"/moter/{meeting.id}/referat")
    assert "Strategisk samarbeidsutvalg" in body.text
    for shown in (page, minutes):
        assert old in shown.text
        assert "Strategisk samarbeidsutvalg" not in shown.text
    database.rollback()
    database.refresh(sent)
    assert sent.manifest_sha256 == before
    assert [(row.name, row.seats) for row in database.scalars(sa.select(Participant))] == names


def test_the_pages_cost_the_same_with_many_changes_and_bodies(browse: Browser, cast: Cast, a: Factory) -> None:
    secretary, costs = browse.as_("secretary"), []
    addresses = ("/utvalg", f"/utvalg/{cast.body.id}", f"/utvalg/{cast.body.id}/over-tid")
    for year in (2027, 2028):
        for month in range(1, 2 if year == 2027 else 12):
            renamed(cast, date(year, month, 1), name=f"Navn {year}-{month}")
            a.body(f"Utvalg {year}-{month}", short_name=f"U{year}{month}", partnership=cast.partnership)
        with count_statements() as statements:
            for address in addresses:
                secretary.open(f"{address}?dato=1.12.2028")
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 3 * 16


def test_the_first_form_asks_six_things_and_the_rest_waits(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/ny/{cast.partnership.id}")
    markup = page.response.get_data(as_text=True)
    shown, _more, _waits = markup.partition('<details class="more"')
    asked = ("Navn", "Ord for møteboken", "Saksnummer", "Frister", "Hvem leder", "Vara ved forfall")
    assert all(f">{words}" in shown for words in asked)
    assert not any(f">{words}" in shown for words in ("Kortnavn", "Nivå", "Rapporterer til", "Målform", "Myndighet"))
    page = page.fill("Navn", "Administrativt samarbeidsutvalg nord").fill("Hvem leder", "M2").press("Opprett")
    assert "Skifter mellom partene hvert annet år; først leder kommunene" in page.text
    assert page.title == "Administrativt samarbeidsutvalg nord"


def test_a_body_set_up_without_a_name_is_refused_with_the_rest_still_typed(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/ny/{cast.partnership.id}").fill("Kortnavn", "ASU").press("Opprett")
    assert page.status == 422
    assert "Feltet må fylles ut." in page.text
    assert 'value="ASU"' in page.response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"chair_first": "U"}, "chair_first"),
        ({"term_years": 0}, "term_years"),
        ({"term_begins": "31.2."}, "term_begins"),
        ({"term_years": 4, "term_begins": "1.4."}, "term_begins"),
        ({"level": 99}, "level"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    given = {"name": "Nytt utvalg", "starts_on": NEW_YEAR} | wrong
    with pytest.raises(DomainError) as refused:
        actions.set_up(cast.actor("secretary"), cast.partnership.id, **given)
    assert refused.value.field == field
