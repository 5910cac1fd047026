"""Sending a notice: once, as one frozen whole, to everybody who is called."""

import contextvars
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from secretariat.cases.models import Case, CasePaper, Treatment
from secretariat.core import clock, db
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.markdown import read_markdown
from secretariat.dispatch import actions, invariants as promises
from secretariat.dispatch.models import Delivery, Dispatch, DispatchFile, DispatchKind, Edition
from secretariat.dispatch.preparing import prepare
from secretariat.documents import storage
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, NumberSeries, Participant
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import attach, case_item, case_of, meeting_with_agenda, send_notice, send_supplement
from tests.pages.pdf import facts_of


def count(model: type) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_the_notice_calls_everybody_numbers_the_cases_and_mails_each_once(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting, note="Vel møtt!")

    assert session().get_one(Meeting, meeting.id).state is MeetingState.CALLED
    people = session().scalars(sa.select(Participant)).all()
    assert len(people) == 7
    assert count(Delivery) == len(people)
    mails = session().scalars(sa.select(Mail)).all()
    assert sorted(mail.person_id for mail in mails) == sorted(person.person_id for person in people)
    assert all(mail.calendar_method == "REQUEST" and "Vel møtt!" in mail.text for mail in mails)
    assert session().scalars(sa.select(AgendaItem.number).order_by(AgendaItem.position)).all() == [1, 2]


def test_what_was_sent_is_read_again_with_the_same_hash_and_says_the_numbers_that_were_given(
    a: Factory, cast: Cast
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)

    files = session().scalars(sa.select(DispatchFile)).all()
    assert {file.edition for file in files} == set(Edition)
    paper = next(file for file in files if file.edition is Edition.INTERNAL)
    facts = facts_of(storage.get(paper.partnership_id, paper.sha256))
    assert "02/2026" in facts.text
    assert "Felles rutine for legemidler" in facts.text
    checks = (promises.parcels_are_as_they_were, promises.files_are_what_was_sent, promises.everyone_has_the_notice)
    assert [list(check()) for check in checks] == [[], [], []]


def test_a_second_press_with_the_same_parcel_is_the_first_dispatch(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    ready = prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE)
    first = actions.send_notice(cast.actor("secretary"), meeting.id, manifest_sha256=ready.sha256)
    second = actions.send_notice(cast.actor("hospital_secretary"), meeting.id, manifest_sha256=ready.sha256)
    assert first == second
    assert (count(Dispatch), count(Mail)) == (1, 7)


def test_a_press_on_an_old_page_after_the_notice_has_gone_is_told_so(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    with pytest.raises(DomainError, match=r"Innkallingen er alt sendt mandag 7\. september 2026 kl\.\s08\.00"):
        actions.send_notice(cast.actor("secretary"), meeting.id, manifest_sha256="en annen")


def test_two_secretaries_press_at_the_same_moment_and_one_notice_goes_out(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    seen = prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE).sha256
    actors, meeting_id = [cast.actor("secretary"), cast.actor("hospital_secretary")] * 2, meeting.id
    session().rollback()

    def press(actor: object) -> object:
        with db.connected():
            return actions.send_notice(actor, meeting_id, manifest_sha256=seen)

    with ThreadPoolExecutor(4) as pool:
        pressed = [pool.submit(contextvars.copy_context().run, press, actor) for actor in actors]
        assert len({future.result() for future in pressed}) == 1
    assert (count(Dispatch), count(Mail), count(Delivery)) == (1, 7, 7)


def test_a_case_paper_that_changed_since_it_was_seen_is_not_sent(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    seen = prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE).sha256
    with writing("test") as work:
        paper = work.scalars(sa.select(CasePaper)).one()
        paper.proposal = read_markdown("Utvalget sier nei.")
    prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE)
    with pytest.raises(DomainError, match="Noe er endret siden du så på utsendingen"):
        actions.send_notice(cast.actor("secretary"), meeting.id, manifest_sha256=seen)
    assert (count(Dispatch), count(Mail), count(NumberSeries)) == (0, 0, 0)


@pytest.mark.parametrize("table", [Dispatch, DispatchFile])
def test_nobody_alters_or_deletes_a_parcel_not_even_in_the_database(a: Factory, cast: Cast, table: type) -> None:
    send_notice(cast.actor("secretary"), meeting_with_agenda(a, cast.body))
    for statement in (sa.update(table).values(created_at=clock.now()), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError, match="frozen"), writing("test") as work:
            work.execute(statement)


def test_numbers_of_two_meetings_of_a_body_are_never_the_same(a: Factory, cast: Cast) -> None:
    first = meeting_with_agenda(a, cast.body)
    second = meeting_with_agenda(a, cast.body, day=clock.today() + timedelta(days=40))
    seen = [prepare(cast.actor("secretary"), meeting, DispatchKind.NOTICE).sha256 for meeting in (first, second)]
    actions.send_notice(cast.actor("secretary"), first.id, manifest_sha256=seen[0])
    with pytest.raises(DomainError, match="endret"):
        actions.send_notice(cast.actor("secretary"), second.id, manifest_sha256=seen[1])
    send_notice(cast.actor("secretary"), second)
    given = session().scalars(sa.select(AgendaItem.number).order_by(AgendaItem.number)).all()
    assert given == [1, 2, 3, 4]


def test_a_chair_who_does_not_answer_does_not_stop_the_notice_and_it_says_so(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body, day=clock.today() + timedelta(days=5))
    meetings.agree_agenda(cast.actor("chair"), meeting.id, agreed=True)
    send_notice(cast.actor("secretary"), meeting)
    parcel = session().scalars(sa.select(Dispatch)).one()
    assert parcel.statement == "Sendt uten godkjenning fra nestleder (ikke svart)."


def test_a_body_that_nobody_is_set_to_lead_is_called_all_the_same(a: Factory, cast: Cast) -> None:
    body = a.body("Faggruppe", partnership=cast.partnership, short_name="FG")
    a.appointment(a.seat(body), a.person("Kari Alene"))
    meeting = meeting_with_agenda(a, body)
    send_notice(cast.actor("secretary"), meeting)
    assert session().get_one(Meeting, meeting.id, populate_existing=True).state is MeetingState.CALLED


def test_a_supplement_brings_what_is_new_changed_or_withdrawn_and_nothing_else(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    withdrawn = case_item(a, meeting, "Trukket sak")
    send_notice(cast.actor("secretary"), meeting)
    case_item(a, meeting, "Ettersendt sak")
    meetings.withdraw_item(cast.actor("secretary"), withdrawn.id)

    send_supplement(cast.actor("secretary"), meeting)
    notice, supplement = session().scalars(sa.select(Dispatch).order_by(Dispatch.created_at, Dispatch.id))
    assert (supplement.kind, supplement.number) == (DispatchKind.SUPPLEMENT, 1)
    sent = {entry["title"]: (entry["number"], entry["state"]) for entry in supplement.manifest["items"]}
    assert sent == {"Trukket sak": (3, "withdrawn"), "Ettersendt sak": (4, "standing")}
    assert {entry["number"] for entry in notice.manifest["items"]} == {1, 2, 3}
    assert count(Mail) == 14


def test_a_changed_case_paper_goes_out_in_the_next_supplement(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    assert prepare(cast.actor("secretary"), meeting, DispatchKind.SUPPLEMENT).matters == ()
    with writing("test") as work:
        work.scalars(sa.select(CasePaper)).one().facts = read_markdown("Nye tall fra mai.")
    send_supplement(cast.actor("secretary"), meeting)
    with writing("test") as work:
        work.scalars(sa.select(CasePaper)).one().facts = read_markdown("Nyere tall fra juni.")
    send_supplement(cast.actor("secretary"), meeting)
    numbers = session().scalars(sa.select(Dispatch.number).where(Dispatch.kind == DispatchKind.SUPPLEMENT))
    assert sorted(numbers) == [1, 2]


def test_a_deputy_who_is_called_in_later_gets_the_notice_and_all_supplements(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    case_item(a, meeting, "Ettersendt sak")
    send_supplement(cast.actor("secretary"), meeting)
    member = session().scalars(sa.select(Participant).where(Participant.name == "Member Testesen")).one()
    meetings.reply(cast.actor("member"), member.id, reply="absent")
    meetings.call_in_deputy(cast.actor("secretary"), member.id)

    deputy = cast.person["deputy"].id
    assert session().scalar(sa.select(sa.func.count()).where(Delivery.person_id == deputy)) == 2
    written = session().scalars(sa.select(Mail).where(Mail.person_id == deputy)).one()
    assert (written.calendar_method, "Ettersendt sak" in written.text) == ("REQUEST", True)
    assert list(promises.everyone_has_the_notice()) == []


def test_a_participant_without_a_delivery_is_found(a: Factory, cast: Cast) -> None:
    send_notice(cast.actor("secretary"), meeting_with_agenda(a, cast.body))
    with writing("test") as work:
        work.delete(work.scalars(sa.select(Delivery).where(Delivery.person_id == cast.person["chair"].id)).one())
    assert list(promises.everyone_has_the_notice()) == [
        "Chair Testesen har ikke fått innkallingen til Møte i ASU 2026-09-28."
    ]


def test_a_file_of_a_parcel_that_was_touched_on_disk_is_found(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body, digital_link="https://mote.example/asu")
    send_notice(cast.actor("secretary"), meeting)
    paper = session().scalars(sa.select(DispatchFile).where(DispatchFile.edition == Edition.PUBLIC)).one()
    place = storage.place(paper.partnership_id, paper.sha256)
    place.chmod(0o600)
    place.write_bytes(b"noe annet")
    found = list(promises.files_are_what_was_sent())
    assert found == [f"Filen «{paper.filename}» er ikke lenger den som ble sendt."]


def test_originals_travel_in_the_parcel_and_exempt_ones_not_in_the_public_edition(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    item = case_item(a, meeting, "Anskaffelse av felles journal")
    attach(case_of(item), "tilbud.txt", b"prisene", exempt_basis="offentleglova § 23")
    attach(case_of(item), "rutine.txt", b"rutinen")
    send_notice(cast.actor("secretary"), meeting)

    papers = {
        file.edition: file for file in session().scalars(sa.select(DispatchFile)) if file.mime_type == "application/pdf"
    }
    inside = {
        edition: {one.name for one in facts_of(storage.get(file.partnership_id, file.sha256)).attachments}
        for edition, file in papers.items()
    }
    assert inside == {Edition.INTERNAL: {"tilbud.txt", "rutine.txt"}, Edition.PUBLIC: {"rutine.txt"}}
    names = set(session().scalars(sa.select(DispatchFile.filename)))
    assert "Sak 03-2026 vedlegg 1 tilbud.txt" in names


def test_the_body_reads_the_case_from_the_notice_on_and_not_before(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    case = case_of(session().scalars(sa.select(AgendaItem).where(AgendaItem.treatment_id.is_not(None))).one())
    sees = sa.select(Case.id).where(visible(cast.actor("member"), Case), Case.id == case.id)
    assert session().scalar(sees) is None
    send_notice(cast.actor("secretary"), meeting)
    assert session().scalar(sees) == case.id
    assert session().scalars(sa.select(Treatment)).one().case_id == case.id
