"""What a dispatch says of the two chairs must be true."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from secretariat.bodies.models import SeatRole
from secretariat.core import clock
from secretariat.dispatch.statement import ChairAnswer, statement_of

SILENT = [ChairAnswer(SeatRole.DEPUTY_CHAIR, "Kari Nordmann", None)]
EARLY, PASSED, LATE = date(2026, 8, 1), date(2026, 9, 1), date(2026, 9, 5)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is 7 September 2026."""
    with clock.at(datetime(2026, 9, 7, 6, tzinfo=UTC)):
        yield


def test_a_deadline_that_was_let_pass_is_named() -> None:
    said = statement_of(SILENT, PASSED, planned_on=EARLY)
    assert said == "Sendt uten godkjenning fra nestleder (ikke svart innen 1. september 2026)."


def test_a_deadline_from_before_the_meeting_was_planned_was_nobodys() -> None:
    assert statement_of(SILENT, PASSED, planned_on=LATE) == "Sendt uten godkjenning fra nestleder (ikke svart)."


def test_a_deadline_to_come_is_not_said_to_have_passed() -> None:
    assert "ikke svart)" in statement_of(SILENT, date(2026, 9, 30), planned_on=EARLY)
