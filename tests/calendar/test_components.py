"""Invitations, cancellations and feeds, read back with the icalendar library."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from icalendar import Calendar, Event, Timezone

from secretariat.calendar.components import (
    OSLO,
    VTIMEZONE,
    Attendee,
    Role,
    Status,
    calendar,
    cancel,
    component,
    many_lines,
    one_line,
    publish,
    request,
)
from secretariat.calendar.feeds import revision
from secretariat.core.dates import wall_time
from tests.factories.invitations import an_invitation

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
any_text = st.text(st.characters(), max_size=300)


def the_event(written: bytes) -> Event:
    (event,) = Calendar.from_ical(written).events
    return event


def test_an_invitation_asks_the_one_called_in_for_an_answer() -> None:
    event = the_event(request(an_invitation()))
    attendee = event["attendee"]
    assert attendee == "mailto:kari.nordmann@steinkjer.example"
    assert dict(attendee.params) == {
        "CN": "Kari Nordmann",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert event["organizer"] == "mailto:sekretariat@sekretariat.example"
    assert Calendar.from_ical(request(an_invitation()))["method"] == "REQUEST"


@pytest.mark.parametrize(
    ("role", "written", "asked"),
    [
        (Role.CHAIR, "CHAIR", "TRUE"),
        (Role.MEMBER, "REQ-PARTICIPANT", "TRUE"),
        (Role.DEPUTY, "OPT-PARTICIPANT", "TRUE"),
        (Role.OBSERVER, "OPT-PARTICIPANT", "TRUE"),
        (Role.COPY, "NON-PARTICIPANT", "FALSE"),
    ],
)
def test_each_comes_as_what_they_are_and_a_copy_is_not_asked(role: Role, written: str, asked: str) -> None:
    event = the_event(request(an_invitation(attendee=Attendee("Kari", "kari@steinkjer.example", role))))
    assert (event["attendee"].params["ROLE"], event["attendee"].params["RSVP"]) == (written, asked)


def test_a_moved_meeting_keeps_its_identity_and_raises_its_number() -> None:
    first = an_invitation()
    moved = replace(
        first, sequence=1, starts_at=wall_time(date(2027, 7, 14), time(9)), dtstamp=datetime(2027, 2, 1, tzinfo=UTC)
    )
    before, after = the_event(request(first)), the_event(request(moved))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert before["dtstamp"].dt < after["dtstamp"].dt
    assert before["last-modified"].dt == after["last-modified"].dt


def test_a_meeting_that_is_called_off_is_cancelled_for_all() -> None:
    written = cancel(an_invitation(sequence=2), whole_meeting=True)
    event = the_event(written)
    assert Calendar.from_ical(written)["method"] == "CANCEL"
    assert event["status"] == "CANCELLED"
    assert event["sequence"] == 2
    assert event["summary"] == "Møte i strategisk samarbeidsutvalg"
    assert event["url"] == "https://sekretariat.example/moter/0190f1c2"
    assert event["categories"].cats == ["SSU"]


def test_one_who_is_no_longer_called_in_is_not_told_that_the_meeting_is_off() -> None:
    event = the_event(cancel(an_invitation(sequence=1), whole_meeting=False))
    assert "status" not in event
    assert event["attendee"] == "mailto:kari.nordmann@steinkjer.example"


def test_an_invitation_brings_a_reminder_and_a_cancellation_none() -> None:
    assert b"TRIGGER:-PT15M" in request(an_invitation())
    assert b"VALARM" not in cancel(an_invitation(), whole_meeting=True)
    assert b"VALARM" not in component(an_invitation())


def test_a_tentative_date_is_sent_as_tentative() -> None:
    assert the_event(request(an_invitation(status=Status.TENTATIVE)))["status"] == "TENTATIVE"


def test_a_cancelled_meeting_is_never_sent_as_an_invitation() -> None:
    with pytest.raises(ValueError, match="cancel"):
        request(an_invitation(status=Status.CANCELLED))


def test_the_organiser_is_never_called_in_to_the_own_meeting() -> None:
    with pytest.raises(ValueError, match="organiser"):
        an_invitation(attendee=Attendee("Sekretariatet", "Sekretariat@sekretariat.example"))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        an_invitation(dtstamp=datetime(2027, 1, 4, 8))


@pytest.mark.parametrize("field", ["uid", "organizer_email", "url", "conference_url"])
@pytest.mark.parametrize("gap", ["a b", "a\r\nATTENDEE:mailto:eve@example.example", "a\tb", "a\u2028b"])
def test_an_address_cannot_smuggle_in_a_line(field: str, gap: str) -> None:
    with pytest.raises(ValueError, match="blanks"):
        request(an_invitation(**{field: gap}))


def test_the_published_component_names_nobody_who_was_called_in() -> None:
    written = publish(component(an_invitation()))
    assert "attendee" not in the_event(written)
    assert b"kari" not in written.lower()
    assert Calendar.from_ical(written)["method"] == "PUBLISH"


def test_a_cancelled_meeting_stays_in_the_feed_and_leaves_the_day_free() -> None:
    event = the_event(calendar("SSU", [component(an_invitation(status=Status.CANCELLED))]))
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_the_link_to_the_video_meeting_stands_where_every_calendar_shows_it() -> None:
    link = "https://video.example/l/a;b,c?d=1&e=2"
    event = the_event(request(an_invitation(conference_url=link)))
    assert event["conference"] == link
    assert event["location"] == f"Rådhuset, Steinkjer; {link}"
    assert event["description"].endswith(f"\n\n{link}")
    twice = the_event(request(an_invitation(conference_url=link, description=f"Lenke: {link}", location="")))
    assert twice["description"] == f"Lenke: {link}"
    assert twice["location"] == link


@pytest.mark.parametrize(
    ("on", "at", "instant"),
    [
        (date(2027, 1, 12), time(9), datetime(2027, 1, 12, 8, tzinfo=UTC)),
        (date(2027, 7, 13), time(9), datetime(2027, 7, 13, 7, tzinfo=UTC)),
        (date(2027, 3, 28), time(1), datetime(2027, 3, 28, 0, tzinfo=UTC)),
        (date(2027, 3, 28), time(9), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (date(2027, 10, 31), time(1), datetime(2027, 10, 30, 23, tzinfo=UTC)),
        (date(2027, 10, 31), time(9), datetime(2027, 10, 31, 8, tzinfo=UTC)),
    ],
)
def test_the_meeting_starts_when_the_wall_clock_says_so(on: date, at: time, instant: datetime) -> None:
    written = request(an_invitation(on=on, at=at))
    assert f"DTSTART;TZID=Europe/Oslo:{on:%Y%m%d}T{at:%H%M}00\r\n".encode() in written
    assert the_event(written)["dtstart"].dt.astimezone(UTC) == instant


@pytest.mark.parametrize(("fold", "written"), [(0, b"DTSTART:20271031T003000Z"), (1, b"DTSTART:20271031T013000Z")])
def test_the_hour_that_comes_twice_is_written_in_utc(fold: int, written: bytes) -> None:
    night = date(2027, 10, 31)
    meeting = an_invitation(starts_at=wall_time(night, time(2, 30), fold=fold), ends_at=wall_time(night, time(4)))
    assert written + b"\r\nDTEND:20271031T030000Z" in request(meeting)


def test_a_meeting_told_in_another_zone_is_written_in_utc() -> None:
    there = an_invitation(
        timezone="Europe/London",
        starts_at=wall_time(date(2027, 7, 13), time(9), "Europe/London"),
        ends_at=wall_time(date(2027, 7, 13), time(10), "Europe/London"),
    )
    assert b"DTSTART:20270713T080000Z" in component(there)


@given(st.datetimes(datetime(1997, 1, 1), datetime(2090, 1, 1)))
def test_the_rule_for_oslo_agrees_with_the_zone_database(naive: datetime) -> None:
    """From 1996 on the clock changes as the rule says; before that no meeting of ours was held."""
    rule = Timezone.from_ical(VTIMEZONE).to_tz(lookup_tzid=False)
    if naive.replace(tzinfo=ZoneInfo(OSLO)).utcoffset() == naive.replace(tzinfo=ZoneInfo(OSLO), fold=1).utcoffset():
        assert naive.replace(tzinfo=rule).utcoffset() == naive.replace(tzinfo=ZoneInfo(OSLO)).utcoffset()


@given(title=any_text, text=any_text, place=any_text, name=any_text)
def test_what_people_write_comes_through_whatever_they_write(title: str, text: str, place: str, name: str) -> None:
    attendee = Attendee(name, "kari.nordmann@steinkjer.example")
    event = the_event(request(an_invitation(title=title, description=text, location=place, attendee=attendee)))
    assert event["summary"] == one_line(title)
    assert event.get("description", "") == many_lines(text)
    assert event.get("location", "") == one_line(place)
    assert event["attendee"].params.get("CN", "") == one_line(name).replace('"', "'").replace("\\", "/")


def test_quotes_and_backslashes_in_a_name_cannot_end_the_name() -> None:
    attendee = Attendee('Kari "Kåre" N\\";PARTSTAT=ACCEPTED', "kari.nordmann@steinkjer.example")
    written = the_event(request(an_invitation(attendee=attendee)))["attendee"]
    assert written.params["CN"] == "Kari 'Kåre' N/';PARTSTAT=ACCEPTED"
    assert written.params["PARTSTAT"] == "NEEDS-ACTION"


@pytest.mark.parametrize("path", [r"\\server\Notater\nye", r"\N", r"\n", "\\\n", r"a\;b\,c"])
def test_a_path_with_backslashes_is_not_broken_in_two(path: str) -> None:
    meeting = an_invitation(title=f"Se {path}", description=f"Se {path}", body_short=path)
    event = the_event(request(meeting))
    assert event["summary"] == one_line(f"Se {path}")
    assert event["description"] == many_lines(f"Se {path}")
    assert event["categories"].cats == [one_line(path)]


@given(any_text)
def test_only_what_no_calendar_can_hold_is_left_out(text: str) -> None:
    def kept(written: str) -> str:
        seen = (c for c in written if c == "\t" or unicodedata.category(c) not in ("Cc", "Cs"))
        return "".join(c for c in seen if c not in LINE_BREAKS).strip()

    assert kept(many_lines(text)) == kept(text)


@given(any_text, any_text)
def test_lines_are_folded_at_75_octets_and_never_inside_a_letter(text: str, name: str) -> None:
    written = request(an_invitation(description=text, attendee=Attendee(name, "kari@steinkjer.example")))
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    for line in written.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_a_feed_says_its_name_and_how_often_it_is_worth_fetching() -> None:
    written = calendar("SSU; møter, alle", [component(an_invitation())])
    assert "\r\nNAME:SSU\\; møter\\, alle\r\nX-WR-CALNAME:SSU\\; møter\\, alle\r\n".encode() in written
    read = Calendar.from_ical(written)
    assert read["refresh-interval"].dt == timedelta(hours=4)
    assert read["refresh-interval"].params["value"] == "DURATION"
    assert read["x-published-ttl"] == "PT4H"
    assert "method" not in read


def test_a_feed_holds_every_meeting_once_and_the_zone_once() -> None:
    stored = [component(an_invitation(uid=f"{n}@sekretariat.example")) for n in range(50)]
    written = calendar("SSU", stored)
    assert [str(event["uid"]) for event in Calendar.from_ical(written).events] == [
        f"{n}@sekretariat.example" for n in range(50)
    ]
    assert written.count(b"BEGIN:VTIMEZONE") == 1


def test_an_empty_feed_is_still_a_calendar() -> None:
    assert Calendar.from_ical(calendar("SSU", []))["x-wr-calname"] == "SSU"


def test_the_mark_of_a_feed_changes_with_any_revision_and_any_meeting_that_goes() -> None:
    one, two = UUID(int=1), UUID(int=2)
    marks = {
        revision("SSU", [(one, "1"), (two, "1")]),
        revision("SSU", [(one, "1"), (two, "2")]),
        revision("SSU", [(one, "1")]),
        revision("ASU", [(one, "1")]),
        revision("SSU", []),
    }
    assert len(marks) == 5
    assert revision("SSU", [(one, "1")]) == revision("SSU", [(one, "1")])
