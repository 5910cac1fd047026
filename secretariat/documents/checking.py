"""The errand «file.check»: every file that comes in is examined by the worker before anybody else may see it.

Invariant ``ONLY_CHECKED_FILES``: what has not passed is neither shown to others nor sent.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import outbox
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.documents import actions, storage
from secretariat.documents.examining import examine
from secretariat.documents.kinds import kind_of
from secretariat.documents.models import FileState, Finding, StoredFile

LONGEST_SECONDS = 90
CODE = Path(__file__).resolve().parents[2]


@outbox.handles("file.check")
def check_file(payload: dict[str, Any]) -> None:
    """Examine one file and store what was found; a file that is gone or already judged is left alone."""
    file_id = UUID(payload["file_id"])
    query = sa.select(StoredFile.partnership_id, StoredFile.sha256, StoredFile.filename)
    waiting = StoredFile.state == FileState.RECEIVED, StoredFile.removed_at.is_(None)
    file = session().execute(query.where(StoredFile.id == file_id, *waiting)).first()
    if file is None:
        return
    session().rollback()
    finding = found_in(storage.place(file.partnership_id, file.sha256), file.filename)
    actions.judge(Actor.system(), file_id, finding=finding)


def found_in(path: Path, filename: str) -> Finding | None:
    """What the examiner says; one who neither comes back nor answers has met a broken file.

    Plain text can harm no reader, so it needs no process of its own.
    """
    kind = kind_of(filename)
    if kind is not None and kind.content == "text":
        return examine(filename, path.read_bytes())
    command = [sys.executable, "-m", "secretariat.documents.examining", str(path), filename]
    try:
        done = subprocess.run(command, cwd=CODE, capture_output=True, timeout=LONGEST_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Finding.BROKEN
    if done.returncode:
        return Finding.BROKEN
    said = done.stdout.decode().strip()
    return next((finding for finding in Finding if finding.value == said), None)
