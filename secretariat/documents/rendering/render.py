"""From a paper to its PDF in one run of the typesetter: tagged, archivable, with the originals inside."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from secretariat.core.text.language import LazySentence, _l
from secretariat.documents.rendering.appointments import AppointmentPaper
from secretariat.documents.rendering.contents import contents
from secretariat.documents.rendering.editions import as_read
from secretariat.documents.rendering.enclosures import RenderingFailed
from secretariat.documents.rendering.papers import (
    ExtractPaper,
    MinutesPaper,
    NoticePaper,
    Paper,
    SingleCasePaper,
)

HERE = Path(__file__).parent
LONGEST_SECONDS = 120
NOT_IN_THE_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
TEMPLATES = {
    NoticePaper: "notice.typ",
    SingleCasePaper: "single.typ",
    MinutesPaper: "minutes.typ",
    ExtractPaper: "extract.typ",
    AppointmentPaper: "appointment.typ",
}


def render(paper: Paper | AppointmentPaper) -> bytes:
    """The PDF of a paper. The same paper always gives the same bytes."""
    shown: Any = paper if isinstance(paper, AppointmentPaper) else as_read(paper)
    originals = {f"original-{place}": one.content for place, one in enumerate(shown.attachments)}
    main = _templates()[TEMPLATES[type(paper)]]
    data = json.dumps(contents(shown)).encode()
    return _typeset(_templates() | originals | {"main.typ": main, "paper.json": data})


def _typeset(sources: Mapping[str, bytes]) -> bytes:
    with TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        for file, content in sources.items():
            (folder / file).write_bytes(content)
        _run(folder)
        return (folder / "paper.pdf").read_bytes()


def _run(folder: Path) -> None:
    fonts = resources.files("fontpkg_inter") / "files"
    command = [sys.executable, "-P", "-X", "utf8", str(HERE / "typeset.py"), str(folder), str(fonts)]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=LONGEST_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired as expired:
        raise RenderingFailed(_l("PDF-en ble ikke ferdig i tide.")) from expired
    if done.returncode:
        raise RenderingFailed(_reason(done.stderr.strip()))


def _reason(said: str) -> LazySentence:
    missing = NOT_IN_THE_FONT.search(said)
    if missing:
        return _l("Tegnet «%(character)s» kan ikke trykkes. Ta det bort eller skriv det med ord.", character=missing[1])
    return _l("PDF-en kunne ikke lages: %(reason)s", reason=said)


@cache
def _templates() -> dict[str, bytes]:
    return {template.name: template.read_bytes() for template in (HERE / "templates").glob("*.typ")}
