"""The deep check of one file, run in a process of its own: a file made to harm a reader harms nobody else.

Reads the file named on the command line, and says on standard output what it found: a Finding, or nothing.
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from secretariat.core.text.identity import find_identity_numbers
from secretariat.documents.containers import Stopped, words_of_container
from secretariat.documents.kinds import Kind, decoded, first_look, kind_of
from secretariat.documents.models import Finding

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60


def examine(filename: str, content: bytes) -> Finding | None:
    """Everything that may stop a file: its kind, its container, what stands in it."""
    stopped = first_look(filename, content)
    kind = kind_of(filename)
    if stopped is not None or kind is None:
        return stopped or Finding.KIND
    try:
        held = any(find_identity_numbers(words) for words in _words(kind, content))
    except Stopped as found:
        return found.finding
    return Finding.IDENTITY_NUMBER if held else None


def _words(kind: Kind, content: bytes) -> Iterator[str]:
    match kind.content:
        case "pdf":
            return _words_of_pdf(content)
        case "container":
            return words_of_container(content, kind)
        case "text":
            return iter([decoded(content)])
        case _:
            return iter(())


def _words_of_pdf(content: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Stopped(Finding.ENCRYPTED if "password" in str(error).lower() else Finding.BROKEN) from error
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield text.get_text_bounded().replace("\ufffe", "")
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Stopped(Finding.BROKEN) from error
    finally:
        document.close()


def main(path: str, filename: str) -> None:
    """Examine within limits of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    finding = examine(filename, Path(path).read_bytes())
    sys.stdout.write(finding or "")


if __name__ == "__main__":
    main(*sys.argv[1:])
