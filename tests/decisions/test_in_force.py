"""What a meeting decides is in force when it closes, and not before; it is confirmed when the minutes are approved."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from secretariat.cases.models import Treatment, TreatmentState
from secretariat.core.access import AccessGrant, visible
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.plain import to_plain
from secretariat.decisions import actions, listening
from secretariat.decisions.models import Decision, DecisionKind, DecisionState, DecisionWording, Task
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaItem, ItemKind, ItemState
from secretariat.messages.models import Mail
from tests.factories.cast import Cast
from tests.factories.decisions import PROPOSAL, Room, enter, words


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def _mails_to(room: Room, role: str) -> list[Mail]:
    query = sa.select(Mail).where(Mail.person_id == room.cast.person[role].id, Mail.subject.contains("Vedtak"))
    return list(session().scalars(query.order_by(Mail.created_at)))


def _wordings(decision: Decision) -> Iterator[str]:
    query = sa.select(DecisionWording).where(DecisionWording.decision_id == decision.id)
    return (to_plain(row.wording) for row in session().scalars(query.order_by(DecisionWording.number)))


def test_a_decision_is_drafted_in_the_words_of_the_proposal(room: Room) -> None:
    decision = room.decide()

    assert to_plain(decision.wording) == PROPOSAL
    assert decision.proposal == decision.wording
    assert decision.case_id == room.case.id
    assert decision.decided_on == room.meeting.day


def test_it_is_drafted_in_the_words_the_body_was_sent_whatever_is_written_since(room: Room) -> None:
    with writing("test"):
        session().get_one(AgendaItem, room.item.id).sent_proposal = words("Slik det ble sendt.")
    drafted = room.decide()
    assert to_plain(drafted.wording).strip() == to_plain(drafted.proposal).strip() == "Slik det ble sendt."


def test_a_draft_is_seen_by_the_secretaries_alone(room: Room) -> None:
    decision = room.decide()

    seen = {
        role
        for role in ("secretary", "hospital_secretary", "chair", "member", "contact", "stranger")
        if session().scalar(sa.select(Decision.id).where(visible(room.cast.actor(role), Decision)))
    }
    assert seen == {"secretary", "hospital_secretary"}
    assert decision.state is DecisionState.DRAFT


def test_decisions_and_tasks_are_in_force_when_the_meeting_closes(room: Room) -> None:
    decision, task = room.decide(), room.ask()
    room.close()

    assert room.fresh(Decision, decision.id).state is DecisionState.IN_FORCE
    assert room.fresh(Task, task.id).in_force
    assert list(_wordings(decision)) == [PROPOSAL]


def test_nothing_is_decided_once_the_meeting_is_closed(room: Room) -> None:
    room.close()

    with pytest.raises(DomainError, match="Møtet er avsluttet"):
        room.decide()
    with pytest.raises(DomainError, match="Møtet er avsluttet"):
        room.ask()


def test_under_a_heading_nothing_is_decided(room: Room) -> None:
    heading = meetings.add_item(room.secretary, room.meeting.id, title="Orienteringer", kind=ItemKind.HEADING)
    with pytest.raises(DomainError, match="Under en overskrift gjøres det ikke vedtak"):
        actions.draft(room.secretary, heading, kind=DecisionKind.DECISION, wording=words("Vi sier ja."))


def test_a_draft_that_is_taken_away_leaves_no_door_open(room: Room) -> None:
    decision = room.decide()
    twice = (room.cast.municipality.id, room.cast.municipality.id)
    actions.require_implementation(room.secretary, decision, organisations=twice)
    door = sa.select(AccessGrant.id).where(AccessGrant.subject_id == decision.id)
    assert session().scalar(door) is not None
    actions.remove(room.secretary, decision)
    assert session().scalar(door) is None


def test_those_concerned_are_told_that_the_minutes_are_not_approved(room: Room) -> None:
    decision = room.decide()
    room.ask(decision_id=decision.id)
    room.close()

    (mail,) = _mails_to(room, "member")
    assert "fra ikke godkjent referat" in mail.subject
    assert "Sende rutinen til alle kommunene." in mail.text
    assert "Referatet er ikke godkjent ennå" in mail.html


def test_whoever_raised_the_case_is_told_and_sees_the_outcome(cast: Cast) -> None:
    room = enter(cast, raised_by_person_id=cast.person["contact"].id)
    decision = room.decide()
    room.close()

    (mail,) = _mails_to(room, "contact")
    assert PROPOSAL in mail.text
    step = session().scalars(sa.select(Treatment).where(Treatment.case_id == room.case.id)).one()
    assert (step.state, step.outcome) == (TreatmentState.TREATED, f"Vedtak: {PROPOSAL}")
    assert session().scalar(sa.select(Decision.id).where(visible(cast.actor("contact"), Decision))) == decision.id


def test_a_decision_to_put_off_sends_the_case_back_to_the_queue(room: Room) -> None:
    room.decide("Saken utsettes til neste møte.", kind=DecisionKind.POSTPONED)
    room.close()

    step = session().scalars(sa.select(Treatment).where(Treatment.case_id == room.case.id)).one()
    assert step.state is TreatmentState.POSTPONED
    assert room.fresh(AgendaItem, room.item.id).state is ItemState.POSTPONED


def test_opening_the_meeting_again_makes_drafts_of_its_decisions_and_keeps_their_wordings(room: Room) -> None:
    decision, task = room.decide(), room.ask()
    room.close()
    meetings.reopen(room.secretary, room.meeting)

    assert room.fresh(Decision, decision.id).state is DecisionState.DRAFT
    assert not room.fresh(Task, task.id).in_force
    with pytest.raises(DomainError, match="har vært gjeldende"):
        actions.remove(room.secretary, decision)

    actions.change(room.secretary, decision, kind=DecisionKind.DECISION, wording=words("Utvalget sier nei."))
    room.close()
    assert list(_wordings(decision)) == [PROPOSAL, "Utvalget sier nei."]


def test_words_in_force_are_changed_with_a_reason_and_every_wording_is_kept(room: Room) -> None:
    decision = room.decide()
    room.close()
    changed = {"kind": DecisionKind.DECISION, "wording": words("Utvalget slutter seg til forslaget fra mai.")}

    with pytest.raises(DomainError, match="hvorfor ordlyden endres"):
        actions.change(room.secretary, decision, **changed)
    actions.change(room.secretary, decision, because="Merknad fra Sykehuset", **changed)

    assert list(_wordings(decision)) == [PROPOSAL, "Utvalget slutter seg til forslaget fra mai."]


def test_a_kept_wording_can_never_be_altered(room: Room) -> None:
    decision = room.decide()
    room.close()
    frozen = sa.update(DecisionWording).where(DecisionWording.decision_id == decision.id).values(number=9)

    with pytest.raises(sa.exc.DBAPIError, match="frozen"), writing("test"):
        session().execute(frozen)


def test_approval_confirms_decisions_and_tells_of_words_that_were_changed(room: Room) -> None:
    same, changed = room.decide("Utvalget sier ja."), room.decide()
    room.ask(decision_id=changed.id)
    room.close()
    wording = words("Utvalget slutter seg til forslaget fra mai.")
    actions.change(
        room.secretary, changed, kind=DecisionKind.DECISION, wording=wording, because="Merknad fra Sykehuset"
    )
    with writing("test"):
        listening.confirm(room.meeting)

    assert {room.fresh(Decision, d.id).state for d in (same, changed)} == {DecisionState.CONFIRMED}
    told = [mail for mail in _mails_to_all(room, "member") if "Endret ordlyd" in mail.subject]
    assert len(told) == 1
    assert "forslaget fra mai" in told[0].text
    assert "Utvalget sier ja." not in told[0].text
    with pytest.raises(DomainError, match="Referatet er godkjent"):
        actions.change(room.secretary, changed, kind=DecisionKind.DECISION, wording=words("Nei."), because="Ombestemt")


def _mails_to_all(room: Room, role: str) -> list[Mail]:
    return list(session().scalars(sa.select(Mail).where(Mail.person_id == room.cast.person[role].id)))


def test_what_calls_for_nothing_is_closed_at_once_and_a_decision_is_followed_up(room: Room) -> None:
    noted = room.decide("Saken tas til orientering.", kind=DecisionKind.NOTED)
    decision = room.decide()
    room.close()

    assert room.fresh(Decision, noted.id).closed_on == room.meeting.day
    assert room.fresh(Decision, decision.id).closed_on is None
