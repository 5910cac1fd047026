"""What the calendar does when meetings change: it writes their components anew, and tells those who are called."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.calendar import inviting
from secretariat.calendar.components import component
from secretariat.calendar.events import LANGUAGES, Edition, event_of
from secretariat.calendar.models import CalendarComponent
from secretariat.core import clock
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.directory.models import Partnership
from secretariat.meetings.models import Meeting, MeetingState

EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def write_components(meeting: Meeting) -> None:
    """Write what has changed of the meeting's components, one per edition and language."""
    known = {(row.edition, row.language): row for row in _stored(meeting)}
    for fresh in components_of(meeting, *_places(meeting)):
        row = known.get((fresh.edition, fresh.language))
        if row is None:
            session().add(fresh)
        elif row.etag != fresh.etag:
            row.component, row.etag, row.sequence = fresh.component, fresh.etag, fresh.sequence
            row.changed_at = fresh.changed_at
    session().flush()


def components_of(meeting: Meeting, body: Body, partnership: Partnership) -> Iterable[CalendarComponent]:
    """The meeting's components as they would be written now. A party's own meeting has no public edition."""
    editions = Edition if meeting.room == COMMON_ROOM else (Edition.INTERNAL,)
    moment = clock.now().replace(microsecond=0)
    for edition in editions:
        for language in LANGUAGES:
            yield _component(meeting, body, partnership, edition, language, moment)


def _component(
    meeting: Meeting, body: Body, partnership: Partnership, edition: Edition, language: str, moment: datetime
) -> CalendarComponent:
    """Its mark leaves the time of writing out: the same meeting written twice is unchanged."""
    event = event_of(meeting, body, partnership, edition, language, moment)
    lasting = replace(event, dtstamp=EPOCH, last_modified=EPOCH)
    return CalendarComponent(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        edition=edition.value,
        language=language,
        sequence=meeting.sequence,
        component=component(event),
        etag=sha256(repr(lasting).encode()).hexdigest(),
        changed_at=moment,
    )


def _stored(meeting: Meeting) -> list[CalendarComponent]:
    return list(session().scalars(sa.select(CalendarComponent).where(CalendarComponent.meeting_id == meeting.id)))


def _places(meeting: Meeting) -> tuple[Body, Partnership]:
    return session().get_one(Body, meeting.body_id), session().get_one(Partnership, meeting.partnership_id)


def invitation(participant: Any, meeting: Meeting) -> Iterable[bytes]:
    """What the notice carries for one participant's calendar."""
    return inviting.request_for(participant, meeting)


def meeting_changed(meeting: Meeting) -> None:
    """Time, place or status has changed: the components follow, and those called get an update of their invitation."""
    before = max((row.sequence for row in _stored(meeting)), default=meeting.sequence)
    write_components(meeting)
    if meeting.state is MeetingState.CALLED and meeting.sequence > before:
        inviting.send_update(meeting)


def meeting_cancelled(meeting: Meeting) -> None:
    """The meeting will not be held: the components say so, and so do the calendars of those called."""
    write_components(meeting)
    if meeting.called_at is not None:
        inviting.send_cancellation(meeting)


def participant_removed(participant: Any) -> None:
    """One person is no longer called: it leaves that one calendar. A cancellation counts the sequence up (RFC 5546)."""
    meeting = session().get_one(Meeting, participant.meeting_id)
    if meeting.state is MeetingState.CALLED:
        meeting.sequence += 1
        write_components(meeting)
        inviting.send_removal(meeting, participant)
