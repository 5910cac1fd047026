"""What the secretariat is told of a meeting that is over."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.meetings.models import Meeting
from secretariat.publishing.models import PublicationKind
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.factories.publishing import approve_minutes, sent_meeting
from tests.pages import Browser
from tests.publishing.test_press import publish


@pytest.fixture
def over(a: Factory, cast: Cast) -> Meeting:
    """A held meeting with approved minutes."""
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    return meeting


def test_no_supplement_is_promised_for_a_meeting_that_is_over(over: Meeting, browse: Browser) -> None:
    page = browse.as_("secretary").open(f"/moter/{over.id}/saksliste")

    assert "tilleggssakliste" not in page.text
    assert "Møtet er holdt" in page.text


def test_minutes_that_are_not_published_remain_to_be_published(over: Meeting, cast: Cast, browse: Browser) -> None:
    secretary = browse.as_("secretary")
    before = secretary.open(f"/moter/{over.id}").text
    assert "Det er ikke publisert" in before
    assert "ingenting gjenstår" not in before.lower()

    publish(cast, over, PublicationKind.MINUTES)
    assert "ingenting gjenstår" in secretary.open(f"/moter/{over.id}").text


def test_nothing_of_approved_minutes_is_overdue(over: Meeting, browse: Browser) -> None:
    with clock.at(clock.now() + timedelta(days=90)):
        assert "over fristen" not in browse.as_("secretary").open(f"/moter/{over.id}").text


def test_a_meeting_that_was_never_called_is_moved_or_cancelled_when_its_day_has_passed(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = a.meeting(cast.body)
    with clock.at(clock.now() + timedelta(days=60)):
        page = browse.as_("secretary").open(f"/moter/{meeting.id}")
        assert "innkallingen ble ikke sendt" in page.text
        assert "Lag sakslisten" not in page.text
        assert page.text.count("over fristen") == 1
        assert page.follow("Flytt møtet").title.startswith("Endre møtet")


def test_a_partys_own_meeting_is_never_published_and_lacks_nothing(over: Meeting, browse: Browser) -> None:
    with writing("factory") as work:
        work.scalars(sa.select(Meeting).where(Meeting.id == over.id)).one().room = "M"

    page = browse.as_("secretary").open(f"/moter/{over.id}")
    assert "Ingenting gjenstår" in page.text
    assert "ikke publisert" not in page.text


def test_desk_and_meeting_page_count_the_silent_alike(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    secretary = browse.as_("secretary")

    on_desk = re.search(r"(\d+) deltakere har ikke svart", secretary.open("/").text)
    on_page = re.search(r"Ikke svart\s*(\d+)", secretary.open(f"/moter/{meeting.id}").text)
    assert on_desk is not None
    assert on_page is not None
    assert on_desk[1] == on_page[1] != "0"
