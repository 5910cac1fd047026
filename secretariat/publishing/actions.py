"""Publiser and Trekk tilbake: the only two ways to change what the public sees (invariant ``PRESSED``)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat import config
from secretariat.calendar.components import Event, Status, component
from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.inputs import Fingerprint, Line
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import folded
from secretariat.documents import storage
from secretariat.meetings.models import Meeting
from secretariat.publishing.edition import Edition
from secretariat.publishing.models import Publication, PublicationKind
from secretariat.publishing.policy import may_publish, may_withdraw
from secretariat.publishing.preparing import Preview, look

KINDS = {kind.value: kind for kind in PublicationKind}
REPLACED = _l("Erstattet av en ny utgave")


@dataclass(frozen=True)
class Publish:
    """Which part of the meeting, and which edition was seen in the preview."""

    kind: PublicationKind
    content_sha256: Fingerprint


@dataclass(frozen=True)
class Withdraw:
    """Why the public shall no longer see it."""

    reason: Line


@action("publishing.publish_meeting", load=Meeting, rule=may_publish, input=Publish)
def publish_meeting(actor: Actor, meeting: Meeting, given: Publish) -> UUID:
    """Let the public see the edition that was previewed. A new edition takes the place of the one before."""
    seen = look(actor, meeting, KINDS[given.kind])
    if seen.hindrances:
        raise Hindered(seen.hindrances)
    if seen.sha256 != given.content_sha256 or seen.printed is None or seen.edition is None:
        raise DomainError(_l("Noe er endret siden forhåndsvisningen. Se over den på nytt og publiser igjen."))
    before = _current(meeting.id, seen.kind)
    if before is not None and before.content_sha256 == seen.sha256:
        return before.id
    if before is not None:
        _take_back(before, str(REPLACED))
    publication = _freeze(actor, meeting, seen, seen.edition, seen.printed)
    session().add(publication)
    return publication.id


@action("publishing.withdraw", load=Publication, rule=may_withdraw, input=Withdraw)
def withdraw(actor: Actor, publication: Publication, given: Withdraw) -> UUID:
    """Take a publication back: it is gone from every public page, feed and file at once; the row stays."""
    if publication.withdrawn_at is not None:
        raise DomainError(_l("Publiseringen er alt trukket tilbake."))
    _take_back(publication, given.reason)
    return publication.id


def _current(meeting_id: UUID, kind: PublicationKind) -> Publication | None:
    query = sa.select(Publication).where(Publication.meeting_id == meeting_id, Publication.kind == kind)
    return session().scalar(query.where(Publication.withdrawn_at.is_(None)).with_for_update())


def _take_back(publication: Publication, reason: str) -> None:
    publication.withdrawn_at, publication.withdrawn_because = clock.now(), reason
    session().flush()


def _freeze(actor: Actor, meeting: Meeting, seen: Preview, edition: Edition, printed: tuple[str, int]) -> Publication:
    file_sha256, size = printed
    storage.keep(meeting.partnership_id, file_sha256, size)
    return Publication(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        kind=seen.kind,
        content=seen.content,
        content_sha256=seen.sha256,
        words=_words(edition),
        component=_component(meeting, seen, edition) if seen.kind is PublicationKind.MEETING else None,
        file_sha256=file_sha256,
        published_by_id=actor.person_id,
        published_at=clock.now(),
    )


def _words(edition: Edition) -> str:
    return folded(" ".join((edition.title, edition.body, *(item.title for item in edition.items))))


def _component(meeting: Meeting, seen: Preview, edition: Edition) -> bytes:
    partnership: Any = seen.contents.partnership
    moment = clock.now()
    return component(
        Event(
            uid=meeting.uid,
            sequence=meeting.sequence,
            title=edition.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            timezone=edition.timezone,
            organizer_name=partnership.name,
            organizer_email=partnership.secretariat_email or config.settings().sender,
            dtstamp=moment,
            last_modified=moment,
            body_short=edition.body_short,
            description="\n".join(filter(None, (f"{item.number} {item.title}".strip() for item in edition.items))),
            location=edition.place,
            url=f"{config.settings().url}/innsyn/moter/{meeting.id}",
            status=Status.CANCELLED if edition.cancelled else Status.CONFIRMED,
            language=edition.language,
        )
    )
