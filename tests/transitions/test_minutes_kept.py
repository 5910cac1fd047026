"""Approved minutes say what the municipality was called when the meeting was held, before a merger and after it."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.db import session
from secretariat.directory import names
from secretariat.directory.models import Organisation
from secretariat.directory.parties import Party
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Participant, Reply
from secretariat.minutes import actions as minutes
from secretariat.minutes.models import Minutes
from secretariat.transitions import starting
from secretariat.transitions.models import TransitionKind
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.decisions import Room, afresh, enter, words
from tests.factories.transitions import Coast, again
from tests.pages import Browser

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def room(a: Factory, cast: Cast) -> Room:
    """A meeting with one from Eide who comes and one who does not; its minutes are approved."""
    town = a.organisation("Eide kommune", partnership=cast.partnership)
    for name in ("Anne Fjell", "Berit Vik"):
        a.appointment(a.seat(cast.body, Party.M, organisation_id=town.id), a.person(name, organisation=town))
    room = enter(cast)
    people = {row.name: row for row in rows_of(room.meeting)}
    again(meetings.reply, room.secretary, people["Berit Vik"].id, reply=Reply.ABSENT)
    minutes.write(room.secretary, room.item, text=words("Eide kommune ba om en felles rutine."), text_version=0)
    room.decide("Eide kommune lager et forslag.")
    kept = session().scalars(sa.select(Minutes).where(Minutes.meeting_id == room.meeting.id)).one()
    again(meetings.reply, room.secretary, people["Anne Fjell"].id, reply=Reply.ATTENDING)
    again(minutes.note_those_who_come, room.secretary, kept.id)
    room.close()
    again(minutes.approve, room.secretary, kept.id, approved_by="av leder og nestleder", approved_on=clock.today())
    return room


def merge(a: Factory, cast: Cast) -> None:
    """Eide goes up in Hustadvika at New Year, and the trust has another name from then."""
    people = {"secretary": cast.person["secretary"]}
    actors = (cast.actor("secretary"), cast.actor("hospital_secretary"))
    coast = Coast(a, cast.partnership, {"ASU": cast.body}, *actors, cast.municipality, cast.trust, people)
    town = session().scalars(sa.select(Organisation).where(Organisation.name == "Eide kommune")).one()
    given = {"effective_on": NEW_YEAR, "organisations": (town.id,), "new_names": "Hustadvika kommune"}
    made = again(starting.start_membership, coast.secretary, cast.partnership, kind=TransitionKind.MERGER, **given)
    coast.choose_all(made)
    coast.carry_out(made)
    again(names.rename, coast.secretary, cast.trust, name="Sykehuset Nye HF", starts_on=NEW_YEAR)


def read(browse: Browser, room: Room) -> dict[str, Any]:
    """The minutes as a member reads them: the page's lists, the PDF as it was sent, and a Word file made now."""
    reader = browse.as_("hospital_member")
    address = f"/moter/{room.meeting.id}/referat"
    afresh()
    query = sa.select(Participant).where(Participant.meeting_id == room.meeting.id).order_by(Participant.sort_key)
    rows = [(row.name, row.organisation, str(row.seats), row.reply) for row in session().scalars(query)]
    file = docx.Document(BytesIO(reader.client.get(f"{address}.docx").data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return {
        "participants": rows,
        "page": [line for line in reader.open(address).text.split(".") if "kommune" in line or " HF" in line],
        "pdf": reader.client.get(f"{address}.pdf").data,
        "word": [paragraph.text for paragraph in file.paragraphs] + cells,
    }


def printed(content: bytes) -> str:
    """The words of a PDF, white space folded."""
    pages = pypdfium2.PdfDocument(BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_approved_minutes_keep_the_old_names_in_lists_text_and_files(
    a: Factory, browse: Browser, cast: Cast, room: Room
) -> None:
    before = read(browse, room)
    merge(a, cast)
    with clock.at(datetime(2027, 1, 2, 9, tzinfo=UTC)):
        while outbox.work_once():
            pass
        assert session().get_one(Organisation, cast.trust.id, populate_existing=True).name == "Sykehuset Nye HF"
        after = read(browse, room)

    assert after == before
    pdf, page, word = printed(after["pdf"]), " ".join(after["page"]), "\n".join(after["word"])
    for text in (pdf, page, word):
        assert "Eide kommune ba om en felles rutine" in text
        assert "Hustadvika" not in text
        assert "Sykehuset Nye HF" not in text
    assert {"Eide kommune", "Sykehuset HF"} <= {organisation for _name, organisation, *_rest in after["participants"]}
    assert pdf.count("Eide kommune") >= 4, "text, decision, one who came and one who did not"
    assert word.count("Eide kommune") >= 4
    there, away = pdf.split("Forfall", 1)
    assert "Anne Fjell" in there
    assert "Berit Vik" in away


def test_the_page_of_the_body_on_a_day_before_the_merger_names_the_municipality_that_was(
    a: Factory, browse: Browser, cast: Cast, room: Room
) -> None:
    merge(a, cast)
    with clock.at(datetime(2027, 1, 2, 9, tzinfo=UTC)):
        while outbox.work_once():
            pass
        secretary = browse.as_("secretary")
        past = secretary.open(f"/utvalg/{cast.body.id}?dato=31.12.2026").text
        now = secretary.open(f"/utvalg/{cast.body.id}").text
    assert "Eide kommune" in past
    assert "Eide kommune" not in now
