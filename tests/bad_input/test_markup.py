"""Markup that people write in their texts is text: on pages, in the editor and on paper."""

import json

import html5lib
import sqlalchemy as sa
from icalendar import Calendar

from secretariat.core.db import session
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.markup import words

MARKUP = '<b>fet</b> <script>alert("1")</script> <ukjent> &lt; #let x = 1 $y$ \\ "sitat"'


def test_the_editor_begins_with_the_text_as_it_was_written(a: Factory, cast: Cast, browse: Browser) -> None:
    case = a.case(partnership=cast.partnership, organisation=cast.municipality)
    written = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": MARKUP}]}]}
    address = f"/saker/{case.id}/saksframlegg"
    browse.as_("secretary").open(address).press("Lagre", assessment_json=json.dumps(written))
    fields = browse.as_("secretary").open(address).html.all("textarea")
    shown = next(field.get("data-html") for field in fields if field.get("name") == "assessment")
    assert words(html5lib.parse(shown, namespaceHTMLElements=False)) == MARKUP


def test_a_meeting_full_of_markup_is_called_and_every_reader_sees_the_words(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = a.meeting(cast.body, title=MARKUP, place=MARKUP, practical=MARKUP)
    a.item(meeting, MARKUP, presenter=MARKUP)
    secretary = browse.as_("secretary")
    page = secretary.open(f"/moter/{meeting.id}/innkalling").fill("Hilsen i e-posten", MARKUP).press("Send innkalling")
    assert "Innkallingen er sendt." in page.text
    for address in ("", "/saksliste", "/deltakere", "/innkalling", "/foring", "/referat"):
        assert MARKUP in secretary.open(f"/moter/{meeting.id}{address}").text
    mails = list(session().scalars(sa.select(Mail)))
    assert mails
    for mail in mails:
        assert MARKUP in mail.text
        assert MARKUP in words(html5lib.parse(mail.html, namespaceHTMLElements=False))
        assert Calendar.from_ical(mail.calendar).walk("VEVENT")[0]["SUMMARY"] == MARKUP
