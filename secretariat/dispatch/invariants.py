"""What holds for everything that was sent."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.dispatch.manifest import sha256_of
from secretariat.dispatch.models import Delivery, Dispatch, DispatchFile, DispatchKind, Edition
from secretariat.documents import storage
from secretariat.documents.models import FileState, StoredFile
from secretariat.meetings.models import Meeting, MeetingState, Participant


@checks("FROZEN_PARCEL", _l("Det som er sendt, er slik det var da det ble sendt."))
def parcels_are_as_they_were() -> Iterator[str]:
    """The manifest of every parcel still has its hash, and every notice its paper in both editions."""
    for parcel in session().scalars(sa.select(Dispatch).order_by(Dispatch.id)):
        if sha256_of(parcel.manifest) != parcel.manifest_sha256:
            yield _("Utsendingen %(id)s er endret etter at den ble sendt.", id=parcel.id)
    for parcel_id, editions in session().execute(_editions()):
        if editions < len(Edition):
            yield _("Utsendingen %(id)s mangler en utgave av papiret.", id=parcel_id)


def _editions() -> sa.Select[*tuple[Any, ...]]:
    count = sa.func.count(sa.distinct(DispatchFile.edition))
    query = sa.select(Dispatch.id, count).outerjoin(DispatchFile, DispatchFile.dispatch_id == Dispatch.id)
    kinds = Dispatch.kind.in_((DispatchKind.NOTICE, DispatchKind.SUPPLEMENT))
    return query.where(kinds).group_by(Dispatch.id).order_by(Dispatch.id)


@checks("PARCEL_HASH", _l("Hver fil i en utsending finnes, med nøyaktig det innholdet som ble sendt."))
def files_are_what_was_sent() -> Iterator[str]:
    """Every file of every parcel is read again and compared with the hash that was sent."""
    query = sa.select(DispatchFile.partnership_id, DispatchFile.sha256, DispatchFile.filename)
    for partnership_id, sha256, name in session().execute(query.order_by(DispatchFile.id)):
        try:
            storage.get(partnership_id, sha256)
        except (OSError, storage.Damaged):
            yield _("Filen «%(name)s» er ikke lenger den som ble sendt.", name=name)


@checks("EVERYONE_CALLED", _l("Alle som er innkalt til et møte, har fått innkallingen."))
def everyone_has_the_notice() -> Iterator[str]:
    """Each participant of a called meeting has a delivery of its notice."""
    notice = sa.select(Delivery.id).join(Dispatch, Dispatch.id == Delivery.dispatch_id)
    notice = notice.where(Dispatch.meeting_id == Participant.meeting_id, Dispatch.kind == DispatchKind.NOTICE)
    query = (
        sa.select(Participant.name, Meeting.title, Meeting.day)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Meeting.state == MeetingState.CALLED, Participant.removed_at.is_(None))
        .where(~notice.where(Delivery.person_id == Participant.person_id).exists())
        .order_by(Meeting.id, Participant.id)
    )
    for name, title, day in session().execute(query):
        yield _("%(name)s har ikke fått innkallingen til %(title)s %(day)s.", name=name, title=title, day=day)


@checks("ONLY_CHECKED_FILES", _l("Bare filer som er kontrollert, er sendt ut."))
def only_checked_files_went_out() -> Iterator[str]:
    """No file of a parcel is one that was received and never passed the check."""
    same = sa.and_(StoredFile.partnership_id == DispatchFile.partnership_id, StoredFile.sha256 == DispatchFile.sha256)
    passed = sa.exists().where(same, StoredFile.state == FileState.CHECKED)
    unchecked = sa.select(DispatchFile.id, DispatchFile.filename).where(sa.exists().where(same), ~passed)
    for file_id, name in session().execute(unchecked.order_by(DispatchFile.id)):
        yield _("Filen «%(name)s» (%(id)s) ble sendt uten å være kontrollert.", name=name, id=file_id)
