"""The page that answers: is the meeting ready to be sent?"""

import sqlalchemy as sa

from secretariat.cases.actions import save_paper
from secretariat.cases.models import SECTIONS, CasePaper
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.messages import links
from secretariat.messages.models import Link
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice, send_supplement
from tests.pages import Browser


def test_a_secretary_sends_the_notice_from_its_page(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    page = browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling")
    assert page.status == 200, page.text
    assert "Er møtet klart til å sendes?" in page.text
    sent = page.fill("Hilsen i e-posten", "Velkommen til Steinkjer.").press("Send innkalling")
    assert sent.status == 200
    assert "Innkallingen er sendt." in sent.text
    assert "Sendt 07.09.2026 kl. 08.00, kan ikke endres" in sent.text
    assert "Levert til 0 av 7. 7 e-poster er på vei." in sent.text


def test_members_read_the_proposal_as_it_was_sent_until_a_supplement_brings_the_new_one(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting, secretary = meeting_with_agenda(a, cast.body), cast.actor("secretary")
    propose(cast, "Det første forslaget.")
    send_notice(secretary, meeting)
    propose(cast, "Et helt nytt forslag.")

    text = browse.as_("member").open(f"/moter/{meeting.id}").text
    assert "Det første forslaget." in text
    assert "Et helt nytt forslag." not in text
    assert "endret siden" not in text
    text = browse.as_("secretary").open(f"/moter/{meeting.id}").text
    assert "Det første forslaget. (slik det ble sendt; forslaget er endret siden)" in text

    send_supplement(secretary, meeting)
    text = browse.as_("member").open(f"/moter/{meeting.id}").text
    assert "Et helt nytt forslag." in text
    assert "endret siden" not in text


def test_the_page_behind_the_mail_shows_the_proposal_as_it_was_sent(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting, secretary = meeting_with_agenda(a, cast.body), cast.actor("secretary")
    propose(cast, "Det første forslaget.")
    send_notice(secretary, meeting)
    propose(cast, "Et helt nytt forslag.")
    link = session().scalars(sa.select(Link).where(Link.person_id == cast.person["member"].id)).one()
    text = browse.as_("anonymous").open(f"/lenke/{links.token(link)}").text
    assert "Det første forslaget." in text
    assert "Et helt nytt forslag." not in text


def propose(cast: Cast, words: str) -> None:
    """The proposal is written anew."""
    paper = session().scalars(sa.select(CasePaper).order_by(CasePaper.id)).first()
    assert paper is not None
    given = {name: getattr(paper, name) for name in SECTIONS} | {"proposal": read_markdown(words)}
    save_paper(cast.actor("secretary"), paper.id, **given)
