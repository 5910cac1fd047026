"""What is read of the calendar: stored components, selected with the reader's eyes and only joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.calendar.events import LANGUAGES, Edition
from secretariat.calendar.models import CalendarComponent
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.directory.models import Partnership
from secretariat.meetings.models import Meeting, Participant
from secretariat.messages.models import Link, LinkPurpose


@dataclass(frozen=True, slots=True)
class Component:
    """One meeting as it stands in the calendar."""

    meeting_id: UUID
    etag: str
    component: bytes


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body whose meetings the reader sees."""

    id: UUID
    name: str


PORTION = 200
WHOLE = (CalendarComponent.meeting_id, CalendarComponent.etag, CalendarComponent.component)


def _seen(actor: Actor, *columns: Any) -> sa.Select[*tuple[Any, ...]]:
    language = actor.language if actor.language in LANGUAGES else LANGUAGES[0]
    return (
        sa.select(*columns)
        .join(Meeting, Meeting.id == CalendarComponent.meeting_id)
        .where(CalendarComponent.edition == Edition.INTERNAL.value, CalendarComponent.language == language)
        .where(visible(actor, Meeting))
        .order_by(CalendarComponent.meeting_id)
    )


@built_once
def _one_component(actor: Actor) -> Ready:
    return Ready(_seen(actor, *WHOLE).where(Meeting.id == sa.bindparam("meeting_id")))


@built_once
def _components(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return _seen(actor, *WHOLE)


@built_once
def _marks(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return _seen(actor, CalendarComponent.meeting_id, CalendarComponent.etag)


def component(actor: Actor, meeting_id: UUID) -> Component | None:
    """A meeting's component in the reader's language."""
    found = _one_component(actor).rows(meeting_id=meeting_id)
    return Component(*found[0]) if found else None


def marks(actor: Actor) -> list[tuple[UUID, str]]:
    """Which meetings the reader sees today, each with its own mark: all that a feed's ETag needs."""
    return [(meeting_id, etag) for meeting_id, etag in session().execute(_marks(actor))]


def components(actor: Actor) -> Iterator[Component]:
    """Every meeting the reader sees today, as it stands in the calendar; read a portion at a time."""
    rows = session().execute(_components(actor), execution_options={"yield_per": PORTION})
    return (Component(*row) for row in rows)


def bodies(actor: Actor) -> list[BodyName]:
    """The bodies whose meetings the reader sees, by name."""
    seen = sa.exists().where(Meeting.body_id == Body.id, visible(actor, Meeting))
    rows = session().execute(sa.select(Body.id, Body.name).where(seen).order_by(Body.sort_key, Body.id))
    return [BodyName(*row) for row in rows]


def called_to(actor: Actor, participant_id: UUID | None) -> UUID | None:
    """The meeting that this invitation of the actor is for; None when it is not the actor's, or the door is closed."""
    query = sa.select(Participant.meeting_id).where(Participant.id == participant_id, visible(actor, Participant))
    return session().scalar(query.where(Participant.person_id.in_(sorted(actor.person_ids))))


def caller_name(actor: Actor, partnership_id: UUID) -> str:
    """Whose secretariat calls to the meeting; said to those who are called, who need not take part otherwise."""
    return session().scalar(sa.select(Partnership.name).where(Partnership.id == partnership_id)) or actor.name


def subscription(actor: Actor) -> Link | None:
    """The actor's open subscription."""
    query = sa.select(Link).where(
        Link.person_id.in_(sorted(actor.person_ids)),
        Link.purpose == LinkPurpose.SUBSCRIPTION,
        Link.revoked_at.is_(None),
    )
    return session().scalar(query.order_by(Link.created_at.desc(), Link.id.desc()).limit(1))
