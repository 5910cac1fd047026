import html5lib
from hypothesis import given, settings
from markupsafe import Markup

from secretariat.core.text.document import Document
from secretariat.core.text.html import to_html
from secretariat.core.text.markdown import read_markdown
from tests.core.text.documents import documents


def test_a_text_is_shown_with_headings_below_the_pages_own() -> None:
    document = read_markdown("# Bakgrunn\n\nDet er **enighet**.\nNy linje.\n\n3. tre\n   - under\n4. fire\n\n> sitat")
    assert to_html(document, heading_offset=2) == (
        "<h3>Bakgrunn</h3>\n<p>Det er <strong>enighet</strong>.<br>Ny linje.</p>\n"
        '<ol start="3"><li>tre<ul><li>under</li></ul></li><li>fire</li></ol>\n<blockquote><p>sitat</p></blockquote>'
    )


def test_a_table_says_what_its_columns_are() -> None:
    assert to_html(read_markdown("| Kommune |\n|---|\n| Inderøy |")) == (
        '<table><thead><tr><th scope="col">Kommune</th></tr></thead><tbody><tr><td>Inderøy</td></tr></tbody></table>'
    )


def test_a_link_with_a_bold_word_is_one_link() -> None:
    assert to_html(read_markdown("[se **avtalen**](https://a.example/?a=1&b=2)")) == (
        '<p><a href="https://a.example/?a=1&amp;b=2" rel="noopener">se <strong>avtalen</strong></a></p>'
    )


def test_no_heading_is_deeper_than_six() -> None:
    assert to_html(read_markdown("### Dypt"), heading_offset=9) == "<h6>Dypt</h6>"


def test_what_a_person_writes_is_never_read_as_html() -> None:
    hostile = read_markdown("<script>alert(1)</script> {{ 7*7 }} {0}\n\n| <img src=x onerror=y> |\n|---|")
    shown = to_html(hostile)
    assert isinstance(shown, Markup)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "{{ 7*7 }} {0}" in shown


@settings(max_examples=50, deadline=None)
@given(documents)
def test_every_document_is_well_formed_and_says_its_words(document: Document) -> None:
    shown = html5lib.parse(f"<!doctype html><title>x</title><body>{to_html(document)}", namespaceHTMLElements=False)
    words = "".join(piece.text for block in document.blocks for piece in block.words())
    assert "".join("".join(shown.find("body").itertext()).split()) == "".join(words.split())
