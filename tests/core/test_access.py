"""What a condition says to the database: no more than it must."""

import sqlalchemy as sa

from secretariat.core.access import every, visible
from secretariat.meetings.models import Meeting
from tests.factories.cast import Cast


def test_where_one_thing_never_holds_nothing_else_is_asked() -> None:
    held = sa.column("room") == "common"
    assert every(held, sa.false()) is sa.false()
    assert str(every(held, held)) == str(sa.and_(held, held))


def test_the_meetings_of_a_member_who_serves_nowhere_are_found_by_their_body(cast: Cast) -> None:
    words = str(visible(cast.actor("member"), Meeting))
    assert "false" not in words
    assert "meeting.body_id = " in words
