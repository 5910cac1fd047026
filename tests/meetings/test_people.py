"""Who is called, who answers, who steps in, who was there."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.bodies.balance import Balance, agreed_on
from secretariat.bodies.models import Appointment, Capacity, DeputyRule, Leave, SeatRole
from secretariat.core import clock, signals
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from secretariat.meetings import actions
from secretariat.meetings.appointments_since import ProposalKind, proposals
from secretariat.meetings.calling import balance, called_people, rows_of
from secretariat.meetings.models import Meeting, Participant, ParticipantRole, Presence, Reply
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.meetings.test_life import called, fresh, refusal

DAY = date(2026, 10, 1)


def roles(people: Any) -> dict[Any, str]:
    """Person → role."""
    return {person.person_id: person.role.value for person in people}


def row_of(meeting: Meeting, person: Person) -> Participant:
    """The person's row in the meeting as it is stored now."""
    session().rollback()
    same = (Participant.meeting_id == meeting.id, Participant.person_id == person.id)
    return session().scalars(sa.select(Participant).where(*same).execution_options(populate_existing=True)).one()


def sees_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor sees the meeting."""
    query = sa.select(Meeting.id).where(Meeting.id == meeting.id, visible(actor, Meeting))
    return session().scalar(query) is not None


def test_the_body_and_both_secretaries_are_called_with_the_chair_first(cast: Cast, a: Factory) -> None:
    people = called_people(a.meeting(cast.body))

    assert people[0].person_id == cast.person["chair"].id
    assert roles(people) == {
        cast.person["chair"].id: "chair",
        cast.person["deputy_chair"].id: "member",
        cast.person["member"].id: "member",
        cast.person["hospital_member"].id: "member",
        cast.person["observer"].id: "observer",
        cast.person["secretary"].id: "secretariat",
        cast.person["hospital_secretary"].id: "secretariat",
    }


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=st.lists(st.tuples(days, st.none() | days), min_size=1, max_size=6), day=days)
def test_whoever_sits_on_the_meetings_day_is_called_the_last_day_counted(
    cast: Cast, a: Factory, terms: list[tuple[date, date | None]], day: date
) -> None:
    body = a.body(partnership=cast.partnership)
    expected = set()
    for first, last in terms:
        last = None if last is None else max(first, last)
        person = a.person()
        a.appointment(a.seat(body), person, starts_on=first, ends_on=last)
        if first <= day and (last is None or day <= last):
            expected.add(person.id)

    people = called_people(a.meeting(body, day=day))

    assert {p.person_id for p in people if p.role is not ParticipantRole.SECRETARIAT} == expected


def test_a_person_with_two_seats_is_called_once_and_counts_twice(cast: Cast, a: Factory) -> None:
    another = a.seat(cast.body, represents="Leka kommune")
    a.appointment(another, cast.person["member"])

    people = called_people(a.meeting(cast.body))

    member = [person for person in people if person.person_id == cast.person["member"].id]
    assert len(member) == 1
    assert len(member[0].seats) == 2
    assert balance(people, agreed_on(cast.body.id, DAY)) == Balance(3, 2, 3, 2)


def test_who_is_on_leave_is_not_called_but_the_first_deputy_is(cast: Cast, a: Factory) -> None:
    away(a, cast, "member")

    people = {person.person_id: person for person in called_people(a.meeting(cast.body, day=DAY))}

    assert cast.person["member"].id not in people
    deputy = people[cast.person["deputy"].id]
    assert (deputy.role, deputy.instead_of) == (ParticipantRole.DEPUTY, cast.person["member"].name)


def away(a: Factory, cast: Cast, role: str) -> None:
    """This one is on leave all autumn."""
    query = sa.select(Appointment).where(Appointment.person_id == cast.person[role].id)
    appointment = session().scalars(query.where(Appointment.capacity == Capacity.HOLDER)).one()
    autumn = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31)}
    with writing("test") as work:
        work.add(Leave(partnership_id=cast.partnership.id, appointment_id=appointment.id, **autumn))


def test_while_the_chair_is_on_leave_the_deputy_chair_leads(cast: Cast, a: Factory) -> None:
    away(a, cast, "chair")

    assert roles(called_people(a.meeting(cast.body, day=DAY)))[cast.person["deputy_chair"].id] == "chair"


def test_a_partys_own_meeting_in_a_joint_body_calls_and_opens_to_that_party_alone(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body, room="M"))

    here = {row.person_id for row in rows_of(meeting)}

    assert here == {cast.person[role].id for role in ("chair", "member", "secretary")}
    for role, sees in {"member": True, "hospital_member": False, "hospital_secretary": False}.items():
        found = session().scalar(
            sa.select(Meeting.id).where(Meeting.id == meeting.id, visible(cast.actor(role), Meeting))
        )
        assert (found is not None) is sees, role


def test_after_the_notice_changed_appointments_are_proposed_and_nothing_happens_by_itself(
    cast: Cast, a: Factory
) -> None:
    meeting, new = called(a.meeting(cast.body, day=DAY)), a.person("Ny Representant")
    a.appointment(a.seat(cast.body), new)
    with writing("test"):
        query = sa.select(Appointment).where(Appointment.person_id == cast.person["hospital_member"].id)
        session().scalars(query).one().ends_on = date(2026, 9, 30)

    wanted = proposals(meeting)

    assert {(p.kind, p.person_id) for p in wanted} == {
        (ProposalKind.ADDED, new.id),
        (ProposalKind.REMOVED, cast.person["hospital_member"].id),
    }
    assert new.id not in {row.person_id for row in rows_of(meeting)}
    for each in wanted:
        actions.accept_proposed_change(cast.actor("secretary"), meeting, person_id=each.person_id)
    assert new.id in {row.person_id for row in rows_of(meeting)}
    assert cast.person["hospital_member"].id not in {row.person_id for row in rows_of(meeting)}
    assert proposals(meeting) == []


def test_a_member_answers_for_oneself_and_the_secretariat_on_behalf(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body))
    own, other = row_of(meeting, cast.person["member"]), row_of(meeting, cast.person["chair"])

    actions.reply(cast.actor("member"), own, reply=Reply.ATTENDING)
    actions.reply(cast.actor("hospital_secretary"), other, reply=Reply.ABSENT, note="Ringte.")

    assert (fresh(own).reply, fresh(other).reply, fresh(other).reply_note) == (Reply.ATTENDING, Reply.ABSENT, "Ringte.")
    with pytest.raises(Denied):
        actions.reply(cast.actor("member"), other, reply=Reply.ATTENDING)


def test_nobody_answers_for_a_meeting_that_was_cancelled(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body))
    actions.cancel(cast.actor("secretary"), meeting, reason="Snø")

    own = row_of(meeting, cast.person["member"])
    assert refusal(lambda: actions.reply(cast.actor("member"), own, reply=Reply.ATTENDING))[1] == "Møtet er avlyst."


def absent(cast: Cast, meeting: Meeting, role: str = "member") -> Participant:
    """This one has sent forfall."""
    row = row_of(meeting, cast.person[role])
    actions.reply(cast.actor(role), row, reply=Reply.ABSENT)
    return row


def test_the_secretary_calls_in_the_deputy_who_then_sees_the_meeting(
    cast: Cast, a: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(signals.participant_added, "listeners", [lambda row: told.append(row.person_id)])
    meeting, deputy = called(a.meeting(cast.body)), cast.person["deputy"]
    assert not sees_meeting(cast.actor("deputy"), meeting)
    row = absent(cast, meeting)

    actions.call_in_deputy(cast.actor("secretary"), row)

    stand_in = row_of(meeting, deputy)
    taken = [seat | {"instead_of": row.name} for seat in row.seats]
    assert (stand_in.role, stand_in.deputises_for_id, stand_in.seats) == (ParticipantRole.DEPUTY, row.id, taken)
    assert told == [deputy.id]
    assert sees_meeting(cast.actor("deputy"), meeting)
    assert balance(rows_of(meeting)).municipal == 2
    assert "alt kalt inn" in refusal(lambda: actions.call_in_deputy(cast.actor("secretary"), row))[1]


def test_a_deputy_is_called_only_for_one_who_is_absent(cast: Cast, a: Factory) -> None:
    row = row_of(called(a.meeting(cast.body)), cast.person["member"])

    assert "ikke meldt forfall" in refusal(lambda: actions.call_in_deputy(cast.actor("secretary"), row))[1]


def test_where_the_body_wants_it_the_deputy_is_called_at_once(cast: Cast, a: Factory) -> None:
    with writing("test"):
        session().get_one(type(cast.body), cast.body.id).deputy_rule = DeputyRule.AUTOMATIC
    meeting = called(a.meeting(cast.body))

    absent(cast, meeting)

    assert row_of(meeting, cast.person["deputy"]).role is ParticipantRole.DEPUTY


def test_a_deputy_without_authority_is_marked_so_and_the_pool_comes_after_the_ranked(cast: Cast, a: Factory) -> None:
    pooled = a.person("Felles Vara")
    pool = {
        "body_id": cast.body.id,
        "seat_id": None,
        "party": Party.M,
        "capacity": Capacity.DEPUTY,
        "may_decide": False,
    }
    with writing("test") as work:
        common = {"partnership_id": cast.partnership.id, "starts_on": date(2020, 1, 1)}
        work.add(Appointment(person_id=pooled.id, **pool, **common))
    meeting = called(a.meeting(cast.body))
    row = absent(cast, meeting)
    actions.call_in_deputy(cast.actor("secretary"), row)
    actions.reply(cast.actor("deputy"), row_of(meeting, cast.person["deputy"]), reply=Reply.ABSENT)

    actions.call_in_deputy(cast.actor("secretary"), row)

    assert row_of(meeting, pooled).may_decide is False
    assert (
        "ingen ledig vara"
        in refusal(lambda: actions.call_in_deputy(cast.actor("secretary"), absent(cast, meeting, "chair")))[1]
    )


def test_one_who_is_removed_is_told_let_out_and_kept_as_history(
    cast: Cast, a: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(signals.participant_removed, "listeners", [lambda row: told.append(row.person_id)])
    meeting, guest = called(a.meeting(cast.body)), a.person("Innbudt Gjest", organisation=cast.municipality)
    actions.invite_guest(cast.actor("secretary"), meeting, person_id=guest.id)
    assert sees_meeting(a.actor(guest), meeting)

    actions.remove_participant(cast.actor("secretary"), row_of(meeting, guest))

    assert told == [guest.id]
    assert row_of(meeting, guest).removed_at is not None
    assert not sees_meeting(a.actor(guest), meeting)


def test_one_of_whom_something_is_noted_in_the_minutes_is_not_taken_out_of_the_meeting(cast: Cast, a: Factory) -> None:
    meeting, secretary = called(a.meeting(cast.body, day=clock.today())), cast.actor("secretary")
    item = a.item(meeting)

    def remove(role: str) -> str:
        return refusal(lambda: actions.remove_participant(secretary, row_of(meeting, cast.person[role])))[1]

    actions.note_presence(secretary, row_of(meeting, cast.person["member"]))
    aside = row_of(meeting, cast.person["hospital_member"])
    actions.step_aside(secretary, item.id, participant_id=aside.id, because="eier i selskapet")
    for role in ("member", "hospital_member"):
        assert remove(role) == f"{cast.person[role].name} er ført som til stede eller inhabil. Ta det bort først."
    actions.take_part(secretary, item.id, participant_id=aside.id)
    actions.remove_participant(secretary, row_of(meeting, cast.person["hospital_member"]))


def test_nobody_is_taken_out_of_the_meeting_while_a_deputy_stands_for_that_one(cast: Cast, a: Factory) -> None:
    meeting, secretary = called(a.meeting(cast.body)), cast.actor("secretary")
    absent = row_of(meeting, cast.person["member"])
    actions.reply(secretary, absent, reply=Reply.ABSENT)
    actions.call_in_deputy(secretary, row_of(meeting, cast.person["member"]))

    assert (
        "Ta bort vara først."
        in refusal(lambda: actions.remove_participant(secretary, row_of(meeting, cast.person["member"])))[1]
    )
    for role in ("deputy", "member"):
        actions.remove_participant(secretary, row_of(meeting, cast.person[role]))


def test_a_late_item_at_which_somebody_came_is_not_taken_off(cast: Cast, a: Factory) -> None:
    meeting, secretary = called(a.meeting(cast.body, day=clock.today())), cast.actor("secretary")
    late = actions.add_item(secretary, meeting, title="Sen sak")
    row = row_of(meeting, cast.person["member"])
    actions.note_presence(secretary, row, from_item_id=late)
    refused = refusal(lambda: actions.remove_item(secretary, late))
    assert refused[1] == "Noen er ført som til stede fra eller til saken. Endre det først."
    actions.note_presence(secretary, row)
    actions.remove_item(secretary, late)


def test_a_guest_asked_before_the_notice_is_called_with_the_others(cast: Cast, a: Factory) -> None:
    meeting, guest = a.meeting(cast.body), a.person("Innbudt Gjest", organisation=cast.municipality)
    actions.invite_guest(cast.actor("secretary"), meeting, person_id=guest.id)
    assert not sees_meeting(a.actor(guest), meeting)

    called(meeting)

    assert row_of(meeting, guest).role is ParticipantRole.GUEST
    assert proposals(meeting) == []
    assert sees_meeting(a.actor(guest), meeting)


def test_with_a_guest_asked_before_the_notice_another_chair_is_chosen_among_all_who_will_be_called(
    cast: Cast, a: Factory
) -> None:
    secretary, guest = cast.actor("secretary"), a.person("Innbudt Gjest", organisation=cast.municipality)
    for leads in (cast.person["member"], guest):
        meeting = a.meeting(cast.body, day=DAY if leads is guest else date(2026, 11, 2))
        actions.invite_guest(secretary, meeting, person_id=guest.id)
        actions.choose_chair(secretary, meeting, chair_person_id=leads.id, chair_reason="Begge lederne er borte.")
        assert row_of(meeting, guest).role is ParticipantRole.GUEST
        called(meeting)
        assert row_of(meeting, leads).role is ParticipantRole.CHAIR


def test_presence_is_from_item_to_item_in_the_order_of_the_agenda(cast: Cast, a: Factory) -> None:
    meeting = a.meeting(cast.body, day=clock.today())
    first, last = a.item(meeting), a.item(meeting)
    foreign = a.item(a.meeting(cast.body, day=DAY))
    row, secretary = row_of(called(meeting), cast.person["member"]), cast.actor("secretary")
    backwards = {"from_item_id": last.id, "to_item_id": first.id}
    assert refusal(lambda: actions.note_presence(secretary, row, **backwards))[0] == "to_item_id"
    assert refusal(lambda: actions.note_presence(secretary, row, from_item_id=foreign.id))[0] == "from_item_id"

    actions.note_presence(secretary, row)
    actions.note_presence(secretary, row, to_item_id=first.id)
    actions.note_presence(secretary, row, from_item_id=last.id, keep=True)

    noted = session().execute(sa.select(Presence.from_item_id, Presence.to_item_id).order_by(Presence.id)).all()
    assert [tuple(interval) for interval in noted] == [(None, first.id), (last.id, None)]
    actions.note_presence(secretary, row, present=False)
    assert session().scalar(sa.select(sa.func.count()).select_from(Presence)) == 0


def test_nobody_is_noted_present_before_the_day(cast: Cast, a: Factory) -> None:
    row = row_of(called(a.meeting(cast.body, day=DAY)), cast.person["member"])

    assert "ikke før 1. oktober" in refusal(lambda: actions.note_presence(cast.actor("secretary"), row))[1]


def test_the_secretariat_and_observers_never_count_between_the_parties(cast: Cast, a: Factory) -> None:
    a.appointment(a.seat(cast.body, Party.H, role=SeatRole.OBSERVER), a.person("Til Stede", title="Klinikksjef"))

    assert balance(called_people(a.meeting(cast.body))) == Balance(2, 2)


@pytest.mark.parametrize("role", ["member", "chair", "administrator", "stranger"])
def test_only_the_secretariat_keeps_the_participants(cast: Cast, a: Factory, role: str) -> None:
    meeting = called(a.meeting(cast.body, day=clock.today()))
    row = row_of(meeting, cast.person["observer"])

    for attempt in (actions.remove_participant, actions.call_in_deputy, actions.note_presence):
        with pytest.raises((Denied, NotFound)):
            attempt(cast.actor(role), row)


def test_a_person_is_called_once_even_as_a_guest(cast: Cast, a: Factory) -> None:
    meeting = called(a.meeting(cast.body))

    with pytest.raises(DomainError):
        actions.invite_guest(cast.actor("secretary"), meeting, person_id=cast.person["member"].id)
