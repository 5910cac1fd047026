import re

import pypdfium2
import pytest
import typst
from hypothesis import given, settings

from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.core.text.typst import to_typst, typst_string
from tests.core.text.documents import documents

ATTEMPTS = [
    "# $x$ *a* \\ <b> #sys.inputs @ref",
    '"); #panic("x") //',
    '\\" #read("/etc/passwd")',
    "#let a = 1; #a",
    "]#strong[x",
    "/* bort */ // bort",
    "= Overskrift - punkt + tall",
    "#{1+1} #(2) .len() [x] ~ --- ... 'x'",
    "\\u{41} \\n \\\\ ${7*7} {{7*7}} %(x)s",
    "```raw #x``` `y`",
    "Čáhcesuolu čđŋšŧž ČĐŊŠŦŽ",
    "https://a.example/x",
]


def _document(text: str, *marks: str) -> Document:
    pieces = [{"type": "text", "text": text, "marks": [{"type": mark} for mark in marks]}]
    return Document.parse({"type": "doc", "content": [{"type": "paragraph", "content": pieces}]})


def _printed(markup: str) -> str:
    pdf = pypdfium2.PdfDocument(typst.compile(markup.encode()))
    return "".join(page.get_textpage().get_text_range() for page in pdf)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_nothing_a_person_writes_is_read_as_code() -> None:
    markup = "#set page(width: 40cm)\n" + "\n\n".join(to_typst(_document(attempt)) for attempt in ATTEMPTS)
    printed = _letters(_printed(markup))
    for attempt in ATTEMPTS:
        assert _letters(attempt) in printed


@pytest.mark.parametrize(("mark", "function"), [("bold", "strong"), ("italic", "emph")])
def test_marked_words_are_words_too(mark: str, function: str) -> None:
    assert to_typst(_document('a"]#x', mark)) == f"#{function}" + r'[#"a\"]#x"]'


def test_a_paper_has_its_headings_lists_tables_and_quotes() -> None:
    text = "# Bakgrunn\n\nen\nto\n\n3. tre\n   - under\n\n| Kommune | Andel |\n|---|---|\n| Inderøy | 12 |\n\n> [x](https://a.example)"
    markup = to_typst(read_markdown(text), heading_offset=1)
    assert '#heading(level: 2)[#"Bakgrunn"]' in markup
    assert '#link("https://a.example")[#"x"]' in markup
    printed = _printed(markup)
    for words in ("Bakgrunn", "3. tre", "• under", "Kommune Andel", "Inderøy 12"):
        assert words in printed


def test_a_title_with_quotes_prints_as_it_stands() -> None:
    title = 'Sak "12" \\ #c'
    assert _printed("#" + typst_string(title)).strip() == title


@settings(max_examples=10, deadline=None)
@given(documents)
def test_every_document_can_be_printed(document: Document) -> None:
    assert typst.compile(to_typst(document, heading_offset=1).encode()).startswith(b"%PDF")
