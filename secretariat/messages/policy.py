"""Who may see mail on its way."""

from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, among, in_open_room, readable
from secretariat.core.actor import Actor
from secretariat.messages.models import GatheredNews, Link, Mail


@readable(Mail)
def sees_mail(actor: Actor) -> Condition:
    """One's own mail; secretaries see what went out of the rooms they serve."""
    served = sa.and_(among(Mail.partnership_id, actor.secretary_in), in_open_room(actor, Mail))
    return sa.or_(among(Mail.person_id, actor.person_ids), served) if actor.person_id else sa.false()


@readable(GatheredNews)
def sees_gathered_news(actor: Actor) -> Condition:
    """What waits for oneself."""
    return among(GatheredNews.person_id, actor.person_ids)


@readable(Link)
def sees_link(actor: Actor) -> Condition:
    """One's own links."""
    return among(Link.person_id, actor.person_ids)


def may_send_again(actor: Actor, mail: Any) -> bool:
    """Send a refused or waiting mail once more: the secretariat of the room it went out of. A letter that no
    secretariat sent, as the one of the week, is its receiver's own.
    """
    if mail.partnership_id is None:
        return mail.person_id is not None and actor.is_person(mail.person_id)
    return actor.is_secretary(mail.partnership_id, mail.room)


def may_run_installation(actor: Actor, _installation: Any = None) -> bool:
    """See how the queues stand and hurry them, without seeing what is in them: the administrator."""
    return actor.is_system or actor.is_administrator
