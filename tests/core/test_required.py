"""Which fields must be filled in is told in the same way on every form."""

from dataclasses import dataclass
from datetime import date

import pytest

from secretariat.core.forms import required_of
from secretariat.core.inputs import Line, Note, OptionalLine
from secretariat.core.text.document import Document
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.markup import words


@dataclass(frozen=True)
class Given:
    """An input of every sort."""

    name: Line
    day: date
    text: Document
    note: Note = ""
    title: OptionalLine = ""
    until: date | None = None
    number: int = 1


def test_what_an_action_cannot_do_without_is_required() -> None:
    assert required_of(Given) == {"name", "day"}


@pytest.mark.parametrize(
    ("role", "address", "must", "may"),
    [
        ("administrator", "/admin/brukere/ny", "E-post", None),
        ("secretary", "/utvalg/ny/{partnership}", "Navn", None),
        ("secretary", "/organisasjoner/ny/{partnership}", "Navn", "E-post"),
        ("secretary", "/saker/ny", "Tittel", None),
    ],
)
def test_every_form_marks_what_must_be_filled_in(
    browse: Browser, cast: Cast, role: str, address: str, must: str, may: str | None
) -> None:
    page = browse.as_(role).open(address.format(partnership=cast.partnership.id))
    assert page.status == 200, address
    labels = [words(label) for label in page.html.all("label")]

    assert any(label.startswith(must) and label.endswith("(må fylles ut)") for label in labels), labels
    assert not may or any(label.startswith(may) and "må fylles ut" not in label for label in labels), labels
