"""Whoever presses whatever, with whatever in its fields: it is done or refused in words, and no promise is broken."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.cases import actions as cases
from secretariat.cases.models import CasePaper
from secretariat.cases.papers import keep_version
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import registry, request_key, writing
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.errors import Refusal
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import DecisionKind
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.web.verifying import findings
from tests.factories import Factory, appointing
from tests.factories.cases import attached, checked
from tests.factories.cast import Cast
from tests.factories.dispatch import case_of, meeting_with_agenda, send_notice
from tests.soak.dice import Dice

OTHERS = ("administrator", "organisation_administrator", "contact", "member", "chair")
WHO = (*["secretary"] * 6, *["hospital_secretary"] * 3, *OTHERS)
PRESSED_A_DAY = 40


def at_work(a: Factory, cast: Cast) -> None:
    """The secretariat in the midst of it: one meeting called, one going on, one over, a round of appointing sent."""
    secretary = cast.actor("secretary")
    called(a, cast, day=date(2026, 9, 24))
    for starts in (time(9), time(10)):
        meeting = called(a, cast, day=clock.today(), starts=starts)
        with_case = (AgendaItem.meeting_id == meeting.id, AgendaItem.treatment_id.is_not(None))
        item = session().scalars(sa.select(AgendaItem).where(*with_case)).one()
        decisions.draft(secretary, item.id, kind=DecisionKind.DECISION)
        decisions.add_task(secretary, item.id, text="Sende ut", responsible_person_id=cast.person["member"].id)
        attached(secretary, case_of(item))
    meetings.close(secretary, meeting.id)
    cases.raise_case(cast.actor("contact"), cast.partnership, title="Ny sak", organisation_id=cast.municipality.id)
    appointing.sent(cast)


def called(a: Factory, cast: Cast, **values: Any) -> Meeting:
    """A meeting whose notice has gone out, with the paper of its case as it was kept."""
    meeting = meeting_with_agenda(a, cast.body, ends=time(15), **values)
    with writing("factory") as work:
        for paper in work.scalars(sa.select(CasePaper)).all():
            keep_version(cast.actor("secretary"), paper, COMMON_ROOM)
    send_notice(cast.actor("secretary"), meeting)
    return meeting


def names() -> list[str]:
    """The verbs of the house, without the kernel tests' own."""
    return sorted(name for name in registry if not name.startswith("test."))


def press(dice: Dice, cast: Cast) -> bool:
    """Somebody does something to what they see; whether it was done. A refusal is an answer, all else is our fault."""
    session().rollback()
    request_key.set(None)
    verb, who = registry[dice.throw.choice(names())], dice.throw.choice(WHO)
    actor = cast.actor(who)
    what = None if verb.load is None else dice.row_of(verb.load.__tablename__, visible(actor, verb.load))
    given = dice.given(verb.input)
    try:
        verb(actor, what, given)
    except Refusal:
        return False
    except Exception as fault:
        fault.add_note(f"{verb.name} by {who} on {what}: {given}")
        raise
    return True


def broken() -> list[str]:
    """What ``verify`` finds."""
    session().rollback()
    return list(map(str, findings()))


@pytest.mark.parametrize(("days", "seed"), [(8, 2026), *[pytest.param(40, None, marks=pytest.mark.soak)] * 30])
def test_whatever_is_pressed_is_done_or_refused_in_words_and_no_promise_is_broken(
    a: Factory, cast: Cast, now: datetime, say: Callable[[str], None], days: int, seed: int | None
) -> None:
    at_work(a, cast)
    assert broken() == []
    seed = random.SystemRandom().randrange(10_000) if seed is None else seed
    say(f"seed {seed}: {days} days of {PRESSED_A_DAY} presses")
    dice, done = Dice(seed), 0
    for day in range(days):
        with clock.at(now + timedelta(days=day)):
            checked()
            done += sum(press(dice, cast) for _ in range(PRESSED_A_DAY))
    with clock.at(now + timedelta(days=days)):
        checked()
        assert broken() == []
    assert done > days
