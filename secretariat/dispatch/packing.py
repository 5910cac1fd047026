"""The meeting's papers in one ZIP: what was sent, in the edition of this reader, byte for byte."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.dispatch.names import unlike
from secretariat.documents import storage

IN_MEMORY = 8 * 1024 * 1024
AT_A_TIME = 64 * 1024


def packed(partnership_id: UUID, files: Sequence[tuple[str, str]], moment: datetime) -> Iterator[bytes]:
    """The archive of these files (name, SHA-256), piece by piece. PDFs are small already, so nothing is pressed."""
    stamp = moment.astimezone(ZoneInfo("Europe/Oslo")).timetuple()[:6]
    names = unlike(name for name, _sha256 in files)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as archive:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as opened:
            for name, (_given, sha256) in zip(names, files, strict=True):
                opened.writestr(zipfile.ZipInfo(name, stamp), storage.get(partnership_id, sha256))
        archive.seek(0)
        yield from iter(lambda: archive.read(AT_A_TIME), b"")
