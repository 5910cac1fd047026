"""The verbs of stored files. Rooms that own files add them in actions of their own, with :func:`add_files`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.language import _l
from secretariat.documents import storage
from secretariat.documents.kinds import KINDS, kind_of
from secretariat.documents.models import FileState, Finding, StoredFile
from secretariat.documents.policy import may_judge_file, may_keep_file
from secretariat.documents.uploads import arrived

BASIS_NEEDS_PARAGRAPH = _l("Vis til loven og paragrafen, for eksempel «offentleglova § 14».")


def add_files(actor: Actor, owner: Any, notes: Iterable[str], title: str = "") -> StoredFile:
    """File what has arrived under ``owner``, in order, and let the worker check it. Called within an action."""
    last = _last_position(owner)
    added = [_add(actor, owner, note, last + place, title) for place, note in enumerate(notes, start=1)]
    if not added:
        raise DomainError(_l("Velg minst én fil."), "files")
    return added[-1]


def _add(actor: Actor, owner: Any, note: str, position: int, title: str) -> StoredFile:
    new = arrived(actor, owner.partnership_id, note)
    kind = kind_of(new.filename) or KINDS[".txt"]
    storage.keep(owner.partnership_id, new.sha256, new.size)
    file = StoredFile(
        partnership_id=owner.partnership_id,
        owner_kind=owner.__tablename__,
        owner_id=owner.id,
        position=position,
        title=title or new.filename.rpartition(".")[0],
        filename=new.filename,
        mime_type=kind.mime_type,
        sha256=new.sha256,
        size=new.size,
        uploaded_by_id=actor.person_id,
    )
    session().add(file)
    outbox.put("file.check", {"file_id": str(file.id)}, key=f"file.check:{file.id}")
    return file


def _last_position(owner: Any) -> int:
    own = StoredFile.owner_kind == owner.__tablename__, StoredFile.owner_id == owner.id
    return session().scalar(sa.select(sa.func.max(StoredFile.position)).where(*own)) or 0


@dataclass(frozen=True)
class Judge:
    """What the check found; None: nothing."""

    finding: Finding | None = None


@action("documents.judge", load=StoredFile, rule=may_judge_file, input=Judge)
def judge(actor: Actor, file: StoredFile, given: Judge) -> UUID:
    """Let the file pass, or stop it; a file already judged stays as it is."""
    if file.state is FileState.RECEIVED:
        file.state = FileState.REFUSED if given.finding else FileState.CHECKED
        file.reason = given.finding
    return file.id


@dataclass(frozen=True)
class ClearFalseHit:
    """Why the number that was found is not an identity number."""

    because: Annotated[str, Words(most=500, lines=True)]


@action("documents.clear_false_hit", load=StoredFile, rule=may_keep_file, input=ClearFalseHit)
def clear_false_hit(actor: Actor, file: StoredFile, given: ClearFalseHit) -> UUID:
    """Let a file pass that was stopped for a number that only looks like an identity number."""
    if file.state is not FileState.REFUSED or file.reason is not Finding.IDENTITY_NUMBER:
        raise DomainError(_l("Bare en fil som er stoppet for et fødselsnummer, kan slippes gjennom slik."))
    file.state, file.cleared_because = FileState.CHECKED, given.because
    return file.id


@action("documents.remove", load=StoredFile, rule=may_keep_file)
def remove(actor: Actor, file: StoredFile, given: Any) -> UUID:
    """Take the file away from its owner; what has been sent with it stays as it was sent."""
    file.removed_at = clock.now()
    return file.id


@dataclass(frozen=True)
class Exempt:
    """The paragraph that exempts; empty when nothing does."""

    exempt_basis: Annotated[str, Words(most=100, required=False)] = ""


@action("documents.exempt", load=StoredFile, rule=may_keep_file, input=Exempt)
def exempt(actor: Actor, file: StoredFile, given: Exempt) -> UUID:
    """Mark the file as exempt from publicity by law, or open again."""
    file.exempt_basis = lawful_basis(given.exempt_basis)
    return file.id


def lawful_basis(written: str) -> str:
    """An exemption names its paragraph, or there is none."""
    if written and "§" not in written:
        raise DomainError(BASIS_NEEDS_PARAGRAPH, "exempt_basis")
    return written
