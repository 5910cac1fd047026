import pytest
from hypothesis import example, given, settings

from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown, write_markdown
from secretariat.core.text.plain import to_plain
from tests.core.text.documents import AWKWARD, documents, texts


def _kinds(document: Document) -> list[str]:
    return [block.type for block in document.blocks]


def _paragraph(text: str) -> Document:
    content = [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]
    return Document.parse({"type": "doc", "content": content})


@settings(max_examples=200, deadline=None)
@given(documents)
def test_every_document_survives_the_plain_text_field(document: Document) -> None:
    assert read_markdown(write_markdown(document)) == document


@pytest.mark.parametrize("text", AWKWARD)
def test_what_looks_like_markup_stays_the_words_they_are(text: str) -> None:
    document = _paragraph(text)
    assert read_markdown(write_markdown(document)) == document


@settings(max_examples=100, deadline=None)
@given(texts)
@example("http://\x1b")
@example("http://.")
def test_whatever_a_person_types_is_a_document(text: str) -> None:
    document = read_markdown(text)
    assert read_markdown(write_markdown(document)) == document


@pytest.mark.parametrize(
    "text", ["1. mai er fridag", "17. Mai", "- 1. juni: frist", "1. 12. mai er frist", "#helsefellesskap", "0 1", "2*3"]
)
def test_a_date_and_a_hashtag_are_words(text: str) -> None:
    assert to_plain(read_markdown(text)) == text


def test_a_line_stays_a_line() -> None:
    assert (
        to_plain(read_markdown("Til stede:\nKari Nordmann\nOla Nordmann")) == "Til stede:\nKari Nordmann\nOla Nordmann"
    )


def test_bullets_pasted_from_word_are_a_list() -> None:
    document = read_markdown("Det vises til:\n•\tavtalen\n•\treferatet\no\tpunkt 3\nSaken legges fram.")
    assert _kinds(document) == ["paragraph", "bulletList", "paragraph"]
    assert to_plain(document) == "Det vises til:\n\n- avtalen\n- referatet\n- punkt 3\n\nSaken legges fram."


def test_a_numbered_proposal_is_a_numbered_list() -> None:
    document = read_markdown("Forslag til vedtak:\n1. Utvalget tar saken til orientering.\n2. Saken sendes kommunene.")
    assert _kinds(document) == ["paragraph", "orderedList"]
    assert len(document.blocks[1].content) == 2


def test_nothing_typed_is_swallowed_as_code_html_or_definitions() -> None:
    text = "[1]: https://a.example/x\n\n    innrykk\n\n`kode` <b>fet</b>\n\n```\nkode\n```"
    for word in ("[1]", "https://a.example/x", "innrykk", "`kode`", "<b>fet</b>", "```"):
        assert word in to_plain(read_markdown(text))


def test_a_pasted_address_is_a_link_without_the_full_stop() -> None:
    pieces = read_markdown("Se (https://hnt.example/a_(b)). Eller http://b.example, takk.").blocks[0].content
    assert [piece.href for piece in pieces if piece.href] == ["https://hnt.example/a_(b)", "http://b.example"]


def test_a_link_to_a_script_is_only_words() -> None:
    document = read_markdown("[klikk](javascript:alert(1)) [her](/saker)")
    assert not any(piece.href for piece in document.blocks[0].content)
    assert "javascript" in to_plain(document)


def test_a_table_is_typed_with_bars() -> None:
    table = read_markdown("| Kommune | Andel |\n|---|---:|\n| Steinkjer | 3<br>4 |").blocks[0]
    assert [row.content[0].type for row in table.content] == ["tableHeader", "tableCell"]
    assert [piece.type for piece in table.content[1].content[1].content[0].content] == ["text", "hardBreak", "text"]


def test_what_the_secretary_sees_in_the_text_field_is_plain() -> None:
    paragraph = "Det er **enighet** om _dette_ – se [avtalen](https://a.example/b)."
    typed = f"## Bakgrunn\n\n{paragraph}\n\n- en\n  - to\n- tre\n\n1. a\n2. b"
    assert write_markdown(read_markdown(typed)) == typed


def test_text_nested_beyond_reason_is_kept_as_words() -> None:
    assert to_plain(read_markdown(">" * 300 + " ord")).endswith("ord")
    assert to_plain(read_markdown("> " * 30 + "ord")) == "ord"


def test_a_case_paper_pasted_from_the_archive_has_its_paragraphs_and_lists() -> None:
    pasted = """Saksbehandler : Kari Nordmann

Rådets innstilling:
Kommunen bidrar til stillingen. Vedlagte avtale (vedlegg 1) er signert.
\u00a0
Vedlegg:

 1. Vedlegg: 1 Avtale
 2. Vedlegg: 2 Budsjett
  - lenkene finnes på https://hnt.example/helsefaglig#føringer
 3. Vedlegg: 3 Kommunene

Vurdering:
 • Foretaket har ansatt en sjef.
 • Kommunene har ingen.

1.desember 2020 er fristen."""
    assert _kinds(read_markdown(pasted)) == [
        "paragraph",
        "paragraph",
        "paragraph",
        "orderedList",
        "bulletList",
        "orderedList",
        "paragraph",
        "bulletList",
        "paragraph",
    ]
