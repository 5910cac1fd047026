"""The agenda keeps its order, its history and its rooms."""

from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.cases import actions as cases
from secretariat.cases.models import Case, TreatmentState
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import DomainError, NotFound
from secretariat.meetings import actions, queries
from secretariat.meetings.actions.items import items_of
from secretariat.meetings.agenda import clock_times
from secretariat.meetings.calling import call, open_doors
from secretariat.meetings.models import AgendaItem, ItemKind, ItemOrigin, ItemState, Meeting
from secretariat.meetings.numbers import give
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.meetings.test_life import fresh, refusal


def titles(meeting: Meeting) -> list[str]:
    """The agenda as it reads now."""
    session().rollback()
    return [item.title for item in items_of(meeting)]


def sent(meeting: Meeting) -> Meeting:
    """The meeting after its notice: called, numbered."""
    with writing("test"):
        row = session().get_one(Meeting, meeting.id)
        give(row)
        call(row)
    return fresh(meeting)


def test_standing_items_come_once_with_eventuelt_last(cast: Cast, a: Factory) -> None:
    meeting, secretary = a.meeting(cast.body), cast.actor("secretary")
    actions.add_item(secretary, meeting, title="Handlingsplan")

    actions.add_standing_items(secretary, meeting)
    actions.add_standing_items(secretary, meeting)
    actions.add_item(secretary, meeting, title="Ny rutine")

    assert titles(meeting) == [
        "Godkjenning av innkalling og saksliste",
        "Godkjenning av referat fra forrige møte",
        "Oppfølging av tidligere vedtak",
        "Handlingsplan",
        "Ny rutine",
        "Eventuelt",
    ]


def test_standing_items_that_the_secretary_calls_something_else_do_not_come_twice(cast: Cast, a: Factory) -> None:
    meeting, secretary = a.meeting(cast.body), cast.actor("secretary")
    own = {"Referat fra forrige møte": ItemKind.APPROVAL, "Eventuelt og neste møte": ItemKind.ANY_OTHER}
    for title, kind in own.items():
        actions.add_item(secretary, meeting, title=title, kind=kind)
    actions.add_item(secretary, meeting, title="Godkjenning av årsmeldingen", kind=ItemKind.APPROVAL)

    actions.add_standing_items(secretary, meeting)

    assert sorted(titles(meeting)) == sorted(
        [
            *own,
            "Godkjenning av innkalling og saksliste",
            "Godkjenning av årsmeldingen",
            "Oppfølging av tidligere vedtak",
        ]
    )


def test_a_case_from_the_queue_brings_its_titles_and_stands_on_one_agenda_only(cast: Cast, a: Factory) -> None:
    first, second = a.meeting(cast.body, day=date(2026, 10, 1)), a.meeting(cast.body, day=date(2026, 11, 5))
    treatment = a.treatment(a.case("Legemidler"), cast.body)

    item_id = actions.add_item(cast.actor("secretary"), first, treatment_id=treatment.id)

    assert session().get_one(AgendaItem, item_id).title == "Legemidler"
    assert fresh(treatment).state is TreatmentState.ON_AGENDA
    field, reason = refusal(lambda: actions.add_item(cast.actor("secretary"), second, treatment_id=treatment.id))
    assert (field, reason) == ("treatment_id", "Saken står alt på en saksliste, eller er drøftet.")


def test_a_case_that_waits_for_another_body_is_refused(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    treatment = a.treatment(a.case(), a.body("Fagråd", partnership=cast.partnership))

    refused = refusal(lambda: actions.add_item(cast.actor("secretary"), meeting, treatment_id=treatment.id))

    assert refused == ("treatment_id", "Saken venter ikke på dette utvalget.")


def test_a_case_of_a_partys_own_room_never_comes_on_a_common_agenda(cast: Cast, a: Factory) -> None:
    meeting, own = a.meeting(cast.body), a.case("Kommunenes linje", room="M")
    treatment = a.treatment(own, cast.body)

    refused = refusal(lambda: actions.add_item(cast.actor("secretary"), meeting, treatment_id=treatment.id))

    assert "eget rom" in refused[1]


def test_an_item_without_a_case_needs_a_title_and_an_exempt_one_a_public_title_too(cast: Cast, a: Factory) -> None:
    meeting, secretary = a.meeting(cast.body), cast.actor("secretary")

    assert refusal(lambda: actions.add_item(secretary, meeting))[0] == "title"
    exempt = {"title": "Tvist om oppgjør", "exempt_basis": "offl. § 13"}
    assert refusal(lambda: actions.add_item(secretary, meeting, **exempt))[0] == "public_title"
    assert refusal(lambda: actions.add_item(secretary, meeting, title="Lang", duration=601))[0] == "duration"


moves = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["up", "down", "first", "last", "before"]), st.integers(0, 4)),
    max_size=25,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=moves)
def test_under_any_moves_the_agenda_reads_as_it_was_ordered(cast: Cast, a: Factory, steps: list[Any]) -> None:
    meeting, secretary = a.meeting(a.body(partnership=cast.partnership)), cast.actor("secretary")
    expected = [a.item(meeting, letter, position=number) for number, letter in enumerate("abcde", 1)]
    for which, way, other in steps:
        item = expected[which]
        target = expected[other]
        expected.remove(item)
        if way in ("up", "down"):
            expected.insert(max(which - 1, 0) if way == "up" else which + 1, item)
            actions.move_item(secretary, item, to=way)
        elif way == "last" or target is item:
            expected.append(item)
            actions.move_item(secretary, item)
        else:
            target = expected[0] if way == "first" else target
            expected.insert(expected.index(target), item)
            actions.move_item(secretary, item, before=target.id)

    order = items_of(meeting)
    assert [item.id for item in order] == [item.id for item in expected]
    assert len({item.position for item in order}) == len(order)


def test_an_item_cannot_be_put_before_one_of_another_meeting(cast: Cast, a: Factory) -> None:
    item = a.item(a.meeting(cast.body, day=date(2026, 10, 1)))
    elsewhere = a.item(a.meeting(cast.body, day=date(2026, 11, 1)))

    assert refusal(lambda: actions.move_item(cast.actor("secretary"), item, before=elsewhere.id))[0] == "before"


def test_the_clock_of_the_agenda_skips_what_is_put_off(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, starts=time(9))
    first, off = a.item(meeting, duration=20), a.item(meeting, duration=30, state=ItemState.POSTPONED)
    last = a.item(meeting, duration=10)

    times = clock_times(meeting, [first, off, last])

    assert [times[item.id] for item in (first, off, last)] == [time(9), time(9, 20), time(9, 20)]


def test_before_the_notice_an_item_is_taken_off_and_its_case_waits_again(cast: Cast, a: Factory) -> None:
    meeting, treatment = a.meeting(cast.body), a.treatment(a.case(), cast.body)
    item_id = actions.add_item(cast.actor("secretary"), meeting, treatment_id=treatment.id)
    assert "Ta saken av" in refusal(lambda: actions.withdraw_item(cast.actor("secretary"), item_id))[1]

    actions.remove_item(cast.actor("secretary"), item_id)

    assert titles(meeting) == []
    assert fresh(treatment).state is TreatmentState.WAITING


def test_after_the_notice_an_item_goes_out_but_keeps_its_place_and_number(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    treatment = a.treatment(a.case(), cast.body, state=TreatmentState.ON_AGENDA)
    item = a.item(meeting, "Utgår", treatment_id=treatment.id)
    sent(meeting)
    assert "nummeret blir stående" in refusal(lambda: actions.remove_item(cast.actor("secretary"), item))[1]

    actions.withdraw_item(cast.actor("secretary"), item)

    assert (fresh(item).state, fresh(item).number) == (ItemState.WITHDRAWN, 1)
    assert fresh(treatment).state is TreatmentState.WITHDRAWN


def test_a_postponed_case_waits_for_another_meeting_where_it_gets_a_new_number(cast: Cast, a: Factory) -> None:
    first, second = a.meeting(cast.body, day=date(2026, 10, 1)), a.meeting(cast.body, day=date(2026, 11, 5))
    treatment = a.treatment(a.case(), cast.body, state=TreatmentState.ON_AGENDA)
    item, secretary = a.item(first, "Utsettes", treatment_id=treatment.id), cast.actor("secretary")
    sent(first)

    actions.postpone_item(secretary, item)
    again = session().get_one(AgendaItem, actions.add_item(secretary, second, treatment_id=treatment.id))
    sent(second)

    assert (fresh(item).state, fresh(item).number) == (ItemState.POSTPONED, 1)
    assert fresh(again).number == 2
    assert "på en saksliste" in refusal(lambda: actions.restore_item(secretary, item))[1]


def test_a_postponed_case_that_is_taken_off_its_next_agenda_is_postponed_still_and_keeps_its_history(
    cast: Cast, a: Factory
) -> None:
    first, second = a.meeting(cast.body, day=date(2026, 10, 1)), a.meeting(cast.body, day=date(2026, 11, 5))
    treatment = a.treatment(a.case(), cast.body, state=TreatmentState.ON_AGENDA)
    item, secretary = a.item(first, "Utsettes", treatment_id=treatment.id), cast.actor("secretary")
    sent(first)
    actions.postpone_item(secretary, item)
    actions.remove_item(secretary, actions.add_item(secretary, second, treatment_id=treatment.id))

    assert fresh(treatment).state is TreatmentState.POSTPONED
    assert "som venter" in refusal(lambda: cases.remove_treatment(secretary, treatment.id))[1]


def test_what_was_withdrawn_can_be_taken_up_after_all(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    item = a.item(meeting)
    sent(meeting)
    actions.withdraw_item(cast.actor("secretary"), item)

    actions.restore_item(cast.actor("secretary"), item)

    assert (fresh(item).state, fresh(item).number) == (ItemState.STANDING, 1)


def test_a_late_item_waits_for_its_supplement_to_get_a_number(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    a.item(meeting)
    sent(meeting)

    late = session().get_one(AgendaItem, actions.add_item(cast.actor("secretary"), meeting, title="Tilleggssak"))

    assert (late.origin, late.number) == (ItemOrigin.SUPPLEMENT, None)
    actions.remove_item(cast.actor("secretary"), late)
    assert "Tilleggssak" not in titles(meeting)


def titles_seen(cast: Cast, role: str, meeting: Meeting) -> list[str]:
    """The agenda as one of the cast reads it."""
    session().rollback()
    return [item.title for item in queries.agenda(cast.actor(role), meeting.id)]


def sees_case(cast: Cast, role: str, case: Case) -> bool:
    """Whether one of the cast may read the case."""
    session().rollback()
    query = sa.select(Case.id).where(Case.id == case.id, visible(cast.actor(role), Case))
    return session().scalar(query) is not None


def test_a_late_item_is_the_secretariats_alone_until_its_supplement_goes_out(cast: Cast, a: Factory) -> None:
    meeting, case = a.meeting(cast.body), a.case("Tilleggssak")
    a.item(meeting, "Sendt sak")
    sent(meeting)
    actions.add_item(cast.actor("secretary"), meeting, treatment_id=a.treatment(case, cast.body).id)

    for role in ("member", "chair", "deputy_chair", "hospital_member"):
        assert titles_seen(cast, role, meeting) == ["Sendt sak"]
        assert not sees_case(cast, role, case)
    for role in ("secretary", "hospital_secretary"):
        assert titles_seen(cast, role, meeting) == ["Sendt sak", "Tilleggssak"]

    with writing("test"):
        open_doors(session().get_one(Meeting, meeting.id))

    assert titles_seen(cast, "member", meeting) == ["Sendt sak", "Tilleggssak"]
    assert sees_case(cast, "member", case)


def test_a_late_item_that_has_gone_out_is_not_taken_off_again(cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body))
    heading = actions.add_item(cast.actor("secretary"), meeting, title="Sent innkomne saker", kind=ItemKind.HEADING)
    with writing("test"):
        open_doors(session().get_one(Meeting, meeting.id))

    refused = refusal(lambda: actions.remove_item(cast.actor("secretary"), heading))

    assert refused[1] == "Saken er sendt ut. La den utgå eller utsett den; nummeret blir stående."


def test_what_a_held_meeting_took_up_is_told_even_if_no_supplement_went_out(cast: Cast, a: Factory) -> None:
    meeting = sent(a.meeting(cast.body, day=clock.today()))
    actions.add_item(cast.actor("secretary"), meeting, title="Hastesak")
    assert titles_seen(cast, "member", meeting) == []

    actions.close(cast.actor("secretary"), meeting)

    assert titles_seen(cast, "member", meeting) == ["Hastesak"]


def test_the_two_chairs_read_a_case_while_it_stands_on_the_agenda_that_is_made(cast: Cast, a: Factory) -> None:
    meeting, case = a.meeting(cast.body), a.case("Legemidler")
    item = actions.add_item(cast.actor("secretary"), meeting, treatment_id=a.treatment(case, cast.body).id)
    assert [sees_case(cast, role, case) for role in ("chair", "deputy_chair", "member")] == [True, True, False]

    actions.remove_item(cast.actor("secretary"), item)

    assert [sees_case(cast, role, case) for role in ("chair", "deputy_chair", "member")] == [False, False, False]


def test_the_chairs_leave_the_cases_of_a_meeting_that_is_cancelled_before_its_notice(cast: Cast, a: Factory) -> None:
    meeting, case = a.meeting(cast.body), a.case("Legemidler")
    actions.add_item(cast.actor("secretary"), meeting, treatment_id=a.treatment(case, cast.body).id)

    actions.cancel(cast.actor("secretary"), meeting, reason="For få saker")

    assert not sees_case(cast, "chair", case)


def test_an_item_raised_in_the_meeting_is_last_and_has_its_number_at_once(cast: Cast, a: Factory) -> None:
    meeting, secretary = a.meeting(cast.body, day=clock.today()), cast.actor("secretary")
    actions.add_standing_items(secretary, meeting)
    assert (
        refusal(lambda: actions.add_item_in_meeting(secretary, meeting, title="Brann"))[1]
        == "Innkallingen er ikke sendt."
    )
    sent(meeting)

    raised = session().get_one(AgendaItem, actions.add_item_in_meeting(secretary, meeting, title="Ny ferge"))

    assert titles(meeting)[-2:] == ["Eventuelt", "Ny ferge"]
    assert (raised.origin, raised.number) == (ItemOrigin.MEETING, 5)


def test_numbered_items_become_no_headings(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)
    item = a.item(meeting)
    sent(meeting)

    change = {"title": "Overskrift", "kind": ItemKind.HEADING}
    assert refusal(lambda: actions.change_item(cast.actor("secretary"), item, **change))[0] == "kind"


def test_nothing_is_added_to_the_agenda_of_a_meeting_that_was_held(cast: Cast, a: Factory) -> None:
    meeting, secretary = a.meeting(cast.body, day=clock.today()), cast.actor("secretary")
    item = a.item(meeting)
    sent(meeting)
    actions.close(secretary, meeting)

    assert refusal(lambda: actions.add_item(secretary, meeting, title="For sent"))[1] == "Møtet er holdt."
    assert refusal(lambda: actions.withdraw_item(secretary, item))[1] == "Møtet er holdt."


def test_the_other_partys_secretary_cannot_touch_the_agenda_of_a_party_room(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, room="M")
    item = a.item(meeting)

    for attempt in (actions.move_item, actions.remove_item, actions.withdraw_item):
        with pytest.raises(NotFound):
            attempt(cast.actor("hospital_secretary"), item)
    assert session().scalar(sa.select(AgendaItem.state).where(AgendaItem.id == item.id)) is ItemState.STANDING


def test_a_refused_addition_leaves_no_trace(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body)

    with pytest.raises(DomainError):
        actions.add_item(cast.actor("secretary"), meeting, title="Pasient 01010112377")

    assert titles(meeting) == []
