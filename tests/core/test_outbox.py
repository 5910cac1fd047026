"""What must still be done: put once, done at least once, tried again when it failed."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from secretariat.core import clock, outbox
from secretariat.core.actions import writing
from secretariat.core.outbox import Errand
from tests.factories.cast import Cast

done: list[dict[str, Any]] = []


@outbox.handles("test.note")
def note(payload: dict[str, Any]) -> None:
    """Remember it; fail when told to."""
    if payload.get("fail"):
        raise ConnectionError("no answer")
    done.append(payload)


def put(key: str, **payload: Any) -> None:
    with writing("test"):
        outbox.put("test.note", payload, key=key)


def test_an_errand_put_twice_is_done_once(cast: Cast) -> None:
    done.clear()
    put("one", what=1)
    put("one", what=1)
    while outbox.work_once():
        pass
    assert done == [{"what": 1}]


def test_a_failed_errand_is_kept_with_its_reason_and_tried_again(cast: Cast, database: Session) -> None:
    put("bad", fail=True)
    assert outbox.work_once()
    assert not outbox.work_once(), "it waits before it is tried again"
    errand = database.scalars(sa.select(Errand).where(Errand.key == "bad")).one()
    assert errand.done_at is None
    assert "no answer" in (errand.last_failure or "")
    assert errand.not_before > clock.now()


def test_a_leased_errand_is_taken_again_after_a_crash(cast: Cast) -> None:
    done.clear()
    put("crash", what=2)
    assert outbox.lease() is not None
    assert outbox.lease() is None, "somebody else has it"
    with clock.at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.work_once()
    assert done == [{"what": 2}]
