"""Cheap password hashes, and people who have a password."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from secretariat.accounts import actions, passwords
from secretariat.accounts.models import User
from secretariat.core.actor import Actor
from secretariat.core.db import session
from tests.factories.cast import Cast

PASSWORD = "fire rolige fjelltopper"


@pytest.fixture(autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Argon2id with the lowest costs it allows."""
    usual = passwords.current()
    passwords.hash_with(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords.hash_with(usual)


@pytest.fixture
def user(cast: Cast) -> User:
    """The member, who has a password."""
    found = user_of(cast, "member")
    actions.set_password(Actor.system("test"), found.id, password_hash=passwords.hashed(PASSWORD))
    return found


def user_of(cast: Cast, role: str) -> User:
    """The user of one of the cast."""
    found = session().scalar(sa.select(User).where(User.person_id == cast.person[role].id))
    assert found is not None
    return found
