"""A body gets another name or another place from a day on, closes, or goes up in another."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.bodies import actions, invariants as promises
from secretariat.bodies.ancestry import own_ancestor, parents_by_day
from secretariat.bodies.life import actions as phases
from secretariat.bodies.models import Body, BodyPhase, BodySuccession
from secretariat.bodies.naming import standing_on
from secretariat.core import clock, outbox
from secretariat.core.actor import Actor
from secretariat.core.errors import Denied, DomainError, Hindered
from secretariat.meetings import actions as meetings
from tests.factories import Factory
from tests.factories.cast import Cast

TODAY = date(2026, 9, 7)
NEW_YEAR = date(2027, 1, 1)
SYSTEM = Actor.system("test")


def changed(body: Body, day: date, actor: Actor = SYSTEM, **values: Any) -> Any:
    """The body with something new from a day on, the rest as it stands."""
    kept = {part: getattr(body, part) for part in ("name", "short_name", "level", "level_name", "parent_id")}
    return phases.change_from(actor, body.id, starts_on=day, **(kept | values))


def name_on(body: Body, day: date) -> str:
    return next(one.name for one in standing_on(SYSTEM, day) if one.id == body.id)


def fresh(database: sa.orm.Session, body: Body) -> Body:
    database.rollback()
    found = database.scalar(sa.select(Body).where(Body.id == body.id).execution_options(populate_existing=True))
    assert found is not None
    return found


def work_at(moment: datetime) -> None:
    with clock.at(moment):
        while outbox.work_once():
            pass


def broken() -> list[str]:
    """What is broken of what is promised of bodies: NO_CYCLE, BODY_AS_PHASE, CLOSED_HAS_SUCCESSOR_AFTER."""
    checks = (
        promises.no_body_above_itself,
        promises.bodies_stand_as_their_phase,
        promises.successors_begin_when_the_other_ends,
    )
    return [sentence for check in checks for sentence in check()]


# ---- another name from a day on


def test_a_new_name_from_1_january_takes_effect_at_local_midnight_and_not_before(
    database: sa.orm.Session, a: Factory
) -> None:
    body = a.body("Gammelt navn")
    changed(body, NEW_YEAR, name="Nytt navn")
    work_at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    assert fresh(database, body).name == "Gammelt navn"
    work_at(datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC))
    assert fresh(database, body).name == "Nytt navn"


def test_a_change_dated_today_or_earlier_holds_at_once(database: sa.orm.Session, a: Factory) -> None:
    body = a.body("Gammelt navn")
    changed(body, TODAY, name="Navnet i dag")
    assert fresh(database, body).name == "Navnet i dag"
    changed(body, date(2025, 1, 1), name="Navnet i fjor")
    assert fresh(database, body).name == "Navnet i dag"
    assert [name_on(body, day) for day in (date(2024, 12, 31), date(2025, 1, 1), TODAY)] == [
        "Gammelt navn",
        "Navnet i fjor",
        "Navnet i dag",
    ]


def test_two_changes_from_the_same_day_are_refused(a: Factory) -> None:
    body = a.body()
    changed(body, NEW_YEAR, name="Ett navn")
    with pytest.raises(DomainError) as refused:
        changed(body, NEW_YEAR, name="Et annet")
    assert refused.value.field == "starts_on"
    assert "alt registrert en endring fra denne dagen" in str(refused.value.reason)


def test_a_change_before_the_body_begins_or_after_it_ends_is_refused(a: Factory) -> None:
    body = a.body(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    for day in (date(2025, 6, 1), date(2026, 1, 1), NEW_YEAR):
        with pytest.raises(DomainError) as refused:
            changed(body, day, name="Nytt")
        assert refused.value.field == "starts_on"


def test_a_planned_change_may_be_taken_back_and_one_that_holds_may_not(database: sa.orm.Session, a: Factory) -> None:
    body = a.body("Gammelt navn")
    planned = changed(body, NEW_YEAR, name="Nytt navn")
    phases.drop_phase(SYSTEM, planned)
    work_at(datetime(2027, 1, 2, tzinfo=UTC))
    assert fresh(database, body).name == "Gammelt navn"
    held = changed(body, TODAY, name="I dag")
    with pytest.raises(DomainError):
        phases.drop_phase(SYSTEM, held)


def test_a_correction_in_the_settings_corrects_the_phase_that_holds(database: sa.orm.Session, a: Factory) -> None:
    body = a.body("Gammelt navn")
    changed(body, TODAY, name="Skrivefiel")
    row = fresh(database, body)
    values = {name: getattr(row, name) for name in actions.ChangeBody.__dataclass_fields__}
    actions.change(SYSTEM, body.id, **(values | {"name": "Skrivefeil"}))
    assert (name_on(body, TODAY), name_on(body, date(2025, 1, 1))) == ("Skrivefeil", "Gammelt navn")
    assert not broken()


def test_only_the_secretaries_plan_a_change(cast: Cast) -> None:
    with pytest.raises(Denied):
        changed(cast.body, NEW_YEAR, cast.actor("member"), name="Nytt")
    changed(cast.body, NEW_YEAR, cast.actor("hospital_secretary"), name="Nytt")


# ---- who reports to whom, on every day


def test_a_body_is_never_its_own_ancestor_also_through_changes_to_come(a: Factory) -> None:
    above, below = a.body("Over", short_name="O"), a.body("Under", short_name="U")
    changed(below, NEW_YEAR, parent_id=above.id)
    with pytest.raises(DomainError) as refused:
        changed(above, TODAY, parent_id=below.id)
    assert refused.value.field == "parent_id"
    assert "fra 1. januar 2027" in str(refused.value.reason)
    with pytest.raises(DomainError, match="seg selv"):
        changed(above, TODAY, parent_id=above.id)


def test_a_correction_that_closes_a_circle_later_is_refused(database: sa.orm.Session, a: Factory) -> None:
    above, below = a.body("Over", short_name="O"), a.body("Under", short_name="U")
    changed(below, NEW_YEAR, parent_id=above.id)
    row = fresh(database, above)
    values = {name: getattr(row, name) for name in actions.ChangeBody.__dataclass_fields__}
    with pytest.raises(DomainError) as refused:
        actions.change(SYSTEM, above.id, **(values | {"parent_id": below.id}))
    assert refused.value.field == "parent_id"


def test_taking_back_a_move_that_held_two_bodies_apart_is_refused(a: Factory) -> None:
    top, one = a.body("Topp", short_name="T"), a.body("En", short_name="E")
    other = a.body("To", short_name="To", parent_id=one.id)
    moved = changed(other, NEW_YEAR, parent_id=top.id)
    changed(one, date(2027, 6, 1), parent_id=other.id)
    with pytest.raises(DomainError, match=r"fra 1\. juni 2027"):
        phases.drop_phase(SYSTEM, moved)


def test_nobody_reports_to_a_body_that_is_not_there_on_the_day(a: Factory) -> None:
    later = a.body("Senere", short_name="S", starts_on=date(2028, 1, 1))
    with pytest.raises(DomainError) as refused:
        changed(a.body("Nå"), NEW_YEAR, parent_id=later.id)
    assert refused.value.field == "parent_id"


DAYS = st.dates(date(2026, 1, 2), date(2028, 12, 31))
CHANGES = st.lists(
    st.tuples(st.integers(0, 3), DAYS, st.sampled_from("ABCDEFG"), st.sampled_from([None, 0, 1, 2, 3])), max_size=12
)


@settings(max_examples=40)
@given(plan=CHANGES)
def test_the_name_as_of_any_day_is_that_of_the_last_phase_begun_and_no_day_has_a_circle(a: Factory, plan: Any) -> None:
    here, first = a.partnership(), date(2026, 1, 1)
    bodies = [a.body(f"Utvalg {n}", short_name=str(n), partnership=here, starts_on=first) for n in range(4)]
    names = [{first: body.name} for body in bodies]
    for index, day, name, above in plan:
        try:
            changed(bodies[index], day, name=name, parent_id=None if above is None else bodies[above].id)
        except DomainError:
            continue
        names[index][day] = name
    _check(bodies, names)


def _check(bodies: list[Body], names: list[dict[date, str]]) -> None:
    asked = {day + timedelta(days=step) for of_body in names for day in of_body for step in (0, 1)} | {date(2029, 1, 1)}
    for day in asked:
        told = {one.id: one.name for one in standing_on(SYSTEM, day)}
        for body, by_day in zip(bodies, names, strict=True):
            assert told[body.id] == by_day[max(begun for begun in by_day if begun <= day)]
    for _day, parents in parents_by_day(bodies[0].partnership_id):
        assert not [body.id for body in bodies if own_ancestor(body.id, parents)]
    assert not broken()


# ---- closing


def test_a_body_does_not_close_before_it_begins(a: Factory) -> None:
    body = a.body(starts_on=date(2026, 1, 1))
    with pytest.raises(DomainError) as refused:
        phases.close(SYSTEM, body.id, ends_on=date(2025, 12, 31))
    assert refused.value.field == "ends_on"


def test_a_body_with_open_cases_meetings_decisions_and_bodies_below_does_not_close_and_says_which(
    cast: Cast, a: Factory
) -> None:
    a.treatment(a.case("Legemidler ved utskriving", organisation=cast.municipality), cast.body)
    a.meeting(cast.body)
    a.body("Arbeidsutvalget", short_name="AU", parent_id=cast.body.id, partnership=cast.partnership)
    with pytest.raises(Hindered) as refused:
        phases.close(cast.actor("secretary"), cast.body.id, ends_on=TODAY)
    said = " ".join(str(reason) for reason in refused.value.reasons)
    assert "Saken «Legemidler ved utskriving» er ikke ferdig." in said
    assert "er ikke holdt eller avlyst" in said
    assert "Arbeidsutvalget rapporterer hit." in said


def test_meetings_before_the_last_day_do_not_stand_in_the_way(database: sa.orm.Session, cast: Cast, a: Factory) -> None:
    last = a.meeting(cast.body).day + timedelta(days=1)
    phases.close(cast.actor("secretary"), cast.body.id, ends_on=last)
    assert fresh(database, cast.body).ends_on == last


def test_a_meeting_that_was_cancelled_does_not_stand_in_the_way(
    database: sa.orm.Session, cast: Cast, a: Factory
) -> None:
    secretary, meeting = cast.actor("secretary"), a.meeting(cast.body)
    meetings.cancel(secretary, meeting.id, reason="For få saker.")
    phases.close(secretary, cast.body.id, ends_on=clock.today())
    assert fresh(database, cast.body).ends_on == clock.today()


def test_a_successor_takes_over_the_day_after_and_those_below_report_to_it(
    database: sa.orm.Session, cast: Cast, a: Factory
) -> None:
    here = {"partnership": cast.partnership}
    new = a.body("Strategisk samarbeidsutvalg", short_name="SSU", **here)
    child = a.body("Fagråd", short_name="FR", parent_id=cast.body.id, **here)
    a.treatment(a.case(organisation=cast.municipality), cast.body)
    phases.close(cast.actor("secretary"), cast.body.id, ends_on=date(2026, 12, 31), successor_id=new.id)
    row = database.scalars(sa.select(BodySuccession)).one()
    assert (row.body_id, row.successor_id, row.starts_on) == (cast.body.id, new.id, NEW_YEAR)
    above = {day: {one.id: one.parent_id for one in standing_on(SYSTEM, day)}[child.id] for day in (TODAY, NEW_YEAR)}
    assert above == {TODAY: cast.body.id, NEW_YEAR: new.id}
    assert not broken()


def test_the_settings_do_not_close_a_body_that_has_open_cases(database: sa.orm.Session, cast: Cast, a: Factory) -> None:
    a.treatment(a.case(organisation=cast.municipality), cast.body)
    row = fresh(database, cast.body)
    values = {name: getattr(row, name) for name in actions.ChangeBody.__dataclass_fields__}
    with pytest.raises(Hindered):
        actions.change(cast.actor("secretary"), cast.body.id, **(values | {"ends_on": date(2026, 12, 31)}))


def test_a_case_in_the_other_partys_room_is_not_told_of(database: sa.orm.Session, cast: Cast, a: Factory) -> None:
    a.treatment(a.case("Helseforetakets egen sak", organisation=cast.municipality, room="H"), cast.body)
    phases.close(cast.actor("secretary"), cast.body.id, ends_on=TODAY)
    assert fresh(database, cast.body).ends_on == TODAY


def test_no_meeting_is_planned_after_the_last_day(cast: Cast) -> None:
    secretary, last = cast.actor("secretary"), date(2026, 12, 31)
    phases.close(secretary, cast.body.id, ends_on=last)
    times = {"starts": time(9), "ends": time(12)}
    with pytest.raises(DomainError) as refused:
        meetings.plan(secretary, cast.body.id, day=NEW_YEAR, **times)
    assert refused.value.field == "day"
    assert meetings.plan(secretary, cast.body.id, day=last, **times)


# ---- merging


def test_two_bodies_go_up_in_a_third_and_what_was_below_them_reports_to_it(
    database: sa.orm.Session, a: Factory
) -> None:
    partnership = a.partnership()
    one, two, into = (a.body(name, short_name=name, partnership=partnership) for name in ("En", "To", "Tre"))
    child = a.body("Under en", short_name="U", parent_id=one.id)
    phases.merge(SYSTEM, into.id, absorbed_ids=(one.id, two.id), starts_on=NEW_YEAR)
    assert [fresh(database, body).ends_on for body in (one, two, into)] == [date(2026, 12, 31)] * 2 + [None]
    assert {row.body_id for row in database.scalars(sa.select(BodySuccession))} == {one.id, two.id}
    assert {one.id: one.parent_id for one in standing_on(SYSTEM, NEW_YEAR)}[child.id] == into.id


def test_a_body_that_stood_under_the_one_it_takes_over_moves_up_a_step(database: sa.orm.Session, a: Factory) -> None:
    top = a.body("Topp", short_name="T")
    old = a.body("Gammel", short_name="G", parent_id=top.id)
    new = a.body("Ny", short_name="N", parent_id=old.id)
    phases.merge(SYSTEM, new.id, absorbed_ids=(old.id,), starts_on=TODAY)
    assert fresh(database, new).parent_id == top.id
    assert not broken()


def test_a_body_does_not_merge_with_itself_or_with_nothing(a: Factory) -> None:
    body = a.body()
    for absorbed in ((), (body.id,)):
        with pytest.raises(DomainError) as refused:
            phases.merge(SYSTEM, body.id, absorbed_ids=absorbed, starts_on=NEW_YEAR)
        assert refused.value.field == "absorbed_ids"


def test_the_rows_of_a_body_never_changed_are_none(database: sa.orm.Session, a: Factory) -> None:
    body = a.body()
    assert not database.scalars(sa.select(BodyPhase).where(BodyPhase.body_id == body.id)).all()
