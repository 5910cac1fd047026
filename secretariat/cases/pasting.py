"""A saksframlegg written elsewhere, pasted as plain text or Markdown, taken apart into the parts of our paper.

Nothing that was pasted is lost: what belongs to no part is given back, so that the writer sees it and may place it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from secretariat.cases.models import SECTIONS
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown

ATTACHMENTS, REST = "attachments", "rest"

_FEW_WORDS = r"(?:\w+\W+){0,3}"
_NAMES = {
    "proposal": (
        rf"{_FEW_WORDS}innstilling(?:en)?|{_FEW_WORDS}(?:forslag|framlegg) til (?:vedtak|konklusjon|uttalelse)"
        r"|forslag|tilråding|tilrådning|anbefaling"
    ),
    "background": (
        r"bakgrunn(?:en)?(?: for sak(?:en|a))?|innledning|innleiing"
        r"|(?:hva|kva) sak(?:en|a) gjeld(?:er)?|sak(?:en|a) gjeld(?:er)?"
    ),
    "facts": (
        r"fakta|saksopplysning(?:er|ar|ene|ane)|saksut(?:redning|greiing)(?:en|a)?|saksfr[ae]mstilling(?:en)?"
        r"|faktiske forhold"
    ),
    "assessment": rf"{_FEW_WORDS}vurdering(?:en|er|ar|a)?|drøfting|konklusjon",
    "user_involvement": r"bruk[ea]rmedv(?:irkning|erknad)|bruk[ea]rinvolvering",
    "consequences": rf"{_FEW_WORDS}konsekvens(?:er|ar)",
    ATTACHMENTS: r"(?:utsendte |prenta |trykte )?vedlegg(?:sliste)?|liste over vedlegg",
    REST: (
        r"andre saksdokumenter.*|(?:ikke utsendte|uprenta|utrykte) vedlegg|vedlegg og andre .*"
        r"|saksgang|tidligere behandling|tidlegare handsaming"
    ),
}
_HEADINGS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}
_LONGEST_HEADING = 70
_LONGEST_PLAIN_LIST = 20
_LONGEST_SUBHEADING = 40
_LEAST_PARAGRAPH = 80
_SUBHEADING = re.compile(r"[A-ZÆØÅ]\w.*[^\s.,:;!?]")
_MARKS = "#*_ \t"
_WITH_TEXT = re.compile(r"(?P<words>[^:.]{3,60}?)\s?:\s(?P<text>.*\S)")
_REFERENCE = re.compile(
    r"\b(?:arkiv(?:ref|sak|saks?id|saksnr)\w{0,10}|dokumentnr|saksmappe|vår ref)[.\s]{0,3}:?\s{0,5}"
    r"(\d{2,4}/\d{1,6}(?:-\d+)?)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?P<sign>[-*•]\s|\d+[.)]\s)?\s*(?P<word>vedlegg\s?:?\s*(?:\d+\s?[.:)]?\s)?)?(?P<title>\S.*)", re.IGNORECASE
)


@dataclass(frozen=True)
class Pasted:
    """What was found: the parts of the paper, the attachments it names, its archive reference, and the rest."""

    sections: dict[str, Document]
    attachments: tuple[str, ...] = ()
    archive_reference: str = ""
    rest: str = ""


@dataclass
class _Part:
    name: str
    lines: list[str] = field(default_factory=list)


def take_apart(text: str) -> Pasted:
    """Find the parts of a pasted saksframlegg by their headings."""
    parts = list(_parts(text.splitlines()))
    texts = {
        name: _joined(part.lines for part in parts if part.name == name) for name in (*SECTIONS, ATTACHMENTS, REST)
    }
    titles, others = _titles(texts[ATTACHMENTS].splitlines())
    reference = _REFERENCE.search(text)
    return Pasted(
        sections={name: read_markdown(_with_subheadings(texts[name])) for name in SECTIONS if texts[name]},
        attachments=tuple(titles),
        archive_reference=reference[1] if reference else "",
        rest=_joined([[texts[REST]], others]),
    )


def _with_subheadings(text: str) -> str:
    """A short line alone after a blank one, with a whole paragraph right under it, is that paragraph's heading."""
    lines = ["", *text.splitlines(), ""]
    return "\n".join(
        f"### {line}\n" if not before.strip() and _is_subheading(line.strip(), after.strip()) else line
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
    )


def _is_subheading(line: str, after: str) -> bool:
    fits = len(line) <= _LONGEST_SUBHEADING and len(after) >= _LEAST_PARAGRAPH
    return fits and _SUBHEADING.fullmatch(line) is not None


def _parts(lines: Iterable[str]) -> Iterator[_Part]:
    """The stretches of text, each under the last heading that we know; before the first, the rest."""
    part = _Part(REST)
    seen: set[str] = {REST}
    for line in lines:
        found, words, text = _heading(line.strip())
        if found is None:
            part.lines.append(line)
            continue
        yield part
        again = words if found == REST else f"## {words}"
        part = _Part(found, [again, ""] if found in seen else [])
        part.lines += [text] if text else []
        seen.add(found)
    yield part


def _heading(line: str) -> tuple[str | None, str, str]:
    """Which part begins on this line, the words of its heading, and the text that follows on the same line."""
    words = line.strip(_MARKS).rstrip(":").strip(_MARKS)
    if len(words) <= _LONGEST_HEADING and (found := _named(words)):
        return found, words, ""
    with_text = _WITH_TEXT.fullmatch(line)
    if with_text is not None:
        words = with_text["words"].strip(_MARKS)
        return _named(words), words, with_text["text"]
    return None, "", ""


def _named(words: str) -> str | None:
    return next((name for name, pattern in _HEADINGS.items() if pattern.fullmatch(words.strip(" ."))), None)


def _joined(stretches: Iterable[list[str]]) -> str:
    return "\n\n".join(text for lines in stretches if (text := "\n".join(lines).strip()))


def _titles(lines: list[str]) -> tuple[list[str], list[str]]:
    """The attachments' titles, and the lines that are not such; in a short list without signs every line is one."""
    found = [(line, _LISTED.fullmatch(line.strip())) for line in lines if line.strip()]
    signed = any(match and (match["sign"] or match["word"]) for _, match in found)
    is_list = signed or len(found) <= _LONGEST_PLAIN_LIST
    titles, others = [], []
    for line, match in found:
        if match and (match["sign"] or match["word"] if signed else is_list):
            titles.append(match["title"])
        else:
            others.append(line)
    return titles, others
