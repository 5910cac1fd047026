"""A file that shows what was done goes with the report, and is seen by those who see the task or the decision."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from secretariat.core import outbox
from secretariat.decisions import actions
from secretariat.decisions.implementation import Whom
from secretariat.decisions.models import Implementation, TaskReport, TaskState
from secretariat.documents.models import StoredFile
from tests.factories.cast import Cast
from tests.factories.decisions import Room, afresh, enter, municipality_with_contact
from tests.pages import Browser

TEXT, NAME = b"Vedtatt i kommunestyret.", "vedtak i kommunestyret.txt"


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def _file() -> list[tuple[BytesIO, str]]:
    return [(BytesIO(TEXT), NAME)]


def _check_files() -> None:
    while outbox.work_once():
        pass


def test_a_file_goes_with_the_report_of_a_task_and_is_read_by_who_sees_the_task(room: Room, browse: Browser) -> None:
    task = room.ask()
    room.close()
    page = browse.as_("member").open(f"/oppgaver/{task.id}")
    page.press("Meld fra", state="done", note="Sendt.", files=_file())
    _check_files()

    (file,) = afresh().scalars(sa.select(StoredFile)).all()
    assert file.owner_kind == TaskReport.__tablename__
    other = browse.as_("chair").open(f"/oppgaver/{task.id}")
    answer = other.follow("vedtak i kommunestyret").response
    assert answer.data == TEXT
    answer.close()
    assert browse.as_("stranger").open(f"/dokumenter/{file.id}").status == 404


def test_a_refused_file_keeps_what_was_written_and_reports_nothing(room: Room, browse: Browser) -> None:
    task = room.ask()
    room.close()
    page = browse.as_("member").open(f"/oppgaver/{task.id}")
    page = page.press("Meld fra", state="done", note="Alt er gjort.", files=[(BytesIO(b"MZ"), "program.exe")])

    assert page.status == 422
    assert "Alt er gjort." in page.text
    assert afresh().scalar(sa.select(TaskReport.id)) is None


def test_a_municipality_lays_its_decision_beside_its_report(room: Room, browse: Browser) -> None:
    decision = room.decide()
    room.close()
    municipality_with_contact(room.cast, "Verdal")
    actions.require_implementation(room.secretary, decision.id, whom=Whom.MUNICIPALITIES)
    line = (
        afresh()
        .scalars(sa.select(Implementation).where(Implementation.organisation_id == room.cast.municipality.id))
        .one()
    )
    page = browse.as_("contact").open(f"/gjennomforing/{line.id}")
    page.press("Meld fra", state="adopted", note="", files=_file())
    _check_files()

    assert "vedtak i kommunestyret" in browse.as_("member").open(f"/vedtak/{decision.id}").text


def test_a_program_reports_without_files(room: Room) -> None:
    task = room.ask()
    room.close()
    actions.report_task(room.cast.actor("member"), task.id, state=TaskState.IN_PROGRESS)
    assert afresh().scalar(sa.select(StoredFile.id)) is None
