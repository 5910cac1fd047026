"""Passwords as Argon2id hashes. Slow by intention: never called inside a write transaction.

The memory and time are those OWASP gives for a server that signs several people in at once.
"""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_with(hasher: PasswordHasher) -> None:
    """Hash with other costs from now on; tests use cheap ones."""
    global _hasher
    _hasher = hasher
    _nobodys_hash.cache_clear()


def current() -> PasswordHasher:
    """What hashes now."""
    return _hasher


def hashed(password: str) -> str:
    """The hash that is stored of a password."""
    return _hasher.hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the one that was hashed. It takes as long for somebody unknown: time tells nothing."""
    try:
        _hasher.verify(stored or _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def require_strong(password: str, email: str) -> None:
    """Raise the reason why this password will not do; length is what counts."""
    if len(password) < SHORTEST:
        raise DomainError(_l("Passordet må ha minst %(least)s tegn.", least=SHORTEST), "new")
    if len(password) > LONGEST:
        raise DomainError(_l("Passordet kan ha høyst %(most)s tegn.", most=LONGEST), "new")
    if email.split("@")[0].lower() in password.lower():
        raise DomainError(_l("Passordet kan ikke inneholde e-postadressen din."), "new")


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())
