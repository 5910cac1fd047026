"""One run of the typesetter, as a script in a process of its own.

Its caches grow by some thirty megabytes with every long paper and are given back only when the process ends, and a
paper that brings it down must not bring down the server. Knowing nothing of the rest of the house, it starts quickly.
"""

import sys
from pathlib import Path

import typst


def typeset(folder: Path, fonts: str) -> str | None:
    """Print main.typ in the folder to paper.pdf beside it. Returns what went wrong; a warning is wrong too."""
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-3a"],  # one file that a screen reader can read and that an archive can keep
        )
    except typst.TypstError as error:
        return str(error)
    (folder / "paper.pdf").write_bytes(pdf)
    return "; ".join(warning.message for warning in warnings) or None


if __name__ == "__main__":
    sys.exit(typeset(Path(sys.argv[1]), sys.argv[2]))
