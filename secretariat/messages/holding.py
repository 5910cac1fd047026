"""What messages hold on a person: the mails to them, and the doors opened by link."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Forgotten, Held, joined, seen_by, told
from secretariat.messages.models import Link, Mail


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """What has been sent to the person, and the links that are theirs."""
    mails = (
        sa.select(Mail.person_id, Mail.created_at.label("day"), Mail.subject, Mail.to_address, Mail.state)
        .where(Mail.person_id.in_(person_ids), seen_by(reader, Mail))
        .order_by(Mail.created_at.desc(), Mail.id)
    )
    yield from told(_l("E-post"), mails, lambda row: joined(row.subject, row.to_address, row.state.word))
    links = (
        sa.select(Link.person_id, Link.created_at.label("day"), Link.purpose)
        .where(Link.person_id.in_(person_ids), seen_by(reader, Link))
        .order_by(Link.created_at.desc(), Link.id)
    )
    yield from told(_l("Lenker"), links, lambda row: row.purpose.word)


def forget(who: Forgotten) -> None:
    """The links are gone; of mails to the person, or that name them, is left that they were sent."""
    links = sa.delete(Link).where(Link.person_id.in_(who.ids))
    session().execute(links.execution_options(synchronize_session=False))
    named = (who.stands_in(Mail.subject, Mail.text, Mail.html, Mail.to_name, Mail.to_address, Mail.failure),)
    emptied = {"subject": "", "text": "", "html": "", "calendar": None, "raw": None, "failure": ""}
    _empty(sa.or_(*named), emptied)
    _empty(Mail.person_id.in_(who.ids), emptied | {"to_name": who.called, "to_address": ""})


def _empty(which: Any, values: dict[str, Any]) -> None:
    session().execute(sa.update(Mail).where(which).values(values).execution_options(synchronize_session=False))
