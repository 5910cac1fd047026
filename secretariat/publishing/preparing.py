"""Making a public edition ready outside any write transaction; it is looked at before anything is pressed.

The PDF is kept under the hash of the edition's content, so what is published is exactly what was previewed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from secretariat.config import settings
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.text.language import _l
from secretariat.dispatch.contents import Contents
from secretariat.dispatch.manifest import sha256_of
from secretariat.documents import storage
from secretariat.documents.rendering.enclosures import RenderingFailed
from secretariat.documents.rendering.render import render
from secretariat.meetings.models import Meeting
from secretariat.publishing.agenda_edition import agenda_edition, agenda_hindrances, contents_of, left_out_of_agenda
from secretariat.publishing.edition import Edition, to_content
from secretariat.publishing.leaving_out import LeftOut
from secretariat.publishing.minutes_edition import left_out_of_minutes, minutes_edition, minutes_hindrances, written
from secretariat.publishing.models import PublicationKind
from secretariat.publishing.paper import paper_of


@dataclass(frozen=True)
class Preview:
    """What the public would see if it were published now; no edition: there is nothing to publish yet."""

    kind: PublicationKind
    contents: Contents
    edition: Edition | None
    left_out: tuple[LeftOut, ...]
    hindrances: tuple[Any, ...]
    printed: tuple[str, int] | None = None

    @property
    def content(self) -> dict[str, Any]:
        """The edition as it would be kept."""
        return dict(to_content(self.edition))

    @property
    def sha256(self) -> str:
        """What tells this edition from any other."""
        return sha256_of({"kind": self.kind.value, **self.content}) if self.edition else ""


def look(actor: Actor, meeting: Meeting, kind: PublicationKind) -> Preview:
    """The edition as it is, printed before or not: quick enough to be done under lock."""
    contents = contents_of(actor, meeting)
    seen = _of_agenda(contents) if kind is PublicationKind.MEETING else _of_minutes(actor, contents)
    return replace(seen, printed=_printed_before(seen))


def _of_agenda(contents: Contents) -> Preview:
    hindrances = (*_closed_room(contents.meeting), *agenda_hindrances(contents))
    edition = agenda_edition(contents) if contents.meeting.called_at is not None else None
    return Preview(PublicationKind.MEETING, contents, edition, tuple(left_out_of_agenda(contents)), hindrances)


def _of_minutes(actor: Actor, contents: Contents) -> Preview:
    said = written(actor, contents)
    hindrances = (*_closed_room(contents.meeting), *minutes_hindrances(contents, said))
    if said is None:
        return Preview(PublicationKind.MINUTES, contents, None, (), hindrances)
    left_out = tuple(left_out_of_minutes(contents, said))
    return Preview(PublicationKind.MINUTES, contents, minutes_edition(contents, said), left_out, hindrances)


def _closed_room(meeting: Meeting) -> Iterable[Any]:
    if meeting.room != COMMON_ROOM:
        yield _l("Møter i en parts eget rom publiseres ikke.")


def prepare(actor: Actor, meeting: Meeting, kind: PublicationKind) -> Preview:
    """The edition with its PDF, printed now unless it was before; what cannot be printed is a hindrance."""
    seen = look(actor, meeting, kind)
    if seen.edition is None or seen.hindrances or seen.printed:
        return seen
    try:
        return replace(seen, printed=_print(seen, seen.edition))
    except RenderingFailed as failure:
        return replace(seen, hindrances=(failure.reason,))


def _print(seen: Preview, edition: Edition) -> tuple[str, int]:
    partnership_id = seen.contents.partnership.id
    wanted = sorted({file.sha256 for item in edition.items for file in item.files})
    originals = {sha256: storage.get(partnership_id, sha256) for sha256 in wanted}
    pdf = render(paper_of(seen.kind, edition, originals))
    printed = (storage.put(partnership_id, pdf), len(pdf))
    storage.write_once(_note(seen), json.dumps(printed).encode())
    return printed


def _printed_before(seen: Preview) -> tuple[str, int] | None:
    if seen.edition is None or not _note(seen).exists():
        return None
    sha256, size = json.loads(_note(seen).read_bytes())
    return sha256, size


def _note(seen: Preview) -> Path:
    """Where it is noted which PDF was printed from this edition."""
    return settings().instance / "prepared" / str(seen.contents.partnership.id) / f"public-{seen.sha256}.json"
