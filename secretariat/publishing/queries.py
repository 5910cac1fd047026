"""What is read of publications: by the public, and by the secretariat that publishes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.access import Condition, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.sorting import folded
from secretariat.directory.models import Partnership, Person
from secretariat.meetings.models import Meeting
from secretariat.publishing.edition import Edition, from_content
from secretariat.publishing.models import Publication, PublicationKind

PER_PAGE = 25
IN_STREAM = 50


@dataclass(frozen=True)
class Wanted:
    """Which meetings to show."""

    body_id: UUID | None = None
    year: int | None = None
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the public list, as it was published."""

    id: UUID
    title: str
    body: str
    day: date
    starts: time
    place: str
    cancelled: bool
    has_agenda: bool
    has_minutes: bool


@dataclass(frozen=True)
class PublicList:
    """A stretch of the public list, and how many there are in all."""

    lines: tuple[MeetingLine, ...]
    total: int


@dataclass(frozen=True)
class Part:
    """What is public of one part of a meeting."""

    edition: Edition
    published_at: datetime


@dataclass(frozen=True)
class PublicMeeting:
    """All that is public of a meeting."""

    id: UUID
    body_id: UUID
    agenda: Part | None
    minutes: Part | None

    @property
    def edition(self) -> Edition:
        """What says when and where: the part that was published last."""
        parts = [part for part in (self.agenda, self.minutes) if part is not None]
        return max(parts, key=lambda part: part.published_at).edition


@dataclass(frozen=True)
class PublicFile:
    """A published PDF."""

    partnership_id: UUID
    sha256: str
    body_short: str
    day: date


@dataclass(frozen=True)
class Entry:
    """Something that was published, as the feed tells it."""

    id: UUID
    meeting_id: UUID
    kind: PublicationKind
    published_at: datetime
    edition: Edition


@dataclass(frozen=True)
class Pressed:
    """A publication in the secretariat's history."""

    id: UUID
    kind: PublicationKind
    content_sha256: str
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_because: str


def _public(actor: Actor) -> Condition:
    return sa.and_(visible(actor, Publication), Publication.withdrawn_at.is_(None))


def public_list(actor: Actor, wanted: Wanted) -> PublicList:
    """The meetings of which something is public, the newest first. Three statements."""
    published = sa.select(Publication.meeting_id).where(_public(actor))
    for word in folded(wanted.words).split():
        published = published.where(Publication.words.contains(word, autoescape=True))
    chosen = sa.select(Meeting.id).where(Meeting.id.in_(published), *_filters(wanted))
    total = session().scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    ordered = chosen.order_by(Meeting.day.desc(), Meeting.starts.desc(), Meeting.id)
    found = list(session().scalars(ordered.limit(PER_PAGE).offset((wanted.page - 1) * PER_PAGE)))
    parts = _parts(actor, found)
    return PublicList(tuple(_line(meeting_id, parts[meeting_id]) for meeting_id in found), total)


def _filters(wanted: Wanted) -> Iterable[Condition]:
    if wanted.body_id is not None:
        yield Meeting.body_id == wanted.body_id
    if wanted.year is not None:
        yield Meeting.day.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))


def _parts(actor: Actor, meeting_ids: list[UUID]) -> dict[UUID, dict[PublicationKind, Part]]:
    query = sa.select(Publication.meeting_id, Publication.kind, Publication.content, Publication.published_at)
    rows = session().execute(query.where(_public(actor), Publication.meeting_id.in_(meeting_ids)))
    found: dict[UUID, dict[PublicationKind, Part]] = {}
    for meeting_id, kind, content, published_at in rows:
        found.setdefault(meeting_id, {})[kind] = Part(from_content(content), published_at)
    return found


def _line(meeting_id: UUID, parts: dict[PublicationKind, Part]) -> MeetingLine:
    edition = max(parts.values(), key=lambda part: part.published_at).edition
    return MeetingLine(
        id=meeting_id,
        title=edition.title,
        body=edition.body,
        day=edition.day,
        starts=edition.starts,
        place=edition.place,
        cancelled=edition.cancelled,
        has_agenda=PublicationKind.MEETING in parts,
        has_minutes=PublicationKind.MINUTES in parts,
    )


def public_bodies(actor: Actor) -> list[tuple[UUID, str, str]]:
    """The bodies of which something is public: id, name and partnership, by name."""
    published = sa.select(Meeting.body_id).join(Publication, Publication.meeting_id == Meeting.id).where(_public(actor))
    query = (
        sa.select(Body.id, Body.name, Partnership.name)
        .join(Partnership, Partnership.id == Body.partnership_id)
        .where(Body.id.in_(published))
        .order_by(Partnership.sort_key, Body.sort_key, Body.id)
    )
    return [(body_id, name, partnership) for body_id, name, partnership in session().execute(query)]


def secretariats(actor: Actor, body_id: UUID | None = None) -> list[tuple[str, str]]:
    """Whom to ask for what is not public: the name and mailbox of every partnership that has published something, or of
    the one that a body belongs to.
    """
    published = sa.select(Publication.partnership_id).where(_public(actor))
    if body_id is not None:
        published = published.join(Meeting, Meeting.id == Publication.meeting_id).where(Meeting.body_id == body_id)
    query = sa.select(Partnership.name, Partnership.secretariat_email).where(Partnership.id.in_(published))
    query = query.where(Partnership.secretariat_email != "").order_by(Partnership.sort_key, Partnership.id)
    return [(name, address) for name, address in session().execute(query)]


def public_years(actor: Actor) -> list[int]:
    """The years of which something is public, the newest first."""
    year = sa.extract("year", Meeting.day)
    query = sa.select(year).join(Publication, Publication.meeting_id == Meeting.id).where(_public(actor))
    return [int(found) for found in session().scalars(query.distinct().order_by(year.desc()))]


def public_meeting(actor: Actor, meeting_id: UUID) -> PublicMeeting | None:
    """What is public of one meeting; None when nothing is."""
    parts = _parts(actor, [meeting_id]).get(meeting_id)
    if parts is None:
        return None
    body_id = session().scalars(sa.select(Meeting.body_id).where(Meeting.id == meeting_id)).one()
    return PublicMeeting(meeting_id, body_id, parts.get(PublicationKind.MEETING), parts.get(PublicationKind.MINUTES))


def public_file(actor: Actor, meeting_id: UUID, kind: PublicationKind) -> PublicFile | None:
    """The PDF of one part of a meeting; None when it is not public."""
    query = (
        sa.select(Publication.partnership_id, Publication.file_sha256, Body.short_name, Meeting.day)
        .join(Meeting, Meeting.id == Publication.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(_public(actor), Publication.meeting_id == meeting_id, Publication.kind == kind)
        .where(Publication.file_sha256.is_not(None))
    )
    row = session().execute(query).first()
    return PublicFile(row.partnership_id, row.file_sha256 or "", row.short_name, row.day) if row else None


def public_calendar(actor: Actor, body_id: UUID) -> tuple[str, list[bytes]] | None:
    """The name of a body and its published meetings as calendar components; None when nothing of it is public."""
    query = (
        sa.select(Body.name, Publication.component)
        .join(Meeting, Meeting.body_id == Body.id)
        .join(Publication, Publication.meeting_id == Meeting.id)
        .where(Body.id == body_id, _public(actor), Publication.component.is_not(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    rows = session().execute(query).all()
    return (rows[0].name, [row.component for row in rows]) if rows else None


def latest(actor: Actor) -> list[Entry]:
    """What was published last, the newest first."""
    query = (
        sa.select(
            Publication.id, Publication.meeting_id, Publication.kind, Publication.published_at, Publication.content
        )
        .where(_public(actor))
        .order_by(Publication.published_at.desc(), Publication.id)
        .limit(IN_STREAM)
    )
    rows = session().execute(query)
    return [Entry(row.id, row.meeting_id, row.kind, row.published_at, from_content(row.content)) for row in rows]


def publication(actor: Actor, publication_id: UUID) -> Publication | None:
    """One publication, withdrawn or not."""
    query = sa.select(Publication).where(Publication.id == publication_id, visible(actor, Publication))
    return session().scalar(query)


def history(actor: Actor, meeting_id: UUID) -> list[Pressed]:
    """Everything that was published of a meeting, the newest first."""
    name: Any = sa.func.coalesce(Person.given_name + " " + Person.family_name, "")
    query = (
        sa.select(
            Publication.id,
            Publication.kind,
            Publication.content_sha256,
            Publication.published_at,
            name,
            Publication.withdrawn_at,
            Publication.withdrawn_because,
        )
        .outerjoin(Person, Person.id == Publication.published_by_id)
        .where(Publication.meeting_id == meeting_id, visible(actor, Publication))
        .order_by(Publication.published_at.desc(), Publication.id)
    )
    return [Pressed(*row) for row in session().execute(query)]


def published_kinds(actor: Actor, meeting_id: UUID) -> set[PublicationKind]:
    """Which parts of a meeting the public sees now."""
    standing = (Publication.meeting_id == meeting_id, Publication.withdrawn_at.is_(None))
    return set(session().scalars(sa.select(Publication.kind).where(*standing, visible(actor, Publication))))
