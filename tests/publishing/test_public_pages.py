"""What everybody sees without signing in: what was published, in every channel; nothing once it is withdrawn."""

import subprocess
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.directory.models import Partnership
from secretariat.meetings.models import Meeting
from secretariat.publishing import actions
from secretariat.publishing.models import Publication, PublicationKind
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.publishing import (
    LINK,
    OPEN_WORDS,
    SECRET_TITLE,
    SECRET_WORDS,
    approve_minutes,
    sent_meeting,
)
from tests.pages import Browser
from tests.pages.statements import count_statements
from tests.publishing.test_press import MINUTES, publish

ATOM = "{http://www.w3.org/2005/Atom}"
SECRETS = (SECRET_TITLE, SECRET_WORDS, LINK, "99 88 77 66", "@kommune.example")


def channels(cast: Cast, meeting: Meeting) -> list[str]:
    """Every address where the meeting may be public."""
    files = [f"/innsyn/moter/{meeting.id}{end}" for end in ("", "/innkalling.pdf", "/referat.pdf")]
    return [*files, f"/innsyn/utvalg/{cast.body.id}.ics"]


def published(a: Factory, cast: Cast) -> tuple[Meeting, list[Publication]]:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    return meeting, [publish(cast, meeting), publish(cast, meeting, MINUTES)]


def words_of_pdf(content: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(content)
    told = subprocess.run(["pdftotext", folder / "paper.pdf", "-"], capture_output=True, check=True, text=True)
    return " ".join(told.stdout.split())


def test_before_the_press_nothing_is_public(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    everybody = browse.as_("anonymous")
    assert "Ingenting er publisert ennå." in everybody.open("/innsyn").text
    assert [everybody.open(address).status for address in channels(cast, meeting)] == [404] * 4
    assert meeting.title not in browse.client.get("/innsyn/strom.atom").text


def test_the_public_reads_where_to_ask_for_what_is_not_published(a: Factory, cast: Cast, browse: Browser) -> None:
    with writing("test"):
        session().get_one(Partnership, cast.partnership.id).secretariat_email = "innsyn@sekretariatet.example"
    everybody, pages = browse.as_("anonymous"), ["/innsyn", "/innsyn/tilgjengelighet", "/innsyn/personvern"]
    assert "innsyn@sekretariatet.example" not in everybody.open("/innsyn").text
    meeting, _parts = published(a, cast)
    for address in (*pages, f"/innsyn/moter/{meeting.id}"):
        asked = everybody.open(address)
        assert "innsyn@sekretariatet.example" in asked.text
        assert cast.partnership.name in asked.text


def test_after_the_press_everybody_reads_agenda_and_minutes(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, _ = published(a, cast)
    everybody = browse.as_("anonymous")
    page = everybody.open("/innsyn").follow(meeting.title)
    assert page.title == meeting.title
    assert OPEN_WORDS in page.text
    assert cast.person["member"].name in page.text
    assert [everybody.open(address).status for address in channels(cast, meeting)] == [200] * 4


def test_exempt_words_are_in_no_public_channel(a: Factory, cast: Cast, browse: Browser, tmp_path: Path) -> None:
    meeting, _ = published(a, cast)
    for address in ("/innsyn", "/innsyn/strom.atom", *channels(cast, meeting)):
        content = browse.client.get(address).data
        told = words_of_pdf(content, tmp_path) if address.endswith(".pdf") else content.decode()
        assert [secret for secret in SECRETS if secret in told] == [], address


def test_the_public_pdf_has_the_open_words_and_the_law(a: Factory, cast: Cast, browse: Browser, tmp_path: Path) -> None:
    meeting, _ = published(a, cast)
    told = words_of_pdf(browse.client.get(f"/innsyn/moter/{meeting.id}/innkalling.pdf").data, tmp_path)
    assert OPEN_WORDS in told
    assert "Anskaffelse" in told
    assert "offl. § 23" in told.replace("\xa0", " ")


def test_what_is_withdrawn_is_gone_from_every_channel(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, rows = published(a, cast)
    for row in rows:
        actions.withdraw(cast.actor("hospital_secretary"), row, reason="Feil vedlegg")
    for role in ("anonymous", "member", "secretary"):
        reader = browse.as_(role)
        assert [reader.open(address).status for address in channels(cast, meeting)] == [404] * 4
        assert meeting.title not in reader.open("/innsyn").text
    assert meeting.title not in browse.client.get("/innsyn/strom.atom").text


def test_what_changes_inside_changes_nothing_outside(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, _ = published(a, cast)
    before = browse.client.get(f"/innsyn/moter/{meeting.id}").data
    a.item(meeting, "Ny sak etterpå")
    assert browse.client.get(f"/innsyn/moter/{meeting.id}").data == before


def test_the_list_is_filtered_by_body_year_and_words(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, _ = published(a, cast)
    everybody = browse.as_("anonymous")
    for found in (f"utvalg={cast.body.id}", "year=2026", "q=ANSKAFFELSE", "q=utskrivning+varsling", "side=2"):
        assert meeting.title in everybody.open(f"/innsyn?{found}").text, found
    for not_found in (f"utvalg={cast.partnership.id}", "year=2025", "q=leverandøren", "q=%25"):
        assert "Ingen publiserte møter passer." in everybody.open(f"/innsyn?{not_found}").text, not_found


def test_an_odd_question_gets_the_list_and_no_failure(a: Factory, cast: Cast, browse: Browser) -> None:
    published(a, cast)
    assert browse.as_("anonymous").open("/innsyn?utvalg=nei&year=i+fjor&side=null").status == 200


def test_the_stream_is_atom_with_one_entry_per_press(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, rows = published(a, cast)
    response = browse.client.get("/innsyn/strom.atom")
    feed = ElementTree.fromstring(response.data)  # noqa: S314 - our own
    assert response.mimetype == "application/atom+xml"
    assert {entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")} == {f"urn:uuid:{r.id}" for r in rows}
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        assert part.findtext(f"{ATOM}title")
        assert part.findtext(f"{ATOM}updated")
        assert part.find(f"{ATOM}author/{ATOM}name") is not None
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href") == f"http://localhost/innsyn/moter/{meeting.id}"


def test_a_bodys_calendar_has_its_published_meetings_only(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, _ = published(a, cast)
    a.meeting(cast.body, day=meeting.day + timedelta(days=30), title="Ikke publisert")
    calendar = Calendar.from_ical(browse.client.get(f"/innsyn/utvalg/{cast.body.id}.ics").data)
    assert [(str(event["uid"]), str(event["summary"])) for event in calendar.walk("VEVENT")] == [
        (meeting.uid, meeting.title)
    ]


@pytest.mark.parametrize("address", ["/innsyn", "/innsyn/strom.atom", "/innsyn/tilgjengelighet", "/innsyn/personvern"])
def test_public_answers_may_be_kept_and_asked_for_again(a: Factory, cast: Cast, browse: Browser, address: str) -> None:
    published(a, cast)
    first = browse.client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    again = browse.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_published_files_may_be_kept_and_asked_for_again(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, rows = published(a, cast)
    for address in channels(cast, meeting):
        first = browse.client.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=300", address
        again = browse.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, address
    pdf = browse.client.get(f"/innsyn/moter/{meeting.id}/innkalling.pdf")
    assert pdf.headers["ETag"] == f'"{rows[0].file_sha256}"'


def test_what_a_signed_in_reader_is_shown_nobody_keeps(a: Factory, cast: Cast, browse: Browser) -> None:
    published(a, cast)
    assert browse.as_("member").open("/innsyn").response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/innsyn", "/innsyn/strom.atom"])
def test_the_number_of_statements_does_not_grow_with_what_is_public(
    a: Factory, cast: Cast, browse: Browser, address: str
) -> None:
    publish(cast, sent_meeting(a, cast))
    with count_statements() as one:
        browse.client.get(address)
    for days in (30, 60, 90):
        publish(cast, sent_meeting(a, cast, day=clock.today() + timedelta(days=days)))
    with count_statements() as many:
        browse.client.get(address)
    assert one.count == many.count
    assert many.count <= 6


def test_the_secretary_previews_publishes_and_withdraws(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = sent_meeting(a, cast)
    page = browse.as_("secretary").open(f"/moter/{meeting.id}").follow("Publisering")
    assert "Dette er ikke med" in page.text
    assert SECRET_WORDS not in page.text
    done = page.press("Publiser")
    assert "Publisert, og uendret siden." in done.text
    assert browse.as_("anonymous").open(f"/innsyn/moter/{meeting.id}").status == 200
    gone = done.follow("Trekk tilbake").fill("Begrunnelse", "Feil vedlegg").press("Trekk tilbake")
    assert "Feil vedlegg" in gone.text
    assert browse.as_("anonymous").open(f"/innsyn/moter/{meeting.id}").status == 404


def test_approved_minutes_lead_on_to_their_publication(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    page = browse.as_("secretary").open(f"/moter/{meeting.id}/referat").follow("Publisering").press("Publiser")
    assert "Publisert, og uendret siden." in page.text
    assert browse.as_("anonymous").open(f"/innsyn/moter/{meeting.id}/referat.pdf").status == 200


def test_a_withdrawal_without_a_reason_is_told_at_its_field(a: Factory, cast: Cast, browse: Browser) -> None:
    row = publish(cast, sent_meeting(a, cast))
    page = browse.as_("secretary").open(f"/publisering/{row.id}/trekk-tilbake").press("Trekk tilbake")
    assert page.status == 422
    assert "Feltet må fylles ut." in page.text


def test_the_preview_says_why_minutes_cannot_be_published_yet(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = sent_meeting(a, cast)
    page = browse.as_("secretary").open(f"/moter/{meeting.id}/publisering?kind={PublicationKind.MINUTES.value}")
    assert "Referatet er ikke godkjent." in page.text


@pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("member", 403), ("contact", 404)])
def test_the_press_is_for_the_secretariat(a: Factory, cast: Cast, browse: Browser, role: str, status: int) -> None:
    meeting = sent_meeting(a, cast)
    assert browse.as_(role).open(f"/moter/{meeting.id}/publisering").status == status
