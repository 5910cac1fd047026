"""Processes are killed while eight secretaries work: no mail is lost, nothing answered for is gone, nothing is half."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat import create_app
from secretariat.core import db
from secretariat.core.db import Base
from secretariat.core.outbox import Errand
from secretariat.dispatch.models import Delivery
from secretariat.messages.models import Mail, MailState
from tests.soak.conftest import House

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How many kills, and how far apart."""

    kills: int
    seconds_between: float

    @property
    def seconds(self) -> float:
        """How long the secretaries work."""
        return (self.kills + 1) * self.seconds_between


SHORT, LONG = Plan(3, 2.0), Plan(50, 3.0)


@pytest.mark.parametrize("plan", [SHORT, pytest.param(LONG, marks=pytest.mark.soak)], ids=["short", "long"])
def test_killed_processes_lose_nothing(house: House, say: Say, plan: Plan) -> None:
    seed = random.SystemRandom().randrange(10_000)
    with _writers(house, seed, plan) as told:
        _kill_at_random(house, random.Random(seed), plan)  # noqa: S311 - a test's dice
    _finish(house)
    with _reading(house):
        mails = list(db.session().scalars(sa.select(Mail)))
        _everything_answered_for_is_there_once(told)
        _every_mail_has_arrived(house, mails)
        repeats = _every_repeat_is_the_same_and_counted(house, mails)
    code, words = house.running.run("verify")
    assert code == 0, words
    work = Counter(line["verb"] for line in told)
    say(
        f"seed {seed}: {plan.kills} kills, {work.total()} verbs, {len(mails)} mails, {repeats} sent again, nothing lost"
    )
    assert work["dispatch.send_notice"] > 0, work
    assert mails


@contextmanager
def _writers(house: House, seed: int, plan: Plan) -> Iterator[list[dict[str, Any]]]:
    """Eight secretaries in two processes; afterwards, what the server said yes to."""
    command = [sys.executable, "-m", "tests.soak.writers", str(house.port), str(seed)]
    processes = [
        subprocess.Popen([*command, str(first), str(plan.seconds)], stdout=subprocess.PIPE) for first in (1, 5)
    ]
    told: list[dict[str, Any]] = []
    yield told
    for process in processes:
        written, _nothing = process.communicate(timeout=plan.seconds + 120)
        assert process.returncode == 0
        told += [json.loads(line) for line in written.splitlines()]


def _kill_at_random(house: House, dice: random.Random, plan: Plan) -> None:
    for _ in range(plan.kills):
        time.sleep(dice.uniform(0.5, 1.5) * plan.seconds_between)
        house.running.kill(dice.choice(house.running.children()))


def _finish(house: House) -> None:
    """Close the house for the night, and let a worker do what is left when all leases have run out."""
    house.running.stop()
    with house.running.worker_after_the_leases(), _reading(house):
        until = time.monotonic() + 120
        waiting = sa.select(sa.func.count()).select_from(Errand).where(Errand.done_at.is_(None))
        while db.session().scalar(waiting):
            db.session().rollback()
            assert time.monotonic() < until, "the worker does not come to an end"
            time.sleep(0.2)


@contextmanager
def _reading(house: House) -> Iterator[None]:
    create_app(house.running.settings)
    with db.connected():
        yield
    db.engine().dispose()


def _everything_answered_for_is_there_once(told: list[dict[str, Any]]) -> None:
    """What somebody was told yes to is stored, and stored once though it was asked for again after a kill."""
    for kind in ("meeting", "agenda_item"):
        table = Base.metadata.tables[kind]
        ids = {str(row_id) for row_id in db.session().scalars(sa.select(table.c.id))}
        made = [line for line in told if line["kind"] == kind]
        assert {line["id"] for line in made} <= ids
        titles = Counter(db.session().scalars(sa.select(table.c.title)))
        assert [line["title"] for line in made if titles[line["title"]] > 1] == []


def _every_mail_has_arrived(house: House, mails: list[Mail]) -> None:
    assert {mail.state for mail in mails} <= {MailState.SENT}
    assert [mail.id for mail in mails if mail.message_id not in house.mailbox.received] == []
    without = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.mail_id.is_(None))
    assert db.session().scalar(without) == 0


def _every_repeat_is_the_same_and_counted(house: House, mails: list[Mail]) -> int:
    """How many mails came more than once: each time the same bytes, and never oftener than was counted."""
    known = {mail.message_id: mail for mail in mails}
    for message_id, copies in house.mailbox.received.items():
        assert set(copies) == {known[message_id].raw}
        assert len(copies) <= known[message_id].attempts
    return sum(len(copies) > 1 for copies in house.mailbox.received.values())
