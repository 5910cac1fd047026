"""Who may publish, and what is public."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, among, readable
from secretariat.core.actor import Actor
from secretariat.publishing.models import Publication


@readable(Publication)
def sees_publication(actor: Actor) -> Condition:
    """What was published and not withdrawn is everybody's; the secretariat also sees what it has withdrawn."""
    return sa.or_(Publication.withdrawn_at.is_(None), among(Publication.partnership_id, actor.secretary_in))


def may_publish(actor: Actor, meeting: Any) -> bool:
    """Look at the public edition and press Publiser: the secretaries who serve the meeting's room."""
    return actor.is_secretary(meeting.partnership_id, meeting.room)


def may_withdraw(actor: Actor, publication: Any) -> bool:
    """Withdraw a publication: either secretary."""
    return actor.is_secretary(publication.partnership_id)
