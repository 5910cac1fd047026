"""How often one may try to sign in: counted in the database, so that all processes count together.

The address is kept only as a keyed hash, and only for a quarter of an hour.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Literal

import sqlalchemy as sa

from secretariat import config
from secretariat.accounts.models import SignInTry
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l

Kind = Literal["password", "link"]

WINDOW = timedelta(minutes=15)
MOST: dict[Kind, int] = {"password": 10, "link": 5}


class TooManyTries(DomainError):
    """Guessing is slowed down."""

    status = 429


def note(kind: Kind, email: str) -> None:
    """Count one more, in the running action. Raises TooManyTries when there have been enough."""
    session().execute(sa.delete(SignInTry).where(SignInTry.created_at < clock.now() - WINDOW))
    key = _address_hash(email)
    tried = sa.select(sa.func.count(SignInTry.id)).where(SignInTry.address_hash == key, SignInTry.kind == kind)
    if (session().scalar(tried) or 0) >= MOST[kind]:
        raise TooManyTries(_l("Det er prøvd for mange ganger med denne adressen. Vent et kvarter og prøv igjen."))
    session().add(SignInTry(kind=kind, address_hash=key))


def forget(email: str) -> None:
    """The password was right: begin counting anew."""
    session().execute(sa.delete(SignInTry).where(SignInTry.address_hash == _address_hash(email)))


def _address_hash(email: str) -> str:
    key = config.settings().secret_key.encode()
    return hmac.digest(key, f"try {email.strip().lower()}".encode(), hashlib.sha256).hex()
