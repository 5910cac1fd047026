"""What is read of parcels that were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from secretariat.cases.models import SECTIONS, Case, CasePaper, CasePaperVersion, Treatment
from secretariat.cases.papers import reads_as
from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.directory.models import Person
from secretariat.dispatch.manifest import plain
from secretariat.dispatch.models import CopyDelivery, Delivery, Dispatch, DispatchFile, DispatchKind, Edition
from secretariat.documents.models import FileState, StoredFile
from secretariat.meetings.models import AgendaItem, ItemOrigin, ItemState, Meeting, MeetingState
from secretariat.messages.models import GatheredNews, Mail, MailState

CALLING = (DispatchKind.NOTICE, DispatchKind.SUPPLEMENT)
MINUTES = (DispatchKind.MINUTES_DRAFT, DispatchKind.MINUTES)


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
    """Whom a parcel was for, at which address, and how far the mail has come. Without a mail (``state`` none) it waits
    for the letter of the week, or the person has chosen such mail away.
    """

    parcel_id: UUID
    name: str
    address: str
    state: MailState | None
    sent_at: datetime | None
    failure: str
    waits: bool = False
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


def minutes_sent(actor: Actor, meeting_id: UUID) -> list[Sent]:
    """The parcels that brought the minutes of a meeting, the newest first, each with those it was for."""
    query = sa.select(Dispatch).where(Dispatch.meeting_id == meeting_id, Dispatch.kind.in_(MINUTES))
    query = query.where(visible(actor, Dispatch)).order_by(Dispatch.created_at.desc(), Dispatch.id)
    return with_receivers(actor, session().scalars(query).all(), {})


def _sent(parcel: Dispatch, people: Mapping[UUID, Person], got: tuple[Got, ...]) -> Sent:
    sender = people.get(parcel.sent_by_id) if parcel.sent_by_id is not None else None
    return Sent(
        parcel.id, parcel.kind, parcel.number, parcel.created_at, sender.name if sender else "", parcel.statement, got
    )


def _receivers(actor: Actor, parcels: list[UUID]) -> dict[UUID, list[Got]]:
    mailed = (sa.func.coalesce(Mail.to_address, ""), Mail.state, Mail.sent_at, sa.func.coalesce(Mail.failure, ""))
    name = sa.func.coalesce(Mail.to_name, sa.func.trim(Person.given_name + " " + Person.family_name))
    waits = sa.case((sa.and_(GatheredNews.id.is_not(None), GatheredNews.mail_id.is_(None)), 1), else_=0)
    place = (sa.literal(0).label("copy"), Person.sort_key.label("place"))
    called = (
        sa.select(Delivery.dispatch_id, name, *mailed, waits, *place)
        .join(Person, Person.id == Delivery.person_id)
        .outerjoin(GatheredNews, _gathered_for(Delivery))
        .outerjoin(Mail, Mail.id == sa.func.coalesce(Delivery.mail_id, GatheredNews.mail_id))
        .where(Delivery.dispatch_id.in_(parcels), visible(actor, Delivery))
    )
    copied = (
        sa.select(CopyDelivery.dispatch_id, Mail.to_name, *mailed, sa.literal(0), sa.literal(1), CopyDelivery.name)
        .join(Mail, Mail.id == CopyDelivery.mail_id)
        .where(CopyDelivery.dispatch_id.in_(parcels), visible(actor, CopyDelivery))
    )
    found: dict[UUID, list[Got]] = {}
    for row in session().execute(called.union_all(copied).order_by("copy", "place")):
        found.setdefault(row[0], []).append(_got(row))
    return found


def _got(row: Any) -> Got:
    parcel_id, name, address, state, sent_at, failure, waits, is_copy, _place = row
    return Got(parcel_id, name, address, state, sent_at, failure, bool(waits), bool(is_copy))


def _gathered_for(delivery: type[Delivery]) -> sa.ColumnElement[bool]:
    """The news that the parcel is, for those who have chosen to get it with other news."""
    about = sa.and_(
        GatheredNews.subject_kind == Dispatch.__tablename__, GatheredNews.subject_id == delivery.dispatch_id
    )
    return sa.and_(about, GatheredNews.person_id == delivery.person_id)


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


@dataclass(frozen=True)
class Unsent:
    """A line of a called meeting that is new, or is not as those called have got it: name, paper, attachments."""

    meeting_id: UUID
    meeting_title: str
    title: str


def unsent(actor: Actor, *, meeting_id: UUID | None = None, case_id: UUID | None = None) -> list[Unsent]:
    """What waits for a supplement: on the agenda of a meeting, or wherever a case has been sent."""
    here = {"meeting_id": meeting_id} if case_id is None else {"case_id": case_id}
    rows = [row for row in _changes(actor, *here).rows(**here) if row.is_new or not _reads_as_sent(row)]
    if meeting_id is not None:
        rows += _told_otherwise(actor, meeting_id)
    once = {row.item: row for row in reversed(rows)}
    return [Unsent(row.id, row.meeting, row.title) for row in reversed(once.values())]


def _reads_as_sent(row: Any) -> bool:
    """Whether the paper, though saved since, says what those called have got."""
    return row.sent is not None and reads_as(row, row.sent)


@built_once
def _changes(actor: Actor, here: str) -> Ready:
    wanted = {"meeting_id": AgendaItem.meeting_id, "case_id": Treatment.case_id}[here] == sa.bindparam(here)
    newest = sa.select(sa.func.max(CasePaperVersion.number)).where(CasePaperVersion.case_paper_id == CasePaper.id)
    rewritten = sa.func.coalesce(newest.scalar_subquery(), 0) > sa.func.coalesce(AgendaItem.sent_version, 0)
    new, sent = sa.or_(AgendaItem.sent_at.is_(None), _has_new_file()), aliased(CasePaperVersion)
    return Ready(
        sa.select(Meeting.id, Meeting.title.label("meeting"), AgendaItem.id.label("item"), AgendaItem.title)
        .add_columns(new.label("is_new"), sent.content.label("sent"), *(getattr(CasePaper, name) for name in SECTIONS))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(CasePaper, CasePaper.case_id == Treatment.case_id)
        .outerjoin(sent, sa.and_(sent.case_paper_id == CasePaper.id, sent.number == AgendaItem.sent_version))
        .where(wanted, visible(actor, AgendaItem), Meeting.state == MeetingState.CALLED)
        .where(AgendaItem.state == ItemState.STANDING, AgendaItem.origin != ItemOrigin.MEETING)
        .where(sa.or_(new, rewritten))
        .order_by(Meeting.starts_at, AgendaItem.position, AgendaItem.id)
    )


def _told_otherwise(actor: Actor, meeting_id: UUID) -> list[Any]:
    """Lines that have been renamed, exempted, put off or withdrawn since they stood in what was sent last."""
    rows = _sent_lines(actor).rows(meeting_id=meeting_id)
    manifests = _manifests().rows(meeting_id=meeting_id) if rows else []
    told = {entry["id"]: entry for (manifest,) in manifests for entry in manifest["items"]}
    return [row for row in rows if _differs(row, told.get(str(row.item)))]


def _differs(row: Any, told: Mapping[str, Any] | None) -> bool:
    names = ("title", "kind", "state", "exempt_basis")
    return told is not None and any(plain(getattr(row, name)) != told[name] for name in names)


@built_once
def _sent_lines(actor: Actor) -> Ready:
    here = (Meeting.id == sa.bindparam("meeting_id"), Meeting.state == MeetingState.CALLED)
    basis = sa.func.coalesce(sa.func.nullif(AgendaItem.exempt_basis, ""), Case.exempt_basis, "")
    return Ready(
        sa.select(Meeting.id, Meeting.title.label("meeting"), AgendaItem.id.label("item"), AgendaItem.title)
        .add_columns(AgendaItem.kind, AgendaItem.state, basis.label("exempt_basis"))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(Case, sa.and_(Case.id == Treatment.case_id, visible(actor, Case)))
        .where(*here, visible(actor, AgendaItem), AgendaItem.sent_at.is_not(None))
        .order_by(AgendaItem.position, AgendaItem.id)
    )


@cache
def _manifests() -> Ready:
    """What the notice and the supplements of a meeting held, the first one first."""
    here = (Dispatch.meeting_id == sa.bindparam("meeting_id"), Dispatch.kind.in_(CALLING))
    return Ready(sa.select(Dispatch.manifest).where(*here).order_by(Dispatch.created_at, Dispatch.id))


def _has_new_file() -> sa.ColumnElement[bool]:
    """An attachment that has passed the check and lay in no parcel of the meeting."""
    parcel = sa.and_(Dispatch.meeting_id == AgendaItem.meeting_id, DispatchFile.dispatch_id == Dispatch.id)
    same = sa.and_(DispatchFile.edition == Edition.INTERNAL, DispatchFile.sha256 == StoredFile.sha256)
    went = sa.exists().where(parcel, same).correlate(AgendaItem, StoredFile)
    of_case = sa.and_(StoredFile.owner_kind == Case.__tablename__, StoredFile.owner_id == Treatment.case_id)
    kept = sa.and_(StoredFile.state == FileState.CHECKED, StoredFile.removed_at.is_(None))
    return sa.exists().where(of_case, kept, ~went).correlate(AgendaItem, Treatment)
