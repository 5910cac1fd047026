"""One's own subscription: an address that nobody can guess, closed with one press."""

from uuid import UUID

from secretariat.calendar import queries
from secretariat.calendar.policy import may_end_subscription, may_subscribe
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Nothing
from secretariat.core.text.language import _l
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose


@action("calendar.subscribe", load=None, rule=may_subscribe)
def subscribe(actor: Actor, _installation: None, _given: Nothing) -> UUID:
    """Get a new address for the calendar; the one before it opens nothing any more."""
    before = queries.subscription(actor)
    if before is not None:
        links.revoke(before)
    if actor.person_id is None:
        raise DomainError(_l("Bare personer kan abonnere på kalenderen sin."))
    link = links.make(LinkPurpose.SUBSCRIPTION, actor.person_id)
    session().flush()
    return link.id


@action("calendar.end_subscription", load=Link, rule=may_end_subscription)
def end_subscription(_actor: Actor, link: Link, _given: Nothing) -> UUID:
    """Close the address; calendars that fetch it get nothing any more."""
    links.revoke(link)
    return link.id
