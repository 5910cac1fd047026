"""Who may publish, and what is public."""

from typing import Any

from secretariat.core.access import Condition, readable
from secretariat.core.actor import Actor
from secretariat.publishing.models import Publication


@readable(Publication)
def sees_publication(_actor: Actor) -> Condition:
    """What was published and not withdrawn is everybody's."""
    return Publication.withdrawn_at.is_(None)


def may_publish(actor: Actor, meeting: Any) -> bool:
    """Press Publiser, or withdraw: the secretaries of a meeting of the common room."""
    return actor.is_secretary(meeting.partnership_id, meeting.room)


def may_withdraw(actor: Actor, publication: Any) -> bool:
    """Withdraw a publication: either secretary."""
    return actor.is_secretary(publication.partnership_id)
