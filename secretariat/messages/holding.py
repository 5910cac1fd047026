"""What messages hold on a person: the mails to them, and the doors opened by link."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Forgotten, Held, joined, seen_by, told
from secretariat.messages.kinds import BY_NAME
from secretariat.messages.models import GatheredNews, Link, Mail


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """What has been sent to the person, and the links that are theirs."""
    mails = (
        sa.select(Mail.person_id, Mail.created_at.label("day"), Mail.subject, Mail.to_address, Mail.state)
        .where(Mail.person_id.in_(person_ids), seen_by(reader, Mail))
        .order_by(Mail.created_at.desc(), Mail.id)
    )
    yield from told(_l("E-post"), mails, lambda row: joined(row.subject, row.to_address, row.state.word))
    news = (
        sa.select(GatheredNews.person_id, GatheredNews.created_at.label("day"), GatheredNews.kind)
        .where(GatheredNews.person_id.in_(person_ids), GatheredNews.mail_id.is_(None), seen_by(reader, GatheredNews))
        .order_by(GatheredNews.created_at.desc(), GatheredNews.id)
    )
    yield from told(_l("Nyheter som venter på mandagens e-post"), news, lambda row: BY_NAME[row.kind].word)
    links = (
        sa.select(Link.person_id, Link.created_at.label("day"), Link.purpose)
        .where(Link.person_id.in_(person_ids), seen_by(reader, Link))
        .order_by(Link.created_at.desc(), Link.id)
    )
    yield from told(_l("Lenker"), links, lambda row: row.purpose.word)


def forget(who: Forgotten) -> None:
    """The links and what waits are gone; of mails to the person, or that name them, is left that they were sent."""
    links = sa.delete(Link).where(Link.person_id.in_(who.ids))
    news = sa.delete(GatheredNews).where(GatheredNews.person_id.in_(who.ids))
    for gone in (links, news):
        session().execute(gone.execution_options(synchronize_session=False))
    named = who.stands_in(Mail.subject, Mail.text, Mail.html, Mail.to_name, Mail.to_address, Mail.failure)
    which = sa.select(Mail.id, Mail.message_id, Mail.person_id, Mail.to_name, Mail.to_address, Mail.raw.is_not(None))
    rows = session().execute(which.where(sa.or_(Mail.person_id.in_(who.ids), named)).order_by(Mail.id)).all()
    if rows:
        session().execute(sa.update(Mail), [_emptied(row, who) for row in rows])


def _emptied(row: Any, who: Forgotten) -> dict[str, Any]:
    """A mail that was begun keeps the one line of its bytes that says which mail it is."""
    mail_id, message_id, person_id, name, address, begun = row
    own = person_id in who.ids or address in who.emails
    return (
        {
            "id": mail_id,
            "to_name": who.called if own else name,
            "to_address": "" if own else address,
            "raw": f"Message-ID: {message_id}\r\n\r\n".encode() if begun else None,
        }
        | dict.fromkeys(("subject", "text", "html", "failure"), "")
        | {"calendar": None}
    )
