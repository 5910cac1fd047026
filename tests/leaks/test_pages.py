"""One door for all (invariant ``ONE_DOOR``): who opens everything there is comes across the own things, no others.

And opening changes nothing (invariant ``GET_CHANGES_NOTHING``): the database is the same before and after.
"""

import hashlib

import pytest
import sqlalchemy as sa

from secretariat.core.db import Base, session
from tests.factories.cast import ROLES
from tests.leaks.conftest import House
from tests.leaks.crawler import Crawl
from tests.pages import Browser


def contents() -> dict[str, str]:
    """A digest of every table."""
    session().rollback()
    return {table.name: _digest(table) for table in Base.metadata.sorted_tables}


def _digest(table: sa.Table) -> str:
    rows = session().execute(sa.select(table).order_by(*table.primary_key.columns))
    return hashlib.sha256("\n".join(map(repr, rows)).encode()).hexdigest()


def unseen(house: House, role: str, found: Crawl) -> list[str]:
    """What this role should have come across and has not: then nobody knows whether others could."""
    secrets = house.scene.planting.secrets
    missed = [secret.place for word, secret in secrets.items() if secret.witness == role and word not in found.seen]
    by_place = {secret.place: word for word, secret in secrets.items()}
    wanted = house.scene.expected.get(role, [])
    return sorted(missed) + [
        f"{place} in {channel}"
        for place, channel in wanted
        if channel not in found.channels.get(by_place[place], set())
    ]


@pytest.mark.parametrize("role", [*ROLES, "anonymous"])
def test_who_opens_everything_sees_the_own_things_only_and_changes_nothing(house: House, role: str) -> None:
    secrets = house.scene.planting.secrets
    browser = Browser(house.app, house.cast).as_(role)
    before = contents()
    found = Crawl(house.app, browser, house.scene.tokens.get(role, [])).run()
    seen = {word: address for word, address in found.seen.items() if word in secrets}
    leaked = [f"{secrets[word].place} at {where}" for word, where in seen.items() if role not in secrets[word].seen_by]
    assert not leaked, "\n".join(sorted(leaked))
    assert not unseen(house, role, found), "guards nothing:\n" + "\n".join(unseen(house, role, found))
    assert contents() == before
    assert not found.broken, "\n".join(found.broken)
