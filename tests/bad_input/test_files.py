"""Files that cannot come in leave nothing behind, and neither do those that came along with them."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.documents.models import StoredFile
from tests.documents.samples import NUMBER
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser


@pytest.mark.parametrize(
    ("filename", "content", "reason"),
    [
        ("tom.pdf", b"", "Filen er tom."),
        ("bilde.png", b"<script>alert(1)</script>", "Innholdet er av en annen type enn filnavnet sier."),
        ("avtale.pdf", b"PK\x03\x04", "Innholdet er av en annen type enn filnavnet sier."),
        ("program.exe", b"MZ", "Denne typen fil tas ikke imot."),
        (f"{NUMBER}.txt", b"Hei", "Filen inneholder et gyldig fødselsnummer"),
    ],
)
def test_one_bad_file_stops_all_that_were_sent_with_it(
    a: Factory, cast: Cast, browse: Browser, filename: str, content: bytes, reason: str
) -> None:
    case = a.case(partnership=cast.partnership, organisation=cast.municipality)
    page = browse.as_("secretary").open(f"/saker/{case.id}/vedlegg")
    sent = [(BytesIO("Tall for æøå".encode()), "statistikk.txt"), (BytesIO(content), filename)]
    answer = page.fill("Filer", sent).press("Last opp")
    assert answer.status == 422
    assert f"«{filename}»: {reason}" in answer.text
    assert session().scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0
