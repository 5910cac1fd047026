"""Every promise the house makes is looked after: by a check that finds a breach of it, or by the test that is named."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import secretariat
from secretariat.core import audit
from secretariat.core.actions import writing
from secretariat.core.invariants import Promise, promises
from secretariat.core.text.language import _l
from secretariat.directory import actions as directory
from secretariat.web import verifying
from tests.core import (  # noqa: F401 - they name themselves
    breaches_of_bodies,
    breaches_of_leading,
    breaches_of_papers,
    breaches_of_people,
)
from tests.core.breaches import Breach, Scene, breaches, pass_the_guards
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.gates.subjects import stage

HOUSE = Path(secretariat.__file__).parent
TESTS = Path(__file__).parents[1]
NAMED = re.compile(r"``([A-Z]+(?:_[A-Z]+)+|PRESSED)``")

HELD_BY_TESTS = {
    "ONE_DOOR": ("leaks/test_pages.py", "what may be read is a matter of code, not of stored rows"),
    "GET_CHANGES_NOTHING": ("leaks/test_pages.py", "what a page does when it is fetched leaves nothing to look at"),
}
"""Promises that stored rows cannot show to be broken: the test that proves them, and why no check can."""

CASES = [pytest.param(id, breach, id=breach.__name__) for id, found in breaches.items() for breach in found]


def named_in_the_house() -> set[str]:
    """The ids in the docstrings of the rooms, the kernel included."""
    rooms = [import_module(f"secretariat.{path.parent.name}").__doc__ or "" for path in HOUSE.glob("*/__init__.py")]
    kernel = [path.read_text("utf-8") for path in HOUSE.glob("core/*.py")]
    return {id for text in rooms for id in NAMED.findall(text)} | {
        id for text in kernel for id in re.findall(r"invariant\s+``([A-Z_]+)``", text)
    }


@pytest.fixture
def scene(a: Factory, cast: Cast) -> Scene:
    """A meeting with all that hangs on it, and one line in the log, sealed."""
    rows = stage(a, cast)
    directory.register_region(cast.actor("secretary"), cast.partnership, name="Kommunene i nord")
    with writing("audit.seal"):
        audit.seal()
    return rows


def test_every_promise_named_in_the_house_has_a_check_or_a_test() -> None:
    missing = named_in_the_house() - set(promises) - set(HELD_BY_TESTS)
    assert missing == set()


def test_every_promise_that_is_checked_is_named_where_a_reader_looks() -> None:
    assert set(promises) - named_in_the_house() == set()


@pytest.mark.parametrize("id", sorted(HELD_BY_TESTS))
def test_the_test_that_proves_a_promise_names_it(id: str) -> None:
    place, _why = HELD_BY_TESTS[id]
    assert id in (TESTS / place).read_text("utf-8")


def test_every_check_has_been_seen_to_find_something() -> None:
    assert set(promises) == set(breaches)


@pytest.mark.parametrize(("id", "breach"), CASES)
def test_a_breach_is_found(scene: Scene, database: sa.orm.Session, id: str, breach: Breach) -> None:
    database.rollback()
    before = set(promises[id].check())
    pass_the_guards()
    breach(scene)
    database.expire_all()
    after = set(promises[id].check())
    database.rollback()
    assert after - before, f"{id} does not see it"


def test_a_check_that_fails_is_itself_a_finding(database: sa.orm.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble() -> Iterator[str]:
        raise ValueError("unreadable")
        yield

    monkeypatch.setitem(promises, "BROKEN", Promise("BROKEN", _l("Noe"), stumble))
    assert [(found.id, "unreadable" in found.sentence) for found in verifying.findings()] == [("BROKEN", True)]


def test_an_empty_house_keeps_every_promise(app: Flask, database: sa.orm.Session) -> None:
    assert verifying.findings() == []
