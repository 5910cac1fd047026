"""What a member reads of the agenda: the same whether one comes by the link in the mail or signs in."""

from datetime import date

import pytest
import sqlalchemy as sa

from secretariat.cases.models import Case, CasePaper
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.dispatch.letters import reply_address
from secretariat.documents.models import StoredFile
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Meeting
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.decisions import enter
from tests.factories.dispatch import attach, case_item, case_of, meeting_with_agenda, send_notice
from tests.minutes.test_minutes import approve, send_out
from tests.pages import Browser, Page
from tests.pages.markup import words
from tests.pages.statements import count_statements

LONG = "Utvalget slutter seg til rutinen, og ber kommunene og helseforetaket om å ta den i bruk innen nyttår. " * 7
LAST = "Sekretariatet legger fram en oversikt over erfaringene i mai."


def propose(cast: Cast, markdown: str) -> None:
    with writing("test") as work:
        for paper in work.scalars(sa.select(CasePaper)):
            paper.proposal = read_markdown(markdown)


@pytest.fixture
def meeting(a: Factory, cast: Cast) -> Meeting:
    """A meeting that will be called with a proposal in two points."""
    meeting = meeting_with_agenda(a, cast.body)
    propose(cast, f"1. {LONG}\n2. {LAST}")
    send_notice(cast.actor("secretary"), meeting)
    return meeting


def by_link(cast: Cast, meeting: Meeting) -> str:
    own = next(row for row in rows_of(meeting) if row.person_id == cast.person["member"].id)
    with writing("test"):
        return reply_address(session().merge(meeting), own).removeprefix("http://localhost")


def points(page: Page) -> list[str]:
    """The points of the proposals on the page."""
    texts = [div for div in page.html.all("div") if "prose" in (div.get("class") or "").split()]
    return [words(point) for text in texts for numbered in text.iter("ol") for point in numbered]


def test_a_member_reads_the_whole_of_a_long_proposal_signed_in_as_behind_the_link(
    cast: Cast, browse: Browser, meeting: Meeting
) -> None:
    behind = points(browse.open(by_link(cast, meeting)))
    assert behind == [LONG.strip(), LAST]
    for page in ("/", f"/moter/{meeting.id}"):
        assert points(browse.as_("member").open(page)) == behind


def test_a_long_proposal_unfolds_where_it_stands_and_a_short_one_needs_no_press(
    cast: Cast, browse: Browser, meeting: Meeting, a: Factory
) -> None:
    folded = browse.as_("member").open(f"/moter/{meeting.id}").html.all("summary")
    (proposal,) = [words(one) for one in folded if "Les hele forslaget" in words(one)]
    assert proposal.startswith("1. Utvalget slutter seg til rutinen")
    another = meeting_with_agenda(a, cast.body, day=meeting.day.replace(month=10))
    propose(cast, "Utvalget tar saken til orientering.")
    send_notice(cast.actor("secretary"), another)
    page = browse.as_("member").open(f"/moter/{another.id}")
    assert "Utvalget tar saken til orientering." in page.text
    assert "Les hele forslaget" not in page.text


def test_an_attachment_stands_behind_the_link_under_its_title_with_name_and_size_beside(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    (case,) = session().scalars(sa.select(Case))
    attach(case, "reisetid-fodested.txt", b"x" * 2400, title="Reisetid til nærmeste fødested")
    attach(case, "Rutine.txt", b"rutine", exempt_basis="offentleglova § 13")
    send_notice(cast.actor("secretary"), meeting)
    page = browse.open(by_link(cast, meeting))
    papers = [
        words(item) for listed in page.html.all("ul") if "files" in (listed.get("class") or "") for item in listed
    ]
    assert papers[1:] == [
        "Reisetid til nærmeste fødested Sak 02-2026 vedlegg 1 reisetid-fodested.txt · 3 kB",
        "Sak 02-2026 vedlegg 2 Rutine.txt 1 kB · Unntatt offentlighet, jf. offentleglova § 13",
    ]
    original = browse.client.get(page.html.link_named("Reisetid til nærmeste fødested"), buffered=True)
    assert original.data == b"x" * 2400


def test_what_a_title_became_after_the_notice_is_not_what_was_sent(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    (case,) = session().scalars(sa.select(Case))
    file = attach(case, "a.txt", title="Slik det ble sendt")
    send_notice(cast.actor("secretary"), meeting)
    with writing("test") as work:
        work.get_one(StoredFile, file.id).title = "Skrevet etterpå"
    text = browse.open(by_link(cast, meeting)).text
    assert "Slik det ble sendt" in text
    assert "Skrevet etterpå" not in text


def test_of_a_held_meeting_one_reads_what_was_decided_and_not_what_was_proposed(cast: Cast, browse: Browser) -> None:
    room = enter(cast)
    decision = room.decide("Utvalget vedtar rutinen med en prøvetid på tre måneder.")
    page = f"/moter/{room.meeting.id}"
    before = browse.as_("member").open(page).text
    assert "Forslag til vedtak Utvalget slutter seg til forslaget." in before
    assert "prøvetid" not in before, "what is being written is the secretariat's"
    room.close()
    behind = browse.open(by_link(cast, room.meeting)).text
    assert "Vedtak Utvalget vedtar rutinen med en prøvetid på tre måneder." in behind
    assert "Utvalget slutter seg til forslaget." not in behind
    after = browse.as_("member").open(page)
    assert "prøvetid på tre måneder" in after.text
    assert "Utvalget slutter seg til forslaget." not in after.text
    assert f"/vedtak/{decision.id}" in {link.get("href") for link in after.html.all("a")}


def test_the_way_to_write_a_remark_stands_at_the_top_of_a_draft_and_nowhere_else(cast: Cast, browse: Browser) -> None:
    room = enter(cast)
    room.close()
    send_out(room)
    page = browse.as_("member").open(f"/moter/{room.meeting.id}/referat")
    assert page.html.link_named("Skriv merknad") == "#merknad"
    assert "Har du merknader?" in next(words(one) for one in page.html.all("section") if one.get("id") == "merknad")
    approve(room)
    assert "Skriv merknad" not in browse.as_("member").open(f"/moter/{room.meeting.id}/referat").text


def test_the_page_behind_the_link_costs_the_same_however_much_was_sent(a: Factory, cast: Cast, browse: Browser) -> None:
    costs = []
    for size in (1, 4):
        meeting = meeting_with_agenda(a, cast.body, day=date(2026, 10, size))
        for number in range(size):
            case = case_of(case_item(a, meeting, f"Sak {number}"))
            attach(case, f"vedlegg-{number}.txt", f"{size}-{number}".encode(), title=f"Vedlegg {number}")
        send_notice(cast.actor("secretary"), meeting)
        address = by_link(cast, meeting)
        browse.open(address)
        with count_statements() as counted:
            browse.open(address)
        costs.append(counted.count)
    assert costs[0] == costs[1] <= 13


def test_the_mail_with_the_minutes_says_to_whom_and_of_which_meeting(cast: Cast) -> None:
    room = enter(cast)
    room.close()
    send_out(room)
    approve(room)
    own = sa.select(Mail.text).where(Mail.person_id == cast.person["member"].id, Mail.subject.contains("referat"))
    draft, approved = session().scalars(own.order_by(Mail.id)).all()
    named = "Member Testesen\n\n"
    assert draft.startswith(f"{named}Her er utkastet til referat fra «Møte i ASU» 7. september 2026. Har du merknader")
    assert approved.startswith(f"{named}Referatet fra «Møte i ASU» 7. september 2026 er godkjent.")
