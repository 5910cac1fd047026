"""However one chooses and the worker is stopped: no letter twice, nothing lost.

Promises: ``NEWS_AS_WANTED``, ``ONE_LETTER_A_WEEK``.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.cases import actions as cases
from secretariat.core import clock, db, outbox
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.outbox import Errand
from secretariat.desk import gathering
from secretariat.directory.models import Notification
from secretariat.messages.models import GatheredNews, Mail
from secretariat.messages.news import GATHER
from tests.desk.choosing import broken, choose, letters_to, raised_case, work
from tests.factories.cast import Cast

STEPS = st.lists(
    st.one_of(
        st.sampled_from(["news", "work", "killed"]),
        st.sampled_from(list(Notification)),
        st.integers(min_value=1, max_value=6),
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_however_one_chooses_and_the_worker_is_stopped_each_piece_of_news_comes_once_or_not_at_all(
    cast: Cast, steps: list[Any]
) -> None:
    story = Story(cast)
    for step in [*steps, "work", Notification.WEEKLY, 6, "work", 6, "work"]:
        story.take(step)
        assert broken() == []
    assert story.letters() == {case_id: int(case_id in story.owed) for case_id in story.made}


@dataclass
class Story:
    """One who chooses anew time and again, and whose cases come back; ``owed`` is what must have been told."""

    cast: Cast
    days: int = 0
    choice: Notification = Notification.EACH
    made: list[UUID] = field(default_factory=list)
    owed: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        with writing("test"):
            for table in (GatheredNews, Mail, Errand):
                session().execute(sa.delete(table))
        self.take(Notification.WEEKLY)

    def take(self, step: Any) -> None:
        """One step, on the day that it is."""
        self.days += step if isinstance(step, int) else 0
        with clock.at(clock.now() + timedelta(days=self.days)):
            if isinstance(step, Notification):
                self.choose(step)
            elif step == "news":
                self.case_comes_back()
            elif step == "work":
                work()
            elif step == "killed":
                killed_before_it_was_noted()

    def choose(self, choice: Notification) -> None:
        """What waits when one wants no news any more is never told."""
        if choice is Notification.NEVER:
            letters = self.letters()
            self.owed &= {case_id for case_id in self.made if letters[case_id]}
        choose(self.cast, "contact", choice)
        self.choice = choice

    def case_comes_back(self) -> None:
        """Something happens that is to be told, unless no news is wanted."""
        case = raised_case(self.cast)
        cases.give_back(self.cast.actor("secretary"), case, reason="Den hører hjemme i fagrådet.")
        self.made.append(case.id)
        if self.choice is not Notification.NEVER:
            self.owed.add(case.id)

    def letters(self) -> dict[UUID, int]:
        """How many letters tell of each case."""
        texts = [mail.text for mail in letters_to(self.cast, "contact")]
        return {case_id: sum(str(case_id) in text for text in texts) for case_id in self.made}


def killed_before_it_was_noted() -> None:
    """The worker is stopped after the letter was written and before its errand was noted as done."""
    session().rollback()
    taken = outbox.lease()
    if taken is not None and taken[1] == GATHER:
        gathering.gather(taken[2])
    session().rollback()


def test_workers_side_by_side_write_one_letter(cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    for _each in range(3):
        cases.give_back(cast.actor("secretary"), raised_case(cast), reason="Den hører hjemme i fagrådet.")
    session().rollback()
    moment, person = clock.now() + timedelta(weeks=1), {"person": str(cast.person["contact"].id)}

    def write(_worker: int) -> None:
        with clock.at(moment), db.connected():
            gathering.gather(person)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(write, range(4)))
    (mail,) = letters_to(cast, "contact")
    assert mail.subject == "3 nyheter siden sist"
    assert broken() == []
