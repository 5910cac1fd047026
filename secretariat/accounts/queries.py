"""What is read of users, sign-ins, tokens and offices."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts import roles
from secretariat.accounts.agents import browser_name
from secretariat.accounts.models import ApiToken, Office, SignIn, User
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.sorting import folded
from secretariat.directory.merged import read_as
from secretariat.directory.models import Notification, Organisation, Partnership, Person
from secretariat.directory.parties import label

PAGE = 50


@dataclass(frozen=True)
class Me:
    """One's own details."""

    id: UUID
    user_id: UUID
    name: str
    title: str
    email: str
    phone: str
    language: str
    notification: Notification
    organisation: str | None
    has_password: bool


@dataclass(frozen=True)
class SignInRow:
    """A browser in which one is signed in."""

    id: UUID
    agent: str
    since: datetime
    last_seen_at: datetime
    is_this: bool

    @property
    def name(self) -> str:
        """The browser and the machine."""
        return browser_name(self.agent)


@dataclass(frozen=True)
class TokenRow:
    """A token for programs."""

    id: UUID
    name: str
    since: datetime


@dataclass(frozen=True)
class OfficeRow:
    """An office in words."""

    id: UUID
    person_id: UUID
    role: Any
    party: Any
    partnership: str | None
    organisation: str | None
    starts_on: date
    ends_on: date | None

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < clock.today()


@dataclass(frozen=True)
class UserRow:
    """Someone who signs in, for the administrator."""

    person_id: UUID
    user_id: UUID
    name: str
    title: str
    organisation: str | None
    email: str
    is_closed: bool


def me(actor: Actor) -> Me | None:
    """One's own details; None for who acts without a user."""
    query = (
        sa.select(Person, User.id, User.email, Organisation.name, User.password_hash.is_not(None))
        .select_from(Person)
        .join(User, Person.id == read_as(User.person_id))
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(User.id == actor.user_id, visible(actor, User))
    )
    row = session().execute(query).first()
    if row is None:
        return None
    person, user_id, email, organisation, has_password = row
    return Me(
        id=person.id,
        user_id=user_id,
        name=person.name,
        title=person.title,
        email=email,
        phone=person.phone,
        language=person.language,
        notification=person.notification,
        organisation=organisation,
        has_password=has_password,
    )


def my_sign_ins(actor: Actor, this: UUID | None) -> list[SignInRow]:
    """The browsers in which one is signed in, the newest use first; ``this`` is the one that asks."""
    query = (
        sa.select(SignIn.id, SignIn.agent, SignIn.created_at, SignIn.last_seen_at)
        .where(visible(actor, SignIn), SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
        .order_by(SignIn.last_seen_at.desc(), SignIn.id)
    )
    return [SignInRow(*row, is_this=row.id == this) for row in session().execute(query)]


def my_sign_in(actor: Actor, sign_in_id: UUID) -> SignIn | None:
    """One of one's own."""
    return session().scalar(sa.select(SignIn).where(SignIn.id == sign_in_id, visible(actor, SignIn)))


def my_tokens(actor: Actor) -> list[TokenRow]:
    """One's tokens that are in force, by name."""
    query = (
        sa.select(ApiToken.id, ApiToken.name, ApiToken.created_at)
        .where(visible(actor, ApiToken), ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.name, ApiToken.id)
    )
    return [TokenRow(*row) for row in session().execute(query)]


def my_token(actor: Actor, token_id: UUID) -> ApiToken | None:
    """One of one's own."""
    return session().scalar(sa.select(ApiToken).where(ApiToken.id == token_id, visible(actor, ApiToken)))


def users(actor: Actor, words: str = "", page: int = 1) -> tuple[list[UserRow], int]:
    """A page of those who sign in, by name, and how many there are in all."""
    found = _users(actor)
    if words:
        matches = Person.folded_name.contains(folded(words), autoescape=True)
        found = found.where(sa.or_(matches, User.email.contains(words.strip().lower(), autoescape=True)))
    total = session().scalar(sa.select(sa.func.count()).select_from(found.order_by(None).subquery())) or 0
    rows = session().execute(found.limit(PAGE).offset((page - 1) * PAGE))
    return [_user_row(row) for row in rows], total


def user(actor: Actor, person_id: UUID) -> UserRow | None:
    """One who signs in."""
    row = session().execute(_users(actor).where(Person.id == person_id)).first()
    return None if row is None else _user_row(row)


def _users(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Person.id,
            User.id.label("user_id"),
            Person.given_name,
            Person.family_name,
            Person.title,
            Organisation.name.label("organisation"),
            User.email,
            User.disabled_at,
        )
        .join(User, User.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(visible(actor, User), visible(actor, Person))
        .order_by(Person.sort_key, Person.id)
    )


def _user_row(row: Any) -> UserRow:
    name = f"{row.given_name} {row.family_name}".strip()
    closed = row.disabled_at is not None
    return UserRow(row.id, row.user_id, name, row.title, row.organisation, row.email, closed)


def offices_of(actor: Actor, person_ids: list[UUID]) -> dict[UUID, list[OfficeRow]]:
    """The offices of each person, the oldest first, ended ones too."""
    query = (
        sa.select(
            Office.id,
            Office.person_id,
            Office.role,
            Office.party,
            Partnership.short_name,
            Organisation.name,
            Office.starts_on,
            Office.ends_on,
        )
        .outerjoin(Partnership, Partnership.id == Office.partnership_id)
        .outerjoin(Organisation, Organisation.id == Office.organisation_id)
        .where(visible(actor, Office), Office.person_id.in_(person_ids))
        .order_by(Office.starts_on, Office.id)
    )
    found: dict[UUID, list[OfficeRow]] = {person_id: [] for person_id in person_ids}
    for office_id, person_id, role, party, partnership, organisation, starts_on, ends_on in session().execute(query):
        words = roles.word(role), label(party) if party else None
        found[person_id].append(OfficeRow(office_id, person_id, *words, partnership, organisation, starts_on, ends_on))
    return found


def office(actor: Actor, office_id: UUID) -> Office | None:
    """One office."""
    return session().scalar(sa.select(Office).where(Office.id == office_id, visible(actor, Office)))
