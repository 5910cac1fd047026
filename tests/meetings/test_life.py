"""A meeting is planned, called, held or cancelled; every refusal says why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from secretariat.cases.models import Treatment, TreatmentState
from secretariat.core import clock, db, signals
from secretariat.core.actions import writing
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.meetings import actions
from secretariat.meetings.calling import call
from secretariat.meetings.models import AgendaItem, ItemKind, ItemState, Meeting, MeetingState, Participant
from tests.factories import Factory
from tests.factories.cast import Cast

DAY = date(2026, 10, 1)
MORNING = {"day": DAY, "starts": time(9), "ends": time(12)}


def fresh(row: Any) -> Any:
    """The row as it is stored now, whoever stored it."""
    session().rollback()
    return session().get_one(type(row), row.id, populate_existing=True)


def called(meeting: Meeting) -> Meeting:
    """The meeting after its notice."""
    with writing("test"):
        call(session().get_one(Meeting, meeting.id))
    return fresh(meeting)


def refusal(run: Any) -> tuple[str | None, str]:
    """The field and the sentence of the refusal."""
    with pytest.raises(DomainError) as refused:
        run()
    return refused.value.field, str(refused.value.reason)


def test_a_planned_meeting_has_one_uid_for_life_and_the_instant_of_its_wall_clock(cast: Cast) -> None:
    meeting_id = actions.plan(cast.actor("secretary"), cast.body, **MORNING)

    meeting = session().get_one(Meeting, meeting_id)
    assert meeting.uid == f"{meeting_id}@localhost"
    assert meeting.starts_at == datetime(2026, 10, 1, 7, 0, tzinfo=UTC)
    assert meeting.title == "Møte i Administrativt samarbeidsutvalg"


def test_both_secretaries_plan_and_nobody_else_does(cast: Cast) -> None:
    actions.plan(cast.actor("hospital_secretary"), cast.body, **MORNING)

    with pytest.raises(Denied):
        actions.plan(cast.actor("chair"), cast.body, **MORNING)
    with pytest.raises(NotFound):
        actions.plan(cast.actor("stranger"), cast.body, **MORNING)


def test_a_time_that_the_clock_skips_is_refused_at_its_field(cast: Cast) -> None:
    spring = {"day": date(2027, 3, 28), "starts": time(2, 30), "ends": time(5)}

    field, reason = refusal(lambda: actions.plan(cast.actor("secretary"), cast.body, **spring))

    assert field == "starts"
    assert reason == "Klokken 02.30 finnes ikke 28. mars 2027: klokken stilles fram den natten."


def test_a_time_that_comes_twice_asks_which_one_is_meant(cast: Cast) -> None:
    autumn: dict[str, Any] = {"day": date(2026, 10, 25), "starts": time(2, 30), "ends": time(5)}
    field, reason = refusal(lambda: actions.plan(cast.actor("secretary"), cast.body, **autumn))
    assert (field, "to ganger" in reason) == ("fold", True)

    first = actions.plan(cast.actor("secretary"), cast.body, **autumn, fold=0)
    second = actions.plan(cast.actor("secretary"), cast.body, **autumn, fold=1)

    instants = [session().get_one(Meeting, meeting_id).starts_at for meeting_id in (first, second)]
    assert instants[1] - instants[0] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": time(8)}, "ends"),
        ({"ends": time(9)}, "ends"),
        ({"timezone": "Europe/Trondheim"}, "timezone"),
        ({"digital_link": "javascript:alert(1)"}, "digital_link"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    assert refusal(lambda: actions.plan(cast.actor("secretary"), cast.body, **(MORNING | wrong)))[0] == field


def test_a_body_has_one_meeting_at_one_instant_but_another_an_hour_later(cast: Cast) -> None:
    actions.plan(cast.actor("secretary"), cast.body, **MORNING)

    field, reason = refusal(lambda: actions.plan(cast.actor("hospital_secretary"), cast.body, **MORNING))
    later = actions.plan(cast.actor("secretary"), cast.body, **(MORNING | {"starts": time(10)}))

    assert (field, reason) == ("starts", "Utvalget har alt et møte på dette tidspunktet.")
    assert later is not None


def test_two_secretaries_who_plan_the_same_instant_at_once_get_one_meeting(cast: Cast) -> None:
    actors = [cast.actor("secretary"), cast.actor("hospital_secretary")]

    def plan(actor: Actor) -> bool:
        with db.connected(), clock.at(datetime(2026, 9, 7, 6, 0, tzinfo=UTC)):
            try:
                actions.plan(actor, cast.body.id, **MORNING)
            except DomainError:
                return False
        return True

    with ThreadPoolExecutor(2) as both:
        won = list(both.map(plan, actors))

    session().rollback()
    assert sorted(won) == [False, True]
    assert session().scalar(sa.select(sa.func.count()).select_from(Meeting)) == 1


def test_a_cancelled_meeting_leaves_its_time_free(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY, starts=time(9))
    actions.cancel(cast.actor("secretary"), meeting, reason="For få saker.")

    assert actions.plan(cast.actor("secretary"), cast.body, **MORNING) is not None


def as_it_is(meeting: Meeting) -> dict[str, Any]:
    """The input that changes nothing."""
    names = ("day", "starts", "ends", "title", "place", "digital_link", "practical", "form", "tentative")
    return {name: getattr(meeting, name) for name in names}


@pytest.mark.parametrize(
    ("changed", "rises"),
    [
        ({"day": date(2026, 10, 2)}, 1),
        ({"starts": time(10)}, 1),
        ({"place": "Verdal rådhus"}, 1),
        ({"practical": "Lunsj kl. 11"}, 0),
    ],
)
def test_after_the_notice_a_new_time_or_place_is_a_new_invitation(
    cast: Cast, a: Factory, changed: dict[str, Any], rises: int
) -> None:
    meeting = called(a.meeting(cast.body, day=DAY))

    actions.change(cast.actor("secretary"), meeting, **(as_it_is(meeting) | changed))

    assert fresh(meeting).sequence == rises
    assert fresh(meeting).uid == meeting.uid


def test_every_change_is_told_but_only_a_called_meeting_counts_them(
    cast: Cast, a: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UUID] = []
    monkeypatch.setattr(signals.meeting_changed, "listeners", [lambda meeting: told.append(meeting.id)])
    meeting = a.meeting(cast.body, day=DAY)

    actions.change(cast.actor("secretary"), meeting, **(as_it_is(meeting) | {"place": "Verdal rådhus"}))

    assert told == [meeting.id]
    assert fresh(meeting).sequence == 0


def test_a_meeting_is_closed_on_its_day_and_not_before(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    assert refusal(lambda: actions.close(cast.actor("secretary"), meeting))[1] == "Innkallingen er ikke sendt."
    called(meeting)
    assert refusal(lambda: actions.close(cast.actor("secretary"), meeting))[1] == "Møtet er ikke før 1. oktober 2026."

    with clock.at(datetime(2026, 10, 1, 10, 0, tzinfo=UTC)):
        actions.close(cast.actor("secretary"), meeting)

    assert fresh(meeting).state is MeetingState.HELD


def on_the_agenda(a: Factory, meeting: Meeting, title: str) -> tuple[Treatment, AgendaItem]:
    """A case that stands on the meeting's agenda."""
    treatment = a.treatment(a.case(title), state=TreatmentState.ON_AGENDA)
    return treatment, a.item(meeting, title, kind=ItemKind.DECISION, treatment_id=treatment.id)


def test_closing_treats_what_stood_and_leaves_what_was_put_off(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=clock.today())
    treated, _ = on_the_agenda(a, meeting, "Drøftes")
    waiting, put_off = on_the_agenda(a, meeting, "Utsettes")
    called(meeting)
    actions.postpone_item(cast.actor("secretary"), put_off)

    actions.close(cast.actor("secretary"), meeting)

    assert (fresh(treated).state, fresh(treated).treated_on) == (TreatmentState.TREATED, clock.today())
    assert fresh(waiting).state is TreatmentState.POSTPONED


def test_a_closed_meeting_can_be_opened_again_and_its_cases_with_it(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=clock.today())
    treatment, _ = on_the_agenda(a, meeting, "Drøftes")
    called(meeting)
    actions.close(cast.actor("secretary"), meeting)

    actions.reopen(cast.actor("hospital_secretary"), meeting)

    assert fresh(meeting).state is MeetingState.CALLED
    assert fresh(treatment).state is TreatmentState.ON_AGENDA


def test_what_hinders_the_way_back_is_said(cast: Cast, a: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = called(a.meeting(cast.body, day=clock.today()))
    actions.close(cast.actor("secretary"), meeting)
    answer = [lambda verb, _meeting: ["Referatet er godkjent."] if verb == "meetings.reopen" else []]
    monkeypatch.setattr(signals.hindrances, "answerers", answer)

    assert refusal(lambda: actions.reopen(cast.actor("secretary"), meeting))[1] == "Referatet er godkjent."


def test_a_held_meeting_is_neither_cancelled_nor_moved(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body, day=clock.today()))
    actions.close(cast.actor("secretary"), meeting)

    cancelling = refusal(lambda: actions.cancel(cast.actor("secretary"), meeting, reason="Angrer"))
    moving = refusal(lambda: actions.change(cast.actor("secretary"), meeting, **as_it_is(meeting)))

    assert cancelling == moving == (None, "Møtet er holdt.")


def test_cancelling_needs_a_reason_and_sends_the_cases_back_to_the_queue(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    treatment, item = on_the_agenda(a, meeting, "Venter igjen")
    called(meeting)
    assert refusal(lambda: actions.cancel(cast.actor("secretary"), meeting, reason=" "))[0] == "reason"

    actions.cancel(cast.actor("secretary"), meeting, reason="Snøstorm.")

    assert (fresh(meeting).state, fresh(meeting).sequence) == (MeetingState.CANCELLED, 1)
    assert fresh(item).state is ItemState.POSTPONED
    assert fresh(treatment).state is TreatmentState.POSTPONED


def test_a_cancellation_can_be_taken_back_until_the_day_has_passed(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body, day=DAY))
    actions.cancel(cast.actor("secretary"), meeting, reason="Snøstorm.")

    actions.reopen(cast.actor("secretary"), meeting)
    assert (fresh(meeting).state, fresh(meeting).sequence) == (MeetingState.CALLED, 2)

    actions.cancel(cast.actor("secretary"), meeting, reason="Snøstorm.")
    with clock.at(datetime(2026, 10, 2, 10, 0, tzinfo=UTC)):
        assert refusal(lambda: actions.reopen(cast.actor("secretary"), meeting))[1] == "Møtedagen er passert."


def test_the_chairs_agree_on_the_agenda_until_it_is_sent(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=DAY)
    actions.agree_agenda(cast.actor("chair"), meeting, agreed=True)
    assert refusal(lambda: actions.agree_agenda(cast.actor("deputy_chair"), meeting, agreed=False))[0] == "note"
    with pytest.raises(Denied):
        actions.agree_agenda(cast.actor("member"), meeting, agreed=True)

    called(meeting)

    with pytest.raises(DomainError):
        actions.agree_agenda(cast.actor("deputy_chair"), meeting, agreed=True)


def test_another_chair_needs_a_reason_and_a_place_at_the_table(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body, day=DAY))
    secretary, member, chair = cast.actor("secretary"), cast.person["member"], cast.person["chair"]
    assert refusal(lambda: actions.choose_chair(secretary, meeting, chair_person_id=member.id))[0] == "chair_reason"
    stranger = cast.person["stranger"].id
    outsider = refusal(lambda: actions.choose_chair(secretary, meeting, chair_person_id=stranger, chair_reason="Nei"))
    assert outsider[0] == "chair_person_id"

    actions.choose_chair(secretary, meeting, chair_person_id=member.id, chair_reason="Leder er inhabil.")

    roles = dict(session().execute(sa.select(Participant.person_id, Participant.role)).all())
    assert (roles[member.id].value, roles[chair.id].value) == ("chair", "member")
