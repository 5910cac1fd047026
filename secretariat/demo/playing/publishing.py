"""A meeting that is over is shown to the public: agenda and approved minutes, each pressed after a preview."""

from uuid import UUID

from secretariat.core.db import session
from secretariat.demo.playing.stage import Stage
from secretariat.meetings.models import Meeting
from secretariat.publishing.actions import publish_meeting
from secretariat.publishing.models import PublicationKind
from secretariat.publishing.preparing import prepare


def publish(stage: Stage, meeting_id: UUID) -> None:
    """Both parts, as they were seen before the press."""
    for kind in PublicationKind:
        seen = prepare(stage.coordinator, session().get_one(Meeting, meeting_id), kind)
        publish_meeting(stage.coordinator, meeting_id, kind=kind, content_sha256=seen.sha256)
