"""``python -m tests.soak.eight PORT MEETING JOB ROUNDS THREADS PROCESS``: several at once who write in one meeting.

What the server has said yes to comes out as one JSON list.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.soak.client import Api

FIXED = ("day", "starts", "ends", "timezone", "title", "place")


def words(port: int, meeting: str, name: str, rounds: int) -> list[str]:
    """Add a word to what the others wrote, again and again; who was too late reads anew."""
    api, written = Api(port, "token-secretary"), []
    while len(written) < rounds:
        row = api.row("meetings", meeting)
        word = f"{name}-{len(written)}"
        same = {field: row[field] for field in (*FIXED, "version")}
        status, answer = api.do("meetings.change", meeting, practical=f"{row['practical']}\n{word}", **same)
        assert status in (200, 409), answer
        if status == 200:
            written.append(word)
    return written


def items(port: int, meeting: str, name: str, rounds: int) -> list[str]:
    """Raise one item after the other in the meeting."""
    api = Api(port, "token-hospital_secretary")
    answers = [api.do("meetings.add_item_in_meeting", meeting, title=f"Sak {name}-{n}") for n in range(rounds)]
    assert {status for status, _answer in answers} == {200}, answers
    return [answer["id"] for _status, answer in answers]


if __name__ == "__main__":
    port, meeting, job, rounds, threads, process = sys.argv[1:]
    run = {"words": words, "items": items}[job]
    with ThreadPoolExecutor(int(threads)) as pool:
        names = [f"{process}{thread}" for thread in range(int(threads))]
        results = pool.map(lambda name: run(int(port), meeting, name, int(rounds)), names)
        sys.stdout.write(json.dumps([one for result in results for one in result]))
