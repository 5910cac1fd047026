"""What is seen of a file while the sender waits: its name, its ending, how its content begins."""

import pytest
from hypothesis import given, strategies as st

from secretariat.documents.kinds import KINDS, LARGEST, LONGEST_NAME, clean_name, first_look, kind_of
from secretariat.documents.models import Finding
from tests.documents import samples

GOOD = {
    "a.pdf": samples.pdf(),
    "a.docx": samples.docx("Saksframlegg"),
    "a.xlsx": samples.xlsx("12"),
    "a.odt": samples.odt("Saksframlegg"),
    "a.png": samples.PNG,
    "a.jpg": b"\xff\xd8\xff\xe0" + bytes(20),
    "a.txt": "Bodø, Røros og Guovdageaidnu".encode(),
    "a.csv": "BMI;Antall\n30;4".encode("cp1252"),
    "a.md": "# Bakgrunn".encode("utf-16"),
}


@pytest.mark.parametrize("name", GOOD)
def test_every_allowed_kind_is_taken_in(name: str) -> None:
    assert first_look(name, GOOD[name]) is None


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("a.exe", b"MZ\x90\x00", Finding.KIND),
        ("a.docm", GOOD["a.docx"], Finding.KIND),
        ("a.svg", b"<svg onload='alert(1)'/>", Finding.KIND),
        ("a.html", b"<script>alert(1)</script>", Finding.KIND),
        ("a", b"tekst", Finding.KIND),
        ("a.txt", b"", Finding.EMPTY),
        ("a.txt", bytes(LARGEST + 1), Finding.TOO_LARGE),
        ("a.pdf", GOOD["a.docx"], Finding.CONTENT),
        ("a.docx", GOOD["a.pdf"], Finding.CONTENT),
        ("a.png", GOOD["a.jpg"], Finding.CONTENT),
        ("a.txt", b"MZ\x90\x00\x03", Finding.CONTENT),
        ("a.txt", GOOD["a.pdf"], Finding.CONTENT),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Finding.ENCRYPTED),
        (f"vedtak {samples.NUMBER}.txt", b"tekst", Finding.IDENTITY_NUMBER),
    ],
)
def test_what_must_not_come_in_is_stopped_at_once(name: str, content: bytes, finding: Finding) -> None:
    assert first_look(name, content) is finding


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Saker\\Ås\\innstilling.docx", "innstilling.docx"),
        ("Sápmi – čáhppes ŋuorra.pdf", "Sápmi – čáhppes ŋuorra.pdf"),
        ("blåbærsyltetøy.pdf", "blåbærsyltetøy.pdf"),
        ("bla\u030abær.pdf", "blåbær.pdf"),
        ("faktura\u202exslx.exe.pdf", "fakturaxslx.exe.pdf"),
        ("linje\r\nSet-Cookie: a=b.txt", "linje Set-Cookie a=b.txt"),
        ("...", "vedlegg"),
        ("", "vedlegg"),
        (".txt", "txt"),
        ("x" * 400 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_tricks(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=300), st.sampled_from(sorted(KINDS)))
def test_every_name_is_one_safe_file_of_the_kind_it_had(stem: str, ending: str) -> None:
    name = clean_name(stem + ending)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*\r\n\0')
    assert not name.startswith(".")
    assert kind_of(name) in (KINDS[ending], None)
    assert clean_name(name) == name
