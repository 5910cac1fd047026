"""What is read of parcels that were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Person
from secretariat.dispatch.models import CopyDelivery, Delivery, Dispatch, DispatchFile, DispatchKind
from secretariat.messages.models import Mail, MailState

CALLING = (DispatchKind.NOTICE, DispatchKind.SUPPLEMENT)


@dataclass(frozen=True)
class FileSent:
    """A file of a parcel, as this reader may have it."""

    id: UUID
    parcel_id: UUID
    partnership_id: UUID
    kind: DispatchKind
    number: int
    sent_at: datetime
    filename: str
    mime_type: str
    sha256: str


@dataclass(frozen=True)
class Got:
    """Who got a parcel, at which address, and how far the mail has come."""

    parcel_id: UUID
    name: str
    address: str
    state: MailState | None
    sent_at: datetime | None
    failure: str
    is_copy: bool = False


@dataclass(frozen=True)
class Sent:
    """A parcel that was sent: when, by whom, to whom."""

    id: UUID
    kind: DispatchKind
    number: int
    sent_at: datetime
    sent_by: str
    statement: str
    receivers: tuple[Got, ...]


def with_receivers(actor: Actor, parcels: Sequence[Dispatch], people: Mapping[UUID, Person]) -> list[Sent]:
    """The parcels, each with those who got it and how far the mail has come."""
    receivers = _receivers(actor, [parcel.id for parcel in parcels]) if parcels else {}
    return [_sent(parcel, people, tuple(receivers.get(parcel.id, ()))) for parcel in parcels]


def _sent(parcel: Dispatch, people: Mapping[UUID, Person], got: tuple[Got, ...]) -> Sent:
    sender = people.get(parcel.sent_by_id) if parcel.sent_by_id is not None else None
    return Sent(
        parcel.id, parcel.kind, parcel.number, parcel.created_at, sender.name if sender else "", parcel.statement, got
    )


def _receivers(actor: Actor, parcels: list[UUID]) -> dict[UUID, list[Got]]:
    mailed = (Mail.to_name, Mail.to_address, Mail.state, Mail.sent_at, Mail.failure)
    called = (
        sa.select(Delivery.dispatch_id, *mailed, sa.literal(0).label("copy"), Person.sort_key.label("place"))
        .join(Mail, Mail.id == Delivery.mail_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.dispatch_id.in_(parcels), visible(actor, Delivery))
    )
    copied = (
        sa.select(CopyDelivery.dispatch_id, *mailed, sa.literal(1), CopyDelivery.name)
        .join(Mail, Mail.id == CopyDelivery.mail_id)
        .where(CopyDelivery.dispatch_id.in_(parcels), visible(actor, CopyDelivery))
    )
    found: dict[UUID, list[Got]] = {}
    for row in session().execute(called.union_all(copied).order_by("copy", "place")):
        found.setdefault(row[0], []).append(Got(*row[:6], is_copy=bool(row.copy)))
    return found


def files_sent(actor: Actor, meeting_id: UUID, kinds: tuple[DispatchKind, ...] = CALLING) -> list[FileSent]:
    """Every file that was sent for the meeting, in the edition of this reader: papers first, originals after them."""
    columns: tuple[Any, ...] = (
        DispatchFile.id,
        Dispatch.id,
        DispatchFile.partnership_id,
        Dispatch.kind,
        Dispatch.number,
        Dispatch.created_at,
        DispatchFile.filename,
        DispatchFile.mime_type,
        DispatchFile.sha256,
    )
    query = (
        sa.select(*columns)
        .join(Dispatch, Dispatch.id == DispatchFile.dispatch_id)
        .where(Dispatch.meeting_id == meeting_id, Dispatch.kind.in_(kinds), visible(actor, DispatchFile))
        .order_by(Dispatch.created_at, Dispatch.id, DispatchFile.id)
    )
    return [FileSent(*row) for row in session().execute(query)]


def supplement_sent(actor: Actor, meeting_id: UUID, number: int) -> FileSent | None:
    """The paper of a supplement."""
    return paper_sent(actor, meeting_id, DispatchKind.SUPPLEMENT, number)


def paper_sent(actor: Actor, meeting_id: UUID, kind: DispatchKind, number: int = 1) -> FileSent | None:
    """The printed paper of one parcel: its first file."""
    files = files_sent(actor, meeting_id, (kind,))
    return next((file for file in files if file.number == number), None)
