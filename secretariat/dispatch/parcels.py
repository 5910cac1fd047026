"""The frozen parcel: what was sent, in which files, to whom. Notice, supplement and minutes all go out this way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Person
from secretariat.dispatch.manifest import sha256_of
from secretariat.dispatch.models import Delivery, Dispatch, DispatchFile, DispatchKind, Edition
from secretariat.documents import storage
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind

PDF = "application/pdf"


@dataclass(frozen=True)
class ParcelFile:
    """A file of the parcel; its bytes lie in storage already."""

    edition: Edition
    filename: str
    sha256: str
    size: int
    mime_type: str = PDF


@dataclass(frozen=True)
class Letter:
    """What one recipient gets by mail, in that person's language."""

    person: Person
    kind: LetterKind
    subject: str
    text: str
    html: str = ""
    calendar: bytes | None = None
    method: str | None = None


def send(
    actor: Actor,
    meeting: Any,
    *,
    kind: DispatchKind,
    manifest: Mapping[str, Any],
    files: Sequence[ParcelFile],
    letters: Sequence[Letter],
    number: int = 1,
    statement: str = "",
) -> Dispatch:
    """Freeze the parcel and put its mails on their way; inside an action that has verified the manifest."""
    parcel = Dispatch(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        kind=kind,
        number=number,
        manifest=dict(manifest),
        manifest_sha256=sha256_of(manifest),
        statement=statement,
        sent_by_id=actor.person_id,
    )
    session().add(parcel)
    session().flush()
    for file in files:
        _enclose(parcel, file)
    for letter in letters:
        deliver(parcel, meeting, letter)
    return parcel


def _enclose(parcel: Dispatch, file: ParcelFile) -> None:
    storage.keep(parcel.partnership_id, file.sha256, file.size)
    session().add(
        DispatchFile(
            partnership_id=parcel.partnership_id,
            dispatch_id=parcel.id,
            edition=file.edition,
            filename=file.filename,
            mime_type=file.mime_type,
            sha256=file.sha256,
        )
    )


def deliver(parcel: Dispatch, meeting: Any, letter: Letter) -> Delivery:
    """Write the mail to one recipient and note the delivery; one who was called in anew gets a new mail, and one who
    has chosen so gets news later or not by mail at all.
    """
    written = mail.tell(
        letter.kind,
        to=letter.person,
        news_of=(parcel,),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=letter.calendar,
        method=letter.method,
        partnership_id=parcel.partnership_id,
        room=meeting.room,
        about=meeting,
    )
    return note_delivery(parcel, letter.person.id, written.id if written is not None else None)


def note_delivery(parcel: Dispatch, person_id: UUID, mail_id: UUID | None) -> Delivery:
    """The parcel went to this person by this mail; who is called in a second time has the newest mail noted."""
    query = sa.select(Delivery).where(Delivery.dispatch_id == parcel.id, Delivery.person_id == person_id)
    delivery = session().scalar(query)
    if delivery is None:
        delivery = Delivery(partnership_id=parcel.partnership_id, dispatch_id=parcel.id, person_id=person_id)
        session().add(delivery)
    delivery.mail_id = mail_id
    session().flush()
    return delivery


def parcels_of(meeting_id: UUID, *kinds: DispatchKind) -> list[Dispatch]:
    """The parcels of these kinds that were sent for the meeting, the first one first."""
    query = sa.select(Dispatch).where(Dispatch.meeting_id == meeting_id, Dispatch.kind.in_(kinds))
    return list(session().scalars(query.order_by(Dispatch.created_at, Dispatch.id)))
