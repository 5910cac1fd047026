"""What dispatches hold on a person: what was sent to them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Forgotten, Held, joined, seen_by, told
from secretariat.dispatch.models import CopyRecipient, Delivery, Dispatch
from secretariat.meetings.models import Meeting


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """The parcels the person got."""
    query = (
        sa.select(Delivery.person_id, Delivery.created_at.label("day"), Dispatch.kind, Meeting.title)
        .join(Dispatch, Dispatch.id == Delivery.dispatch_id)
        .join(Meeting, Meeting.id == Dispatch.meeting_id)
        .where(Delivery.person_id.in_(person_ids), seen_by(reader, Delivery))
        .order_by(Delivery.created_at.desc(), Delivery.id)
    )
    return told(_l("Utsendinger"), query, lambda row: joined(row.kind.word, row.title))


def forget(who: Forgotten) -> None:
    """No copy goes to the address any more; what was sent stays as it was sent."""
    copies = sa.delete(CopyRecipient).where(CopyRecipient.email.in_(who.emails))
    session().execute(copies.execution_options(synchronize_session=False))
