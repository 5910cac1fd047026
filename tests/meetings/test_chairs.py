"""Who leads a meeting follows from its date; who reads its cases beforehand follows from that."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions as bodies, queries
from secretariat.bodies.inputs import DescribeSeat
from secretariat.bodies.models import ChairTerm, Seat, Tier
from secretariat.cases.models import Case
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.directory.parties import Party
from secretariat.meetings import actions
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Meeting, MeetingState, Presence, Reply
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.meetings.test_life import called
from tests.pages import Browser, Page

THIS_TERM, NEXT_TERM = date(2026, 12, 1), date(2027, 2, 1)


def reads(cast: Cast, role: str, case: Case) -> bool:
    """Whether this one sees the case."""
    query = sa.select(Case.id).where(Case.id == case.id, visible(cast.actor(role), Case))
    return session().scalar(query) is not None


@pytest.fixture
def prepared(a: Factory, cast: Cast) -> tuple[Meeting, Case]:
    """A meeting of a body that changes its lead at new year, with a case on the agenda that is being made."""
    body = a.body("Strategisk samarbeidsutvalg", partnership=cast.partnership, short_name="SSU")
    seats = {}
    for role, party in (
        ("chair", Party.M),
        ("deputy_chair", Party.H),
        ("member", Party.M),
        ("hospital_member", Party.H),
    ):
        seats[role] = a.seat(body, party)
        a.appointment(seats[role], cast.person[role])
    a.chair_term(body, seats["chair"], seats["deputy_chair"], ends_on=date(2026, 12, 31))
    following = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    a.chair_term(body, seats["hospital_member"], seats["member"], **following)
    meeting, case = a.meeting(body, day=THIS_TERM), a.case(organisation=cast.municipality)
    treatment = a.treatment(case, body)
    actions.add_item(cast.actor("secretary"), meeting.id, treatment_id=treatment.id)
    return meeting, case


def readers(cast: Cast, case: Case) -> set[str]:
    """Those of the four who read the case."""
    roles = ("chair", "deputy_chair", "member", "hospital_member")
    return {role for role in roles if reads(cast, role, case)}


def moved(cast: Cast, meeting: Meeting, day: date) -> None:
    """The meeting on another day."""
    session().rollback()
    row = session().get_one(Meeting, meeting.id, populate_existing=True)
    values = {name: getattr(row, name) for name in ("starts", "ends", "title")}
    actions.change(cast.actor("secretary"), meeting.id, day=day, **values)


def test_a_meeting_moved_into_another_chairs_term_closes_its_cases_to_those_who_would_have_led(
    cast: Cast, prepared: tuple[Meeting, Case]
) -> None:
    meeting, case = prepared
    assert readers(cast, case) == {"chair", "deputy_chair"}
    moved(cast, meeting, NEXT_TERM)
    assert readers(cast, case) == {"member", "hospital_member"}
    moved(cast, meeting, THIS_TERM)
    assert readers(cast, case) == {"chair", "deputy_chair"}


def test_when_the_chair_plan_changes_the_new_chairs_read_and_the_old_do_not(
    cast: Cast, prepared: tuple[Meeting, Case]
) -> None:
    meeting, case = prepared
    secretary = cast.actor("secretary")
    (present, _next) = queries.chair_plan(secretary, meeting.body_id, THIS_TERM)
    bodies.drop_chair_term(secretary, present.id)
    assert readers(cast, case) == set()


def test_a_chair_whose_place_is_gone_by_the_day_of_the_meeting_reads_its_cases_no_more(
    cast: Cast, prepared: tuple[Meeting, Case]
) -> None:
    meeting, case = prepared
    leads = sa.select(ChairTerm.chair_seat_id).where(ChairTerm.body_id == meeting.body_id)
    seat = session().get_one(Seat, session().scalars(leads.order_by(ChairTerm.starts_on)).first())
    assert readers(cast, case) == {"chair", "deputy_chair"}
    kept = {name: getattr(seat, name) for name in DescribeSeat.__dataclass_fields__ if name != "ends_on"}
    bodies.change_seat(cast.actor("secretary"), seat.id, **kept, ends_on=clock.today())
    assert readers(cast, case) == {"deputy_chair"}


def test_a_case_on_two_agendas_stays_open_to_the_chairs_of_the_other(
    a: Factory, cast: Cast, prepared: tuple[Meeting, Case]
) -> None:
    meeting, case = prepared
    other = a.meeting(cast.body, day=date(2027, 3, 1))
    treatment = a.treatment(case, cast.body)
    actions.add_item(cast.actor("secretary"), other.id, treatment_id=treatment.id)
    moved(cast, meeting, NEXT_TERM)
    assert readers(cast, case) == {"chair", "deputy_chair", "member", "hospital_member"}
    actions.cancel(cast.actor("secretary"), other.id, reason="Ingen saker.")
    assert readers(cast, case) == {"member", "hospital_member"}


def leader(page: Page) -> str:
    """What the page says after «Møteleder»."""
    return page.text.rpartition("Møteleder")[2].strip()


def test_who_leads_stands_beside_the_meeting_and_why_when_it_is_another(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    meeting = a.meeting(cast.body)
    secretary = browse.as_("secretary")
    assert leader(secretary.open(f"/moter/{meeting.id}")).startswith("Chair Testesen")
    page = secretary.open(f"/moter/{meeting.id}").follow("Velg annen møteleder")
    assert "Etter lederplanen leder Chair Testesen." in page.text
    chosen = str(cast.person["member"].id)
    refused = page.press("Lagre", chair_person_id=chosen)
    assert refused.status == 422
    assert "Skriv hvorfor en annen enn planlagt leder møtet." in refused.text
    done = refused.fill("Begrunnelse", "Leder har forfall.").press("Lagre", chair_person_id=chosen)
    assert leader(done).startswith("Member Testesen")
    assert "I stedet for lederplanen: Leder har forfall." in done.text
    back = done.follow("Velg annen møteleder").press("Lagre", chair_person_id="", chair_reason="")
    assert leader(back).startswith("Chair Testesen")


def test_of_a_held_meeting_the_balance_counts_those_who_were_there(browse: Browser, cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body, day=date(2026, 9, 7)))
    rows: dict[Any, Any] = {row.person_id: row for row in rows_of(meeting)}
    there = [rows[cast.person[role].id] for role in ("chair", "deputy_chair", "member")]
    with writing("test") as work:
        for row in there:
            work.add(Presence(partnership_id=meeting.partnership_id, meeting_id=meeting.id, participant_id=row.id))
        work.merge(rows[cast.person["member"].id]).reply = Reply.ABSENT
        work.get_one(Meeting, meeting.id).state = MeetingState.HELD
    for role in ("secretary", "hospital_secretary", "chair", "deputy_chair"):
        text = browse.as_(role).open(f"/moter/{meeting.id}").text
        assert "Hvem møtte" in text
        assert "Fra kommunene 2 · fra helseforetaket 1" in text
    assert "Fra kommunene" not in browse.as_("member").open(f"/moter/{meeting.id}").text


def test_the_levels_of_the_two_sides_stand_in_the_balance_of_a_meeting(browse: Browser, cast: Cast, a: Factory) -> None:
    a.appointment(a.seat(cast.body, Party.H), tier=Tier.TOP.value)
    meeting = a.meeting(cast.body)
    text = browse.as_("secretary").open(f"/moter/{meeting.id}").text
    assert "Nivå – helseforetaket: toppledelse 1" in text
    assert "toppledelse" not in browse.as_("member").open(f"/moter/{meeting.id}").text
