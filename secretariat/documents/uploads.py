"""What has just arrived: bytes laid on disk, and a signed note of them to hand to the action that files them.

The bytes must come before the action (nothing slow happens inside one), and the note makes sure that only the one who
sent them can file them: knowing the hash of a paper in another room opens nothing. The note is written in letters only,
so that the guard against identity numbers never stops it.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from uuid import UUID

from secretariat.config import settings
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.documents import storage
from secretariat.documents.kinds import clean_name, first_look

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_DIGITS = str.maketrans("abcdefghijklmnop", "0123456789abcdef")


@dataclass(frozen=True)
class Arrived:
    """A file that lies on disk and is nobody's yet."""

    filename: str
    sha256: str
    size: int


def receive(actor: Actor, partnership_id: UUID, filename: str, content: bytes) -> str:
    """Lay the bytes on disk and give the note.

    Raises DomainError when it is plain to see that the file cannot come in.
    """
    name = clean_name(filename)
    stopped = first_look(name, content)
    if stopped is not None:
        raise DomainError(_l("«%(name)s»: %(reason)s", name=name, reason=stopped.word), "files")
    arrived = Arrived(name, storage.put(partnership_id, content), len(content))
    written = json.dumps(asdict(arrived)).encode()
    return (_seal(actor, partnership_id, written) + written).hex().translate(_LETTERS)


def arrived(actor: Actor, partnership_id: UUID, note: str) -> Arrived:
    """What the note says, if it was given to this actor for this partnership."""
    try:
        raw = bytes.fromhex(note.translate(_DIGITS))
    except ValueError:
        raw = b""
    seal, written = raw[:32], raw[32:]
    if not hmac.compare_digest(seal, _seal(actor, partnership_id, written)):
        raise DomainError(_l("Filen må lastes opp på nytt."), "files")
    return Arrived(**json.loads(written))


def _seal(actor: Actor, partnership_id: UUID, written: bytes) -> bytes:
    for_whom = f"upload|{partnership_id}|{actor.person_id}|".encode()
    return hmac.digest(settings().secret_key.encode(), for_whom + written, hashlib.sha256)
