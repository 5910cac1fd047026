"""The page behind the link of an invitation: no password, one press, and a mail scanner changes nothing."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import Meeting, Participant, Reply
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose, Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.pages import Browser, Page
from tests.pages.markup import words


@pytest.fixture
def called(a: Factory, cast: Cast) -> Meeting:
    """A meeting whose notice has gone out."""
    meeting = meeting_with_agenda(a, cast.body, digital_link="https://mote.example/asu")
    send_notice(cast.actor("secretary"), meeting)
    return meeting


def link_of(cast: Cast, role: str) -> str:
    """The address in the mail this person got."""
    mail = session().scalars(sa.select(Mail).where(Mail.person_id == cast.person[role].id).order_by(Mail.id)).first()
    assert mail is not None
    found = re.search(r"http://localhost(/lenke/\S+)", mail.text)
    assert found is not None
    return found.group(1)


def reply_of(cast: Cast, role: str) -> tuple[Reply, str]:
    session().rollback()
    query = sa.select(Participant).where(Participant.person_id == cast.person[role].id)
    row = session().scalars(query).one()
    return row.reply, row.reply_note


def buttons_of(page: Page) -> list[str]:
    return [words(button) for button in page.html.all("button")]


def test_the_page_says_when_where_what_is_proposed_and_who_deputises(
    cast: Cast, browse: Browser, called: Meeting
) -> None:
    page = browse.open(link_of(cast, "member"))
    assert page.title == "Møte i ASU"
    for said in (
        "mandag 28. september 2026 kl. 09.00–12.00",
        "Steinkjer rådhus",
        "Sekretariatet for Helsefellesskapet kaller inn Member Testesen",
        "02/2026 Felles rutine for legemidler",
        "Utvalget slutter seg til forslaget.",
        "Melder du forfall, er vara: Deputy Testesen. Sekretariatet kaller inn vara.",
        "Innkalling ASU 2026-09-28.pdf",
    ):
        assert said in page.text


def test_opening_the_link_again_and_again_changes_nothing_and_one_press_does(
    cast: Cast, browse: Browser, called: Meeting
) -> None:
    address = link_of(cast, "member")
    for _ in range(5):
        assert browse.client.get(address).status_code == 200
        assert browse.client.head(address).status_code == 200
    assert reply_of(cast, "member") == (Reply.NONE, "")
    page = browse.open(address).fill("Beskjed til sekretariatet", "På reise.").press("Meld forfall")
    assert "Du har svart: Forfall" in page.text
    assert reply_of(cast, "member") == (Reply.ABSENT, "På reise.")


def test_one_may_change_ones_mind_until_the_meeting_is_over(cast: Cast, browse: Browser, called: Meeting) -> None:
    address = link_of(cast, "member")
    browse.open(address).press("Kommer")
    browse.open(address).press("Meld forfall")
    browse.open(address).press("Kommer")
    assert reply_of(cast, "member")[0] is Reply.ATTENDING
    with clock.at(called.ends_at + timedelta(hours=1)):
        page = browse.open(address)
        assert "Svaret kan ikke endres lenger" in page.text
        assert not page.html.all("form")


def test_who_has_answered_sees_the_answer_and_is_offered_the_other_one_only(
    cast: Cast, browse: Browser, called: Meeting
) -> None:
    page = browse.open(link_of(cast, "member"))
    assert buttons_of(page) == ["Kommer", "Meld forfall"]
    page = page.press("Kommer")
    assert "Du har svart: Kommer" in page.text
    assert buttons_of(page) == ["Meld forfall", "Lagre beskjeden"]
    page = page.fill("Beskjed til sekretariatet", "Kommer litt sent.").press("Lagre beskjeden")
    assert reply_of(cast, "member") == (Reply.ATTENDING, "Kommer litt sent.")


def test_the_papers_stand_before_the_agenda(cast: Cast, browse: Browser, called: Meeting) -> None:
    text = browse.open(link_of(cast, "member")).text
    assert text.index("Innkalling ASU 2026-09-28.pdf") < text.index("02/2026 Felles rutine for legemidler")


def test_a_link_answers_for_its_own_person_only(cast: Cast, browse: Browser, called: Meeting) -> None:
    browse.open(link_of(cast, "member")).press("Kommer")
    assert reply_of(cast, "chair")[0] is Reply.NONE
    forged = link_of(cast, "member")[:-3] + "abc"
    assert browse.client.get(forged).status_code == 404


def test_a_press_without_an_answer_is_refused_and_what_was_written_stays(
    cast: Cast, browse: Browser, called: Meeting
) -> None:
    page = (
        browse.open(link_of(cast, "member")).fill("Beskjed til sekretariatet", "Hm.").press("Kommer", reply="vet ikke")
    )
    assert page.status == 422
    assert "Velg om du kommer eller melder forfall." in page.text
    assert "Hm." in page.text
    assert reply_of(cast, "member")[0] is Reply.NONE


def test_the_papers_open_through_the_link_without_signing_in(cast: Cast, browse: Browser, called: Meeting) -> None:
    page = browse.open(link_of(cast, "member"))
    paper = browse.client.get(page.html.link_named("Innkalling ASU 2026-09-28.pdf"), buffered=True)
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    assert paper.headers["Referrer-Policy"] == "no-referrer"


def test_a_cancelled_meeting_says_so_and_takes_no_answers(cast: Cast, browse: Browser, called: Meeting) -> None:
    address = link_of(cast, "member")
    meetings.cancel(cast.actor("secretary"), called.id, reason="For få saker.")
    page = browse.open(address)
    assert "Møtet er avlyst. For få saker." in page.text
    assert not page.html.all("form")


def test_one_who_is_no_longer_called_finds_the_door_closed(cast: Cast, browse: Browser, called: Meeting) -> None:
    address = link_of(cast, "deputy_chair")
    row = session().scalars(sa.select(Participant).where(Participant.name == "DeputyChair Testesen")).one()
    meetings.remove_participant(cast.actor("secretary"), row.id)
    assert browse.client.get(address).status_code == 404


def test_a_link_for_something_else_opens_no_papers(cast: Cast, browse: Browser, called: Meeting) -> None:
    page = browse.open(link_of(cast, "member"))
    file = page.html.link_named("Innkalling ASU 2026-09-28.pdf").rpartition("/")[2]
    with writing("test"):
        other = links.make(LinkPurpose.SUBSCRIPTION, cast.person["member"].id)
    assert browse.client.get(f"/lenke/{links.token(other)}/fil/{file}").status_code == 404


def test_the_link_is_the_same_in_every_mail_about_the_meeting(cast: Cast, called: Meeting) -> None:
    first = link_of(cast, "member")
    meetings.change(
        cast.actor("secretary"),
        called.id,
        day=called.day,
        starts=called.starts,
        ends=called.ends,
        title=called.title,
        place="Verdal",
    )
    mails = session().scalars(sa.select(Mail).where(Mail.person_id == cast.person["member"].id)).all()
    assert len(mails) == 2
    assert all(first in mail.text for mail in mails)
    assert session().scalar(sa.select(sa.func.count()).select_from(Link)) == 7
