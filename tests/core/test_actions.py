"""The only way to write: all or nothing, the right to do it asked last, the same press twice is once."""

import multiprocessing
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from secretariat.core import clock, db
from secretariat.core.actions import request_key, writing
from secretariat.core.actor import Actor
from secretariat.core.audit import AuditChange, AuditEntry, broken_links, seal
from secretariat.core.errors import Denied, DomainError, Invalid, NotFound, WriteOutsideAction
from secretariat.directory.models import Partnership
from secretariat.web import wiring
from tests.core import verbs
from tests.factories.cast import Cast


def name_of(partnership: Partnership) -> str:
    with db.connected() as other:
        return other.scalars(sa.select(Partnership.name).where(Partnership.id == partnership.id)).one()


def test_an_action_stores_what_it_changed(cast: Cast) -> None:
    verbs.rename(cast.actor("secretary"), cast.partnership, name="Nytt navn")
    assert name_of(cast.partnership) == "Nytt navn"


def test_a_refused_action_stores_nothing(cast: Cast) -> None:
    before = name_of(cast.partnership)
    with pytest.raises(DomainError):
        verbs.rename(cast.actor("secretary"), cast.partnership, name="nei")
    assert name_of(cast.partnership) == before


def test_an_inner_action_is_undone_with_the_outer_one(cast: Cast) -> None:
    before = name_of(cast.partnership)
    with pytest.raises(DomainError):
        verbs.rename_twice(cast.actor("secretary"), cast.partnership, name="nei")
    assert name_of(cast.partnership) == before


def test_what_one_may_not_see_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFound):
        verbs.rename(cast.actor("stranger"), cast.partnership, name="Kapret")
    assert name_of(cast.partnership) == "Helsefellesskapet"


def test_what_one_sees_but_may_not_do_is_denied(cast: Cast) -> None:
    with pytest.raises(Denied):
        verbs.rename(cast.actor("member"), cast.partnership, name="Kapret")
    assert name_of(cast.partnership) == "Helsefellesskapet"


def test_an_identity_number_is_stopped_before_anything_is_stored(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        verbs.rename(cast.actor("secretary"), cast.partnership, name=f"Pasient {identity_number()}")
    assert "name" in refused.value.fields
    assert name_of(cast.partnership) == "Helsefellesskapet"


def identity_number() -> str:
    """A number that is valid by its checksums and belongs to nobody: a synthetic month (+80)."""
    for individual in range(100, 999):
        nine = [int(c) for c in f"018150{individual}"]
        first = -sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), nine, strict=True)) % 11
        second = -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*nine, first], strict=True)) % 11
        if first < 10 and second < 10:
            return "".join(map(str, [*nine, first, second]))
    raise AssertionError("no number found")


def test_a_flush_outside_an_action_is_refused(cast: Cast, database: Session) -> None:
    row = database.get_one(Partnership, cast.partnership.id)
    row.short_name = "Smuglet"
    with pytest.raises(WriteOutsideAction):
        database.flush()
    database.rollback()
    assert database.get_one(Partnership, cast.partnership.id).short_name == "Helsefellesskapet"


def test_a_bulk_update_outside_an_action_is_refused(cast: Cast, database: Session) -> None:
    with pytest.raises(WriteOutsideAction):
        database.execute(sa.update(Partnership).values(short_name="Smuglet"))


def test_the_same_press_twice_is_once(cast: Cast) -> None:
    with writing("test") as session:
        session.get_one(Partnership, cast.partnership.id).short_name = "0"
    token = request_key.set("one-press")
    try:
        verbs.count(cast.actor("secretary"), cast.partnership)
        verbs.count(cast.actor("secretary"), cast.partnership)
    finally:
        request_key.reset(token)
    with db.connected() as session:
        assert session.get_one(Partnership, cast.partnership.id).short_name == "1"


def test_somebody_elses_press_cannot_be_repeated(cast: Cast) -> None:
    token = request_key.set("my-press")
    try:
        verbs.rename(cast.actor("secretary"), cast.partnership, name="Mitt")
        with pytest.raises(DomainError):
            verbs.rename(cast.actor("hospital_secretary"), cast.partnership, name="Ditt")
    finally:
        request_key.reset(token)
    assert name_of(cast.partnership) == "Mitt"


def test_every_action_leaves_an_entry_with_who_and_what(cast: Cast, database: Session) -> None:
    verbs.rename(cast.actor("secretary"), cast.partnership, name="Nytt navn")
    entry = database.scalars(sa.select(AuditEntry).where(AuditEntry.action == "test.rename")).one()
    assert entry.person_id == cast.person["secretary"].id
    changed = database.execute(sa.select(AuditChange.kind, AuditChange.row_id).where(AuditChange.entry_id == entry.id))
    assert changed.all() == [("partnership", cast.partnership.id)]


def test_the_chain_of_entries_is_sealed_without_gaps_and_holds(cast: Cast, database: Session) -> None:
    for name in ("En", "To", "Tre"):
        verbs.rename(cast.actor("secretary"), cast.partnership, name=name)
    with writing("test"):
        assert seal() == 3
    assert broken_links() == []


def test_a_sealed_entry_cannot_be_altered(cast: Cast) -> None:
    verbs.rename(cast.actor("secretary"), cast.partnership, name="Nytt navn")
    with pytest.raises((sa.exc.DatabaseError, sa.exc.InternalError)), writing("test") as session:
        session.execute(sa.update(AuditEntry).values(via="someone else"))


def _count_in_a_process(url: str, partnership_id: str, actor: Actor, times: int) -> None:
    engine = db.create_engine(url)
    db.bind(engine)
    wiring.connect()
    barrier = Barrier(4)

    def work() -> None:
        barrier.wait()
        with db.connected():
            for _ in range(times):
                verbs.count(actor, partnership_id)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()


def test_eight_writers_in_two_processes_lose_nothing(cast: Cast, database_url: str) -> None:
    with writing("test") as session:
        session.get_one(Partnership, cast.partnership.id).short_name = "0"
    actor, times = cast.actor("secretary"), 10
    start = multiprocessing.get_context("spawn").Process
    work = [start(target=_count_in_a_process, args=(database_url, cast.partnership.id, actor, times)) for _ in range(2)]
    for process in work:
        process.start()
    for process in work:
        process.join(60)
    assert [process.exitcode for process in work] == [0, 0]
    with db.connected() as fresh:
        assert fresh.get_one(Partnership, cast.partnership.id).short_name == str(8 * times)


def test_the_clock_can_be_set_and_keeps_ticking(now: object) -> None:
    assert clock.today().isoformat() == "2026-09-07"
