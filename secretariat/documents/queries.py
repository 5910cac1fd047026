"""What is read of stored files."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import built_once, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.documents.models import FileState, Finding, StoredFile
from secretariat.documents.policy import sees_file_of


@dataclass(frozen=True)
class FileRow:
    """A file as a page lists it, and as a parcel takes it up."""

    id: UUID
    partnership_id: UUID
    owner_kind: str
    owner_id: UUID
    title: str
    filename: str
    mime_type: str
    sha256: str
    size: int
    state: FileState
    reason: Finding | None
    exempt_basis: str

    @property
    def is_checked(self) -> bool:
        """Whether it has passed the check."""
        return self.state is FileState.CHECKED

    @property
    def is_false_hit_possible(self) -> bool:
        """Whether it was stopped for a number that may be something else."""
        return self.reason is Finding.IDENTITY_NUMBER and not self.is_checked


_COLUMNS = [getattr(StoredFile, name) for name in FileRow.__dataclass_fields__]


def file(actor: Actor, file_id: UUID) -> FileRow | None:
    """One file."""
    row = session().execute(sa.select(*_COLUMNS).where(visible(actor, StoredFile), StoredFile.id == file_id)).first()
    return FileRow(*row) if row else None


def files_of(actor: Actor, kind: str, owner_ids: Iterable[UUID]) -> dict[UUID, list[FileRow]]:
    """The files of several owners of one kind, each owner's in order; an owner without files has an empty list."""
    found: dict[UUID, list[FileRow]] = defaultdict(list)
    for row in _owned(actor, kind).rows(owners=sorted(owner_ids)):
        found[row.owner_id].append(FileRow(*row))
    return found


@built_once
def _owned(actor: Actor, kind: str) -> Ready:
    owners: Any = sa.bindparam("owners", expanding=True)
    query = sa.select(*_COLUMNS).where(sees_file_of(actor, kind), StoredFile.owner_id.in_(owners))
    return Ready(query.order_by(StoredFile.owner_id, StoredFile.position, StoredFile.id))
