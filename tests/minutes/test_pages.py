"""Screen 7 and the minutes to read: what the secretary and the participants meet there."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from docx import Document as WordFile

from secretariat.core import clock
from secretariat.core.text.plain import to_plain
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import Decision, DecisionKind, DecisionState, Task
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Participant, Presence, Reply
from secretariat.minutes import actions
from secretariat.minutes.models import ItemText
from tests.factories.cast import Cast
from tests.factories.decisions import PROPOSAL, Room, afresh, enter, words
from tests.minutes.test_minutes import approve, minutes_of, send_out
from tests.pages import Browser, Page
from tests.pages.markup import words as words_of
from tests.pages.statements import count_statements


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def _conduct(room: Room, browse: Browser, item: AgendaItem | None = None, role: str = "secretary") -> Page:
    sak = f"?sak={item.id}" if item else ""
    return browse.as_(role).open(f"/moter/{room.meeting.id}/foring{sak}")


def _participant(room: Room, role: str) -> Participant:
    return next(row for row in rows_of(room.meeting) if row.person_id == room.cast.person[role].id)


def test_the_item_its_proposal_and_the_people_are_on_one_page(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse)

    assert "Sak 1 av 2" in page.text
    assert PROPOSAL in page.text
    assert "Fra kommunene" in page.text
    assert "Member Testesen" in page.text


def test_text_decision_and_task_are_saved_in_one_press(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).fill("Saken i møtet", "Det var **enighet**.")
    page.fill("Vedtak", "decision").fill("Ny oppgave", "Sende brev.").fill("Frist", "1.10.2026")
    person = room.cast.person["chair"].id
    page = page.press("Lagre", responsible=f"person:{person}", task_deadline="1.10.2026", deadline="")

    assert "er lagret" in page.text
    decision, task = afresh().scalars(sa.select(Decision)).one(), afresh().scalars(sa.select(Task)).one()
    assert to_plain(decision.wording) == PROPOSAL
    assert (task.responsible_person_id, task.deadline.isoformat()) == (person, "2026-10-01")
    assert "Sende brev." in page.text


def test_a_kind_that_says_everything_needs_no_words_of_its_own(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).fill("Vedtak", "noted").fill("Ordlyd", "").press("Lagre", deadline="")

    assert "er lagret" in page.text
    assert to_plain(afresh().scalars(sa.select(Decision)).one().wording) == "Saken tas til orientering."


def test_a_task_may_be_an_organisations(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).fill("Ny oppgave", "Sende brev.")
    page.press("Lagre", responsible=f"organisation:{room.cast.trust.id}")

    assert afresh().scalars(sa.select(Task.responsible_organisation_id)).one() == room.cast.trust.id


def test_one_goes_to_the_next_item_as_one_saves(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).fill("Saken i møtet", "Drøftet.").press("Lagre og gå til neste sak")

    assert "Sak 2 av 2" in page.text


def test_what_was_changed_of_the_proposal_is_shown(room: Room, browse: Browser) -> None:
    room.decide("Utvalget slutter seg til forslaget fra mai.")

    page = _conduct(room, browse)
    assert "Endret fra forslaget" in page.text
    assert "fra mai" in page.text


def test_nothing_is_written_once_the_minutes_are_approved(room: Room, browse: Browser) -> None:
    room.close()
    approve(room)

    page = _conduct(room, browse, room.item)
    assert "Referatet er godkjent" in page.text
    assert "Saken i møtet" not in page.text
    assert not page.html.all("textarea")
    assert page.follow("Rett referatet").status == 200


def test_without_agreement_positions_and_next_step_are_asked_for_at_once(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse, room.item).fill("Vedtak", "no_agreement").press("Lagre")
    assert page.title == "Ikke enighet: partenes syn"
    assert "partenes syn" in browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring/avslutt").text
    page = page.fill("Kommunenes syn", "Vente.").fill("Helseforetakets syn", "Starte.")
    back = page.press("Lagre", next_step="again")
    assert "Sak 1 av 2" in back.text

    room.close()
    said = _word_text(browse.as_("secretary"), room)
    assert "Videre: Drøftes på nytt i utvalget" in said


def test_two_secretaries_who_write_at_once_see_both_texts(room: Room, browse: Browser) -> None:
    mine, theirs = _conduct(room, browse), _conduct(room, browse, role="hospital_secretary")
    theirs.fill("Saken i møtet", "Helseforetakets tekst.").press("Lagre")

    page = mine.fill("Saken i møtet", "Kommunenes tekst.").press("Lagre")
    assert page.status == 409
    assert "Helseforetakets tekst." in page.text
    assert "Kommunenes tekst." in page.text
    page = page.press("Lagre")
    assert page.status == 200
    assert to_plain(afresh().scalars(sa.select(ItemText.text)).one()) == "Kommunenes tekst."


def test_a_refused_press_keeps_all_that_was_typed(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).fill("Saken i møtet", "En lang tekst.").fill("Ny oppgave", "Ringe.").press("Lagre")

    assert page.status == 422
    assert "hvem som er ansvarlig" in page.text
    assert "En lang tekst." in page.text
    assert afresh().scalar(sa.select(ItemText.id)) is None


def test_a_new_item_under_any_other_business_takes_one_field(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).fill("Ny sak under eventuelt", "Parkering").press("Legg til")

    assert "Parkering" in page.text
    assert "Sak 3 av 3" in page.text


def test_a_new_item_without_a_title_is_asked_about(room: Room, browse: Browser) -> None:
    assert "Feltet må fylles ut" in _conduct(room, browse).press("Legg til").text


def test_presence_is_one_press_and_may_be_from_one_item_to_another(room: Room, browse: Browser) -> None:
    row = _participant(room, "member")
    page = _conduct(room, browse)
    address = f"/moter/{room.meeting.id}/foring/{row.id}/til-stede"
    keys = {"csrf_token": page.html.form_with_button("Legg til", "")[2]["csrf_token"], "sak": str(room.item.id)}
    page = page.browser.send("post", address, keys | {"_key": "1", "present": "yes"})
    assert "1/" in page.text

    page.browser.send("post", address, keys | {"_key": "2", "present": "yes", "from_item_id": str(room.other.id)})
    (presence,) = afresh().scalars(sa.select(Presence)).all()
    assert presence.from_item_id == room.other.id


def test_an_item_is_put_off_and_taken_up_again(room: Room, browse: Browser) -> None:
    page = _conduct(room, browse).press("Utsett saken")
    assert "Saken utgår" not in page.text
    assert "Saken utgår" in page.press("Ta opp saken likevel").text


def test_closing_shows_what_lacks_and_hinders_nothing(room: Room, browse: Browser) -> None:
    room.ask("Ringe legene.")
    page = _conduct(room, browse).follow("Avslutt møtet")
    assert "har ikke vedtak" in page.text
    assert "Det er ikke ført hvem som er til stede" in page.text
    assert "Ringe legene." in page.text

    page = page.press("Avslutt møtet")
    assert page.title.startswith("Referat")
    assert room.fresh(Meeting, room.meeting.id).state is MeetingState.HELD


def test_before_the_meeting_closes_one_reads_which_organisation_has_nobody_to_be_told(
    room: Room, browse: Browser
) -> None:
    alone = room.cast.factory.organisation("Kontaktløs kommune", partnership=room.cast.partnership)
    for organisation in (alone, room.cast.municipality):
        room.ask("Ringe legene.", responsible_organisation_id=organisation.id)

    page = _conduct(room, browse).follow("Avslutt møtet")

    assert "Kontaktløs kommune har ingen samhandlingskontakt" in page.text
    assert f"{room.cast.municipality.name} har ingen" not in page.text


def test_after_the_meeting_the_text_is_written_and_the_decision_stands(room: Room, browse: Browser) -> None:
    decision = room.decide()
    room.close()

    page = _conduct(room, browse, room.item).fill("Saken i møtet", "Skrevet etterpå.").press("Lagre")
    assert page.status == 200
    assert "Endre ordlyden" in page.text
    assert to_plain(afresh().scalars(sa.select(ItemText.text)).one()) == "Skrevet etterpå."
    assert room.fresh(Decision, decision.id).state is DecisionState.IN_FORCE


@pytest.mark.parametrize(("role", "status"), [("hospital_secretary", 200), ("chair", 403), ("stranger", 404)])
def test_only_the_secretaries_conduct_the_meeting(room: Room, browse: Browser, role: str, status: int) -> None:
    assert _conduct(room, browse, role=role).status == status


def test_before_the_notice_there_is_nothing_to_conduct(cast: Cast, browse: Browser) -> None:
    meeting = cast.factory.meeting(cast.body)

    assert "Innkallingen er ikke sendt" in browse.as_("secretary").open(f"/moter/{meeting.id}/foring").text


def test_the_minutes_are_read_by_party_item_and_decision(room: Room, browse: Browser) -> None:
    actions.write(room.secretary, room.item, text=words("Det var enighet."))
    room.decide()
    room.ask("Sende brev.")
    for role in ("chair", "hospital_member"):
        meetings.note_presence(room.secretary, _participant(room, role))
    room.close()
    send_out(room)

    page = browse.as_("member").open(f"/moter/{room.meeting.id}/referat")
    assert page.text.index("Fra kommunene") < page.text.index("Fra helseforetaket")
    assert page.text.index("Ikke møtt") < page.text.index("Det var enighet.")
    assert PROPOSAL in page.text
    assert "Sende brev." in page.text
    assert "Godkjenn" not in page.text.replace("Godkjent", "")


def test_approved_minutes_say_on_paper_who_approved_them_and_when(room: Room, browse: Browser) -> None:
    room.close()
    approve(room)

    assert "Godkjent 7. september 2026: av leder og nestleder" in _word_text(browse.as_("member"), room)


def test_each_field_of_an_item_has_a_name_of_its_own(room: Room, browse: Browser) -> None:
    room.ask("Ringe legene.")
    page = _conduct(room, browse)
    labels = [words_of(label).removesuffix(" (må fylles ut)") for label in page.html.all("label")]
    named = [element.get("aria-label") for element in page.html.root.iter() if element.get("aria-label")]
    said = labels + [name for name in named if name]

    assert sorted(said) == sorted(set(said))


def test_only_who_said_so_has_forfall_and_the_others_did_not_meet(room: Room, browse: Browser) -> None:
    meetings.reply(room.secretary, _participant(room, "member"), reply=Reply.ABSENT)
    meetings.note_presence(room.secretary, _participant(room, "chair"), present=True)
    room.close()
    send_out(room)

    text = browse.as_("chair").open(f"/moter/{room.meeting.id}/referat").text
    told, silent = (text.split(heading)[-1] for heading in ("Forfall", "Ikke møtt"))
    assert "Member Testesen" in told.split("Ikke møtt")[0]
    assert "HospitalMember Testesen" in silent
    assert " Member Testesen" not in silent


def test_the_word_file_tells_forfall_from_not_having_met(room: Room, browse: Browser) -> None:
    meetings.reply(room.secretary, _participant(room, "member"), reply=Reply.ABSENT)
    meetings.note_presence(room.secretary, _participant(room, "chair"), present=True)
    room.close()

    said = _word_text(browse.as_("secretary"), room)
    assert "Member Testesen" in said.split("Forfall")[1].split("Ikke møtt")[0]
    assert "HospitalMember Testesen" in said.split("Ikke møtt")[1]


def _word_text(reader: Browser, room: Room) -> str:
    answer = reader.open(f"/moter/{room.meeting.id}/referat.docx").response
    return "\n".join(paragraph.text for paragraph in WordFile(BytesIO(answer.data)).paragraphs)


def test_a_participant_comments_on_an_item_and_the_secretary_reads_it_there(room: Room, browse: Browser) -> None:
    room.close()
    send_out(room)
    page = browse.as_("member").open(f"/moter/{room.meeting.id}/referat").fill("Merknad", "Jeg sa noe annet.")
    assert "sendt til sekretariatet" in page.press("Send merknad", agenda_item_id=str(room.item.id)).text

    assert "Merknad fra Member Testesen" in browse.as_("secretary").open(f"/moter/{room.meeting.id}/referat").text
    assert "Jeg sa noe annet." not in browse.as_("chair").open(f"/moter/{room.meeting.id}/referat").text


def test_the_secretary_sends_takes_back_approves_and_corrects_from_the_page(room: Room, browse: Browser) -> None:
    address = f"/moter/{room.meeting.id}/referat"
    secretary = browse.as_("secretary")
    assert "Møtet er ikke avsluttet." in secretary.open(address).text
    room.close()

    page = secretary.open(address).follow("Send ut til merknader").press("Send ut")
    assert "Utkastet er sendt" in page.text
    page = page.press("Ta tilbake")
    assert "et utkast igjen" in page.text
    page = page.follow("Godkjenn").fill("Hvordan det ble godkjent", "Godkjent av leder og nestleder").press("Godkjenn")
    assert "Referatet er godkjent og sendt ut" in page.text
    assert "Skriv i referatet" not in page.text
    page = page.follow("Rett").fill("Rettelse", "Frosta var til stede.").press("Legg til rettelsen")
    assert "Frosta var til stede." in page.text


def test_a_deadline_in_the_past_is_refused(room: Room, browse: Browser) -> None:
    room.close()
    page = browse.as_("secretary").open(f"/moter/{room.meeting.id}/referat/send").fill("Merknadsfrist", "1.9.2026")

    assert "i dag eller senere" in page.press("Send ut").text


def test_words_changed_since_they_went_out_are_marked_in_the_minutes(room: Room, browse: Browser) -> None:
    decision = room.decide()
    room.close()
    wording = words("Utvalget slutter seg til forslaget fra mai.")
    decisions.change(room.secretary, decision, kind=DecisionKind.DECISION, wording=wording, because="Merknad")
    send_out(room)

    page = browse.as_("member").open(f"/moter/{room.meeting.id}/referat")
    assert "Endret siden det gikk ut «fra ikke godkjent referat»" in page.text


def test_the_word_file_holds_what_the_minutes_say(room: Room, browse: Browser) -> None:
    text = "Det var **enighet** om [rutinen](https://rutine.example).\n\n- Første punkt\n- Andre punkt"
    actions.write(room.secretary, room.item, text=words(text))
    room.decide("# Punkt\n\n1. Vi starter.\n2. Vi måler.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> Sitat")
    meetings.note_presence(room.secretary, _participant(room, "chair"))
    room.ask("Sende brev.")
    room.close()
    approve(room)

    answer = browse.as_("member").open(f"/moter/{room.meeting.id}/referat.docx").response
    file = WordFile(BytesIO(answer.data))
    said = "\n".join(paragraph.text for paragraph in file.paragraphs)
    for expected in (
        "Sak 01/2026 Felles rutine for legemidler",
        "Det var enighet om rutinen.",
        "2. Vi måler.",
        "Sitat",
    ):
        assert expected in said
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert {"Chair Testesen", "Sende brev.", "2"} <= set(cells)
    assert file.core_properties.language == "nb-NO"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_whoever_approves_is_told_of_remarks_that_have_come_and_may_still_come(room: Room, browse: Browser) -> None:
    room.close()
    send_out(room)
    actions.comment(room.cast.actor("member"), minutes_of(room), text="Navnet mitt mangler.")
    page = browse.as_("secretary").open(f"/moter/{room.meeting.id}/referat/godkjenn")

    assert "1 merknad er kommet." in page.text
    assert "Det kan komme merknader til og med mandag 21. september 2026." in page.text
    assert (
        "Godkjenn referatet når merknadsfristen er ute"
        in browse.as_("secretary").open(f"/moter/{room.meeting.id}").text
    )


def test_the_pdf_is_a_draft_first_and_what_was_sent_once_approved(room: Room, browse: Browser) -> None:
    address = f"/moter/{room.meeting.id}/referat.pdf"
    secretary = browse.as_("secretary")
    first = secretary.open(address).response
    assert first.mimetype == "application/pdf"
    assert browse.as_("member").open(address).status == 404

    room.close()
    approve(room)
    approved = secretary.open(address).response.data
    assert approved != first.data
    with clock.at(clock.now() + timedelta(days=40)):
        assert browse.as_("member").open(address).response.data == approved


@pytest.mark.parametrize("address", ["foring", "referat"])
def test_the_pages_cost_as_many_statements_for_many_items_as_for_few(room: Room, browse: Browser, address: str) -> None:
    secretary = browse.as_("secretary")
    address = f"/moter/{room.meeting.id}/{address}"
    few = _cost(secretary, address)

    for number in range(6):
        item = room.cast.factory.item(room.meeting, f"Sak {number}")
        actions.write(room.secretary, item, text=words(f"Tekst {number}"))
        decisions.draft(room.secretary, item, kind=DecisionKind.DECISION, wording=words(f"Vedtak {number}"))
        decisions.add_task(room.secretary, item, text="Gjøre.", responsible_organisation_id=room.cast.trust.id)
    for row in rows_of(room.meeting):
        meetings.note_presence(room.secretary, row)

    assert few <= 15
    assert _cost(secretary, address) == few


def _cost(reader: Browser, address: str) -> int:
    reader.open(address)
    with count_statements() as statements:
        reader.open(address)
    return statements.count
