"""Kopi til: those outside the meeting who get the notice for information, in its public edition.

They stand on the paper and in the manifest; each mail is noted as a delivery of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line
from secretariat.core.text.language import _, _l, format_date, use_language
from secretariat.directory.actions import normal_address
from secretariat.dispatch.contents import copies_of
from secretariat.dispatch.letters import Lines, facts_of
from secretariat.dispatch.models import CopyDelivery, CopyRecipient, Dispatch, Edition
from secretariat.dispatch.parcels import ParcelFile
from secretariat.dispatch.policy import may_dispatch, may_keep_copies
from secretariat.documents.rendering.headings import case_name
from secretariat.meetings.models import Meeting
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.letters import letter

LARGEST_ATTACHMENT = 10_000_000


@dataclass(frozen=True)
class Copied:
    """Whom a mail goes to who is nobody in the directory."""

    name: str
    email: str
    id: UUID | None = None


@dataclass(frozen=True)
class AddCopy:
    """Name and address; of this meeting alone, or of every meeting of the body."""

    name: Line
    email: Line
    every_meeting: bool = False


@action("dispatch.add_copy", load=Meeting, rule=may_dispatch, input=AddCopy)
def add_copy(_actor: Actor, meeting: Meeting, given: AddCopy) -> UUID:
    """Let an address have a copy of what is sent from now on."""
    address = normal_address(given.email)
    if any(known.email == address for known in copies_of(meeting)):
        raise DomainError(_l("Adressen får kopi fra før."), "email")
    copy = CopyRecipient(
        partnership_id=meeting.partnership_id,
        body_id=meeting.body_id,
        meeting_id=None if given.every_meeting else meeting.id,
        name=given.name,
        email=address,
    )
    session().add(copy)
    return copy.id


@action("dispatch.remove_copy", load=CopyRecipient, rule=may_keep_copies)
def remove_copy(_actor: Actor, copy: CopyRecipient, _given: object) -> UUID:
    """The address gets no more copies; what it got is kept."""
    session().delete(copy)
    return copy.id


def copy_recipient(actor: Actor, meeting_id: UUID, copy_id: UUID) -> CopyRecipient | None:
    """One address that this meeting sends copies to."""
    here = sa.select(Meeting.body_id).where(Meeting.id == meeting_id).scalar_subquery()
    query = sa.select(CopyRecipient).where(CopyRecipient.id == copy_id, CopyRecipient.body_id == here)
    return session().scalar(query.where(visible(actor, CopyRecipient)))


def deliver_copies(parcel: Dispatch, meeting: Meeting, lines: Lines, files: Sequence[ParcelFile]) -> None:
    """Write the mails and note each as delivered; the public edition rides along unless it is too large for mail."""
    paper = next(file for file in files if file.edition is Edition.PUBLIC)
    with use_language(meeting.language):
        for copy in copies_of(meeting):
            said = _said(parcel, meeting, lines, attached=paper.size <= LARGEST_ATTACHMENT)
            _deliver(parcel, meeting, copy, said | {"name": copy.name}, paper)


def _said(parcel: Dispatch, meeting: Meeting, lines: Lines, *, attached: bool) -> dict[str, Any]:
    what = {"kind": str(parcel.kind.word).lower(), "title": meeting.title, "date": format_date(meeting.day)}
    told = (_("Tid"), _("Sted"))
    enclosed = _("Papirene ligger ved.")
    return {
        "title": _("Kopi av %(kind)s: %(title)s %(date)s", **what),
        "lead": _("Dette er en kopi til orientering: %(kind)s til %(title)s.", **what),
        "facts": [(name, value) for name, value in facts_of(meeting) if name in told],
        "lines": [" ".join(filter(None, (case_name(written), title))) for written, title in lines],
        "papers": enclosed if attached else _("Papirene er for store for e-post. Svar på denne, så sendes de."),
        "attached": attached,
    }


def _deliver(parcel: Dispatch, meeting: Meeting, copy: CopyRecipient, said: dict[str, Any], paper: ParcelFile) -> None:
    facts = "\n".join(f"{name}: {value}" for name, value in said["facts"])
    agenda = "\n".join((_("Saksliste"), *said["lines"])) if said["lines"] else ""
    text = "\n\n".join(filter(None, (said["name"], said["lead"], facts, agenda, said["papers"]))) + "\n"
    written = mail.write(
        LetterKind.COPY,
        to=Copied(copy.name, copy.email),
        subject=said["title"],
        text=text,
        html=letter("dispatch/copy_letter.html", **said),
        attachment=(paper.filename, paper.sha256) if said["attached"] else None,
        partnership_id=parcel.partnership_id,
        room=meeting.room,
        about=meeting,
    )
    session().add(
        CopyDelivery(
            partnership_id=parcel.partnership_id,
            dispatch_id=parcel.id,
            name=copy.name,
            email=copy.email,
            mail_id=written.id,
        )
    )
