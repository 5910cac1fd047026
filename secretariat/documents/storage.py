"""Bytes on disk, kept once per partnership and named by their SHA-256 (invariant ``BYTES_MATCH_HASH``).

A file is written under a temporary name, forced to disk and renamed, so a name never leads to half a file; what lies
there is never overwritten. The bytes come first, outside any write transaction; their row follows in an action.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

import sqlalchemy as sa

from secretariat.config import settings
from secretariat.core.db import session
from secretariat.documents.models import Blob


class Damaged(RuntimeError):
    """What lies on disk is not what its name says."""


def place(partnership_id: UUID, sha256: str) -> Path:
    """Where these bytes lie, or would lie."""
    return settings().instance / "files" / str(partnership_id) / sha256[:2] / sha256


def put(partnership_id: UUID, content: bytes) -> str:
    """Lay the bytes on disk and give their name; the same bytes twice is once. Touches no database."""
    sha256 = hashlib.sha256(content).hexdigest()
    write_once(place(partnership_id, sha256), content)
    return sha256


def write_once(target: Path, content: bytes) -> None:
    """Write a file whole or not at all, and never over another."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(file.name, target)
    finally:
        os.unlink(file.name)
    _force(target.parent)


def _force(folder: Path) -> None:
    """A new name is on disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep(partnership_id: UUID, sha256: str, size: int) -> None:
    """Say in the database that the partnership keeps these bytes. Called within an action."""
    known = sa.select(Blob.id).where(Blob.partnership_id == partnership_id, Blob.sha256 == sha256)
    if session().scalar(known) is None:
        session().add(Blob(partnership_id=partnership_id, sha256=sha256, size=size))
        session().flush()


def get(partnership_id: UUID, sha256: str) -> bytes:
    """The bytes, exactly as they were laid there."""
    content = place(partnership_id, sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(f"{partnership_id}/{sha256}")
    return content
