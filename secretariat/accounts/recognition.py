"""Who is asking: the actor of a request, from a signed-in browser or a bearer token.

Three statements: the person, the offices of today, the seats of today. Secrets are stored as hashes only.
"""

import hashlib
from contextlib import suppress
from datetime import timedelta
from functools import cache
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from flask import g, session as cookie

from secretariat.accounts.models import ApiToken, Office, SignIn, User
from secretariat.bodies.models import Appointment, Capacity, ChairTerm, Seat
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.actor import Actor, HeldOffice, HeldSeat
from secretariat.core.db import Instant, session
from secretariat.directory.models import Person

IDLE = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=10)


class Asking(Protocol):
    """The part of a request that says who is asking."""

    headers: Any


def secret_hash(secret: str) -> str:
    """What is stored of a random secret of 256 bits: enough to know it again, useless to a thief."""
    return hashlib.sha256(secret.encode()).hexdigest()


def recognise(request: Asking) -> Actor:
    """The actor of this request; the anonymous one when nobody has signed in."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _actor(_by_token(token.strip()), via="api")
    secret = cookie.get("sign_in")
    if not secret:
        return Actor()
    row = _by_sign_in(secret)
    g.sign_in = row
    return _actor(row, via="browser")


def actor_of(person_id: UUID, via: str = "link") -> Actor:
    """The actor a person would be today: for pages reached by link, for mail and for jobs done in someone's name."""
    row = session().execute(_people().where(Person.id == person_id)).first()
    return _actor(row, via=via)


def note_visit() -> None:
    """Note, every ten minutes at most and after the page has been read, that the signed-in browser is in use."""
    row = g.get("sign_in")
    if row is None or row.last_seen_at > clock.now() - NOTED_EVERY:
        return
    with suppress(sa.exc.OperationalError), writing("accounts.note_visit"):
        visit = sa.update(SignIn).where(SignIn.id == row.sign_in_id, SignIn.ended_at.is_(None))
        session().execute(visit.values(last_seen_at=clock.now()))


def _people() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        Person.id.label("person_id"),
        sa.null().label("user_id"),
        Person.given_name,
        Person.family_name,
        Person.organisation_id,
        Person.language,
    )


def _users() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Person.id.label("person_id"),
            User.id.label("user_id"),
            Person.given_name,
            Person.family_name,
            Person.organisation_id,
            Person.language,
        )
        .join(User, User.person_id == Person.id)
        .where(User.disabled_at.is_(None))
    )


@cache
def _token_statement() -> sa.Select[*tuple[Any, ...]]:
    query = _users().join(ApiToken, ApiToken.user_id == User.id)
    return query.where(ApiToken.token_hash == sa.bindparam("secret"), ApiToken.revoked_at.is_(None))


def _by_token(token: str) -> Any:
    return session().execute(_token_statement(), {"secret": secret_hash(token)}).first()


@cache
def _sign_in_statement() -> sa.Select[*tuple[Any, ...]]:
    query = _users().add_columns(SignIn.id.label("sign_in_id"), SignIn.last_seen_at)
    return query.join(SignIn, SignIn.user_id == User.id).where(
        SignIn.token_hash == sa.bindparam("secret"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > sa.bindparam("now", type_=Instant()),
        SignIn.last_seen_at > sa.bindparam("idle_since", type_=Instant()),
    )


def _by_sign_in(secret: str) -> Any:
    moment = clock.now()
    given = {"secret": secret_hash(secret), "now": moment, "idle_since": moment - IDLE}
    return session().execute(_sign_in_statement(), given).first()


def _actor(row: Any, *, via: str) -> Actor:
    if row is None:
        return Actor(via=via)
    who = {"person": row.person_id, "today": clock.today()}
    return Actor(
        person_id=row.person_id,
        user_id=row.user_id,
        name=f"{row.given_name} {row.family_name}".strip(),
        organisation_id=row.organisation_id,
        language=row.language,
        offices=tuple(HeldOffice(*office) for office in session().execute(_office_statement(), who)),
        seats=tuple(HeldSeat(*seat) for seat in session().execute(_seat_statement(), who)),
        via=via,
    )


def _held_today(model: Any) -> sa.ColumnElement[bool]:
    """One's own, valid on the day that is asked about."""
    today = sa.bindparam("today", type_=sa.Date())
    ends = sa.or_(model.ends_on.is_(None), model.ends_on >= today)
    return sa.and_(model.person_id == sa.bindparam("person", type_=sa.Uuid()), model.starts_on <= today, ends)


@cache
def _office_statement() -> sa.Select[*tuple[Any, ...]]:
    columns = (Office.role, Office.party, Office.partnership_id, Office.body_id, Office.organisation_id)
    return sa.select(*columns).where(_held_today(Office)).order_by(Office.id)


@cache
def _seat_statement() -> sa.Select[*tuple[Any, ...]]:
    """The seats; who leads today is told by the chair plan."""
    today = sa.bindparam("today", type_=sa.Date())
    role = sa.case(
        (ChairTerm.chair_seat_id == Seat.id, "chair"),
        (ChairTerm.deputy_chair_seat_id == Seat.id, "deputy_chair"),
        else_=sa.cast(Seat.role, sa.String),
    )
    leads = sa.or_(ChairTerm.chair_seat_id == Seat.id, ChairTerm.deputy_chair_seat_id == Seat.id)
    columns = (
        Appointment.partnership_id,
        Appointment.body_id,
        Appointment.party,
        sa.func.coalesce(role, "member"),
        Appointment.capacity == Capacity.DEPUTY,
    )
    return (
        sa.select(*columns)
        .outerjoin(Seat, Seat.id == Appointment.seat_id)
        .outerjoin(ChairTerm, sa.and_(leads, ChairTerm.starts_on <= today, ChairTerm.ends_on >= today))
        .where(_held_today(Appointment))
        .order_by(Appointment.id)
    )
