"""Proving who sits at a browser: the slow and secret part, outside any write transaction.

The browser gets a new secret each time (whoever planted an old one gains nothing); only its hash is stored.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts import actions, passwords
from secretariat.accounts.models import User
from secretariat.accounts.recognition import secret_hash
from secretariat.core.actions import request_key
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.messages.models import Link


@contextmanager
def every_try_counts() -> Iterator[None]:
    """No first answer for a repeated form: one key must not let guessing go on, nor give a secret nobody stored."""
    token = request_key.set(None)
    try:
        yield
    finally:
        request_key.reset(token)


@every_try_counts()
def by_password(email: str, password: str, agent: str) -> str:
    """The secret of a browser whose user knows the password.

    Raises DomainError, the same for an unknown address and a wrong password.
    """
    email = email.strip().lower()
    actions.note_try(Actor.system("browser"), kind="password", email=email)
    user = session().scalar(sa.select(User).where(User.email == email))
    stored = user.password_hash if user is not None else None
    session().rollback()
    if not passwords.fits(password, stored) or user is None:
        raise DomainError(_l("E-postadressen eller passordet er ikke riktig."))
    return for_user(user.id, agent)


@every_try_counts()
def for_user(user_id: UUID, agent: str) -> str:
    """A new secret for a browser of a user who is known to sit there."""
    secret = secrets.token_urlsafe(32)
    actions.open_sign_in(Actor.system("browser"), user_id, token_hash=secret_hash(secret), agent=agent)
    return secret


@every_try_counts()
def by_link(link: Link, agent: str) -> str:
    """A new secret for a browser in which the link's button was pressed; that uses the link."""
    secret = secrets.token_urlsafe(32)
    actions.spend_link(Actor.system("browser"), link.id, token_hash=secret_hash(secret), agent=agent)
    return secret


@every_try_counts()
def change_password(user_id: UUID, email: str, old: str, new: str, agent: str) -> str:
    """A new password for oneself, and a new secret for this browser; all others are signed out.

    Who has a password must know it. Raises DomainError.
    """
    actions.note_try(Actor.system("browser"), kind="password", email=email)
    stored = session().scalar(sa.select(User.password_hash).where(User.id == user_id))
    session().rollback()
    if stored is not None and not passwords.fits(old, stored):
        raise DomainError(_l("Passordet du har nå, er ikke riktig."), "old")
    passwords.require_strong(new, email)
    actions.set_password(Actor.system("browser"), user_id, password_hash=passwords.hashed(new))
    return for_user(user_id, agent)


@every_try_counts()
def new_token(actor: Actor, user_id: UUID, name: str) -> str:
    """A bearer token for programs; it is shown this once."""
    token = secrets.token_urlsafe(32)
    actions.make_token(actor, user_id, name=name, token_hash=secret_hash(token))
    return token
