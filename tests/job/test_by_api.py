"""The whole job through the programming interface alone: the same rules, the same sentences, everything read back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from secretariat.core import clock
from secretariat.web.working import Worker
from tests.factories.cast import Cast
from tests.job.program import Program, Row

TITLE = "Felles rutine for utskrivning på fredager"
PROPOSAL = "Utvalget slutter seg til rutinen."
TASK = "Innføre rutinen ved sykehuset"


@dataclass
class Job:
    """The programs of those who take part, and what they have made so far."""

    cast: Cast
    secretary: Program
    other_secretary: Program
    chair: Program
    member: Program
    hospital_member: Program
    deputy: Program
    case: str = ""
    meeting: str = ""
    item: str = ""
    minutes: str = ""


@pytest.fixture
def job(app: Flask, cast: Cast) -> Job:
    """Six programs before the same installation."""
    roles = ("secretary", "hospital_secretary", "chair", "member", "hospital_member", "deputy")
    return Job(cast, *(Program(app.test_client(), role) for role in roles))


def work() -> None:
    """The worker does all that waits."""
    worker = Worker()
    while worker.round():
        pass


def text_of(pdf: bytes) -> str:
    """The words of a PDF, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_programs_carry_a_case_from_its_raising_to_its_effect(job: Job) -> None:
    raise_the_case(job)
    write_its_paper(job)
    plan_the_meeting(job)
    build_the_agenda(job)
    agree_and_send(job)
    read_what_was_sent(job)
    answer_the_notice(job)
    move_the_meeting(job)
    hold_the_meeting(job)
    close_the_meeting(job)
    let_the_minutes_be_read(job)
    approve_the_minutes(job)
    follow_it_up(job)


# (a) A case comes in


def raise_the_case(job: Job) -> None:
    given = {
        "title": TITLE,
        "public_title": "Rutine for utskrivning",
        "organisation_id": str(job.cast.municipality.id),
        "on_behalf_of": "ordføreren",
        "wanted_body_id": str(job.cast.body.id),
        "municipal_reference": "26/4711",
        "hospital_reference": "2026/815",
    }
    reason = job.secretary.refused(422, "cases.raise", job.cast.partnership.id, **given | {"title": ""})
    assert reason["errors"] == {"title": ["Feltet må fylles ut."]}
    job.case = job.secretary.do("cases.raise", job.cast.partnership.id, **given)
    case = job.secretary.row("cases", id=job.case)
    assert (case["title"], case["public_title"], case["state"]) == (TITLE, "Rutine for utskrivning", "raised")
    assert (case["raised_by_party"], case["on_behalf_of"]) == ("M", "ordføreren")
    references = job.secretary.rows("archive-references", case_id=job.case)
    assert sorted(row["reference"] for row in references) == ["2026/815", "26/4711"]


# (b) Its paper


def write_its_paper(job: Job) -> None:
    program = job.secretary
    program.do("cases.take_in", job.case)
    paper = program.row("case-papers", case_id=job.case)
    sections = {"proposal": PROPOSAL, "background": "Bakgrunn.", "facts": "", "assessment": "Prøvd i **to** kommuner."}
    sections |= {"user_involvement": "Ikke relevant", "consequences": "Ingen."}
    program.do("cases.save_paper", paper["id"], **sections, version=paper["version"])
    late = job.other_secretary.refused(409, "cases.save_paper", paper["id"], **sections, version=paper["version"])
    assert "Noen andre har lagret" in late["title"]
    assert program.row("case-papers", case_id=job.case)["assessment"].strip() == "Prøvd i **to** kommuner."
    attach_statistics(job)
    program.do("cases.make_ready", job.case)
    assert program.row("cases", id=job.case)["state"] == "ready"


def attach_statistics(job: Job) -> None:
    """Received at once, checked by the worker."""
    note = job.secretary.upload(job.cast.partnership.id, "Statistikk.txt", b"Utskrivninger per ukedag")
    job.other_secretary.refused(422, "cases.attach", job.case, uploads=[note])
    file = job.secretary.do("cases.attach", job.case, uploads=[note])
    assert job.secretary.row("files", id=file)["state"] == "received"
    work()
    assert job.secretary.row("files", id=file)["state"] == "checked"


# (c) The meeting and its agenda


def plan_the_meeting(job: Job) -> None:
    day, place = clock.today().isoformat(), "Steinkjer rådhus"
    given = {"day": day, "starts": "12:00", "ends": "15:00", "place": place}
    job.member.refused(403, "meetings.plan", job.cast.body.id, **given)
    unreal = job.secretary.refused(422, "meetings.plan", job.cast.body.id, **given | {"day": "2026-02-30"})
    assert list(unreal["errors"]) == ["day"]
    job.meeting = job.secretary.do("meetings.plan", job.cast.body.id, **given)
    meeting = job.member.row("meetings", id=job.meeting)
    assert (meeting["starts_at"], meeting["timezone"]) == (f"{day}T12:00:00+02:00", "Europe/Oslo")
    assert (meeting["state"], meeting["place"]) == ("planned", place)


def build_the_agenda(job: Job) -> None:
    program = job.secretary
    hindered = program.refused(422, "dispatch.send_notice", job.meeting)
    assert "Sakslisten er tom." in hindered["errors"][""]
    program.do("meetings.add_standing_items", job.meeting)
    treatment = program.row("treatments", case_id=job.case)
    job.item = program.do("meetings.add_item", job.meeting, treatment_id=treatment["id"])
    program.do("meetings.move_item", job.item, to="up")
    item = agenda(job)[2]
    assert (item["id"], item["title"], item["kind"]) == (job.item, TITLE, "decision")
    kept = {name: item[name] for name in ("title", "public_title", "kind", "version")}
    program.do("meetings.change_item", job.item, **kept, duration=40, presenter="Samhandlingssjefen")
    assert (agenda(job)[2]["duration"], agenda(job)[2]["presenter"]) == (40, "Samhandlingssjefen")
    page = program.fetch(f"/moter/{job.meeting}/saksliste").text
    assert "12.10" in page
    assert "12.50" in page


def agenda(job: Job) -> list[Row]:
    """The lines of the agenda, in their order."""
    return sorted(job.secretary.rows("agenda-items", meeting_id=job.meeting), key=lambda row: row["position"])


# (d) Sent


def agree_and_send(job: Job) -> None:
    job.member.refused(403, "meetings.agree_agenda", job.meeting, agreed=True)
    job.chair.do("meetings.agree_agenda", job.meeting, agreed=True)
    job.member.refused(403, "dispatch.send_notice", job.meeting)
    without = job.secretary.do("meetings.add_item", job.meeting, title="Ny avtale", kind="decision")
    hindered = job.secretary.refused(422, "dispatch.send_notice", job.meeting)
    assert any("mangler saksframlegg: «Ny avtale»" in reason for reason in hindered["errors"][""])
    job.secretary.do("meetings.remove_item", without)
    first = job.secretary.do("dispatch.send_notice", job.meeting, key="send", note="Vel møtt!")
    assert job.secretary.do("dispatch.send_notice", job.meeting, key="send") == first
    again = job.other_secretary.refused(422, "dispatch.send_notice", job.meeting)
    assert "alt sendt" in again["title"]


def read_what_was_sent(job: Job) -> None:
    assert job.member.row("meetings", id=job.meeting)["state"] == "called"
    assert [item["number"] for item in agenda(job)] == [1, 2, 3, 4, 5]
    pdf = job.member.fetch(f"/moter/{job.meeting}/innkalling.pdf").data
    for words in (TITLE, "03/2026", PROPOSAL, "Statistikk.txt"):
        assert words in text_of(pdf)
    work()
    page = job.member.fetch("/utboks").text
    assert "Innkalling: Møte i Administrativt samarbeidsutvalg" in page
    assert "Sendt" in page


# (e) Answered, and moved


def answer_the_notice(job: Job) -> None:
    for program in (job.chair, job.hospital_member):
        program.do("meetings.reply", called(job, program.role)["id"], reply="attending")
    absent = called(job, "member")
    job.hospital_member.refused(403, "meetings.reply", absent["id"], reply="absent")
    job.member.do("meetings.reply", absent["id"], reply="absent", note="Er syk.")
    job.secretary.do("meetings.call_in_deputy", absent["id"])
    deputy = called(job, "deputy")
    assert deputy["deputises_for_id"] == absent["id"]
    job.deputy.do("meetings.reply", deputy["id"], reply="attending")
    replies = {row["reply"] for row in job.secretary.rows("participants", meeting_id=job.meeting)}
    assert replies == {"attending", "absent", "none"}
    work()
    assert "Innkalling" in job.deputy.fetch("/utboks").text


def called(job: Job, role: str) -> Row:
    """One of those who are called."""
    return job.secretary.row("participants", meeting_id=job.meeting, person_id=job.cast.person[role].id)


def move_the_meeting(job: Job) -> None:
    before = job.secretary.row("meetings", id=job.meeting)
    kept = {name: before[name] for name in ("title", "day", "ends", "place", "form", "version")}
    job.secretary.do("meetings.change", job.meeting, **kept, starts="12:30")
    after = job.secretary.row("meetings", id=job.meeting)
    assert (before["sequence"], after["sequence"]) == (0, 1)
    file = job.deputy.fetch(f"/moter/{job.meeting}.ics").text
    assert "SEQUENCE:1" in file
    assert "T123000" in file
    job.other_secretary.refused(409, "meetings.change", job.meeting, **kept, starts="13:00")


# (e, f) Held and closed


def hold_the_meeting(job: Job) -> None:
    program = job.secretary
    job.minutes = program.row("minutes", meeting_id=job.meeting)["id"]
    program.do("minutes.note_those_who_come", job.minutes)
    present = {row["participant_id"] for row in program.rows("presences", meeting_id=job.meeting)}
    assert present == {called(job, role)["id"] for role in ("chair", "hospital_member", "deputy")}
    program.do(
        "minutes.write_item",
        job.item,
        text="Utvalget drøftet hvem som varsler.",
        kind="decision",
        wording=PROPOSAL,
        task_text=TASK,
        task_person_id=str(job.cast.person["hospital_member"].id),
        task_deadline=(clock.today() - timedelta(days=1)).isoformat(),
    )
    assert program.row("decisions", agenda_item_id=job.item)["state"] == "draft"
    assert job.hospital_member.rows("decisions") == []


def close_the_meeting(job: Job) -> None:
    job.chair.refused(403, "meetings.close", job.meeting)
    job.secretary.do("meetings.close", job.meeting)
    over = job.secretary.refused(422, "meetings.close", job.meeting)
    assert over["title"] == "Møtet er holdt."
    decision = job.hospital_member.row("decisions", agenda_item_id=job.item)
    assert (decision["state"], decision["wording"].strip()) == ("in_force", PROPOSAL)
    task = job.hospital_member.row("tasks", agenda_item_id=job.item)
    assert (task["text"], task["in_force"], task["state"]) == (TASK, True, "open")
    work()
    assert "fra ikke godkjent referat" in job.hospital_member.fetch("/utboks").text
    assert "Fra ikke godkjent referat" in job.hospital_member.fetch(f"/vedtak/{decision['id']}").text


# (g) The minutes


def let_the_minutes_be_read(job: Job) -> None:
    until = clock.today() + timedelta(days=14)
    past = {"comments_until": (clock.today() - timedelta(days=1)).isoformat()}
    job.secretary.refused(422, "minutes.send_out", job.minutes, **past)
    job.secretary.do("minutes.send_out", job.minutes, comments_until=until.isoformat())
    minutes = job.deputy.row("minutes", meeting_id=job.meeting)
    assert (minutes["state"], minutes["comments_until"]) == ("commenting", until.isoformat())
    job.deputy.do("minutes.comment", job.minutes, text="Jeg spurte også om helgene.", agenda_item_id=job.item)
    assert job.secretary.row("comments", minutes_id=job.minutes)["text"] == "Jeg spurte også om helgene."


def approve_the_minutes(job: Job) -> None:
    job.deputy.refused(403, "minutes.approve", job.minutes, approved_by="Meg")
    job.secretary.do("minutes.approve", job.minutes, approved_by="Ingen merknader innen fristen")
    minutes = job.secretary.row("minutes", meeting_id=job.meeting)
    assert (minutes["state"], minutes["approved_on"]) == ("approved", clock.today().isoformat())
    job.secretary.refused(422, "minutes.write", job.item, text="Noe annet.")
    job.secretary.refused(422, "meetings.reopen", job.meeting)
    assert job.chair.row("decisions", agenda_item_id=job.item)["state"] == "confirmed"
    printed = text_of(job.chair.fetch(f"/moter/{job.meeting}/referat.pdf").data)
    for words in (TITLE, "03/2026", PROPOSAL, TASK):
        assert words in printed


# (h) The effect


def follow_it_up(job: Job) -> None:
    task = job.secretary.row("tasks", agenda_item_id=job.item)
    assert task["deadline"] < clock.today().isoformat()
    assert "1 dag over fristen" in job.hospital_member.fetch("/oppgaver").text
    why = job.hospital_member.refused(422, "decisions.report_task", task["id"], state="dropped")
    assert list(why["errors"]) == ["note"]
    job.deputy.refused(403, "decisions.report_task", task["id"], state="done")
    job.hospital_member.do("decisions.report_task", task["id"], state="done", note="Innført.")
    assert job.secretary.row("tasks", id=task["id"])["state"] == "done"
    assert job.secretary.row("treatments", case_id=job.case)["state"] == "treated"


def test_a_program_learns_what_has_changed_since_it_last_asked(job: Job) -> None:
    work()
    before = job.secretary.fetch("/api/v1/cases").json["changed_until"]
    job.case = job.secretary.do("cases.raise", job.cast.partnership.id, title=TITLE)
    work()
    changed: Any = job.secretary.fetch(f"/api/v1/cases?changed_since={before}").json
    assert [row["id"] for row in changed["items"]] == [job.case]
    assert job.secretary.fetch(f"/api/v1/cases?changed_since={changed['changed_until']}").json["items"] == []


def test_a_file_is_taken_in_only_where_its_sender_belongs(app: Flask, cast: Cast) -> None:
    stranger = Program(app.test_client(), "stranger")
    address = f"/api/v1/uploads?partnership={cast.partnership.id}&filename=Brev.txt"
    assert (
        stranger.client.post(address, data=b"Hei", headers={"Authorization": "Bearer token-stranger"}).status_code
        == 404
    )
