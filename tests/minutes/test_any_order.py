"""Whatever is done to a meeting's decisions and minutes, in whatever order: what the two rooms promise is kept."""

from collections.abc import Callable
from datetime import time, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import Refusal
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import Decision, DecisionKind, Task, TaskState
from secretariat.meetings import actions as meetings
from secretariat.minutes import actions, printing
from tests.factories.cast import Cast
from tests.factories.decisions import Room, enter, words
from tests.minutes.test_minutes import broken, minutes_of

Step = Callable[[Room, int], Any]

KINDS = list(DecisionKind)


def _decision(room: Room, number: int) -> Decision:
    query = sa.select(Decision).where(Decision.meeting_id == room.meeting.id).order_by(Decision.ordinal)
    found = session().scalars(query).all()
    return found[number % len(found)] if found else room.decide("Første vedtak.")


def _reword(room: Room, number: int) -> None:
    decision = _decision(room, number)
    because = "Merknad" if number % 3 else ""
    decisions.change(
        room.secretary, decision, kind=KINDS[number % len(KINDS)], wording=words(f"Ordlyd {number}."), because=because
    )


def _report(room: Room, _number: int) -> None:
    for task in session().scalars(sa.select(Task).where(Task.meeting_id == room.meeting.id)).all():
        decisions.report_task(room.cast.actor("member"), task, state=TaskState.IN_PROGRESS)


STEPS: dict[str, Step] = {
    "decide": lambda room, number: room.decide(f"Vedtak {number}.", kind=KINDS[number % len(KINDS)]),
    "reword": _reword,
    "remove": lambda room, number: decisions.remove(room.secretary, _decision(room, number)),
    "ask": lambda room, number: room.ask(f"Oppgave {number}."),
    "report": _report,
    "close decision": lambda room, number: decisions.close(room.secretary, _decision(room, number)),
    "write": lambda room, number: actions.write(room.secretary, room.item, text=words(f"Tekst {number % 3}.")),
    "close": lambda room, _number: room.close(),
    "reopen": lambda room, _number: meetings.reopen(room.secretary, room.meeting),
    "send out": lambda room, _number: actions.send_out(
        room.secretary, minutes_of(room), comments_until=clock.today() + timedelta(days=7)
    ),
    "take back": lambda room, _number: actions.take_back(room.secretary, minutes_of(room)),
    "approve": lambda room, _number: actions.approve(
        room.secretary, minutes_of(room), approved_by="Leder og nestleder"
    ),
    "correct": lambda room, number: actions.correct(room.secretary, minutes_of(room), text=f"Rettelse {number}."),
}

EARLY = st.sampled_from(["decide", "write", "ask", "reword", "remove"])
ANY = st.sampled_from(sorted(STEPS))
ORDER = st.tuples(st.lists(EARLY, max_size=4), st.lists(ANY, max_size=9)).map(
    lambda both: [*both[0], "close", *both[1]]
)


def test_no_order_of_steps_breaks_a_promise(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "render", lambda paper: repr(paper).encode())
    minute = count()

    @settings(max_examples=12)
    @given(order=ORDER)
    def holds(order: list[str]) -> None:
        room = enter(cast, starts=time(9, *divmod(next(minute), 60)))
        for number, step in enumerate(order):
            _try(STEPS[step], room, number)
        assert broken() == []

    holds()


def _try(step: Step, room: Room, number: int) -> None:
    """A step that is refused leaves everything as it was."""
    try:
        step(room, number)
    except Refusal:
        session().rollback()
