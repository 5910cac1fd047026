"""Office files (OOXML, OpenDocument) looked into without trust: a container of XML parts, read within limits."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from secretariat.documents.kinds import Kind
from secretariat.documents.models import Finding

MOST_PARTS = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_UNPACKED_XML = 200 * 1024 * 1024
MOST_DIGITS = 11

_MACRO_SIGNS = ("vbaproject", "vbadata", "macrosheets/", "basic/", "scripts/")
_ENDS_BLOCK = {"p", "h", "br", "si", "row", "comment", "table-row", "v", "c", "table-cell", "tab"}


class Stopped(Exception):
    """The file cannot be taken in, for the reason in ``finding``."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def words_of_container(content: bytes, kind: Kind) -> Iterator[str]:
    """Every text in the container, part by part: body, notes, comments, headers, cells.

    Raises Stopped for what must not come in.
    """
    try:
        with ZipFile(BytesIO(content)) as container:
            _check(container, kind)
            for part in container.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    yield _words(container.read(part))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise Stopped(Finding.BROKEN) from broken


def _check(container: ZipFile, kind: Kind) -> None:
    parts = container.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Stopped(Finding.SWOLLEN)
    if sum(part.file_size for part in parts if part.filename.endswith(".xml")) > MOST_UNPACKED_XML:
        raise Stopped(Finding.SWOLLEN)
    if any(sign in name.lower() for name in names for sign in _MACRO_SIGNS):
        raise Stopped(Finding.MACROS)
    if any(part.flag_bits & 1 for part in parts) or _has_sealed_parts(container, names):
        raise Stopped(Finding.ENCRYPTED)
    if kind.part not in names or not _says_its_kind(container, kind, names):
        raise Stopped(Finding.CONTENT)


def _has_sealed_parts(container: ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in container.read(manifest)


def _says_its_kind(container: ZipFile, kind: Kind, names: set[str]) -> bool:
    """An OpenDocument names its type in a part of its own, an Office file lists the types of its parts."""
    if "opendocument" in kind.mime_type:
        return "mimetype" in names and container.read("mimetype").decode(errors="replace").strip() == kind.mime_type
    types = "[Content_Types].xml"
    if types not in names:
        return False
    listed = container.read(types)
    if b"macroEnabled" in listed:
        raise Stopped(Finding.MACROS)
    return True


def _words(part: bytes) -> str:
    """The text of one XML part, in reading order."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(target=_Reader(), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return str(etree.fromstring(part, parser))
    except etree.XMLSyntaxError as broken:
        raise Stopped(Finding.BROKEN) from broken


class _Reader:
    """Gathers words as the parser meets them; runs of a paragraph are one text, as they are to the reader."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.cell_begins = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A cell of OpenDocument keeps its value in an attribute."""
        self.cell_begins = len(self.found)
        self.found += [f"{value}\n" for name, value in attributes.items() if name.endswith("value")]

    def data(self, words: str) -> None:
        """Some words, as they are written."""
        self.found.append(words)

    def end(self, tag: str) -> None:
        """The end of a paragraph or a cell."""
        name = tag.rpartition("}")[2]
        if name == "v":
            self.found[self.cell_begins :] = [_as_written("".join(self.found[self.cell_begins :]))]
        if name in _ENDS_BLOCK:
            self.found.append("\n")

    def close(self) -> str:
        """All of it."""
        return "".join(self.found)


def _as_written(cell: str) -> str:
    """A number in a cell has lost its leading zero, and may be written with an exponent."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    if number.is_integer() and 10 ** (MOST_DIGITS - 2) <= number < 10**MOST_DIGITS:
        return str(int(number)).zfill(MOST_DIGITS)
    return cell
