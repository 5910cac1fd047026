"""Who sees decisions and tasks, and who reports them: on pages, in lists and counts, in papers and to programs."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from secretariat.core import clock
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.core.text.plain import to_plain
from secretariat.decisions import actions, queries, task_queries
from secretariat.decisions.follow_up import follow_up_text
from secretariat.decisions.models import Decision, ImplementationState, Task, TaskState
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Reply
from secretariat.messages.models import Mail
from tests.factories.cast import Cast
from tests.factories.decisions import Room, enter, municipality_with_contact
from tests.pages import Browser

SECRET = "Avtalen om vaktordningen sies opp."


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


@pytest.fixture
def exempt(room: Room) -> Decision:
    """A decision that is exempt from publicity, in force."""
    decision = room.decide(SECRET, exempt_basis="offl. § 23")
    room.close()
    return decision


@pytest.mark.parametrize("role", ["secretary", "hospital_secretary", "chair", "member", "observer"])
def test_the_body_and_the_secretaries_read_an_exempt_decision(exempt: Decision, browse: Browser, role: str) -> None:
    assert SECRET in browse.as_(role).open(f"/vedtak/{exempt.id}").text
    assert SECRET in browse.as_(role).open("/vedtak").text


@pytest.mark.parametrize("role", ["contact", "archivist", "stranger", "administrator"])
def test_the_partnership_at_large_meets_no_trace_of_an_exempt_decision(
    room: Room, exempt: Decision, browse: Browser, app: Flask, role: str
) -> None:
    reader = browse.as_(role)
    for address in (
        f"/vedtak/{exempt.id}",
        f"/moter/{room.meeting.id}/referat",
        f"/moter/{room.meeting.id}/referat.pdf",
    ):
        assert reader.open(address).status == 404, address
    assert SECRET not in reader.open("/vedtak?q=vaktordningen").text
    assert queries.count(room.cast.actor(role), queries.Filter()) == 0
    answer = app.test_client().get("/api/v1/decisions", headers={"Authorization": f"Bearer token-{role}"})
    assert answer.get_json()["items"] == []


def test_an_exempt_decision_is_named_by_number_alone_in_the_follow_up(room: Room) -> None:
    decision = room.decide(SECRET, exempt_basis="offl. § 23")
    room.ask("Skrive oppsigelsen.", decision_id=decision.id, deadline=clock.today())
    room.decide("Rutinen tas i bruk.")
    room.close()

    with clock.at(clock.now() + timedelta(days=2)):
        said = to_plain(follow_up_text(room.cast.body.id, COMMON_ROOM))
    assert "01/2026" in said
    assert "Rutinen tas i bruk." in said
    assert SECRET not in said
    assert "oppsigelsen" not in said


def test_mail_about_an_exempt_decision_does_not_tell_its_words(room: Room) -> None:
    decision = room.decide(SECRET, exempt_basis="offl. § 23")
    organisation, person = municipality_with_contact(room.cast, "Aure kommune")
    actions.require_implementation(room.secretary, decision, organisations=(organisation.id,))
    room.close()

    texts = _mails_to(person)
    assert len(texts) == 1
    assert SECRET not in texts[0]
    assert "Logg inn for å lese det" in texts[0]


def _mails_to(person: Any) -> list[str]:
    return list(session().scalars(sa.select(Mail.text).where(Mail.person_id == person.id)))


def test_an_organisation_that_must_carry_it_out_reads_an_exempt_decision(room: Room, browse: Browser) -> None:
    decision = room.decide(SECRET, exempt_basis="offl. § 23")
    actions.require_implementation(room.secretary, decision, organisations=(room.cast.municipality.id,))
    room.close()

    assert SECRET in browse.as_("contact").open(f"/vedtak/{decision.id}").text


def test_a_deputy_who_was_called_in_keeps_what_that_meeting_decided(room: Room, browse: Browser) -> None:
    member = next(row for row in rows_of(room.meeting) if row.person_id == room.cast.person["member"].id)
    meetings.reply(room.cast.actor("member"), member, reply=Reply.ABSENT)
    meetings.call_in_deputy(room.secretary, member)
    decision = room.decide(SECRET, exempt_basis="offl. § 23")
    room.close()

    assert SECRET in browse.as_("deputy").open(f"/vedtak/{decision.id}").text


def test_a_task_is_reported_by_the_one_responsible_or_the_secretaries_and_nobody_else(room: Room) -> None:
    task = room.ask()
    room.close()
    for role in ("chair", "contact", "deputy"):
        with pytest.raises(Denied):
            actions.report_task(room.cast.actor(role), task, state=TaskState.DONE)
    with pytest.raises(NotFound):
        actions.report_task(room.cast.actor("stranger"), task, state=TaskState.DONE)

    actions.report_task(room.cast.actor("member"), task, state=TaskState.IN_PROGRESS)
    actions.report_task(room.cast.actor("hospital_secretary"), task, state=TaskState.DONE, note="Sendt.")
    history = [(report.state, report.note) for report in task_queries.reports(room.secretary, task.id)]
    assert history == [(TaskState.DONE, "Sendt."), (TaskState.IN_PROGRESS, "")]


def test_an_organisations_task_is_reported_by_its_contact(room: Room) -> None:
    task = room.ask(responsible_organisation_id=room.cast.municipality.id)
    room.close()

    actions.report_task(room.cast.actor("contact"), task, state=TaskState.DONE)
    assert room.fresh(Task, task.id).state is TaskState.DONE


def test_another_municipalitys_contact_reports_neither_task_nor_decision(room: Room) -> None:
    _organisation, other = municipality_with_contact(room.cast, "Aure kommune")
    task = room.ask(responsible_organisation_id=room.cast.municipality.id)
    decision = room.decide()
    actions.require_implementation(room.secretary, decision, organisations=(room.cast.municipality.id,))
    room.close()
    actor = room.cast.factory.actor(other)
    line = queries.awaiting_implementation(room.cast.actor("contact"))[0]

    with pytest.raises(Denied):
        actions.report_task(actor, task, state=TaskState.DONE)
    with pytest.raises(Denied):
        actions.report_implementation(actor, line.id, state=ImplementationState.IMPLEMENTED)


def test_a_task_is_overdue_the_day_after_its_deadline_and_not_before(room: Room) -> None:
    room.ask(deadline=clock.today() + timedelta(days=1))
    room.close()

    assert task_queries.overdue_tasks(room.cast.actor("secretary")) == []
    with clock.at(clock.now() + timedelta(days=2)):
        (late,) = task_queries.overdue_tasks(room.cast.actor("secretary"))
        assert late.overdue
        assert [task.id for task in task_queries.own_tasks(room.cast.actor("member"))] == [late.id]
        assert task_queries.overdue_tasks(room.cast.actor("chair")) == []


def test_what_an_organisation_has_reported_waits_for_it_no_more(room: Room) -> None:
    decision = room.decide()
    actions.require_implementation(room.secretary, decision, organisations=(room.cast.municipality.id,))
    contact = room.cast.actor("contact")
    assert queries.awaiting_implementation(contact) == []
    room.close()

    (line,) = queries.awaiting_implementation(contact)
    actions.report_implementation(contact, line.id, state=ImplementationState.ADOPTED)
    assert queries.awaiting_implementation(contact) == []


def test_a_task_that_is_given_to_another_is_told_to_that_one(room: Room) -> None:
    task = room.ask()
    room.close()
    chair = room.cast.person["chair"]
    actions.change_task(room.secretary, task, text=task.text, responsible_person_id=chair.id)

    assert any("Du har fått en oppgave" in text for text in _mails_to(chair))


def test_only_organisations_and_people_of_the_partnership_are_made_responsible(room: Room) -> None:
    strange = room.cast.person["stranger"]

    with pytest.raises(DomainError, match="person som er med"):
        room.ask(responsible_person_id=strange.id)
    with pytest.raises(DomainError, match="organisasjon som er med"):
        room.ask(responsible_organisation_id=strange.organisation_id)
    decision = room.decide()
    with pytest.raises(DomainError, match="var med i samarbeidet"):
        actions.require_implementation(room.secretary, decision, organisations=(strange.organisation_id,))
