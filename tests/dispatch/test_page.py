"""The page that answers: is the meeting ready to be sent?"""

from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda
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
