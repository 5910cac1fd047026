"""What the readings of meetings share: which meeting is asked for, and what its body was called on its day."""

import sqlalchemy as sa

from secretariat.bodies.naming import on_that_day

MEETING_ID = sa.bindparam("meeting_id", type_=sa.Uuid())
AS_IT_WAS_CALLED = {"body_name": on_that_day("name"), "short_name": on_that_day("short_name")}
