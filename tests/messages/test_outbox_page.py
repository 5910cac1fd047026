"""The outbox page: what was sent to whom, by those who may see it; links in it work for the receiver only."""

from collections.abc import Callable

import pytest

from secretariat.calendar.components import request
from secretariat.core import outbox
from secretariat.core.actions import writing
from secretariat.core.errors import Denied
from secretariat.messages import actions, links
from secretariat.messages.models import LinkPurpose, Mail
from tests.factories.cast import Cast
from tests.factories.invitations import an_invitation
from tests.pages import Browser
from tests.pages.statements import count_statements

Write = Callable[..., Mail]


@pytest.fixture
def invitation(a_mail: Write, cast: Cast) -> Mail:
    """An invitation to the member with a link to answer by, sent to the outbox page."""
    with writing("test"):
        link = links.make(LinkPurpose.REPLY, cast.person["member"].id)
    address = links.address(link)
    calendar = request(an_invitation(url=address))
    text, html = f"Svar her: {address}", f'<p><a href="{address}">Svar</a><script>alert(1)</script></p>'
    row = a_mail(text=text, html=html, calendar=calendar, method="REQUEST")
    outbox.work_once()
    return row


def seal(invitation: Mail) -> str:
    """What opens the link in the mail."""
    return invitation.text.rsplit(".", 1)[1]


def test_one_sees_ones_own_mail_with_links_that_work(browse: Browser, invitation: Mail) -> None:
    page = browse.as_("member").open("/utboks").follow("Innkalling")
    assert seal(invitation) in page.response.text
    assert "Møte i strategisk samarbeidsutvalg" in page.text
    assert "Innkalling eller endring" in page.text


@pytest.mark.parametrize("role", ["secretary", "hospital_secretary"])
def test_the_secretariat_sees_that_it_was_sent_but_cannot_answer_for_the_receiver(
    browse: Browser, invitation: Mail, role: str
) -> None:
    secretary = browse.as_(role)
    page = secretary.open("/utboks").follow("Innkalling")
    assert "Sendt" in page.text
    file = secretary.client.get(f"/utboks/{invitation.id}/innkalling.ics")
    assert b"BEGIN:VCALENDAR" in file.data
    for seen in (page.response.text, file.text.replace("\r\n ", "")):
        assert seal(invitation) not in seen
    assert secretary.client.get(f"/utboks/{invitation.id}/e-post.eml").status_code == 404


@pytest.mark.parametrize("role", ["chair", "administrator", "stranger"])
def test_nobody_else_sees_it(browse: Browser, invitation: Mail, role: str) -> None:
    assert "Innkalling" not in [browse.as_(role).open("/utboks").text.partition("Ingen e-post")[1]]
    for tail in ("", "/innkalling.ics", "/e-post.eml"):
        assert browse.as_(role).client.get(f"/utboks/{invitation.id}{tail}").status_code == 404


def test_mail_from_one_partys_room_is_hidden_from_the_other_partys_secretary(browse: Browser, a_mail: Write) -> None:
    row = a_mail(subject="Formøte", room="M")
    assert "Formøte" in browse.as_("secretary").open("/utboks").text
    assert "Formøte" not in browse.as_("hospital_secretary").open("/utboks").text
    assert browse.as_("hospital_secretary").client.get(f"/utboks/{row.id}").status_code == 404


def test_the_receiver_gets_the_bytes_as_they_were_sent(browse: Browser, invitation: Mail) -> None:
    file = browse.as_("member").client.get(f"/utboks/{invitation.id}/e-post.eml")
    assert file.mimetype == "message/rfc822"
    assert b"invite.ics" in file.data
    assert "attachment" in file.headers["Content-Disposition"]


def test_what_stands_in_a_mail_runs_no_script_on_the_page(browse: Browser, invitation: Mail) -> None:
    page = browse.as_("member").open(f"/utboks/{invitation.id}")
    (frame,) = page.html.all("iframe")
    assert frame.get("sandbox") == ""
    assert "<script>alert(1)</script>" in (frame.get("srcdoc") or "")
    assert not [script for script in page.html.all("script") if script.text]


def test_the_list_is_searched_by_receiver_and_by_state(browse: Browser, a_mail: Write) -> None:
    a_mail(to="chair", subject="Til leder")
    a_mail(to="member", subject="Til medlem")
    secretary = browse.as_("secretary")
    assert "Til leder" in secretary.open("/utboks?q=chair").text
    assert "Til medlem" not in secretary.open("/utboks?q=chair").text
    assert "Ingen e-post her" in secretary.open("/utboks?state=sent").text
    assert "Til medlem" in secretary.open("/utboks?state=waiting").text
    assert "Til medlem" in secretary.open("/utboks?state=finnes-ikke&side=tull").text


def test_the_secretary_presses_try_again(browse: Browser, a_mail: Write, port: int) -> None:
    row = a_mail()
    outbox.work_once()
    page = browse.as_("secretary").open(f"/utboks/{row.id}")
    assert "E-posttjeneren svarer ikke" in page.text
    assert "sendes på nytt" in page.press("Prøv igjen nå").text


def test_a_member_does_not_press_it_for_the_secretariat(cast: Cast, a_mail: Write) -> None:
    with pytest.raises(Denied):
        actions.send_again(cast.actor("member"), a_mail().id)


def test_the_list_costs_the_same_with_one_mail_and_with_sixty(browse: Browser, a_mail: Write) -> None:
    a_mail()
    secretary = browse.as_("secretary")
    with count_statements() as with_one:
        secretary.open("/utboks")
    for _ in range(60):
        a_mail()
    with count_statements() as with_many:
        page = secretary.open("/utboks")
    assert with_one.count == with_many.count <= 15
    assert "Viser 1–50 av 61" in page.text
    assert "Viser 51–61 av 61" in page.follow("Neste").text
