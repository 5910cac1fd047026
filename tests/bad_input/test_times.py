"""A meeting has a day and two times that people can come to."""

import pytest
import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.meetings.models import Meeting
from tests.factories.cast import Cast
from tests.pages import Browser


@pytest.mark.parametrize(
    ("day", "starts", "ends", "reason"),
    [
        ("3.2.2027", "12", "10", "Møtet må slutte etter at det begynner."),
        ("3.2.2027", "12", "12", "Møtet må slutte etter at det begynner."),
        ("31.2.2027", "9", "10", "Datoen 31.2.2027 finnes ikke."),
        ("1.1.0001", "0.00", "10", "Skriv et år fra 1900 til 2200."),
        ("31.12.9999", "9", "23.59", "Skriv et år fra 1900 til 2200."),
        ("3.2.2027", "25", "26", "Klokkeslettet 25 finnes ikke."),
    ],
)
def test_a_time_nobody_can_come_to_is_refused_and_what_was_typed_stays(
    browse: Browser, cast: Cast, day: str, starts: str, ends: str, reason: str
) -> None:
    page = browse.as_("secretary").open("/moter/ny").fill("Utvalg", str(cast.body.id)).fill("Sted", "Rådhuset på Røros")
    again = page.fill("Dato", day).fill("Begynner", starts).fill("Slutter", ends).press("Planlegg")
    assert again.status == 422
    assert reason in again.text
    sent = again.html.form_with_button("Planlegg", "")[2]
    assert [sent[name] for name in ("day", "starts", "ends", "place")] == [day, starts, ends, "Rådhuset på Røros"]
    assert session().scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0
