"""Making a parcel ready outside any write transaction: the slow work (reading, printing) is done before the press.

The PDFs are kept under the hash of the manifest, so a second look costs nothing; a paper that cannot be printed is a
hindrance with its reason.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from secretariat.config import settings
from secretariat.core.actor import Actor
from secretariat.core.text.language import _, use_language
from secretariat.dispatch.contents import Contents, Matter, read
from secretariat.dispatch.hindrances import what_hinders
from secretariat.dispatch.manifest import sha256_of
from secretariat.dispatch.models import DispatchKind, Edition
from secretariat.dispatch.names import unlike
from secretariat.dispatch.notice_manifest import manifest_of, sent_now
from secretariat.dispatch.notice_paper import checked_files, paper_of
from secretariat.dispatch.parcels import ParcelFile
from secretariat.documents import storage
from secretariat.documents.rendering.enclosures import RenderingFailed
from secretariat.documents.rendering.headings import case_name
from secretariat.documents.rendering.render import render
from secretariat.meetings.models import Meeting

Printed = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Ready:
    """A parcel as it would be sent now. ``printed`` gives each edition's SHA-256 and size; empty: not printed."""

    contents: Contents
    matters: tuple[Matter, ...]
    manifest: Mapping[str, Any]
    sha256: str
    hindrances: tuple[Any, ...]
    printed: Printed


def look(actor: Actor, meeting: Meeting, kind: DispatchKind) -> Ready:
    """The parcel as it is, printed before or not: quick enough to be done under lock."""
    contents = read(actor, meeting, kind)
    matters = sent_now(contents)
    manifest = manifest_of(contents, matters)
    sha256 = sha256_of(manifest)
    hindrances = tuple(what_hinders(contents, matters))
    return Ready(contents, matters, manifest, sha256, hindrances, _printed_before(contents, sha256))


def prepare(actor: Actor, meeting: Meeting, kind: DispatchKind) -> Ready:
    """The parcel with its PDFs in both editions, printed now unless they were before."""
    ready = look(actor, meeting, kind)
    if ready.printed or not ready.matters:
        return ready
    try:
        return replace(ready, printed=_print(ready))
    except RenderingFailed as failure:
        return replace(ready, hindrances=(*ready.hindrances, failure.reason))


def _print(ready: Ready) -> Printed:
    partnership_id = ready.contents.partnership.id
    files = {file.sha256 for matter in ready.matters for file in checked_files(matter)}
    originals = {sha256: storage.get(partnership_id, sha256) for sha256 in sorted(files)}
    printed = {}
    for edition in Edition:
        pdf = render(paper_of(ready.contents, ready.matters, edition, originals))
        printed[edition.value] = (storage.put(partnership_id, pdf), len(pdf))
    storage.write_once(_note(ready.contents, ready.sha256), json.dumps(printed).encode())
    return printed


def _printed_before(contents: Contents, sha256: str) -> Printed:
    note = _note(contents, sha256)
    if not note.exists():
        return {}
    return {edition: (name, size) for edition, (name, size) in json.loads(note.read_bytes()).items()}


def _note(contents: Contents, sha256: str) -> Path:
    """Where it is noted which PDFs were printed from this manifest."""
    return settings().instance / "prepared" / str(contents.partnership.id) / f"{sha256}.json"


def files_of_parcel(ready: Ready) -> list[ParcelFile]:
    """Every file of the parcel: the paper in both editions, and the originals by the number of their case."""
    with use_language(ready.contents.meeting.language):
        internal = [_paper(ready, Edition.INTERNAL), *_originals(ready.matters)]
        public = [_paper(ready, Edition.PUBLIC, _("offentlig"))]
    return [*_told_apart(internal), *_told_apart(public)]


def _paper(ready: Ready, edition: Edition, word: str = "") -> ParcelFile:
    sha256, size = ready.printed[edition.value]
    return ParcelFile(edition, _paper_name(ready.contents, word), sha256, size)


def _originals(matters: Iterable[Matter]) -> Iterable[ParcelFile]:
    for matter in matters:
        for place, file in enumerate(checked_files(matter), 1):
            case = case_name(matter.written) or matter.item.title[:40]
            name = f"{case} {_numbered(file.filename, place)}"
            yield ParcelFile(Edition.INTERNAL, name, file.sha256, file.size, file.mime_type)


def _numbered(filename: str, place: int) -> str:
    """«vedlegg 2 Budsjett.xlsx»; a file whose name says «Vedlegg 4» has its number."""
    word = _("vedlegg")
    return filename if re.match(rf"{word}\W*\d", filename, re.IGNORECASE) else f"{word} {place} {filename}"


def _told_apart(files: list[ParcelFile]) -> list[ParcelFile]:
    names = unlike(file.filename for file in files)
    return [replace(file, filename=name) for file, name in zip(files, names, strict=True)]


def _paper_name(contents: Contents, word: str = "") -> str:
    kind = _("Tilleggssakliste %(number)s", number=contents.number) if contents.is_supplement else _("Innkalling")
    parts = (kind, contents.body.short_name, contents.meeting.day.isoformat(), word)
    return " ".join(filter(None, parts)) + ".pdf"
