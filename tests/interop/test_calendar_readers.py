"""What Thunderbird's reader (ical.js), node-ical, khal and vdirsyncer make of our invitations and feeds."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from secretariat.calendar.components import Status, calendar, cancel, component, many_lines, one_line, request
from secretariat.core.dates import wall_time
from tests.factories.invitations import an_invitation

pytestmark = pytest.mark.interop

NODE_READERS = ["ical.js", "node-ical"]
DAYS = [
    pytest.param(date(2027, 1, 12), 1, id="january"),
    pytest.param(date(2027, 7, 13), 2, id="july"),
    pytest.param(date(2027, 3, 28), 2, id="clock forward"),
    pytest.param(date(2027, 10, 31), 1, id="clock back"),
    pytest.param(date(2035, 7, 16), 2, id="far ahead"),
]
Read = Callable[[str, bytes], dict[str, Any]]
Shell = Callable[..., str]


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def utc(day: date, hour: int, offset: int) -> datetime:
    return datetime.combine(day, time(hour), UTC) - timedelta(hours=offset)


@pytest.mark.parametrize("reader", NODE_READERS)
@pytest.mark.parametrize(("day", "offset"), DAYS)
def test_nine_on_the_wall_is_nine_for_the_reader_in_any_season(
    read_with: Read, reader: str, day: date, offset: int
) -> None:
    for written in (request(an_invitation(on=day)), calendar("SSU", [component(an_invitation(on=day))])):
        (event,) = read_with(reader, written)["events"]
        assert moment(event["starts"]) == utc(day, 9, offset)
        assert moment(event["ends"]) == utc(day, 12, offset)


def test_the_rule_for_summer_time_does_not_end_in_2038(read_with: Read) -> None:
    """ical.js alone: node-ical's own clock knows no summer more than ten years ahead, whatever a calendar says."""
    (event,) = read_with("ical.js", request(an_invitation(on=date(2041, 7, 16))))["events"]
    assert moment(event["starts"]) == utc(date(2041, 7, 16), 9, 2)


@pytest.mark.parametrize("reader", NODE_READERS)
def test_both_half_past_twos_of_the_autumn_night_are_told_apart(read_with: Read, reader: str) -> None:
    night = date(2027, 10, 31)
    for fold, starts in (
        (0, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (1, datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ):
        meeting = an_invitation(starts_at=wall_time(night, time(2, 30), fold=fold), ends_at=wall_time(night, time(5)))
        (event,) = read_with(reader, request(meeting))["events"]
        assert moment(event["starts"]) == starts


@pytest.mark.parametrize("reader", NODE_READERS)
def test_request_update_and_cancel_are_seen_as_one_meeting(read_with: Read, reader: str) -> None:
    first = an_invitation()
    later = replace(first, sequence=1, starts_at=wall_time(date(2027, 7, 13), time(10)))
    seen = [
        read_with(reader, written)
        for written in (request(first), request(later), cancel(replace(later, sequence=2), whole_meeting=True))
    ]
    events = [calendar["events"][0] for calendar in seen]
    assert [calendar["method"] for calendar in seen] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {event["uid"] for event in events} == {first.uid}
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert [event["status"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert moment(events[1]["starts"]) - moment(events[0]["starts"]) == timedelta(hours=1)
    assert all(event["attendees"] == [["Kari Nordmann", "mailto:kari.nordmann@steinkjer.example"]] for event in events)


@pytest.mark.parametrize("reader", NODE_READERS)
def test_one_person_taken_off_the_list_sees_no_cancelled_meeting(read_with: Read, reader: str) -> None:
    seen = read_with(reader, cancel(an_invitation(sequence=1), whole_meeting=False))
    assert (seen["method"], seen["events"][0]["status"]) == ("CANCEL", None)


@pytest.mark.parametrize("reader", NODE_READERS)
def test_a_feed_is_read_whole_with_its_name_and_nobody_in_it(read_with: Read, reader: str) -> None:
    stored = [component(an_invitation(uid=f"{n}@sekretariat.example")) for n in range(200)]
    seen = read_with(reader, calendar("Møter i SSU og ASU", stored))
    assert seen["name"] == "Møter i SSU og ASU"
    assert len(seen["events"]) == 200
    assert not any(event["attendees"] for event in seen["events"])


def test_a_path_with_backslashes_is_read_as_it_was_written(read_with: Read) -> None:
    """ical.js alone: node-ical itself takes the N after an escaped backslash for a line break."""
    text = "Se \\\\server\\Notater\\nye; a, b"
    (event,) = read_with("ical.js", request(an_invitation(title=text, description=f"{text}\n{text}")))["events"]
    assert (event["summary"], event["description"]) == (text, f"{text}\n{text}")


@settings(deadline=None)
@given(title=st.text(st.characters(), max_size=200), text=st.text(st.characters(), max_size=300))
def test_thunderbirds_reader_gives_back_any_title_and_any_text(read_with: Read, title: str, text: str) -> None:
    (event,) = read_with("ical.js", request(an_invitation(title=title, description=text)))["events"]
    assert event["summary"] == one_line(title)
    assert (event["description"] or "") == many_lines(text)


@pytest.fixture
def shell(tmp_path: Path, program: Callable[[str], str]) -> Shell:
    """Runs a program of the machine in a home of its own, with the clock of a Norwegian wall."""
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    clean = home | {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "Europe/Oslo"}

    def run(name: str, *arguments: object) -> str:
        command = [program(name), *map(str, arguments)]
        return subprocess.run(command, env=clean, check=True, capture_output=True, text=True, timeout=60).stdout

    return run


@pytest.fixture
def khal(tmp_path: Path, shell: Shell) -> Shell:
    """A person's own calendar on the machine, read with khal."""
    (tmp_path / "calendar").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[mine]]\npath = {tmp_path / 'calendar'}\n"
        "[locale]\nlocal_timezone = Europe/Oslo\ndefault_timezone = Europe/Oslo\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\n[default]\ndefault_calendar = mine\n"
    )
    return partial(shell, "khal", "--config", config)


def shown(khal: Shell, day: date) -> list[str]:
    """What khal lists on a day: when it begins and ends, whether it is off, and what it is called."""
    form = "{uid}|{start-time}-{end-time}|{status}|{title}"
    lines = khal("list", "--day-format", "", "--format", form, day.isoformat(), "1d").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def imported(khal: Shell, folder: Path, written: bytes) -> None:
    (folder / "received.ics").write_bytes(written)
    khal("import", "--batch", folder / "received.ics")


@pytest.mark.parametrize(("day", "offset"), DAYS)
def test_khal_shows_nine_on_the_wall_in_any_season(khal: Shell, tmp_path: Path, day: date, offset: int) -> None:
    invitation = an_invitation(on=day)
    imported(khal, tmp_path, request(invitation))
    assert shown(khal, day) == [f"{invitation.uid}|09:00-12:00|CONFIRMED |{invitation.title}"]


def test_khal_moves_and_cancels_the_meeting_it_has(khal: Shell, tmp_path: Path) -> None:
    first, day = an_invitation(), date(2027, 7, 13)
    moved = replace(first, sequence=1, starts_at=wall_time(day, time(10)), title="Flyttet møte")
    imported(khal, tmp_path, request(first))
    imported(khal, tmp_path, request(moved))
    assert shown(khal, day) == [f"{first.uid}|10:00-12:00|CONFIRMED |Flyttet møte"]
    imported(khal, tmp_path, cancel(replace(moved, sequence=2), whole_meeting=True))
    assert shown(khal, day) == [f"{first.uid}|10:00-12:00|CANCELLED |Flyttet møte"]


class Quiet(SimpleHTTPRequestHandler):
    """Serves the feed without a word."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Tests are silent."""


@pytest.fixture
def address_of_feed(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "served").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "served"))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/feed.ics"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_subscription_follows_every_meeting_as_it_moves_and_is_called_off(
    khal: Shell, shell: Shell, tmp_path: Path, address_of_feed: str
) -> None:
    meetings = [an_invitation(uid=f"{day.values[0]}@sekretariat.example", on=day.values[0]) for day in DAYS]
    off = replace(meetings[1], sequence=1, status=Status.CANCELLED)
    config = subscription(tmp_path, address_of_feed)
    shell("vdirsyncer", "--config", config, "discover")
    for edition in (meetings, [meetings[0], off, *meetings[2:]]):
        (tmp_path / "served" / "feed.ics").write_bytes(calendar("SSU", map(component, edition)))
        shell("vdirsyncer", "--config", config, "sync")
    seen = [shown(khal, day.values[0]) for day in DAYS]
    told = [[line.split("|")[1:3] for line in lines] for lines in seen]
    assert told == [[["09:00-12:00", "CANCELLED " if n == 1 else "CONFIRMED "]] for n in range(len(DAYS))]


def subscription(folder: Path, address: str) -> Path:
    """vdirsyncer's settings for one feed, kept in the folder khal reads."""
    config = folder / "vdirsyncer.conf"
    config.write_text(
        f'[general]\nstatus_path = "{folder / "status"}"\n'
        '[pair feed]\na = "there"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n'
        f'[storage there]\ntype = "http"\nurl = "{address}"\n'
        f'[storage here]\ntype = "filesystem"\npath = "{folder / "calendar"}"\nfileext = ".ics"\n'
    )
    return config
