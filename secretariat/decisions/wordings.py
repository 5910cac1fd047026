"""The wordings a decision has had since it came into force: each is kept, none altered (``WORDINGS_KEPT``)."""

from uuid import UUID

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.text.plain import to_plain
from secretariat.core.text.sorting import folded
from secretariat.decisions.models import Decision, DecisionWording
from secretariat.meetings.models import Meeting, MeetingState


def demand_meeting_going_on(meeting_id: UUID) -> Meeting:
    """The meeting, called and not yet closed; nobody closes it while the running action writes."""
    locked = sa.select(Meeting).where(Meeting.id == meeting_id).with_for_update(read=True)
    meeting = session().scalars(locked.execution_options(populate_existing=True)).one()
    reasons = {
        MeetingState.PLANNED: _l("Innkallingen er ikke sendt."),
        MeetingState.HELD: _l("Møtet er avsluttet. Åpne det igjen for å føre mer."),
        MeetingState.CANCELLED: _l("Møtet er avlyst."),
    }
    if meeting.state in reasons:
        raise DomainError(reasons[meeting.state])
    return meeting


def search_text(title: str, wording: Document) -> str:
    """What a search in the register compares with."""
    return folded(f"{title} {to_plain(wording)}")


def newest_wording(decision_id: UUID) -> DecisionWording | None:
    """The last wording that was kept."""
    query = sa.select(DecisionWording).where(DecisionWording.decision_id == decision_id)
    return session().scalar(query.order_by(DecisionWording.number.desc()).limit(1))


def keep_wording(decision: Decision, *, because: str = "", written_by: UUID | None = None) -> None:
    """Keep the words as they are now; ``because`` is written where words in force were changed."""
    before = newest_wording(decision.id)
    if before is not None and not because and before.wording == decision.wording:
        return
    session().add(
        DecisionWording(
            partnership_id=decision.partnership_id,
            decision_id=decision.id,
            number=1 if before is None else before.number + 1,
            wording=decision.wording,
            because=because,
            written_by_id=written_by,
        )
    )
    session().flush()
