"""A partnership goes over to another structure while work goes on: nothing is lost, and history stays as it was."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, BodyPhase, BodySuccession, Capacity, Seat
from secretariat.bodies.sitting import deputies_on
from secretariat.cases.models import Case, CaseState, Treatment, TreatmentState
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered, Invalid
from secretariat.decisions import queries as decisions, task_queries
from secretariat.decisions.models import Decision
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.transitions import choosing, starting
from secretariat.transitions.matters import Chosen
from secretariat.transitions.models import MatterChoice, MatterKind, TransitionState
from tests.factories import Factory
from tests.factories.transitions import NEW, NEW_YEAR, OLD, Coast, again, broken_promises, settle

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
    assert broken_promises() == []


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


def common_deputy(coast: Coast, short: str, party: Party, person: Person, **values: Any) -> None:
    """A deputy in the pool of a body."""
    given = {"capacity": Capacity.DEPUTY, "starts_on": date(2020, 1, 1), "may_decide": False} | values
    here = {"partnership_id": coast.partnership.id, "body_id": coast.bodies[short].id}
    coast.a._store(Appointment(**here, person_id=person.id, party=party, **given))


def pool_of(body_id: UUID, day: date) -> list[tuple[str, Party, bool, date | None]]:
    """Who stands in the pools of a body on the day."""
    found = deputies_on(body_id, day).pool
    return [(one.name, party, one.may_decide, one.term_ends_on) for party, pool in found.items() for one in pool]


def test_common_deputies_follow_to_the_body_that_takes_over_each_once_and_with_the_same_term(coast: Coast) -> None:
    holder = coast.holder("OSU", Party.M, "Anne Fjell")
    deputy, other = (coast.a.person(name, organisation=coast.municipality) for name in ("Berit Vik", "Carl Nes"))
    term = date(2027, 10, 31)
    common_deputy(coast, "OSU", Party.M, deputy, term_ends_on=term)
    common_deputy(coast, "OSU", Party.H, other)
    common_deputy(coast, "OSU", Party.H, coast.a.person("Dag Ferdig"), ends_on=date(2026, 6, 1))
    common_deputy(coast, "OSU", Party.H, holder)
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)
    old, new = coast.bodies["OSU"].id, new_body(coast, "SSU").id

    expected = [("Anne Fjell", Party.H), ("Berit Vik", Party.M), ("Carl Nes", Party.H)]
    assert sorted((name, party) for name, party, *_rest in pool_of(new, NEW_YEAR)) == expected
    assert ("Berit Vik", Party.M, False, term) in pool_of(new, NEW_YEAR)
    assert pool_of(new, EVE) == []
    assert len(pool_of(old, EVE)) == 3
    assert pool_of(old, NEW_YEAR) == []
    assert broken_promises() == []


def test_who_sits_on_after_a_term_that_is_over_goes_over_without_it(coast: Coast) -> None:
    deputy = coast.a.person("Berit Vik", organisation=coast.municipality)
    common_deputy(coast, "OSU", Party.M, deputy, term_ends_on=date(2026, 6, 30))
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)
    assert ("Berit Vik", Party.M, False, None) in pool_of(new_body(coast, "SSU").id, NEW_YEAR)
    assert broken_promises() == []


def test_a_common_deputy_who_has_a_place_in_the_new_body_does_not_stand_behind_it(coast: Coast) -> None:
    holder = coast.holder("OSU", Party.M, "Anne Fjell")
    common_deputy(coast, "DM", Party.M, holder)
    common_deputy(coast, "DM", Party.M, coast.a.person("Berit Vik"))
    transition_id = coast.start()
    titles = {matter.title for matter in coast.open(transition_id)[MatterKind.BODY]}
    coast.choose(transition_id, MatterKind.BODY, **dict.fromkeys(titles, "new:SSU"))
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    assert [name for name, *_rest in pool_of(new_body(coast, "SSU").id, NEW_YEAR)] == ["Berit Vik"]


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


def test_where_the_structure_names_no_number_everybody_goes_on_and_speaks_for_the_same(a: Factory) -> None:
    coast = settle(a, "nord-trondelag")
    body = coast.bodies["PSU"]
    for name in ("Anne Fjell", "Berit Vik", "Carl Nes"):
        seat = a.seat(body, Party.M, organisation_id=coast.municipality.id)
        a.appointment(seat, a.person(name, organisation=coast.municipality))
    transition_id = coast.start("helsefellesskap")
    coast.choose_all(transition_id)

    counts = {line["kind"]: line for line in coast.carry_out(transition_id).counts}

    assert counts["seat"] == {"kind": "seat", "before": 3, "hand_over": 3, "keep": 0, "close": 0}
    seats = sa.select(Seat).where(Seat.body_id == new_body(coast, "PM").id, Seat.party == Party.M)
    assert {seat.organisation_id for seat in session().scalars(seats)} == {coast.municipality.id}


def test_networks_work_on_and_report_to_whoever_took_over_above_them(a: Factory) -> None:
    coast = settle(a, "nord-trondelag")
    network = coast.bodies["N-KREFT"]
    transition_id = coast.start("helsefellesskap")
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    kept = session().get_one(Body, network.id, populate_existing=True)
    phases = sa.select(BodyPhase).where(BodyPhase.body_id == network.id).order_by(BodyPhase.starts_on.desc())
    last = session().scalars(phases).first()
    assert kept.ends_on is None
    assert last is not None
    assert (last.starts_on, last.parent_id) == (NEW_YEAR, new_body(coast, "SSU").id)


# ---- what cannot be


def test_nothing_is_carried_out_while_a_choice_is_missing_and_all_that_is_missing_is_said(coast: Coast) -> None:
    coast.case("Felles rutine", "OSU")
    transition_id = coast.start()
    with pytest.raises(Hindered) as refused:
        coast.carry_out(transition_id)

    said = [str(reason) for reason in refused.value.reasons]
    assert "Sak: 1 mangler valg: «Felles rutine»." in said
    assert any(reason.startswith("Utvalg: 11 mangler valg") for reason in said)
    assert session().scalars(sa.select(Body).where(Body.starts_on == NEW_YEAR)).first() is None


def test_a_case_cannot_stay_in_a_body_that_ends(coast: Coast) -> None:
    coast.case("Felles rutine", "OSU")
    transition_id = coast.start()
    with pytest.raises(Invalid, match="Kan ikke bli der den er"):
        coast.choose(transition_id, MatterKind.CASE, **{"Felles rutine": "keep"})


def test_a_body_takes_over_neither_after_itself_nor_when_it_ends(coast: Coast) -> None:
    transition_id = coast.start()
    own, other = coast.bodies["OSU"], coast.bodies["DM"]
    title = "Overordnet samhandlingsutvalg (OSU)"
    with pytest.raises(Invalid, match="kan ikke etterfølge seg selv"):
        coast.choose(transition_id, MatterKind.BODY, **{title: f"body:{own.id}"})
    with pytest.raises(Invalid, match="som virker fra dagen"):
        coast.choose(transition_id, MatterKind.BODY, **{title: f"body:{other.id}"})


def test_what_is_closed_is_closed_for_a_reason(coast: Coast) -> None:
    case = coast.case("Felles rutine", "OSU")
    transition_id = coast.start()
    with pytest.raises(Invalid, match="Skriv hvorfor"):
        again(
            choosing.choose,
            coast.secretary,
            transition_id,
            kind=MatterKind.CASE,
            choices=(Chosen(case.id, MatterChoice.CLOSE),),
        )


def test_nobody_goes_over_to_the_structure_they_have(coast: Coast) -> None:
    with pytest.raises(DomainError, match="har alt denne strukturen"):
        coast.start(OLD)
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)
    with pytest.raises(DomainError, match="har alt denne strukturen"):
        coast.start(NEW, date(2028, 1, 1))


def test_a_day_before_meetings_that_were_held_is_refused(coast: Coast) -> None:
    coast.decision("OSU")
    with pytest.raises(DomainError, match="OSU har holdt møte"):
        coast.start(day=date(2026, 3, 1))


def test_a_day_before_any_body_worked_is_refused(coast: Coast) -> None:
    with pytest.raises(DomainError, match="Ingen utvalg virket"):
        coast.start(day=date(2015, 1, 1))


def test_one_transition_is_prepared_at_a_time(coast: Coast) -> None:
    first = coast.start()
    with pytest.raises(DomainError, match="alt under forberedelse"):
        coast.start(day=date(2027, 2, 1))

    again(starting.abandon, coast.hospital_secretary, first)
    coast.start(day=date(2027, 2, 1))


def test_what_was_abandoned_is_not_carried_out_and_what_was_carried_out_is_not_abandoned(coast: Coast) -> None:
    transition_id = coast.start()
    again(starting.abandon, coast.secretary, transition_id)
    with pytest.raises(DomainError, match="kan ikke endres"):
        coast.carry_out(transition_id)

    other = coast.start()
    coast.choose_all(other)
    coast.carry_out(other)
    with pytest.raises(DomainError, match="kan ikke forkastes"):
        again(starting.abandon, coast.secretary, other)


def test_either_secretary_carries_out_what_the_other_has_prepared_and_both_are_kept(coast: Coast) -> None:
    transition_id = coast.start()
    coast.choose_all(transition_id)
    done = coast.carry_out(transition_id, coast.hospital_secretary)

    assert done.prepared_by_id == coast.people["secretary"].id
    assert done.carried_out_by_id == coast.people["hospital_secretary"].id


def test_more_holders_than_places_is_a_hindrance(coast: Coast) -> None:
    coast.holder("OSU", Party.H, "Dag Moe")
    for name in ("Anne Fjell", "Berit Vik", "Carl Nes"):
        seat = coast.a.seat(coast.bodies["OSU"], Party.M)
        coast.a.appointment(seat, coast.a.person(name, organisation=coast.municipality))
    transition_id = coast.start()
    for kind in coast.open(transition_id):
        everybody = {matter.title: "new:SSU" for matter in coast.open(transition_id)[MatterKind.SEAT]}
        coast.choose(transition_id, kind, **(everybody if kind is MatterKind.SEAT else {}))

    with pytest.raises(Hindered, match="SSU får flere fra"):
        coast.carry_out(transition_id)


def test_a_case_on_the_agenda_of_a_meeting_before_the_day_stays_there(coast: Coast) -> None:
    case = coast.case("Felles rutine", None)
    step = coast.a.treatment(case, coast.bodies["OSU"], state=TreatmentState.ON_AGENDA)
    coast.a.item(coast.meeting("OSU", date(2026, 11, 3)), treatment_id=step.id)
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    assert session().get_one(Treatment, step.id, populate_existing=True).state is TreatmentState.ON_AGENDA


def test_a_case_on_the_agenda_of_a_meeting_after_the_day_waits_in_the_new_body(coast: Coast) -> None:
    case = coast.case("Felles rutine", None)
    step = coast.a.treatment(case, coast.bodies["OSU"], state=TreatmentState.ON_AGENDA)
    coast.a.item(coast.meeting("OSU", date(2027, 2, 3)), treatment_id=step.id)
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    ahead = sa.select(Treatment).where(Treatment.case_id == case.id, Treatment.state == TreatmentState.WAITING)
    assert session().scalars(ahead).one().body_id == new_body(coast, "SSU").id


def test_the_new_body_takes_up_old_decisions_and_tasks_from_the_day_and_not_before(coast: Coast) -> None:
    decision = coast.decision("OSU")
    task = coast.task(decision)
    transition_id = coast.start()
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)
    old, new = coast.bodies["OSU"].id, new_body(coast, "SSU").id

    assert _followed(coast, old) == ([decision.id], [task.id])
    assert _followed(coast, new) == ([], [])
    with clock.at(datetime(2027, 1, 1, 9, tzinfo=UTC)):
        assert _followed(coast, old) == ([], [])
        assert _followed(coast, new) == ([decision.id], [task.id])


def _followed(coast: Coast, body_id: UUID) -> tuple[list[UUID], list[UUID]]:
    reader = coast.a.actor(coast.people["secretary"])
    found = decisions.open_decisions(reader, [body_id])
    tasks = task_queries.tasks(reader, task_queries.TaskFilter(body_id=body_id))
    return [row.id for row in found], [row.id for row in tasks]
