"""The deep check: the container, its limits, and the words inside."""

import pytest

from secretariat.documents import checking, containers
from secretariat.documents.examining import examine
from secretariat.documents.models import Finding
from tests.documents import samples

NUMBER = samples.NUMBER


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"fnr. {NUMBER}".encode()),
        ("a.md", f"fnr. {NUMBER}".encode("utf-16")),
        ("a.csv", f"Navn;Nr\nNN;{NUMBER}".encode("cp1252")),
        ("a.pdf", samples.pdf(f"fnr. {NUMBER}")),
        ("a.docx", samples.docx(NUMBER)),
        ("a.docx", samples.docx(NUMBER[:6], NUMBER[6:])),
        (
            "a.docx",
            samples.docx(**{"word/footnotes.xml": f"<p>{NUMBER[:3]}<r>{NUMBER[3:6]}</r>{NUMBER[6:]}</p>"}),
        ),
        ("a.xlsx", samples.xlsx(NUMBER)),
        ("a.xlsx", samples.xlsx(NUMBER.lstrip("0"))),
        ("a.xlsx", samples.xlsx("1.819010001E9")),
        ("a.odt", samples.odt(f"fnr. {NUMBER}")),
    ],
)
def test_an_identity_number_is_found_wherever_it_stands(name: str, content: bytes) -> None:
    assert examine(name, content) is Finding.IDENTITY_NUMBER


def test_words_without_a_number_pass() -> None:
    clean = {
        "a.pdf": samples.pdf(),
        "a.docx": samples.docx("Sak 12/2026"),
        "a.xlsx": samples.xlsx("2026"),
        "a.png": samples.PNG,
    }
    assert {name: examine(name, content) for name, content in clean.items()} == dict.fromkeys(clean)


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("a.docx", samples.container({"noe.txt": "tekst"}), Finding.CONTENT),
        ("a.docx", samples.xlsx("1"), Finding.CONTENT),
        ("a.odt", samples.docx("tekst"), Finding.CONTENT),
        ("a.docx", samples.docx("tekst", word__vbaProject="x"), Finding.MACROS),
        (
            "a.docx",
            samples.docx("tekst", **{"[Content_Types].xml": "<T>application/x.macroEnabled+xml</T>"}),
            Finding.MACROS,
        ),
        ("a.docx", samples.docx("tekst")[:-40], Finding.BROKEN),
        (
            "a.docx",
            samples.container({"[Content_Types].xml": samples.TYPES, "word/document.xml": "<a>"}),
            Finding.BROKEN,
        ),
        ("a.pdf", b"%PDF-1.7 og ikke mer", Finding.BROKEN),
        ("a.pdf", samples.locked_pdf(), Finding.ENCRYPTED),
    ],
)
def test_a_file_is_stopped_for_what_it_holds(name: str, content: bytes, finding: Finding) -> None:
    assert examine(name, content) is finding


def test_an_odt_with_a_password_is_told_so() -> None:
    sealed = samples.container(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "sealed",
            "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
        }
    )
    assert examine("a.odt", sealed) is Finding.ENCRYPTED


def test_a_container_that_swells_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_UNPACKED_XML", 1_000_000)
    bomb = samples.docx("0" * 2_000_000)
    assert len(bomb) < 10_000
    assert examine("a.docx", bomb) is Finding.SWOLLEN


def test_entities_that_multiply_are_not_unfolded() -> None:
    laughs = (
        "<!DOCTYPE x [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 50}'>" for a, b in zip("abcdef", "bcdefg", strict=True))
        + f"]><x xmlns:w='{samples.WORD}'>&g;</x>"
    )
    parts = {"[Content_Types].xml": samples.TYPES, "word/document.xml": laughs}
    assert examine("a.docx", samples.container(parts)) in (None, Finding.BROKEN)


def test_the_check_runs_in_a_process_of_its_own_and_says_what_it_found(tmp_path) -> None:
    path = tmp_path / "fil"
    path.write_bytes(samples.docx(NUMBER))
    assert checking.found_in(path, "a.docx") is Finding.IDENTITY_NUMBER
    path.write_bytes(samples.docx("Saksframlegg"))
    assert checking.found_in(path, "a.docx") is None


def test_a_file_that_kills_its_reader_is_a_broken_file(tmp_path) -> None:
    assert checking.found_in(tmp_path / "finnes ikke", "a.docx") is Finding.BROKEN
