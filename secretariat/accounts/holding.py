"""What accounts hold on a person: offices, the way to sign in, browsers, tokens, and what the log says was done."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts import roles
from secretariat.accounts.agents import browser_name
from secretariat.accounts.models import ApiToken, Office, SignIn, User
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.audit import AuditEntry
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Forgotten, Held, Spell, joined, last_day, seen_by, told
from secretariat.directory.models import Organisation, Partnership
from secretariat.directory.parties import label


def offices(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """What the person has done for a partnership, an organisation or the installation."""
    query = (
        sa.select(Office.person_id, Office.starts_on.label("day"), Office.ends_on.label("until"), Office.role)
        .add_columns(Office.party, Partnership.short_name, Organisation.name)
        .outerjoin(Partnership, Partnership.id == Office.partnership_id)
        .outerjoin(Organisation, Organisation.id == Office.organisation_id)
        .where(Office.person_id.in_(person_ids), seen_by(reader, Office))
        .order_by(Office.starts_on.desc(), Office.id)
    )
    return told(
        _l("Roller"),
        query,
        lambda row: joined(roles.word(row.role), row.party and label(row.party), row.name, row.short_name),
    )


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """How the person signs in, and what was done so; others than the person see none of it."""
    if reader is not None and not reader.is_administrator:
        return
    users = sa.select(User.person_id, User.created_at.label("day"), User.email).where(User.person_id.in_(person_ids))
    yield from told(_l("Bruker"), users.order_by(User.id), lambda row: row.email)
    browsers = (
        sa.select(User.person_id, SignIn.created_at.label("day"), SignIn.agent)
        .join(SignIn, SignIn.user_id == User.id)
        .where(User.person_id.in_(person_ids))
        .order_by(SignIn.created_at.desc(), SignIn.id)
    )
    yield from told(_l("Innlogginger"), browsers, lambda row: browser_name(row.agent))
    tokens = (
        sa.select(User.person_id, ApiToken.created_at.label("day"), ApiToken.name)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(User.person_id.in_(person_ids))
        .order_by(ApiToken.created_at.desc(), ApiToken.id)
    )
    yield from told(_l("Tilgang for programmer"), tokens, lambda row: row.name)
    yield from told(_l("Logg"), _done(person_ids), lambda row: _l("%(count)s handlinger i loggen", count=row.done))


def _done(person_ids: Sequence[UUID]) -> sa.Select[Any]:
    return (
        sa.select(AuditEntry.person_id, sa.func.max(AuditEntry.created_at).label("day"))
        .add_columns(sa.func.count().label("done"))
        .where(AuditEntry.person_id.in_(person_ids))
        .group_by(AuditEntry.person_id)
        .order_by(AuditEntry.person_id)
    )


def last_offices(people: sa.Select[Any]) -> Iterator[Spell]:
    """The last day of anybody's offices, and of their signing in."""
    yield from last_day(Office.person_id, Office.ends_on, people)
    seen = (
        sa.select(User.person_id, sa.func.max(SignIn.last_seen_at))
        .join(SignIn, SignIn.user_id == User.id)
        .where(User.person_id.in_(people))
        .group_by(User.person_id)
    )
    for person_id, moment in session().execute(seen):
        yield person_id, moment.date()


def hindrances(verb: str, subject: Any) -> Iterable[Any]:
    """Whoever holds an office sees more than others; only the administrator gives that to somebody."""
    if verb != "directory.merge":
        return ()
    held = sa.select(Office.id).where(
        Office.person_id.in_(subject), sa.or_(Office.ends_on.is_(None), Office.ends_on >= clock.today())
    )
    if session().scalar(held.limit(1)) is None:
        return ()
    return (_l("En av dem har en rolle. Bare administratoren kan slå dem sammen."),)


def forget(who: Forgotten) -> None:
    """No way to sign in is left, nor where it was done from."""
    users = sa.select(User.id).where(User.person_id.in_(who.ids))
    for kept in (SignIn, ApiToken):
        session().execute(sa.delete(kept).where(kept.user_id.in_(users)).execution_options(synchronize_session=False))
    gone = sa.delete(User).where(User.person_id.in_(who.ids))
    session().execute(gone.execution_options(synchronize_session=False))
