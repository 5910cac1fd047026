"""A partnership goes over to another structure while work goes on: nothing is lost, and history stays as it was."""

from datetime import date

import pytest
import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, BodySuccession
from secretariat.cases.models import Case, CaseState, Treatment, TreatmentState
from secretariat.core.db import session
from secretariat.core.invariants import promises
from secretariat.decisions import queries as decisions
from secretariat.decisions.models import Decision
from secretariat.directory.parties import Party
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.transitions.models import MatterKind, TransitionState
from tests.factories import Factory
from tests.factories.transitions import NEW_YEAR, Coast, settle

EVE = date(2026, 12, 31)


@pytest.fixture
def coast(a: Factory) -> Coast:
    """The partnership by its structure of 2015."""
    return settle(a)


def new_body(coast: Coast, short: str) -> Body:
    """The body of this short name that begins on the day."""
    query = sa.select(Body).where(Body.partnership_id == coast.partnership.id, Body.short_name == short)
    return session().scalars(query.where(Body.starts_on == NEW_YEAR)).one()


def test_a_case_goes_on_in_the_new_body_with_its_identity_and_history(coast: Coast) -> None:
    case = coast.case("Felles rutine for utskrivning", "OSU")
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    steps = session().scalars(sa.select(Treatment).where(Treatment.case_id == case.id).order_by(Treatment.position))
    old, new = steps.all()
    assert (old.body_id, old.state) == (coast.bodies["OSU"].id, TreatmentState.WITHDRAWN)
    assert old.outcome == "Overført til Strategisk samarbeidsutvalg"
    assert (new.body_id, new.state) == (new_body(coast, "SSU").id, TreatmentState.WAITING)
    assert session().get_one(Case, case.id, populate_existing=True).state is CaseState.READY


def test_what_was_open_before_is_counted_after_and_the_numbers_are_kept(coast: Coast) -> None:
    for number in range(3):
        coast.case(f"Sak {number}", "OSU")
    coast.case("Sak utenfor", None, state=CaseState.IN_PREPARATION)
    decision = coast.decision("OSU")
    coast.task(decision)
    coast.holder("OSU", Party.M, "Anne Fjell")
    transition_id = coast.start()
    for kind in coast.open(transition_id):
        coast.choose(transition_id, kind, **({"Sak 1": "close"} if kind is MatterKind.CASE else {}))

    done = coast.carry_out(transition_id)

    counts = {line["kind"]: line for line in done.counts}
    assert counts["case"] == {"kind": "case", "before": 4, "hand_over": 2, "keep": 1, "close": 1}
    assert counts["decision"] == {"kind": "decision", "before": 1, "hand_over": 1, "keep": 0, "close": 0}
    assert counts["task"]["hand_over"] == counts["seat"]["hand_over"] == 1
    assert done.state is TransitionState.CARRIED_OUT
    for promise in promises.values():
        assert list(promise.check()) == [], promise.id


def test_a_decision_is_followed_up_by_the_new_body_and_stays_as_it_was_made(coast: Coast) -> None:
    decision = coast.decision("OSU")
    before = {column.key: getattr(decision, column.key) for column in sa.inspect(Decision).mapper.column_attrs}
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    after = session().get_one(Decision, decision.id, populate_existing=True)
    assert {name: getattr(after, name) for name in before} == before
    found = decisions.register(coast.secretary, decisions.Filter(body_id=new_body(coast, "SSU").id))
    assert [(row.id, row.keeper, row.kept_from) for row in found] == [(decision.id, "SSU", NEW_YEAR)]


def test_old_bodies_end_on_the_eve_and_their_holders_sit_in_the_new_ones_from_the_day(coast: Coast) -> None:
    person = coast.holder("OSU", Party.M, "Anne Fjell")
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    old = session().get_one(Body, coast.bodies["OSU"].id, populate_existing=True)
    new = new_body(coast, "SSU")
    assert old.ends_on == EVE
    succession = session().scalars(sa.select(BodySuccession).where(BodySuccession.body_id == old.id)).one()
    assert (succession.successor_id, succession.starts_on) == (new.id, NEW_YEAR)
    sits = session().scalars(sa.select(Appointment).where(Appointment.person_id == person.id)).all()
    spans = [(row.body_id, row.starts_on, row.ends_on) for row in sorted(sits, key=lambda row: row.starts_on)]
    assert spans[0][2] == EVE
    assert spans[1] == (new.id, NEW_YEAR, None)


def test_a_planned_meeting_after_the_day_is_planned_anew_in_the_new_body(coast: Coast) -> None:
    early, late = coast.meeting("OSU", date(2026, 11, 3)), coast.meeting("OSU", date(2027, 2, 3))
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    assert session().get_one(Meeting, early.id, populate_existing=True).state is MeetingState.PLANNED
    assert session().get_one(Meeting, late.id, populate_existing=True).state is MeetingState.CANCELLED
    anew = session().scalars(sa.select(Meeting).where(Meeting.body_id == new_body(coast, "SSU").id)).one()
    assert (anew.day, anew.starts, anew.place) == (late.day, late.starts, late.place)


def test_carrying_out_again_changes_nothing(coast: Coast) -> None:
    coast.case("Felles rutine", "OSU")
    transition_id = coast.start()
    coast.choose_all(transition_id)
    first = coast.carry_out(transition_id)
    when, bodies = first.carried_out_at, session().scalar(sa.select(sa.func.count()).select_from(Body))

    second = coast.carry_out(transition_id, coast.hospital_secretary)

    assert second.carried_out_at == when
    assert second.carried_out_by_id == coast.people["secretary"].id
    assert session().scalar(sa.select(sa.func.count()).select_from(Body)) == bodies
