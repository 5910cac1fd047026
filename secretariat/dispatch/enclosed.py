"""The files of a parcel as a reader lists them: what each is called, and beside it the name it has on a disk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.dispatch.models import Dispatch
from secretariat.dispatch.queries import FileSent, files_sent
from secretariat.documents.models import Blob


@dataclass(frozen=True)
class Enclosed:
    """A paper, or an original by the title that the secretariat gave it."""

    id: UUID
    title: str
    filename: str
    size: int
    exempt_basis: str = ""


def enclosed(actor: Actor, meeting_id: UUID) -> list[Enclosed]:
    """What was sent for the meeting, as this reader may have it: the papers, each before its originals."""
    files = files_sent(actor, meeting_id)
    if not files:
        return []
    sizes, manifests = _sizes(files), _manifests(files)
    parcels = groupby(files, key=lambda file: file.parcel_id)
    return [one for parcel_id, sent in parcels for one in _titled(list(sent), manifests[parcel_id], sizes)]


def _titled(files: Sequence[FileSent], manifest: Mapping[str, Any], sizes: Mapping[str, int]) -> Iterator[Enclosed]:
    """The originals lie in the parcel in the order in which its manifest names them."""
    named = [original for item in manifest.get("items", ()) for original in item.get("files", ())]
    for file in files:
        said = named.pop(0) if named and named[0]["sha256"] == file.sha256 else {}
        title = said.get("title", "")
        own = title if title != said.get("filename") else ""
        yield Enclosed(file.id, own or file.filename, file.filename, sizes[file.sha256], said.get("exempt_basis", ""))


def _sizes(files: Sequence[FileSent]) -> dict[str, int]:
    kept = sa.select(Blob.sha256, Blob.size).where(
        Blob.partnership_id == files[0].partnership_id, Blob.sha256.in_(sorted({file.sha256 for file in files}))
    )
    return {sha256: size for sha256, size in session().execute(kept)}


def _manifests(files: Sequence[FileSent]) -> dict[UUID, Mapping[str, Any]]:
    query = sa.select(Dispatch.id, Dispatch.manifest).where(Dispatch.id.in_(sorted({file.parcel_id for file in files})))
    return {parcel_id: manifest for parcel_id, manifest in session().execute(query)}
