"""Links by token: one door for one person to one purpose.

The token is the link's id with an HMAC over it, so the link can be shown again and revoked, and the database holds
nothing that opens it. Reading a link never changes it; only a press spends it (invariant ``GET_CHANGES_NOTHING``).
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from secretariat import config
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import DomainError, NotFound
from secretariat.core.text.language import _l
from secretariat.messages.models import Link, LinkPurpose

ID_LENGTH, SEAL_LENGTH = 22, 43
TOKEN = re.compile(rf"\b([A-Za-z0-9_-]{{{ID_LENGTH}}})\.[A-Za-z0-9_-]{{{SEAL_LENGTH}}}")

Page = Callable[[Link], Any]
_pages: dict[LinkPurpose, Page] = {}


def make(
    purpose: LinkPurpose,
    person_id: UUID,
    *,
    partnership_id: UUID | None = None,
    about: Any = None,
    expires_at: datetime | None = None,
    uses: int | None = None,
) -> Link:
    """A new link, in the running action. ``uses`` None: as often as wanted."""
    link = Link(
        purpose=purpose,
        person_id=person_id,
        partnership_id=partnership_id,
        subject_kind=getattr(about, "__tablename__", ""),
        subject_id=getattr(about, "id", None),
        expires_at=expires_at,
        uses_left=uses,
    )
    session().add(link)
    return link


def token(link: Link) -> str:
    """What stands in the link's address."""
    return _token(link.id)


def _token(link_id: UUID) -> str:
    return f"{_written(link_id.bytes)}.{_written(_seal(link_id))}"


def address(link: Link) -> str:
    """The whole address of the link's page."""
    return f"{config.settings().url}/lenke/{token(link)}"


def id_in(written: str) -> UUID | None:
    """The id of a token that is spelled as it was made; None when it was not made here. Asks no database."""
    try:
        link_id = UUID(bytes=_read(written.partition(".")[0]))
    except (ValueError, NotBase64):
        return None
    return link_id if hmac.compare_digest(written.encode(), _token(link_id).encode()) else None


def find(written: str) -> Link | None:
    """The link of a genuine token, still open or not."""
    link_id = id_in(written)
    return None if link_id is None else session().get(Link, link_id)


def holder(token: str, purpose: LinkPurpose) -> UUID | None:
    """Whose link this is; None for a token that was not made here, is revoked or is for something else."""
    link = read(token)
    return link.person_id if link is not None and link.purpose is purpose else None


def read(written: str) -> Link | None:
    """The link of a genuine token if it still opens something."""
    link = find(written)
    return None if link is None or closed_because(link) is not None else link


def closed_because(link: Link) -> Any:
    """Why the link opens nothing any more, as a sentence; None while it does."""
    if link.revoked_at is not None:
        return _l("Lenken er trukket tilbake.")
    if link.uses_left is not None and link.uses_left < 1:
        return _l("Lenken er brukt.")
    if link.expires_at is not None and link.expires_at <= clock.now():
        return _l("Lenken er for gammel.")
    return None


def spend(link: Link) -> None:
    """Use the link, in an action that has locked it. Raises DomainError when it opens nothing any more."""
    reason = closed_because(link)
    if reason is not None:
        raise DomainError(reason)
    link.used_at = clock.now()
    if link.uses_left is not None:
        link.uses_left -= 1


def revoke(link: Link) -> None:
    """Close the link for good, in the running action."""
    link.revoked_at = link.revoked_at or clock.now()


def sealed_away(text: str) -> str:
    """The text with every link's seal left out: what logs hold, and what others than the receiver see of a mail."""
    return TOKEN.sub(r"\1", text)


def answers(purpose: LinkPurpose) -> Callable[[Page], Page]:
    """Name the page behind links of this purpose, beside the views of its room; it gets an open link, GET or POST."""

    def declare(page: Page) -> Page:
        _pages[purpose] = page
        return page

    return declare


def page_for(purpose: LinkPurpose) -> Page:
    """The page behind links of this purpose; some links, such as a subscription's, lead to no page."""
    if purpose not in _pages:
        raise NotFound
    return _pages[purpose]


def _seal(link_id: UUID) -> bytes:
    return hmac.digest(config.settings().secret_key.encode(), b"link " + link_id.bytes, hashlib.sha256)


def _written(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
