"""What the demonstration knows while it is played: which row each key of the content became, and who acts when."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.recognition import actor_of
from secretariat.core import clock, outbox
from secretariat.core.actor import Actor
from secretariat.core.dates import add_working_days, instant, is_working_day
from secretariat.core.db import session
from secretariat.core.outbox import Errand
from secretariat.demo.records import DemoContent, DemoRole

MORNING = time(9, 0)


@dataclass
class Stage:
    """The rows so far, by the content's keys."""

    content: DemoContent
    today: date
    partnership: UUID = field(default_factory=lambda: UUID(int=0))
    organisations: dict[str, UUID] = field(default_factory=dict)
    regions: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)
    seats: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    treatments: dict[tuple[str, str], UUID] = field(default_factory=dict)
    meetings: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    decisions: dict[str, UUID] = field(default_factory=dict)
    tasks: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def day(self, days: int) -> date:
        """The working day nearest to so many days from today; weekends and holidays give way."""
        wanted = self.today + timedelta(days=days)
        return wanted if is_working_day(wanted) else add_working_days(wanted, -1 if days < 0 else 1)

    def actor(self, key: str) -> Actor:
        """The person of the content as the actor he or she is at the moment being played."""
        return actor_of(self.people[key], via="demo")

    @property
    def coordinator(self) -> Actor:
        """The municipal coordinator, who does most of the work."""
        return self.actor(self.content.in_role(DemoRole.COORDINATOR_MUNICIPAL).key)


@contextmanager
def on(day: date, at: time = MORNING) -> Iterator[datetime]:
    """Let the clock show that day; what was put in the outbox is done before the day ends, and what was to be done on
    a day in between was done on that day.
    """
    moment = instant(day, at)
    _days_until(moment)
    with clock.at(moment):
        yield moment
        _work()


def _days_until(moment: datetime) -> None:
    due = sa.select(sa.func.min(Errand.not_before)).where(Errand.done_at.is_(None), Errand.not_before < moment)
    while (then := session().scalar(due)) is not None:
        with clock.at(then):
            _work()


def _work() -> None:
    while outbox.work_once():
        pass
