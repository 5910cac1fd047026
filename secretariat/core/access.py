"""What may be read is decided here, in SQL, once per kind of row.

Each readable kind registers one condition with :func:`readable`; page, list, count, feed, file, ZIP, PDF, mail and
API all ask :func:`visible` (invariant ``ONE_DOOR``). :class:`AccessGrant` opens a single subject to a person, an
organisation or the holders of a body's seats: a called deputy, a guest, the one who raised a case, the body that has
got it on its agenda.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import Row, session

Condition = sa.ColumnElement[bool]
Reader = Callable[[Actor], Condition]
R = TypeVar("R", bound=Reader)
P = ParamSpec("P")
S = TypeVar("S")

_readers: dict[type[Any], Reader] = {}


class AccessGrant(Row):
    """A door to one subject, opened to one person, one organisation or all who sit in one body; from–to, both days
    counted.
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        sa.CheckConstraint(
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN body_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_receiver",
        ),
        sa.Index("ix_access_grant_subject", "subject_kind", "subject_id"),
    )

    partnership_id: Mapped[UUID] = mapped_column(sa.ForeignKey("partnership.id"))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(index=True)
    body_id: Mapped[UUID | None] = mapped_column(index=True)
    subject_kind: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[UUID]
    because: Mapped[str] = mapped_column(sa.String(40))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


def readable(model: type[Any]) -> Callable[[R], R]:
    """Register the one condition that says which rows of ``model`` an actor may see."""

    def declare(reader: R) -> R:
        if model in _readers:
            raise ValueError(f"two conditions for {model.__name__}")
        _readers[model] = reader
        return reader

    return declare


def readable_kinds() -> tuple[type[Any], ...]:
    """Every kind of row that has a condition."""
    return tuple(_readers)


def visible(actor: Actor, model: type[Any]) -> Condition:
    """The condition under which ``actor`` sees rows of ``model``. A kind without one is invisible to everybody but the
    system.
    """
    if actor.is_system:
        return sa.true()
    if model not in actor.conditions:
        reader = _readers.get(model)
        actor.conditions[model] = sa.false() if reader is None else reader(actor)
    condition: Condition = actor.conditions[model]
    return condition


def built_once(build: Callable[Concatenate[Actor, P], S]) -> Callable[Concatenate[Actor, P], S]:
    """A statement over what an actor sees, built at the first asking and kept with the actor: building costs more than
    asking. Whatever else differs from time to time is a parameter.
    """

    @wraps(build)
    def statement(actor: Actor, /, *about: P.args, **named: P.kwargs) -> S:
        key = (build, about)
        if key not in actor.conditions:
            actor.conditions[key] = build(actor, *about, **named)
        built: S = actor.conditions[key]
        return built

    return statement


def through(key: Any, model: type[Any], condition: Condition) -> Condition:
    """Rows whose ``key`` leads to a row of ``model`` under a condition. Each is looked up by its key, so that a page
    costs the same in a small partnership and in a whole country.
    """
    return sa.exists().where(model.id == key, condition).correlate(key.class_)


def among(column: Any, held: Iterable[UUID]) -> Condition:
    """The column holds one of these. To hold none is never true, and one is the same as equal: a condition that says
    no more than it must is worked out in two thirds of the time.
    """
    known = sorted(held)
    if not known:
        return sa.false()
    condition: Condition = column == known[0] if len(known) == 1 else column.in_(known)
    return condition


def every(*conditions: Condition) -> Condition:
    """All of these hold. Where one never does nothing is left to ask: a «never» that stood on inside an alternative
    would keep SQLite from finding the others by their indexes.
    """
    return sa.false() if any(one is sa.false() for one in conditions) else sa.and_(*conditions)


def in_open_room(actor: Actor, model: type[Any]) -> Condition:
    """Rows of the common room, and of the party rooms that the actor's own offices and seats open."""
    own = [sa.and_(model.partnership_id == p, model.room == room) for p, room in sorted(actor.rooms, key=str)]
    return sa.or_(model.room == COMMON_ROOM, *own)


def in_own_partnership(actor: Actor, model: type[Any]) -> Condition:
    """Rows of partnerships in which the actor has an office or a seat."""
    condition: Condition = among(model.partnership_id, actor.partnerships)
    return condition


def served(actor: Actor, model: type[Any]) -> Condition:
    """Rows that the actor serves as secretary: own partnerships, open rooms."""
    return every(among(model.partnership_id, actor.secretary_in), in_open_room(actor, model))


def granted(actor: Actor, model: type[Any], key: Any = None) -> Condition:
    """Rows opened by a grant valid today to the actor, to an organisation the actor speaks for or a body the actor
    sits in.
    """
    subject = AccessGrant.subject_id == (model.id if key is None else key)
    return sa.exists().where(subject, sa.or_(*_receivers(actor)), *_valid(actor, model))


def opened(actor: Actor, model: type[Any]) -> sa.CompoundSelect[tuple[UUID]]:
    """The ids of the rows that :func:`granted` means, for a kind that is listed often: the database goes from the
    grants to the rows, not through all rows.
    """
    doors = (sa.select(AccessGrant.subject_id).where(to, *_valid(actor, model)) for to in _receivers(actor))
    return sa.union_all(*doors)


def _receivers(actor: Actor) -> list[Condition]:
    receivers: list[Condition] = []
    if actor.person_id is not None:
        receivers.append(among(AccessGrant.person_id, actor.person_ids))
    if actor.organisations:
        receivers.append(among(AccessGrant.organisation_id, actor.organisations))
    if actor.bodies:
        receivers.append(among(AccessGrant.body_id, actor.bodies))
    return receivers or [sa.false()]


def _valid(actor: Actor, model: type[Any]) -> tuple[Condition, ...]:
    return (
        AccessGrant.subject_kind == model.__tablename__,
        AccessGrant.valid_from <= actor.today,
        sa.or_(AccessGrant.valid_until.is_(None), AccessGrant.valid_until >= actor.today),
    )


def grant(
    subject: Any,
    *,
    because: str,
    start: date,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    body_id: UUID | None = None,
    until: date | None = None,
) -> None:
    """Open ``subject`` to one receiver; the same door twice is once. Called by actions of higher rooms."""
    same = (
        AccessGrant.subject_kind == subject.__tablename__,
        AccessGrant.subject_id == subject.id,
        AccessGrant.person_id == person_id,
        AccessGrant.organisation_id == organisation_id,
        AccessGrant.body_id == body_id,
        AccessGrant.because == because,
    )
    if session().scalar(sa.select(AccessGrant.id).where(*same)) is None:
        session().add(
            AccessGrant(
                partnership_id=subject.partnership_id,
                person_id=person_id,
                organisation_id=organisation_id,
                body_id=body_id,
                subject_kind=subject.__tablename__,
                subject_id=subject.id,
                because=because,
                valid_from=start,
                valid_until=until,
            )
        )


def close_doors(subject: Any) -> None:
    """The subject is about to be deleted: no door may lead to what is not there (invariant ``TENANCY``)."""
    of_subject = (AccessGrant.subject_kind == subject.__tablename__, AccessGrant.subject_id == subject.id)
    for door in session().scalars(sa.select(AccessGrant).where(*of_subject)):
        session().delete(door)
    session().flush()
