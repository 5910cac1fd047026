import dataclasses
import json

import pytest
from hypothesis import given, settings

from secretariat.core.text.document import MAX_DEPTH, Document
from secretariat.core.text.markdown import read_markdown
from secretariat.core.text.plain import to_plain
from tests.core.text.documents import documents, raw_documents


def _document(*blocks: dict) -> Document:
    return Document.parse({"type": "doc", "content": list(blocks)})


def _paragraph(*pieces: dict, **attributes: object) -> dict:
    return {"type": "paragraph", "attrs": attributes, "content": list(pieces)}


def _text(words: str, *marks: str, href: str = "") -> dict:
    links = [{"type": "link", "attrs": {"href": href}}] if href else []
    return {"type": "text", "text": words, "marks": [*links, *({"type": mark} for mark in marks)]}


def _pieces(document: Document) -> list[tuple[str, str]]:
    return [(piece.text, " ".join(mark.type for mark in piece.marks)) for piece in document.blocks[0].content]


BREAK = {"type": "hardBreak"}


@settings(max_examples=100, deadline=None)
@given(raw_documents)
def test_what_is_stored_has_one_form_only(raw: dict) -> None:
    stored = Document.parse(raw).to_json()
    assert Document.parse(stored).to_json() == stored
    assert Document.load(stored).to_json() == stored
    assert Document.load(stored) == Document.parse(raw)


@settings(max_examples=50, deadline=None)
@given(documents)
def test_an_empty_document_has_no_words(document: Document) -> None:
    assert bool(document) == bool(to_plain(document).strip("-| \n.0123456789") or len(document))
    assert bool(document) == (document != Document.empty())


def test_the_stored_form_has_the_names_the_editor_uses() -> None:
    document = _document(_paragraph(_text("Se "), _text("avtalen", "bold", href="https://a.example"), id="a1"))
    assert json.loads(document.to_json()) == {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "attrs": {"id": "a1"},
                "content": [
                    {"type": "text", "text": "Se "},
                    {
                        "type": "text",
                        "text": "avtalen",
                        "marks": [{"type": "link", "attrs": {"href": "https://a.example"}}, {"type": "bold"}],
                    },
                ],
            }
        ],
    }


def test_words_with_the_same_marks_are_one_text() -> None:
    assert _pieces(_document(_paragraph(_text("Sak", "bold"), _text(" 1", "bold"), _text("")))) == [("Sak 1", "bold")]


def test_spaces_are_single_and_never_at_an_edge() -> None:
    document = _document(_paragraph(_text("  Det  er "), _text(" enighet ", "bold"), _text("om \t det ")))
    assert _pieces(document) == [("Det er ", ""), ("enighet", "bold"), (" om det", "")]


def test_a_link_with_a_bold_word_stays_one_link() -> None:
    document = _document(
        _paragraph(_text("se ", href="https://a.example"), _text("avtalen", "bold", href="https://a.example"))
    )
    assert _pieces(document) == [("se ", "link"), ("avtalen", "link bold")]


def test_a_double_line_break_is_a_new_paragraph() -> None:
    document = _document(_paragraph(BREAK, _text("en"), BREAK, _text("to"), BREAK, BREAK, _text("tre"), BREAK, id="a"))
    assert to_plain(document) == "en\nto\n\ntre"
    assert document.blocks[0].id == "a"


def test_invisible_signs_from_word_are_gone_and_letters_are_whole() -> None:
    assert to_plain(_document(_paragraph(_text("sam\u00adhand\u200bling a\u030a \x00\ud800")))) == "samhandling å"


def test_a_heading_is_one_line() -> None:
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [_text("Forslag"), BREAK, _text("til vedtak")]}
    assert to_plain(_document(heading)) == "Forslag til vedtak"


def test_every_row_of_a_table_is_as_wide_as_the_widest() -> None:
    table = read_markdown("| a |\n|---|\n| b |").blocks[0]
    raw = {"type": "tableRow", "content": [{"type": "tableCell", "content": [_paragraph(_text(x))]} for x in "cd"]}
    document = _document({"type": "table", "content": [raw, {"type": "tableRow", "content": raw["content"][:1]}]})
    assert [len(row.content) for row in document.blocks[0].content] == [2, 2]
    assert [row.content[0].type for row in table.content] == ["tableHeader", "tableCell"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ikke json", "ikke et gyldig dokument"),
        ("[]", "ikke et gyldig dokument"),
        ({"type": "paragraph"}, "ikke et gyldig dokument"),
        ({"type": "doc", "content": "tekst"}, "ikke et gyldig dokument"),
        ({"type": "doc", "content": [{"type": "image"}]}, "image"),
        ({"type": "doc", "content": [_paragraph(_text("x", "underline"))]}, "underline"),
        ({"type": "doc", "content": [_paragraph(_text("x", href="javascript:alert(1)"))]}, "En lenke må begynne"),
        ({"type": "doc", "content": [_paragraph(_text("x", href="//a.example"))]}, "En lenke må begynne"),
        ({"type": "doc", "content": [{"type": "heading", "attrs": {"level": 7}}]}, "nivå"),
        ({"type": "doc", "content": [{"type": "bulletList", "content": [_paragraph()]}]}, "paragraph"),
        ('{"type":"doc","content":' * 5000, "ikke et gyldig dokument"),
    ],
)
def test_what_is_not_a_document_is_refused_with_a_sentence(source: str | dict, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Document.parse(source)


def test_lists_deeper_than_anyone_reads_are_lifted_up() -> None:
    raw = _paragraph(_text("innerst"))
    for _level in range(50):
        raw = {"type": "bulletList", "content": [{"type": "listItem", "content": [raw]}]}
    document = _document(raw)
    assert document.to_json().count("bulletList") == MAX_DEPTH
    assert to_plain(document).endswith("innerst")


def test_an_address_cannot_break_out_of_its_quotes() -> None:
    document = _document(_paragraph(_text("x", href='HTTPS://a.example/" onclick=<b>\\')))
    assert document.blocks[0].content[0].href == "https://a.example/%22%20onclick=%3Cb%3E%5C"


def test_a_block_keeps_its_id_through_an_edit_elsewhere() -> None:
    before = read_markdown("# Sak\n\nEn setning.\n\n- punkt\n- til\n\nEn setning.")
    after = read_markdown("# Sak\n\nNytt avsnitt.\n\nEn setning.\n\n- punkt\n- til\n\nEn setning.").keeping_ids(before)
    ids = [block.id for block in after.blocks]
    assert [ids[0], *ids[2:]] == [block.id for block in before.blocks]
    assert ids[1] not in [block.id for block in before.blocks]
    assert after.blocks[3].content[1].content[0].id == before.blocks[2].content[1].content[0].id


def test_no_two_blocks_have_the_same_id() -> None:
    document = _document(
        _paragraph(_text("en"), id="a"), _paragraph(_text("to"), id="a"), _paragraph(_text("3"), id="<")
    )
    first, second, third = (block.id for block in document.blocks)
    assert first == "a"
    assert len({first, second, third, "<", ""}) == 5


def test_documents_are_equal_when_their_content_is() -> None:
    assert read_markdown("tekst") == read_markdown("tekst")
    assert hash(read_markdown("tekst")) == hash(read_markdown("tekst"))
    assert read_markdown("tekst") != read_markdown("**tekst**")


def test_a_document_never_changes() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_markdown("tekst").blocks = ()


def test_the_length_is_that_of_the_words() -> None:
    assert len(read_markdown("**Sak** 12\nny")) == len("Sak 12\nny")
