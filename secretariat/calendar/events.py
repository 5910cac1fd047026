"""A meeting as its calendar event, in one edition and one language."""

from datetime import datetime
from enum import StrEnum

from secretariat import config
from secretariat.bodies.models import Body
from secretariat.calendar.components import Event, Status
from secretariat.core.text.language import _, use_language
from secretariat.directory.models import Partnership
from secretariat.meetings.models import Meeting, MeetingState

LANGUAGES = ("nb", "nn", "en")


class Edition(StrEnum):
    """Whom the event is for; the public one gives nobody the address of the digital meeting."""

    INTERNAL = "internal"
    PUBLIC = "public"


def event_of(
    meeting: Meeting, body: Body, partnership: Partnership, edition: Edition, language: str, written_at: datetime
) -> Event:
    """Everything a calendar shows of the meeting to readers of this edition."""
    internal = edition is Edition.INTERNAL
    with use_language(language):
        return Event(
            uid=meeting.uid,
            sequence=meeting.sequence,
            title=meeting.title if internal else _("Møte i %(body)s", body=body.name),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            organizer_name=organizer_name(partnership),
            organizer_email=organizer_email(partnership),
            dtstamp=written_at,
            last_modified=written_at,
            body_short=body.short_name,
            description=_description(meeting, body) if internal else body.name,
            location=meeting.place,
            url=_address(meeting) if internal else "",
            conference_url=_without_gaps(meeting.digital_link) if internal else "",
            timezone=meeting.timezone,
            status=_status(meeting),
            language=language,
        )


def organizer_name(partnership: Partnership) -> str:
    """Who calls: the secretariat, by the name its mail comes from."""
    return _("Sekretariatet for %(name)s", name=partnership.name)


def organizer_email(partnership: Partnership) -> str:
    """The secretariat's mailbox, the sender of its mail as well: calendars distrust two different ones."""
    return partnership.secretariat_email or config.settings().sender


def _status(meeting: Meeting) -> Status:
    if meeting.state is MeetingState.CANCELLED:
        return Status.CANCELLED
    return Status.TENTATIVE if meeting.tentative else Status.CONFIRMED


def _description(meeting: Meeting, body: Body) -> str:
    cancelled = _("Avlyst: %(reason)s", reason=meeting.cancelled_because) if meeting.cancelled_because else ""
    papers = _("Saksliste og papirer: %(address)s", address=_address(meeting))
    return "\n\n".join(filter(None, (cancelled, body.name, meeting.practical, papers)))


def _address(meeting: Meeting) -> str:
    return f"{config.settings().url}/moter/{meeting.id}"


def _without_gaps(link: str) -> str:
    """An address for machines; what people wrote with blanks in it is none."""
    return link if link and not any(c.isspace() for c in link) else ""
