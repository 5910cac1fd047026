"""Eight who write at once, in two processes, over HTTP: nobody's words are lost, no number is given twice."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from secretariat.core import clock
from tests.soak.client import Api
from tests.soak.conftest import House
from tests.soak.writers import BEHIND, MANIFEST

PROCESSES, THREADS = 2, 4


@pytest.fixture
def api(house: House) -> Iterator[Api]:
    """The secretary's own program."""
    with closing(Api(house.port, "token-secretary")) as api:
        yield api


@pytest.fixture
def meeting(api: Api) -> str:
    """A meeting of the cast's body."""
    body = api.rows("bodies")[0]["id"]
    when = {"day": clock.today().isoformat(), "starts": "20:00", "ends": "22:00", "timezone": BEHIND}
    status, answer = api.do("meetings.plan", body, title="Møte", place="Rådhuset", **when)
    assert status == 200, answer
    return str(answer["id"])


def _write_at_once(house: House, meeting: str, job: str, rounds: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.soak.eight", str(house.port), meeting, job, str(rounds), str(THREADS)]
    processes = [subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE) for number in range(PROCESSES)]
    told = []
    for process in processes:
        written, _nothing = process.communicate(timeout=300)
        assert process.returncode == 0
        told += json.loads(written)
    return told


@pytest.mark.parametrize("rounds", [5, pytest.param(100, marks=pytest.mark.soak)])
def test_nobodys_words_are_written_over(house: House, api: Api, meeting: str, rounds: int) -> None:
    told = _write_at_once(house, meeting, "counts", rounds)
    kept = api.row("meetings", meeting)["practical"].split()
    assert sorted(kept) == sorted(told)
    assert [word.partition("=")[2] for word in told] == [str(rounds)] * PROCESSES * THREADS


@pytest.mark.parametrize("rounds", [5, pytest.param(100, marks=pytest.mark.soak)])
def test_items_raised_at_once_get_numbers_of_their_own_without_gaps(
    house: House, api: Api, meeting: str, rounds: int
) -> None:
    api.do("meetings.add_item", meeting, title="Første sak", kind="information")
    _send(api, meeting)
    told = _write_at_once(house, meeting, "items", rounds)
    numbers = [api.row("agenda-items", item)["number"] for item in told]
    assert sorted(numbers) == list(range(2, PROCESSES * THREADS * rounds + 2))


def _send(api: Api, meeting: str) -> None:
    _status, page = api.page(f"/moter/{meeting}/innkalling")
    seen = MANIFEST.search(page)
    assert seen, page
    status, answer = api.do("dispatch.send_notice", meeting, manifest_sha256=seen[1])
    assert status == 200, answer
