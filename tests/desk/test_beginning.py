"""The first days of a partnership, before anybody sits anywhere."""

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, ChairTerm
from secretariat.core.actions import writing
from tests.factories.cast import Cast
from tests.pages import Browser


def test_where_nobody_sits_yet_the_secretary_is_told_what_comes_first(browse: Browser, cast: Cast) -> None:
    assert "Slik kommer dere i gang" not in browse.as_("secretary").open("/").text
    with writing("test") as work:
        work.execute(sa.delete(ChairTerm))
        work.execute(sa.delete(Appointment))
    page = browse.as_("hospital_secretary").open("/")
    assert "Slik kommer dere i gang" in page.text
    assert page.follow("Personene").title == "Personer"
    assert page.follow("Det første møtet").title == "Planlegg møte"
