"""What calendars fetch: one meeting as a file, and a subscription that shows what its person may see today."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from secretariat.bodies.models import Appointment
from secretariat.calendar import actions, queries
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.directory.parties import Party
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import Meeting, Participant, Reply
from secretariat.messages import links
from secretariat.messages.models import Link
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.pages import Browser
from tests.pages.statements import count_statements


def feed_address(cast: Cast, role: str) -> str:
    actions.subscribe(cast.actor(role))
    link = queries.subscription(cast.actor(role))
    assert link is not None
    return f"/kalender/{links.token(link)}.ics"


def titles(browse: Browser, address: str) -> set[str]:
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(browse.client.get(address).data).walk("VEVENT")}


def test_a_meeting_is_a_file_without_the_names_of_those_called(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body, digital_link="https://mote.example/asu")
    send_notice(cast.actor("secretary"), meeting)
    response = browse.as_("member").client.get(f"/moter/{meeting.id}.ics")
    assert response.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.data)
    (event,) = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), str(event["UID"]), "ATTENDEE" in event) == ("PUBLISH", meeting.uid, False)
    assert "https://mote.example/asu" in event["LOCATION"]


@pytest.mark.parametrize("role", ["stranger", "deputy", "administrator", "contact"])
def test_the_file_is_not_for_those_who_do_not_see_the_meeting(
    a: Factory, cast: Cast, browse: Browser, role: str
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    assert browse.as_(role).client.get(f"/moter/{meeting.id}.ics").status_code == 404


def test_an_unchanged_meeting_is_not_fetched_twice_and_a_moved_one_is(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    client, address = browse.as_("member").client, f"/moter/{meeting.id}.ics"
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    move(cast, meeting, date(2026, 11, 3))
    assert client.get(address, headers=known).status_code == 200


def move(cast: Cast, meeting: Meeting, day: date) -> None:
    given: dict[str, Any] = {"day": day, "starts": time(9), "ends": time(11), "title": meeting.title, "place": "Verdal"}
    meetings.change(cast.actor("secretary"), meeting.id, **given)


def test_a_subscription_shows_the_meetings_of_ones_bodies_and_no_others(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting_with_agenda(a, cast.body, title="Felles møte")
    meeting_with_agenda(a, cast.body, title="Kommunenes formøte", room=Party.M.value, day=date(2026, 10, 5))
    other = a.body("Et annet utvalg", partnership=cast.partnership, short_name="EAU")
    meeting_with_agenda(a, other, title="Et annet utvalgs møte", day=date(2026, 10, 6))
    strange = a.body("Fremmed utvalg", partnership=cast.other_partnership, short_name="FU")
    meeting_with_agenda(a, strange, title="Et fremmed møte", day=date(2026, 10, 7))

    seen = {
        role: titles(browse, feed_address(cast, role)) for role in ("member", "hospital_member", "stranger", "deputy")
    }
    assert seen == {
        "member": {"Felles møte", "Kommunenes formøte"},
        "hospital_member": {"Felles møte"},
        "stranger": {"Et fremmed møte"},
        "deputy": set(),
    }
    assert titles(browse, feed_address(cast, "hospital_secretary")) == {"Felles møte", "Et annet utvalgs møte"}


def test_a_seat_that_ended_yesterday_shows_nothing_today(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting_with_agenda(a, cast.body)
    address = feed_address(cast, "hospital_member")
    known = {"If-None-Match": browse.client.get(address).headers["ETag"]}
    with writing("test") as work:
        seat = work.scalars(
            sa.select(Appointment).where(Appointment.person_id == cast.person["hospital_member"].id)
        ).one()
        seat.ends_on = clock.today() - timedelta(days=1)
    assert browse.client.get(address, headers=known).status_code == 200
    assert titles(browse, address) == set()


def test_an_unchanged_subscription_is_answered_in_a_word(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    address = feed_address(cast, "member")
    first = browse.client.get(address)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    known = {"If-None-Match": first.headers["ETag"]}
    again = browse.client.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    meetings.cancel(cast.actor("secretary"), meeting.id, reason="For få saker.")
    changed = browse.client.get(address, headers=known)
    assert b"STATUS:CANCELLED" in changed.data


def test_a_new_address_closes_the_one_before_and_a_closed_one_opens_nothing(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    page = browse.as_("member").open("/kalender").press("Lag kalenderadresse")
    first = address_on(page)
    second = address_on(page.press("Bytt adresse"))
    assert first != second
    assert browse.client.get(first).status_code == 404
    assert browse.client.get(second).status_code == 200
    browse.as_("member").open("/kalender").press("Steng adressen")
    assert browse.client.get(second).status_code == 404
    assert browse.client.get("/kalender/tull.ics").status_code == 404


def address_on(page: Any) -> str:
    (field,) = [field for field in page.html.all("input") if field.get("id") == "feed-address"]
    return str(field.get("value")).removeprefix("http://localhost")


def test_a_link_of_an_invitation_is_no_subscription(a: Factory, cast: Cast, browse: Browser) -> None:
    send_notice(cast.actor("secretary"), meeting_with_agenda(a, cast.body))
    link = session().scalars(sa.select(Link)).first()
    assert link is not None
    assert browse.client.get(f"/kalender/{links.token(link)}.ics").status_code == 404


def test_the_calendar_page_begins_today_and_shows_a_year_or_one_body_when_asked(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting_with_agenda(a, cast.body, title="Septembermøtet")
    meeting_with_agenda(a, cast.body, title="Desembermøtet", day=date(2026, 12, 3))
    meeting_with_agenda(a, cast.body, title="Neste års møte", day=date(2027, 2, 4))
    other = a.body("Et annet utvalg", partnership=cast.partnership, short_name="EAU")
    meeting_with_agenda(a, other, title="Det andre utvalget", day=date(2026, 12, 4))
    browser = browse.as_("secretary")
    page = browser.open("/kalender")
    headings = [h.text for h in page.html.all("h2")]
    assert headings[:3] == ["September 2026", "Desember 2026", "Februar 2027"]
    assert "Neste års møte" not in page.fill("År", "2026").press("Vis").text
    chosen = browser.open(f"/kalender?utvalg={other.id}")
    assert "Det andre utvalget" in chosen.text
    assert "Desembermøtet" not in chosen.text


def test_a_held_meeting_stands_behind_a_link_with_what_one_did(a: Factory, cast: Cast, browse: Browser) -> None:
    there, missed, absent = (
        meeting_with_agenda(a, cast.body, title=title, day=clock.today() + timedelta(days=day))
        for title, day in (("Var der", 1), ("Uteble", 2), ("Meldte fra", 3))
    )
    secretary = cast.actor("secretary")
    for meeting in (there, missed, absent):
        send_notice(secretary, meeting)
    rows = {row.meeting_id: row.id for row in session().scalars(mine(cast))}
    meetings.reply(secretary, rows[absent.id], reply=Reply.ABSENT)
    with clock.at(clock.now() + timedelta(days=4)):
        meetings.note_presence(secretary, rows[there.id])
        for meeting in (there, missed, absent):
            meetings.close(secretary, meeting.id)
        page = browse.as_("member").open("/kalender")
        assert "Var der" not in page.text
        text = page.follow("Alle møter i 2026, også de som er holdt").text
    assert "Ikke svart" not in text
    for title, did in (("Var der", "Møtte"), ("Uteble", "Ikke møtt"), ("Meldte fra", "Forfall")):
        assert did in text.split(title)[1].split(" kl")[0][:200]


def mine(cast: Cast) -> sa.Select[Participant]:
    """The member's own places."""
    return sa.select(Participant).where(Participant.person_id == cast.person["member"].id)


def test_a_feed_and_a_file_ask_the_database_as_often_for_few_as_for_many(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    first = meeting_with_agenda(a, cast.body)
    address, browser = feed_address(cast, "member"), browse.as_("member")
    pages = ((browse, address), (browser, f"/moter/{first.id}.ics"), (browser, "/kalender"))
    few = [statements(*page) for page in pages]
    for number in range(12):
        meeting_with_agenda(a, cast.body, day=date(2026, 10, 1) + timedelta(days=number))
    many = [statements(*page) for page in pages]
    assert few == many
    assert all(asked <= most for asked, most in zip(many, (6, 5, 9), strict=True))


def statements(browser: Browser, address: str) -> int:
    with count_statements() as asked:
        browser.client.get(address)
    return asked.count


def test_the_calendar_calls_where_a_meeting_stands_its_status(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting_with_agenda(a, cast.body, tentative=True)
    page = browse.as_("secretary").open("/kalender")
    assert "Foreløpig" in page.text
    assert 'data-label="Status"' in page.response.text
