"""What must be true of everything that is public."""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from secretariat.core.actor import COMMON_ROOM
from secretariat.core.audit import AuditChange, AuditEntry
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, _l
from secretariat.meetings.models import Meeting
from secretariat.publishing.actions import publish_meeting
from secretariat.publishing.models import Publication

EMPTY = Document.empty().to_json()
INSIDE = ("presenter", "raised_by", "proposal", "sections", "files", "text", "outcomes")
"""What an exempt item never brings along."""


@checks("PRESSED", _l("Ingenting er offentlig uten at noen har trykket Publiser."))
def unpressed() -> Iterable[str]:
    """Publications that no press led to, or that came out of a party's own room."""
    pressed = (
        sa.exists()
        .where(AuditChange.kind == Publication.__tablename__, AuditChange.row_id == Publication.id)
        .where(AuditEntry.id == AuditChange.entry_id, AuditEntry.action == publish_meeting.name)
    )
    query = sa.select(Publication.id).join(Meeting, Meeting.id == Publication.meeting_id).order_by(Publication.id)
    for publication_id in session().scalars(query.where(sa.or_(~pressed, Meeting.room != COMMON_ROOM))):
        yield _("Publiseringen %(id)s kom ut uten et trykk, eller fra en parts eget rom.", id=publication_id)


@checks("NO_EXEMPT_IN_PUBLIC", _l("Det som er unntatt offentlighet, finnes ikke i noen offentlig utgave."))
def exempt_in_public() -> Iterator[str]:
    """Publications in which an exempt item brought its words along."""
    query = sa.select(Publication.id, Publication.content).order_by(Publication.id)
    for publication_id, content in session().execute(query):
        for item in filter(_tells_exempt, content.get("items", ())):
            yield _("Publiseringen %(id)s forteller om saken «%(title)s».", id=publication_id, title=item["title"])


def _tells_exempt(item: dict[str, Any]) -> bool:
    return bool(item["exempt_basis"]) and any(item[name] and item[name] != EMPTY for name in INSIDE)
