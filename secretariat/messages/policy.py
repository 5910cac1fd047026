"""Who may see mail on its way."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, in_open_room, readable
from secretariat.core.actor import Actor
from secretariat.messages.models import GatheredNews, Link, Mail


@readable(Mail)
def sees_mail(actor: Actor) -> Condition:
    """One's own mail; secretaries see what went out of the rooms they serve."""
    served = sa.and_(Mail.partnership_id.in_(sorted(actor.secretary_in)), in_open_room(actor, Mail))
    return sa.or_(Mail.person_id.in_(sorted(actor.person_ids)), served) if actor.person_id else sa.false()


@readable(GatheredNews)
def sees_gathered_news(actor: Actor) -> Condition:
    """What waits for oneself."""
    return GatheredNews.person_id.in_(sorted(actor.person_ids))


@readable(Link)
def sees_link(actor: Actor) -> Condition:
    """One's own links."""
    return Link.person_id.in_(sorted(actor.person_ids))


def may_send_again(actor: Actor, mail: Any) -> bool:
    """Send a refused or waiting mail once more: the secretariat of the room it went out of."""
    return mail.partnership_id is not None and actor.is_secretary(mail.partnership_id, mail.room)


def may_run_installation(actor: Actor, _installation: Any = None) -> bool:
    """See how the queues stand and hurry them, without seeing what is in them: the administrator."""
    return actor.is_system or actor.is_administrator
