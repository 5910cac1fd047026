"""The register of decisions, one decision, tasks: what each reader meets there."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import Denied
from secretariat.decisions import actions, reading
from secretariat.decisions.models import Decision, DecisionKind, Implementation, ImplementationState, Task, TaskState
from secretariat.meetings.models import ItemKind
from tests.factories.cast import Cast
from tests.factories.decisions import PROPOSAL, Room, enter, municipality_with_contact, words
from tests.pages import Browser, markup
from tests.pages.statements import count_statements


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def _in_force(room: Room, wording: str | None = None, **values: Any) -> Decision:
    decision = room.decide(wording, **values)
    room.close()
    return decision


def test_a_member_finds_the_decision_in_the_register_and_reads_its_wording(room: Room, browse: Browser) -> None:
    _in_force(room)

    page = browse.as_("member").open("/vedtak")
    assert "Fra ikke godkjent referat" in page.text
    page = page.follow("Felles rutine for legemidler")
    assert page.title.startswith("Vedtak")
    assert PROPOSAL in page.text
    assert "Endre" not in page.text


def test_the_register_is_filtered_by_what_stands_in_the_address(room: Room, browse: Browser) -> None:
    room.decide("Saken tas til orientering.", kind=DecisionKind.NOTED)
    _in_force(room, "Kommunene innfører rutinen.")
    reader = browse.as_("member")

    assert "Kommunene innfører" in reader.open("/vedtak?q=innfører").text
    assert "Kommunene innfører" not in reader.open("/vedtak?q=beredskap").text
    assert "tas til orientering" not in reader.open("/vedtak?state=open").text
    assert "tas til orientering" in reader.open("/vedtak?state=closed&kind=noted&year=2026").text
    assert "Ingen vedtak å vise" in reader.open("/vedtak?year=2019").text


def test_all_days_of_the_register_are_written_in_one_way(room: Room, browse: Browser) -> None:
    _in_force(room, deadline=date(2026, 9, 28))

    text = browse.as_("member").open("/vedtak").text
    assert "28.09.2026" in text
    assert "28. september 2026" not in text


def test_a_task_past_its_deadline_stands_out_in_the_register(room: Room, browse: Browser) -> None:
    decision = room.decide()
    room.ask(decision_id=decision.id, deadline=clock.today() - timedelta(days=2))
    room.close()

    late = [one for one in browse.as_("member").open("/vedtak").html.all("strong") if one.get("class") == "late"]
    assert [markup.words(one) for one in late] == ["1 oppgave over fristen"]


def test_nonsense_in_the_address_filters_nothing(room: Room, browse: Browser) -> None:
    _in_force(room)

    assert PROPOSAL in browse.as_("member").open("/vedtak?year=x&body=y&kind=z&side=-4").text


def test_a_changed_wording_is_shown_with_what_went_out_and_what_came_in(room: Room, browse: Browser) -> None:
    decision = _in_force(room)
    page = browse.as_("secretary").open(f"/vedtak/{decision.id}").follow("Endre")
    page.fill("Ordlyd", "Utvalget slutter seg til forslaget fra mai.")
    assert page.press("Lagre").status == 422

    page.fill("Hvorfor ordlyden endres", "Merknad fra Sykehuset")
    page = page.press("Lagre")
    assert "Merknad fra Sykehuset" in page.text
    assert "[lagt til: fra mai]" in page.text.replace(" .", ".").replace(" ]", "]")


def test_two_who_change_a_decision_at_once_see_both_texts(room: Room, browse: Browser) -> None:
    decision = room.decide()
    address = f"/vedtak/{decision.id}/endre"
    mine, theirs = browse.as_("secretary").open(address), browse.as_("hospital_secretary").open(address)
    theirs.fill("Ordlyd", "Helseforetakets ordlyd.").press("Lagre")

    page = mine.fill("Ordlyd", "Kommunenes ordlyd.").press("Lagre")
    assert page.status == 409
    assert "Kommunenes ordlyd." in page.text
    assert "Helseforetakets ordlyd." in page.text
    assert page.press("Lagre").status == 200
    assert words("Kommunenes ordlyd.") == room.fresh(Decision, decision.id).wording


def test_late_organisations_come_first_with_contact_and_purr(room: Room, browse: Browser) -> None:
    quick, _person = municipality_with_contact(room.cast, "Aure kommune")
    late, _other = municipality_with_contact(room.cast, "Ørland kommune")
    decision = room.decide(deadline=clock.today() - timedelta(days=3))
    actions.require_implementation(room.secretary, decision, organisations=(quick.id, late.id))
    room.close()
    line = _line(room, decision, quick.id)
    actions.report_implementation(room.secretary, line, state=ImplementationState.IMPLEMENTED)

    page = browse.as_("secretary").open(f"/vedtak/{decision.id}")
    assert "1 gjennomført" in page.text
    assert page.text.index("Ørland kommune") < page.text.index("Aure kommune")
    assert "Over fristen" in page.text
    assert "Kontakt Ørland kommune" in page.text
    page = page.press("Purr Ørland kommune")
    assert "Påminnelsen er sendt" in page.text
    assert "alt sendt en e-post om dette i dag" in page.press("Purr Ørland kommune").text


def test_whom_to_ask_stands_at_every_organisation_that_is_not_finished(room: Room, browse: Browser) -> None:
    begun, person = municipality_with_contact(room.cast, "Aure kommune")
    decision = room.decide()
    actions.require_implementation(room.secretary, decision, organisations=(begun.id,))
    room.close()
    line = _line(room, decision, begun.id)
    actions.report_implementation(room.secretary, line, state=ImplementationState.IN_PROGRESS)

    assert f"Kontakt: {person.name}" in browse.as_("secretary").open(f"/vedtak/{decision.id}").text


def test_ones_own_organisation_stands_first_under_a_decision(room: Room, browse: Browser) -> None:
    other, _person = municipality_with_contact(room.cast, "Aure kommune")
    own = room.cast.municipality
    decision = room.decide()
    actions.require_implementation(room.secretary, decision, organisations=(other.id, own.id))
    room.close()

    assert reading.lines(room.cast.actor("contact"), decision)[0].organisation_id == own.id
    assert reading.lines(room.cast.actor("member"), decision)[0].organisation_id == other.id


def _line(room: Room, decision: Decision, organisation_id: Any) -> Implementation:
    query = sa.select(Implementation).where(Implementation.decision_id == decision.id)
    return session().scalars(query.where(Implementation.organisation_id == organisation_id)).one()


def test_the_contact_reports_for_the_own_organisation(room: Room, browse: Browser) -> None:
    decision = room.decide()
    actions.require_implementation(room.secretary, decision, organisations=(room.cast.municipality.id,))
    room.close()

    page = browse.as_("contact").open(f"/vedtak/{decision.id}").follow("Meld fra")
    page.fill("Merknad", "Vedtatt i formannskapet.")
    page = page.press("Meld fra", state="adopted")
    assert "Vedtatt i kommunen" in page.text
    assert "Vedtatt i formannskapet." in page.text


def test_a_reason_is_asked_for_when_a_decision_is_not_followed(room: Room, browse: Browser) -> None:
    decision = room.decide()
    actions.require_implementation(room.secretary, decision, organisations=(room.cast.municipality.id,))
    room.close()

    page = browse.as_("contact").open(f"/vedtak/{decision.id}").follow("Meld fra").press("Meld fra", state="declined")
    assert page.status == 422
    assert "Skriv hvorfor vedtaket ikke følges opp" in page.text


def test_secretaries_choose_all_municipalities_at_once(room: Room, browse: Browser) -> None:
    municipality_with_contact(room.cast, "Aure kommune")
    decision = room.decide()

    page = browse.as_("secretary").open(f"/vedtak/{decision.id}").follow("Velg hvem som skal gjennomføre")
    page = page.press("Be dem melde fra", whom="municipalities")
    assert "2 ikke startet" in page.text
    assert "Sykehuset HF" not in page.text


def test_where_there_is_no_agreement_both_parties_positions_are_read(room: Room, browse: Browser) -> None:
    decision = room.decide("Utvalget ble ikke enig.", kind=DecisionKind.NO_AGREEMENT)

    page = browse.as_("secretary").open(f"/vedtak/{decision.id}").follow("Skriv partenes syn")
    page.fill("Kommunenes syn", "Kommunene vil vente.").fill("Helseforetakets syn", "Helseforetaket vil starte nå.")
    asked = page.press("Lagre")
    assert asked.status == 422
    assert "Velg hva som skjer videre" in asked.text
    page.press("Lagre", next_step="above", next_note="Sak til PSU i mai.")
    page = browse.as_("secretary").open(f"/vedtak/{decision.id}")
    assert "Løftes til nivået over. Sak til PSU i mai." in page.text
    assert "Kommunene vil vente." in page.text
    assert "Helseforetaket vil starte nå." in page.text


def test_my_tasks_come_first_and_the_overdue_say_so_in_words(room: Room, browse: Browser) -> None:
    room.ask("Lage tabell.", deadline=clock.today() - timedelta(days=2))
    room.ask("Ringe legene.", responsible_person_id=room.cast.person["chair"].id)
    room.close()

    page = browse.as_("member").open("/oppgaver")
    assert "Lage tabell." in page.text
    assert "2 dager over fristen" in page.text
    assert "Ringe legene." not in page.text
    assert "Ringe legene." in browse.as_("member").open("/oppgaver?whose=all").text


def test_the_one_responsible_reports_the_task_from_the_page(room: Room, browse: Browser) -> None:
    task = room.ask()
    room.close()

    page = browse.as_("member").open(f"/oppgaver/{task.id}").fill("Merknad", "Sendt i dag.")
    page = page.press("Meld fra", state="done")
    assert "Sendt i dag." in page.text
    assert "Gjennomført" in page.text


def test_others_read_a_task_but_report_nothing(room: Room, browse: Browser) -> None:
    task = room.ask()
    room.close()

    page = browse.as_("chair").open(f"/oppgaver/{task.id}")
    assert "Meld fra" not in page.text
    with pytest.raises(Denied):
        actions.report_task(room.cast.actor("chair"), task, state=TaskState.DONE)


def test_another_partnership_finds_neither_decision_nor_task(room: Room, browse: Browser) -> None:
    task, decision = room.ask(), _in_force(room)
    stranger = browse.as_("stranger")

    assert stranger.open(f"/vedtak/{decision.id}").status == 404
    assert stranger.open(f"/oppgaver/{task.id}").status == 404
    assert PROPOSAL not in stranger.open("/vedtak").text


@pytest.mark.parametrize("address", ["/vedtak", "/oppgaver?whose=all", "/vedtak/{decision}", "/oppgaver/{task}"])
def test_a_page_costs_as_many_statements_for_many_rows_as_for_few(room: Room, browse: Browser, address: str) -> None:
    decision = room.decide()
    task = room.ask(decision_id=decision.id)
    actions.require_implementation(room.secretary, decision, organisations=(room.cast.municipality.id,))
    reader = browse.as_("secretary")
    address = address.format(decision=decision.id, task=task.id)
    few = _cost(reader, address)

    for number in range(8):
        organisation, person = municipality_with_contact(room.cast, f"Kommune nummer {number}")
        actions.require_implementation(room.secretary, decision, organisations=(organisation.id,))
        room.ask(decision_id=decision.id, responsible_person_id=person.id)
        room.decide(f"Vedtak nummer {number}")
    room.close()
    actions.report_task(room.secretary, room.fresh(Task, task.id), state=TaskState.DONE, note="Ferdig.")

    assert few <= 15
    assert _cost(reader, address) == few


def _cost(reader: Browser, address: str) -> int:
    reader.open(address)
    with count_statements() as statements:
        reader.open(address)
    return statements.count


def test_every_address_of_the_room_says_who_may_open_it(browse: Browser) -> None:
    for address in ("/vedtak", "/oppgaver"):
        assert re.search("Logg inn", browse.as_("anonymous").open(address).text)


def test_approvals_of_notice_and_minutes_are_in_the_register_when_asked_for(room: Room, browse: Browser) -> None:
    procedural = room.cast.factory.item(room.meeting, "Godkjenning av innkalling og saksliste", kind=ItemKind.APPROVAL)
    wording = words("Innkallingen godkjennes.")
    actions.draft(room.secretary, procedural.id, kind=DecisionKind.DECISION, wording=wording)
    room.decide()
    room.close()
    reader = browse.as_("member")

    assert "Innkallingen godkjennes." not in reader.open("/vedtak").text
    assert PROPOSAL in reader.open("/vedtak").text
    assert "Innkallingen godkjennes." in reader.open("/vedtak?approvals=1").text
