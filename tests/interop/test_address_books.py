"""What the reader of Thunderbird's address book (ical.js) makes of our contact lists."""

from typing import Any

import pytest

from secretariat.bodies.contacts.files import vcards
from tests.bodies.test_contacts import someone
from tests.interop.conftest import Read

pytestmark = pytest.mark.interop

WRITTEN = ["Åse, dr.", "a;b", "c:\\d", "«Å» – en lang stilling " * 8, "to\nlinjer", "\\n", '"hei"', "🙂" * 40]


@pytest.mark.parametrize("text", WRITTEN)
def test_an_address_book_reads_what_people_wrote(read_with: Read, text: str) -> None:
    cards: Any = read_with("address book", vcards([someone(given_name=text, title=text), someone()], text))
    first, second = cards
    assert first["n"] == ["Nordmann", text, "", "", ""]
    assert (first["title"], first["categories"]) == (text, text)
    assert first["version"] == "4.0"
    assert second["email"] == "kari@stedet.example"
    assert second["org"] == "Stedet kommune"
