"""``python -m tests.soak.eight PORT MEETING JOB ROUNDS THREADS PROCESS``: several at once who write in one meeting.

What the server has said yes to comes out as one JSON list.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.soak.client import Api

FIXED = ("day", "starts", "ends", "timezone", "title", "place")


def counts(port: int, meeting: str, name: str, rounds: int) -> list[str]:
    """Raise one's own count among those of the others, again and again; who was too late reads anew."""
    api, count = Api(port, "token-secretary"), 0
    while count < rounds:
        row = api.row("meetings", meeting)
        same = {field: row[field] for field in (*FIXED, "version")}
        status, answer = api.do("meetings.change", meeting, practical=_raised(row["practical"], name), **same)
        assert status in (200, 409), answer
        count += status == 200
    return [f"{name}={count}"]


def _raised(text: str, name: str) -> str:
    counts = dict(word.split("=") for word in text.split())
    counts[name] = str(int(counts.get(name, 0)) + 1)
    return " ".join(f"{one}={count}" for one, count in counts.items())


def items(port: int, meeting: str, name: str, rounds: int) -> list[str]:
    """Raise one item after the other in the meeting."""
    api = Api(port, "token-hospital_secretary")
    answers = [api.do("meetings.add_item_in_meeting", meeting, title=f"Sak {name}-{n}") for n in range(rounds)]
    assert {status for status, _answer in answers} == {200}, answers
    return [answer["id"] for _status, answer in answers]


if __name__ == "__main__":
    port, meeting, job, rounds, threads, process = sys.argv[1:]
    run = {"counts": counts, "items": items}[job]
    with ThreadPoolExecutor(int(threads)) as pool:
        names = [f"{process}{thread}" for thread in range(int(threads))]
        results = pool.map(lambda name: run(int(port), meeting, name, int(rounds)), names)
        sys.stdout.write(json.dumps([one for result in results for one in result]))
