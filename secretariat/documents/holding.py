"""What documents hold on a person: the files they sent in."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.text.language import _l
from secretariat.directory.held import Held, seen_by, told
from secretariat.documents.models import StoredFile


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """The files the person sent in."""
    query = (
        sa.select(StoredFile.uploaded_by_id.label("person_id"), StoredFile.created_at.label("day"))
        .add_columns(StoredFile.filename)
        .where(StoredFile.uploaded_by_id.in_(person_ids), seen_by(reader, StoredFile))
        .order_by(StoredFile.created_at.desc(), StoredFile.id)
    )
    return told(_l("Filer"), query, lambda row: row.filename)
