"""Names of files as they leave the house: short, readable on every disk, and no two alike in one parcel."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

LONGEST = 90
# What Windows, macOS or a ZIP reader stumbles over, and what no one can see.
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def safe(name: str) -> str:
    """The name without what a disk refuses; letters of every language stay, and so does the ending."""
    words = " ".join(UNSAFE.sub("-", unicodedata.normalize("NFC", name)).split())
    path = PurePosixPath(words.strip(". ") or "fil")
    ending = path.suffix if len(path.suffix) <= len(".markdown") else ""
    stem = path.name.removesuffix(ending)[: LONGEST - len(ending)].rstrip(". ") or "fil"
    return f"_{stem}{ending}" if RESERVED.fullmatch(stem) else f"{stem}{ending}"


def unlike(names: Iterable[str]) -> list[str]:
    """Every name made safe, and told apart where two would be one file on a disk that minds no capitals."""
    given: list[str] = []
    taken: set[str] = set()
    for name in map(safe, names):
        path, count, own = PurePosixPath(name), 1, name
        while own.casefold() in taken:
            count += 1
            own = f"{path.stem} ({count}){path.suffix}"
        taken.add(own.casefold())
        given.append(own)
    return given
