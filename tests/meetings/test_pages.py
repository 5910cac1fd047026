"""The pages of meetings: each shows what its reader came for, and nothing that is not for that reader."""

from datetime import date

import pytest

from secretariat.cases.models import TreatmentState
from secretariat.core import clock
from secretariat.directory.parties import Party
from secretariat.meetings import actions
from secretariat.meetings.models import ItemKind, Meeting, MeetingState, Reply
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.meetings.test_agenda import sent, titles
from tests.meetings.test_life import fresh
from tests.meetings.test_people import absent, row_of
from tests.pages import Browser
from tests.pages.statements import Statements, count_statements

DAY = date(2026, 10, 1)
MOST_STATEMENTS = 15


def address(meeting: Meeting, rest: str = "") -> str:
    """The meeting's page, or one below it."""
    return f"/moter/{meeting.id}{rest}"


def filled(a: Factory, meeting: Meeting, cases: int) -> None:
    """Put cases with papers on the agenda, and as many people at the table."""
    for number in range(cases):
        treatment = a.treatment(a.case(f"Sak {number}"), state=TreatmentState.ON_AGENDA)
        a.item(meeting, f"Sak {number}", kind=ItemKind.DECISION, treatment_id=treatment.id)
        a.appointment(a.seat(a.last["Body"]), a.person())


# ---- who sees what


def test_a_member_sees_no_agenda_before_the_notice_but_when_it_comes(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    a.item(meeting, "Hemmelig til innkallingen")

    page = browse.as_("member").open(address(meeting))

    assert "Sakslisten kommer med innkallingen, senest 21. september 2026." in page.text
    assert "Hemmelig til innkallingen" not in page.text
    assert "Hemmelig til innkallingen" in browse.as_("chair").open(address(meeting)).text


def test_another_partnerships_meeting_is_not_there(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))
    stranger = browse.as_("stranger")

    for rest in ("", "/saksliste", "/deltakere", "/endre", "/avlys", "/svar", "/moteleder"):
        assert stranger.open(address(meeting, rest)).status == 404, rest
    assert meeting.title not in stranger.open("/moter").text


def test_a_partys_own_meeting_is_nowhere_to_be_seen_by_the_other_party(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body, room="M", title="Formøte for kommunene"))

    for role in ("hospital_secretary", "hospital_member", "deputy_chair", "administrator", "archivist"):
        other = browse.as_(role)
        assert other.open(address(meeting)).status == 404, role
        assert "Formøte" not in other.open("/moter").text, role
    own = browse.as_("member")
    assert "Formøte for kommunene" in own.open("/moter").text
    assert "Kommunenes rom" in own.open(address(meeting)).text


def test_an_item_of_another_meeting_is_not_found_under_this_one(browse: Browser, cast: Cast, a: Factory) -> None:
    here, there = a.meeting(cast.body, day=DAY), a.meeting(cast.body, day=date(2026, 11, 5))
    foreign = a.item(there, "Annet møte")

    secretary = browse.as_("secretary")

    assert secretary.open(address(here, f"/saksliste/{foreign.id}")).status == 404
    agenda = secretary.open(address(there, "/saksliste"))
    assert agenda.press("Ta av Annet møte", item=str(foreign.id)).status == 200


def test_a_member_opens_none_of_the_secretariats_pages(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))

    for rest in ("/saksliste", "/deltakere", "/endre", "/avlys", "/moteleder"):
        assert browse.as_("member").open(address(meeting, rest)).status == 403, rest


def test_the_balance_is_for_secretariat_and_chairs_only(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))

    for role, sees in {"secretary": True, "deputy_chair": True, "member": False, "observer": False}.items():
        assert ("Fra kommunene 2" in browse.as_(role).open(address(meeting)).text) is sees, role


# ---- the list


def test_the_list_has_what_is_to_come_first_and_can_be_narrowed(browse: Browser, cast: Cast, a: Factory) -> None:
    a.meeting(cast.body, day=date(2026, 12, 1), title="Senere")
    a.meeting(cast.body, day=date(2026, 3, 1), title="Forbi", state=MeetingState.HELD)
    a.meeting(cast.body, day=DAY, title="Snart")

    page = browse.as_("member").open("/moter")

    assert page.text.index("Snart") < page.text.index("Senere") < page.text.index("Forbi")
    only = browse.as_("member").open("/moter?tilstand=held&ar=2026").text
    assert ("Forbi" in only, "Snart" in only) == (True, False)


def test_a_line_parts_what_is_to_come_from_what_has_been(browse: Browser, cast: Cast, a: Factory) -> None:
    a.meeting(cast.body, day=date(2026, 3, 1), title="Forbi", state=MeetingState.HELD)
    a.meeting(cast.body, day=DAY, title="Snart")
    text = browse.as_("member").open("/moter").text
    assert text.index("Kommende møter") < text.index("Snart") < text.index("Tidligere møter") < text.index("Forbi")
    assert "Kommende møter" not in browse.as_("member").open("/moter?tilstand=held").text


def test_ones_own_answer_has_a_column_only_where_it_is_asked_for(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    assert "Ditt svar" not in browse.as_("member").open("/moter").text
    sent(meeting)
    assert "Ditt svar" in browse.as_("member").open("/moter").text
    page = browse.as_("secretary").open("/moter")
    assert ("Ditt svar" in page.text, "Ikke svart" in page.text) == (False, False)


def test_a_long_list_comes_in_pages(browse: Browser, cast: Cast, a: Factory) -> None:
    for day in range(1, 53):
        a.meeting(cast.body, day=date.fromordinal(DAY.toordinal() + day), title=f"Møte {day:02}")

    first = browse.as_("member").open("/moter")
    second = first.follow("Neste")

    assert "Viser 1–50 av 52" in first.text
    assert ("Møte 51" in first.text, "Møte 51" in second.text) == (False, True)


# ---- answering


def test_a_member_answers_with_one_press(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))
    page = browse.as_("member").open(address(meeting))
    assert "Vara for deg: Deputy Testesen" in page.text

    page.press("Kommer")

    assert row_of(meeting, cast.person["member"]).reply is Reply.ATTENDING


def test_forfall_carries_a_word_and_the_secretary_calls_in_the_deputy(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))
    page = browse.as_("member").open(address(meeting)).follow("Meld forfall")
    assert page.title == "Meld forfall"
    page.fill("Beskjed til sekretariatet", "Er på reise.").press("Meld forfall")

    people = browse.as_("secretary").open(address(meeting, "/deltakere"))
    assert "«Er på reise.»" in people.text
    after = people.press("Kall inn Deputy Testesen for Member Testesen")

    assert "Vara er innkalt." in after.text
    assert "vara innkalt: Deputy Testesen" in after.text
    assert "møter for Member Testesen" in after.text
    assert browse.as_("deputy").open(address(meeting)).status == 200


def test_the_secretary_answers_for_one_who_rang(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))

    page = browse.as_("secretary").open(address(meeting, "/deltakere")).follow("Svar for Member Testesen")
    assert "Kommer Member Testesen?" in page.text
    assert "Kommer du?" not in page.text
    page.press("Send svar", reply="attending")

    assert row_of(meeting, cast.person["member"]).reply is Reply.ATTENDING


def test_one_who_is_not_called_has_nothing_to_answer(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)

    assert browse.as_("member").open(address(meeting, "/svar")).status == 404


def test_a_guest_is_invited_by_name(browse: Browser, cast: Cast, a: Factory) -> None:
    a.person("Gry Gjest", organisation=cast.municipality)
    meeting = sent(a.meeting(cast.body))

    page = browse.as_("secretary").open(address(meeting, "/deltakere")).fill("Navn", "Gry Gjest").press("Innby")

    assert "Gjesten er innbudt." in page.text
    assert "Gry Gjest" in page.text


# ---- the agenda builder


def test_the_agenda_is_built_from_standing_items_the_queue_and_own_titles(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    a.treatment(a.case("Felles rutine"), cast.body)
    page = browse.as_("secretary").open(address(meeting, "/saksliste"))

    page = page.press("Legg til faste saker").press("Legg til Felles rutine")
    page = page.fill("Tittel", "Nytt fra helseforetaket").fill("Minutter", "20").press("Legg til")

    assert titles(meeting)[-3:] == ["Felles rutine", "Nytt fra helseforetaket", "Eventuelt"]
    assert "65 av 180 minutter" in page.text


def test_an_untitled_item_is_refused_on_a_page_of_its_own(browse: Browser, cast: Cast, a: Factory) -> None:
    page = browse.as_("secretary").open(address(a.meeting(cast.body), "/saksliste")).press("Legg til")

    assert page.status == 422
    assert "Skriv hva saken gjelder." in page.text


def test_buttons_move_an_item_for_those_who_do_not_drag(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    a.item(meeting, "Først"), a.item(meeting, "Sist")

    page = browse.as_("secretary").open(address(meeting, "/saksliste"))
    page.press("Flytt opp: Sist")

    assert titles(meeting) == ["Sist", "Først"]


def test_the_builder_says_whether_the_chairs_agree(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    page = browse.as_("deputy_chair").open(address(meeting))
    page.fill("Merknad", "Ta legemidler først").press("Noe må endres")
    browse.as_("chair").open(address(meeting)).press("Sakslisten er god")

    shown = browse.as_("secretary").open(address(meeting, "/saksliste")).text

    assert "Leder Enig" in shown
    assert "Nestleder: «Ta legemidler først» Ønsker endring" in shown
    assert "Frist: mandag 21. september 2026" in shown


def test_two_who_change_the_same_item_both_keep_their_words(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    item = a.item(meeting, "Opprinnelig")
    mine = browse.as_("secretary").open(address(meeting, f"/saksliste/{item.id}"))
    theirs = browse.as_("hospital_secretary").open(address(meeting, f"/saksliste/{item.id}"))
    theirs.fill("Tittel", "Deres tittel").press("Lagre")

    page = mine.fill("Tittel", "Min tittel").press("Lagre")

    assert page.status == 409
    assert "Min tittel" in page.text
    assert "Deres tittel" in page.text
    page.press("Lagre")
    assert fresh(item).title == "Min tittel"


# ---- the life of a meeting


def test_moving_cancelling_and_taking_it_back_leave_their_words(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body, day=DAY))
    secretary = browse.as_("secretary")

    moved = secretary.open(address(meeting, "/endre")).fill("Dato", "2.10.2026").press("Lagre")
    assert "fredag 2. oktober 2026" in moved.text
    cancelled = secretary.open(address(meeting, "/avlys")).fill("Begrunnelse", "Snøstorm.").press("Avlys møtet")
    assert "Møtet er avlyst" in cancelled.text
    assert "Snøstorm." in cancelled.text
    assert cancelled.press("Gjenåpne møtet").status == 200
    assert fresh(meeting).state is MeetingState.CALLED


def test_on_its_day_the_secretary_is_led_to_the_meeting_itself(browse: Browser, cast: Cast, a: Factory) -> None:
    today, later = sent(a.meeting(cast.body, day=clock.today())), sent(a.meeting(cast.body, day=DAY))
    secretary = browse.as_("secretary")

    assert secretary.open(address(today)).follow("Før møtet").status == 200
    assert "Før møtet" not in secretary.open(address(later)).text


def test_changed_appointments_are_shown_until_the_secretary_takes_them_in(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    meeting = sent(a.meeting(cast.body, day=DAY))
    a.appointment(a.seat(cast.body, Party.M), a.person("Ny Representant"))
    secretary = browse.as_("secretary")
    assert "1 endring venter på deg." in secretary.open(address(meeting)).text

    page = secretary.open(address(meeting, "/deltakere")).press("Kall inn Ny Representant")

    assert "Deltakerne er oppdatert." in page.text
    assert "endring venter" not in secretary.open(address(meeting)).text


def test_another_chair_is_chosen_with_a_reason(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    page = browse.as_("secretary").open(address(meeting, "/moteleder"))
    page = page.fill("Møteleder", str(cast.person["member"].id)).press("Lagre")
    assert page.status == 422

    page.fill("Begrunnelse", "Leder har forfall.").press("Lagre")

    assert fresh(meeting).chair_person_id == cast.person["member"].id


# ---- what it costs


def asked(statements: Statements) -> int:
    """How many questions a page asked; that a transaction began is none."""
    return sum(not said.startswith("BEGIN") for said in statements.said)


@pytest.mark.parametrize("role", ["member", "chair", "secretary"])
@pytest.mark.parametrize("called", [False, True])
def test_the_meeting_page_costs_the_same_few_statements_however_much_is_on_it(
    browse: Browser, cast: Cast, a: Factory, role: str, called: bool
) -> None:
    small, large = a.meeting(cast.body, day=DAY), a.meeting(cast.body, day=date(2026, 11, 5))
    filled(a, small, 1)
    filled(a, large, 12)
    if called:
        sent(small), sent(large)
        absent(cast, large)
    reader = browse.as_(role)
    reader.open("/moter")
    costs = []
    for page in (address(small), address(large)):
        with count_statements() as statements:
            reader.open(page)
        costs.append(asked(statements))

    assert costs[0] == costs[1] <= MOST_STATEMENTS


@pytest.mark.parametrize("rest", ["/deltakere", "/saksliste"])
@pytest.mark.parametrize("called", [False, True])
def test_the_secretariats_pages_cost_the_same_however_much_is_on_them(
    browse: Browser, cast: Cast, a: Factory, rest: str, called: bool
) -> None:
    small, large = a.meeting(cast.body, day=DAY), a.meeting(cast.body, day=date(2026, 11, 5))
    filled(a, small, 1)
    filled(a, large, 12)
    if called:
        sent(small), sent(large)
        for role in ("member", "chair", "observer"):
            absent(cast, large, role)
    secretary, costs = browse.as_("secretary"), []
    secretary.open("/moter")
    for page in (address(small, rest), address(large, rest)):
        with count_statements() as statements:
            secretary.open(page)
        costs.append(asked(statements))

    assert costs[0] == costs[1] <= MOST_STATEMENTS


def test_the_list_costs_the_same_however_long_it_is(browse: Browser, cast: Cast, a: Factory) -> None:
    reader, costs = browse.as_("member"), []
    reader.open("/moter")
    for many in (1, 30):
        for number in range(many):
            a.meeting(cast.body, day=date.fromordinal(DAY.toordinal() + number + many * 2))
        with count_statements() as statements:
            reader.open("/moter")
        costs.append(asked(statements))

    assert costs[0] == costs[1] <= MOST_STATEMENTS


def test_items_raised_in_the_meeting_show_their_number_to_those_called(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body, day=clock.today()))
    actions.add_item_in_meeting(cast.actor("secretary"), meeting, title="Ny ferge")

    shown = browse.as_("member").open(address(meeting)).text

    assert "01/2026 09.00 Ny ferge" in shown
    assert "Reist i møtet" in shown
