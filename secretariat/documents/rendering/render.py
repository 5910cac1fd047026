"""From a paper to its PDF in one run of the typesetter: tagged, archivable, with the originals inside."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from secretariat.core.text.language import LazySentence, _l
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

# One file that a screen reader can read (UA-1), that keeps for ever and may carry originals (A-3a).
STANDARDS = ["ua-1", "a-3a"]
NOT_IN_THE_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
TEMPLATES = {
    NoticePaper: "notice.typ",
    SingleCasePaper: "single.typ",
    MinutesPaper: "minutes.typ",
    ExtractPaper: "extract.typ",
}


def render(paper: Paper) -> bytes:
    """The PDF of a paper. The same paper always gives the same bytes."""
    shown = as_read(paper)
    originals = {f"original/{place}": one.content for place, one in enumerate(shown.attachments)}
    data = json.dumps(contents(shown)).encode()
    main = _templates()[TEMPLATES[type(paper)]]
    return _typeset(_templates() | originals | {"main": main, "paper.json": data})


def _typeset(sources: Mapping[str, bytes]) -> bytes:
    import typst

    compile_files: Any = typst.compile_with_warnings  # takes a dictionary of files, which its stubs forget
    try:
        pdf, warnings = compile_files(
            dict(sources), pdf_standards=STANDARDS, font_paths=[_fonts()], ignore_system_fonts=True
        )
    except typst.TypstError as error:
        raise RenderingFailed(_reason(str(error))) from error
    if warnings:
        raise RenderingFailed(_reason("; ".join(warning.message for warning in warnings)))
    return bytes(pdf)


def _reason(said: str) -> LazySentence:
    missing = NOT_IN_THE_FONT.search(said)
    if missing:
        return _l("Tegnet «%(character)s» kan ikke trykkes. Ta det bort eller skriv det med ord.", character=missing[1])
    return _l("PDF-en kunne ikke lages: %(reason)s", reason=said)


@cache
def _templates() -> dict[str, bytes]:
    folder = resources.files("secretariat.documents.rendering") / "templates"
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".typ")}


def _fonts() -> str:
    return str(resources.files("fontpkg_inter") / "files")
