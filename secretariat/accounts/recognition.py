"""Who is asking: the actor of a request, from a signed-in browser or a bearer token.

One statement: the person, with the offices and the seats of today. Somebody who was registered twice is one person,
whichever address signs in, and holds what either registration holds. Secrets are stored as hashes only.
"""

import hashlib
from contextlib import suppress
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from flask import g, session as cookie

from secretariat.accounts.models import ApiToken, Office, SignIn, User
from secretariat.bodies.models import Appointment, Capacity, ChairTerm, Seat
from secretariat.bodies.sitting import on_day
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.actor import Actor, HeldOffice, HeldSeat, Role
from secretariat.core.db import Instant, session
from secretariat.core.reading import Ready
from secretariat.directory.merged import read_as
from secretariat.directory.models import Person, PersonMerge, Representation

IDLE = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=10)
# Each takes about a megabyte.
REMEMBERED = 16


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
        return _actor(_read(_token_statement(), secret=secret_hash(token.strip())), via="api")
    secret = cookie.get("sign_in")
    if not secret:
        return Actor()
    rows = _by_sign_in(secret)
    g.sign_in = rows[0] if rows else None
    return _actor(rows, via="browser")


def actor_of(person_id: UUID, via: str = "link") -> Actor:
    """The actor a person would be today: for pages reached by link, for mail and for jobs done in someone's name."""
    return _actor(_read(_person_statement(), person=person_id), via=via)


def note_visit() -> None:
    """Note, every ten minutes at most and after the page has been read, that the signed-in browser is in use."""
    row = g.get("sign_in")
    if row is None or row.last_seen_at > clock.now() - NOTED_EVERY:
        return
    with suppress(sa.exc.OperationalError), writing("accounts.note_visit"):
        visit = sa.update(SignIn).where(SignIn.id == row.sign_in_id, SignIn.ended_at.is_(None))
        session().execute(visit.values(last_seen_at=clock.now()))


def _who(query: sa.Select[*tuple[Any, ...]], *more: Any) -> sa.Select[*tuple[Any, ...]]:
    """A person who is recognised, by the statement's own joins and conditions."""
    return query.add_columns(Person.given_name, Person.family_name, Person.organisation_id, Person.language, *more)


@cache
def _person_statement() -> Ready:
    who = _who(sa.select(Person.id.label("person_id"), sa.null().label("user_id")))
    return _with_rights(who.where(Person.id == read_as(sa.bindparam("person", type_=sa.Uuid()))))


def _user(*more: Any) -> sa.Select[*tuple[Any, ...]]:
    who = _who(sa.select(Person.id.label("person_id"), User.id.label("user_id")), *more)
    users = who.select_from(Person).join(User, Person.id == read_as(User.person_id))
    return users.where(User.disabled_at.is_(None))


@cache
def _token_statement() -> Ready:
    who = _user().join(ApiToken, ApiToken.user_id == User.id)
    return _with_rights(who.where(ApiToken.token_hash == sa.bindparam("secret"), ApiToken.revoked_at.is_(None)))


@cache
def _sign_in_statement() -> Ready:
    who = _user(SignIn.id.label("sign_in_id"), SignIn.last_seen_at).join(SignIn, SignIn.user_id == User.id)
    valid = (
        SignIn.token_hash == sa.bindparam("secret"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > sa.bindparam("now", type_=Instant()),
        SignIn.last_seen_at > sa.bindparam("idle_since", type_=Instant()),
    )
    return _with_rights(who.where(*valid))


def _by_sign_in(secret: str) -> list[Any]:
    moment = clock.now()
    return _read(_sign_in_statement(), secret=secret_hash(secret), now=moment, idle_since=moment - IDLE)


def _read(statement: Ready, **values: Any) -> list[Any]:
    return statement.rows(**values, today=clock.today())


def _with_rights(found: sa.Select[*tuple[Any, ...]]) -> Ready:
    """The person with each office and each seat of today, a row for each; one without any has rows that hold none.

    ``registered_id`` is the registration that holds it: the person's own, or one that was merged into it.
    """
    one = found.cte("one")
    who = sa.union_all(
        sa.select(*one.c, one.c.person_id.label("registered_id")),
        sa.select(*one.c, PersonMerge.person_id)
        .join(PersonMerge, PersonMerge.into_id == one.c.person_id)
        .where(PersonMerge.undone_at.is_(None)),
    ).cte("who")
    rights = sa.union_all(_offices(who), _represented(who), _seats(who))
    return Ready(rights.order_by("is_seat", "right_id"))


def _today(model: Any) -> sa.ColumnElement[bool]:
    """Valid on the day that is asked about."""
    return on_day(model, sa.bindparam("today", type_=sa.Date()))


def _held_today(model: Any, who: Any) -> sa.ColumnElement[bool]:
    """One's own, valid on that day."""
    return sa.and_(model.person_id == who.c.registered_id, _today(model))


def _offices(who: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        *who.c,
        sa.false().label("is_seat"),
        Office.id.label("right_id"),
        sa.cast(Office.role, sa.String).label("role"),
        Office.party,
        Office.partnership_id,
        Office.body_id,
        Office.organisation_id.label("for_organisation_id"),
        sa.false().label("deputy"),
    ).select_from(who.outerjoin(Office, _held_today(Office, who)))


def _represented(who: Any) -> sa.Select[*tuple[Any, ...]]:
    """A relay's contact (a regional council, KS) is contact for each organisation it represents as well."""
    relays = sa.and_(
        Representation.organisation_id == Office.organisation_id,
        Representation.partnership_id == Office.partnership_id,
        _today(Representation),
    )
    held = who.join(Office, sa.and_(_held_today(Office, who), Office.role == Role.CONTACT)).join(Representation, relays)
    return sa.select(
        *who.c,
        sa.false(),
        Representation.id,
        sa.cast(Office.role, sa.String),
        Office.party,
        Office.partnership_id,
        Office.body_id,
        Representation.represented_id,
        sa.false(),
    ).select_from(held)


def _seats(who: Any) -> sa.Select[*tuple[Any, ...]]:
    """The seats; who leads today is told by the chair plan."""
    today = sa.bindparam("today", type_=sa.Date())
    role = sa.case(
        (ChairTerm.chair_seat_id == Seat.id, "chair"),
        (ChairTerm.deputy_chair_seat_id == Seat.id, "deputy_chair"),
        else_=sa.cast(Seat.role, sa.String),
    )
    leads = sa.or_(ChairTerm.chair_seat_id == Seat.id, ChairTerm.deputy_chair_seat_id == Seat.id)
    now = sa.and_(ChairTerm.body_id == Seat.body_id, leads, ChairTerm.starts_on <= today, ChairTerm.ends_on >= today)
    held = (
        who.join(Appointment, _held_today(Appointment, who))
        .outerjoin(Seat, Seat.id == Appointment.seat_id)
        .outerjoin(ChairTerm, now)
    )
    return sa.select(
        *who.c,
        sa.true(),
        Appointment.id,
        sa.func.coalesce(role, "member"),
        Appointment.party,
        Appointment.partnership_id,
        Appointment.body_id,
        sa.cast(sa.null(), sa.Uuid()),
        Appointment.capacity == Capacity.DEPUTY,
    ).select_from(held)


def _actor(rows: list[Any], *, via: str) -> Actor:
    if not rows:
        return Actor(via=via)
    who = rows[0]
    actor = Actor(
        person_id=who.person_id,
        user_id=who.user_id,
        name=f"{who.given_name} {who.family_name}".strip(),
        organisation_id=who.organisation_id,
        language=who.language,
        merged_ids=frozenset(row.registered_id for row in rows) - {who.person_id},
        offices=tuple(_office(row) for row in rows if row.right_id is not None and not row.is_seat),
        seats=tuple(_seat(row) for row in rows if row.is_seat),
        via=via,
    )
    return _as_before(actor)


def _office(row: Any) -> HeldOffice:
    return HeldOffice(Role(row.role), row.party, row.partnership_id, row.body_id, row.for_organisation_id)


def _seat(row: Any) -> HeldSeat:
    return HeldSeat(row.partnership_id, row.body_id, row.party, row.role, row.deputy)


@lru_cache(maxsize=REMEMBERED)
def _as_before(actor: Actor) -> Actor:
    """The same person with the same rights on the same day: what was worked out of what that actor sees is at hand."""
    return actor
