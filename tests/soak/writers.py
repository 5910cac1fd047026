"""``python -m tests.soak.writers PORT SEED FIRST SECONDS``: four secretaries at work in one process, each in a thread.

They plan, fill agendas, send notices, move, answer, supplement, decide and close, in any order. What the server has
said yes to is written as one JSON line each; what it refuses by its rules is counted.
"""

import json
import random
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from secretariat.core import clock
from tests.soak.client import Api

WRITERS = 4
BEHIND = "Etc/GMT+12"
"""A zone where today's evening is still to come wherever the test runs: the meeting is today, and may be sent."""

MANIFEST = re.compile(r'name="manifest_sha256"[^>]*value="([0-9a-f]{64})"')
lock = threading.Lock()


class Secretary:
    """One of them, with a number that makes every title unique."""

    def __init__(self, port: int, number: int, seed: int) -> None:
        self.api = Api(port, "token-secretary" if number % 2 else "token-hospital_secretary")
        self.number, self.count = number, 0
        self.choice = random.Random(seed * 100 + number)  # noqa: S311 - a test's dice
        self.bodies = [body["id"] for body in self.api.rows("bodies")]
        self.meetings: list[str] = []
        self.refused = 0

    def work(self, until: float) -> None:
        """Work until the time is over."""
        jobs = [self.plan, self.fill, self.fill, self.send, self.move, self.reply, self.rename, self.close, self.cancel]
        while time.monotonic() < until:
            job = self.plan if not self.meetings else self.choice.choice(jobs)
            job()

    def _title(self, word: str) -> str:
        self.count += 1
        return f"{word} {self.number}-{self.count}"

    def _do(self, verb: str, subject: str, makes: str = "", /, **values: Any) -> str | None:
        status, answer = self.api.do(verb, subject, **values)
        if status in (404, 409, 422):
            self.refused += 1
            return None
        assert status == 200, (status, verb, answer)
        said = {"verb": verb, "subject": subject, "id": answer["id"], "kind": makes, "title": values.get("title")}
        with lock:
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()
        return str(answer["id"])

    def _any(self) -> str:
        return self.choice.choice(self.meetings)

    def _times(self) -> dict[str, str]:
        minute = self.choice.randrange(13 * 60, 23 * 60)
        starts, ends = divmod(minute, 60), divmod(minute + 45, 60)
        return {
            "day": clock.today().isoformat(),
            "starts": "{:02}:{:02}".format(*starts),
            "ends": "{:02}:{:02}".format(*ends),
            "timezone": BEHIND,
        }

    def plan(self) -> None:
        """A new meeting, with what every meeting takes up."""
        body = self.choice.choice(self.bodies)
        title = self._title("Møte")
        meeting = self._do("meetings.plan", body, "meeting", title=title, place="Rådhuset", **self._times())
        if meeting is not None:
            self.meetings.append(meeting)
            self._do("meetings.add_standing_items", meeting)

    def fill(self) -> None:
        """One more item, perhaps moved up."""
        item = self._do("meetings.add_item", self._any(), "agenda_item", title=self._title("Sak"), kind="information")
        if item is not None and self.choice.random() < 0.3:
            self._do("meetings.move_item", item, to="up")

    def send(self) -> None:
        """The notice, or a supplement: look, then press."""
        meeting = self._any()
        status, page = self.api.page(f"/moter/{meeting}/innkalling")
        seen = MANIFEST.search(page)
        if status == 200 and seen:
            called = self.api.row("meetings", meeting)["state"] == "called"
            verb = "dispatch.send_supplement" if called else "dispatch.send_notice"
            self._do(verb, meeting, manifest_sha256=seen[1])

    def move(self) -> None:
        """Another time on the same day."""
        meeting = self.api.row("meetings", self._any())
        self._do("meetings.change", meeting["id"], title=meeting["title"], place=meeting["place"], **self._times())

    def rename(self) -> None:
        """Another place, from the version one has seen: somebody may have been faster."""
        row = self.api.row("meetings", self._any())
        same = {name: row[name] for name in ("day", "starts", "ends", "timezone", "title", "version")}
        self._do("meetings.change", row["id"], place=self._title("Rom"), **same)

    def reply(self) -> None:
        """An answer on behalf of one who has telephoned."""
        meeting = self._any()
        called = [row for row in self.api.rows("participants") if row["meeting_id"] == meeting]
        if called:
            answer = self.choice.choice(("attending", "absent"))
            self._do("meetings.reply", self.choice.choice(called)["id"], reply=answer)

    def close(self) -> None:
        """The meeting is over."""
        if self.choice.random() < 0.3:
            self._do("meetings.close", self._any())

    def cancel(self) -> None:
        """There will be no meeting."""
        if self.choice.random() < 0.1:
            self._do("meetings.cancel", self._any(), reason="For få saker")


def main(port: int, seed: int, first: int, seconds: float) -> None:
    """Four at once."""
    secretaries = [Secretary(port, first + number, seed) for number in range(WRITERS)]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(WRITERS) as threads:
        for work in [threads.submit(secretary.work, until) for secretary in secretaries]:
            work.result()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]), float(sys.argv[4]))
