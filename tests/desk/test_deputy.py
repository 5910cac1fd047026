"""A deputy reads for whom: on the desk, in the meeting, in the lists, behind the link; and nothing of other rooms."""

from datetime import date

import pytest
import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Capacity, Leave, Seat
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.directory.parties import Party
from secretariat.dispatch.letters import reply_address
from secretariat.meetings import actions
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Meeting, Participant, Reply
from secretariat.messages.models import Mail
from secretariat.minutes.attendance import groups
from secretariat.minutes.record import record
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.decisions import enter
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.minutes.test_minutes import minutes_of
from tests.pages import Browser

FOR_WHOM = "Du er innkalt som vara for Member Testesen, som representerer Verdal og Stedet."


@pytest.fixture(autouse=True)
def represented(cast: Cast) -> None:
    """The member's place is for two municipalities."""
    with writing("test") as work:
        work.get_one(Seat, cast.seats["member"].id).represents = "Verdal og Stedet"


def on_leave(cast: Cast) -> None:
    """The member is on leave all autumn."""
    query = sa.select(Appointment).where(Appointment.seat_id == cast.seats["member"].id)
    held = session().scalars(query.where(Appointment.capacity == Capacity.HOLDER)).one()
    autumn = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31)}
    with writing("test") as work:
        work.add(Leave(partnership_id=cast.partnership.id, appointment_id=held.id, **autumn))


def row_of(cast: Cast, meeting: Meeting, role: str) -> Participant:
    return next(row for row in rows_of(meeting) if row.person_id == cast.person[role].id)


def call_in(cast: Cast, meeting: Meeting) -> None:
    """The member sends forfall, and the deputy is called in."""
    row = row_of(cast, meeting, "member")
    actions.reply(cast.actor("member"), row, reply=Reply.ABSENT)
    actions.call_in_deputy(cast.actor("secretary"), row)


@pytest.fixture(params=["on leave", "forfall"])
def deputised(request: pytest.FixtureRequest, a: Factory, cast: Cast) -> Meeting:
    """A meeting that the deputy is called to, since the member is on leave or has sent forfall."""
    meeting = meeting_with_agenda(a, cast.body)
    if request.param == "on leave":
        on_leave(cast)
    send_notice(cast.actor("secretary"), meeting)
    if request.param == "forfall":
        call_in(cast, meeting)
    return meeting


@pytest.mark.parametrize("page", ["/", "/moter/{id}"])
def test_a_deputy_who_is_called_reads_for_whom_beside_the_answer(
    cast: Cast, browse: Browser, deputised: Meeting, page: str
) -> None:
    text = browse.as_("deputy").open(page.format(id=deputised.id)).text
    assert FOR_WHOM in text
    assert "Vara for deg" not in text, "nobody is one's own deputy"
    assert "Du er innkalt som vara" not in browse.as_("hospital_member").open(page.format(id=deputised.id)).text


def test_a_deputy_who_is_called_reads_for_whom_behind_the_link(cast: Cast, browse: Browser, deputised: Meeting) -> None:
    with writing("test"):
        address = reply_address(deputised, row_of(cast, deputised, "deputy"))
    assert FOR_WHOM in browse.open(address.removeprefix("http://localhost")).text


def test_one_with_forfall_reads_who_is_called_in_instead(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    with writing("test"):
        link = reply_address(meeting, row_of(cast, meeting, "member")).removeprefix("http://localhost")
    pages = [("member", "/"), ("member", f"/moter/{meeting.id}"), ("anonymous", link)]
    said = "Deputy Testesen er kalt inn som vara for deg."
    actions.reply(cast.actor("member"), row_of(cast, meeting, "member"), reply=Reply.ABSENT)
    assert not [page for role, page in pages if said in browse.as_(role).open(page).text]
    actions.call_in_deputy(cast.actor("secretary"), row_of(cast, meeting, "member"))
    assert [page for role, page in pages if said in browse.as_(role).open(page).text] == [page for _, page in pages]
    actions.reply(cast.actor("deputy"), row_of(cast, meeting, "deputy"), reply=Reply.ABSENT)
    assert not [page for role, page in pages if said in browse.as_(role).open(page).text]


def test_the_mail_that_calls_a_deputy_says_for_whom_and_no_other_mail_does(cast: Cast, deputised: Meeting) -> None:
    mails = session().scalars(sa.select(Mail).where(Mail.subject.startswith("Innkalling"))).all()
    told = {mail.person_id for mail in mails if FOR_WHOM in mail.text and FOR_WHOM in mail.html}
    assert told == {cast.person["deputy"].id}
    assert len(mails) > 1


@pytest.mark.parametrize("page", ["/moter", "/kalender"])
def test_the_lists_of_meetings_say_for_whom_a_deputy_meets(browse: Browser, deputised: Meeting, page: str) -> None:
    assert "møter for Member Testesen" in browse.as_("deputy").open(page).text
    assert "møter for" not in browse.as_("hospital_member").open(page).text


def test_among_those_called_the_deputy_stands_for_the_same_member_before_the_notice_and_after_it(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    on_leave(cast)
    assert "(vara for Member Testesen)" in browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling").text
    people = f"/moter/{meeting.id}/deltakere"
    assert "møter for Member Testesen" in browse.as_("secretary").open(people).text
    send_notice(cast.actor("secretary"), meeting)
    assert "møter for Member Testesen" in browse.as_("secretary").open(people).text
    assert "møter for Member Testesen" in browse.as_("hospital_member").open(f"/moter/{meeting.id}").text


def test_the_minutes_say_for_whom_a_deputy_met_also_for_one_on_leave(cast: Cast, browse: Browser) -> None:
    on_leave(cast)
    room = enter(cast)
    actions.note_presence(room.secretary, row_of(cast, room.meeting, "deputy"))
    assert (
        "vara for Member Testesen, med fullmakt"
        in browse.as_("secretary").open(f"/moter/{room.meeting.id}/foring").text
    )
    present = [one for group in groups(record(room.secretary, minutes_of(room))) for one in group.people]
    assert [(one.name, one.deputy_for) for one in present] == [("Deputy Testesen", "Member Testesen")]


def test_a_deputy_behind_a_deputy_still_meets_for_the_member(a: Factory, cast: Cast, browse: Browser) -> None:
    second = a.person("Neste Vara")
    a.appointment(cast.seats["member"], second, capacity=Capacity.DEPUTY, rank=2)
    on_leave(cast)
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    row = row_of(cast, meeting, "deputy")
    actions.reply(cast.actor("deputy"), row, reply=Reply.ABSENT)
    actions.call_in_deputy(cast.actor("secretary"), row)
    called = next(row for row in rows_of(meeting) if row.person_id == second.id)
    assert [seat["instead_of"] for seat in called.seats] == ["Member Testesen"]
    people = browse.as_("secretary").open(f"/moter/{meeting.id}/deltakere").text
    assert people.count("møter for Member Testesen") == 2
    assert "møter for Deputy" not in people


def test_a_desk_says_whom_one_is_deputy_for_and_in_which_body(cast: Cast, browse: Browser) -> None:
    page = browse.as_("deputy").open("/")
    assert (
        "Du er vara for Member Testesen Administrativt samarbeidsutvalg · representerer Verdal og Stedet" in page.text
    )
    assert "Du er vara for" not in browse.as_("member").open("/").text


def test_a_common_deputy_reads_which_side_and_one_behind_a_vacant_place_that_it_is_vacant(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    with writing("test") as work:
        query = sa.select(Appointment).where(Appointment.seat_id == cast.seats["member"].id)
        for held in work.scalars(query.where(Appointment.capacity == Capacity.HOLDER)):
            held.ends_on = date(2026, 9, 6)
        work.add(
            Appointment(
                partnership_id=cast.partnership.id,
                body_id=cast.body.id,
                person_id=cast.person["deputy"].id,
                party=Party.M,
                capacity=Capacity.DEPUTY,
                starts_on=date(2026, 1, 1),
            )
        )
    page = browse.as_("deputy").open("/")
    assert "Ubesatt plass Administrativt samarbeidsutvalg · representerer Verdal og Stedet" in page.text
    assert "Kommunene Administrativt samarbeidsutvalg" in page.text


def test_a_desk_names_nobody_of_a_body_that_the_deputy_does_not_see(a: Factory, cast: Cast, browse: Browser) -> None:
    own = a.body("Helseforetakets forum", short_name="HF", partnership=cast.partnership, room="H")
    place = a.seat(own, Party.H)
    a.appointment(place, a.person("Skjult Medlem"))
    a.appointment(place, cast.person["deputy"], capacity=Capacity.DEPUTY, rank=1)
    page = browse.as_("deputy").open("/")
    assert "Skjult Medlem" not in page.text
    assert "Helseforetakets forum" not in page.text
