"""A statement that is kept ready says what stands now, in the same types as one that is worked out anew."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from secretariat.core import db
from secretariat.core.access import among
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.directory.models import Person
from secretariat.meetings.models import Meeting, MeetingForm
from tests.factories import Factory
from tests.factories.cast import Cast


@pytest.mark.parametrize("times", [1, 2, 3])
def test_each_asking_gives_what_was_asked_about_in_its_own_types(a: Factory, cast: Cast, times: int) -> None:
    meetings = [a.meeting(cast.body, day=date(2026, 9, day), title=f"Den {day}.") for day in (14, 15, 16)]
    columns = (Meeting.id, Meeting.title, Meeting.day, Meeting.starts_at, Meeting.form, Meeting.called_at)
    statement = sa.select(*columns).where(Meeting.day == sa.bindparam("day"), Meeting.form == MeetingForm.PHYSICAL)
    ready = Ready(statement)
    for meeting in meetings * times:
        (row,) = ready.rows(day=meeting.day)
        anew: Any = session().execute(statement, {"day": meeting.day}).one()
        assert (tuple(row), row.id, row.starts_at.tzinfo) == (tuple(anew), meeting.id, anew.starts_at.tzinfo)


def test_lists_of_any_length_are_asked_about(cast: Cast) -> None:
    people = [person.id for person in cast.person.values()]
    asked: Any = sa.bindparam("asked", expanding=True)
    ready = Ready(sa.select(Person.id).where(Person.id.in_(asked)).order_by(Person.id))
    for length in (0, 1, 5, 1, 0, len(people), 5):
        assert [row.id for row in ready.rows(asked=people[:length])] == sorted(people[:length])


def test_what_has_just_been_written_is_read(cast: Cast) -> None:
    ready = Ready(sa.select(Person.title).where(Person.id == sa.bindparam("person", type_=sa.Uuid())))
    chair = cast.person["chair"]
    for title in ("ordfører", "kommunedirektør"):
        with writing("test"):
            chair.title = title
            assert [row.title for row in ready.rows(person=chair.id)] == [title]
        assert [row.title for row in ready.rows(person=chair.id)] == [title]


@pytest.mark.parametrize("held", [0, 1, 2])
def test_who_holds_nothing_is_asked_about_nothing(cast: Cast, held: int) -> None:
    bodies = [cast.person[role].id for role in ("chair", "member")][:held]
    assert set(session().scalars(sa.select(Person.id).where(among(Person.id, bodies)))) == set(bodies)


@pytest.mark.postgres
def test_a_connection_that_was_cut_off_while_it_rested_is_replaced(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "RESTED_SECONDS", 0)
    pid = sa.select(sa.func.pg_backend_pid())
    with db.connected() as work, db.engine().connect() as other:
        cut_off = work.scalar(pid)
        work.close()
        other.execute(sa.select(sa.func.pg_terminate_backend(cut_off)))
        assert work.scalar(pid) != cut_off
    db.engine().dispose()  # the next test shall not be given what was cut off here
