"""The life of the minutes: written while the body meets, out for comments, approved and then locked."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.db import new_id, session
from secretariat.core.errors import Conflict, Denied, DomainError, Hindered, NotFound
from secretariat.core.invariants import promises
from secretariat.core.text.plain import to_plain
from secretariat.decisions import invariants as of_decisions
from secretariat.decisions.models import Decision, DecisionKind, DecisionState, Task
from secretariat.dispatch.models import Delivery, Dispatch, DispatchFile, DispatchKind
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Presence, Reply
from secretariat.messages.models import Mail
from secretariat.minutes import actions, invariants as of_minutes
from secretariat.minutes.models import ItemText, ItemTextVersion, Minutes, MinutesState
from secretariat.minutes.printing import Ready, Step, prepare
from secretariat.web.verifying import findings
from tests.factories.cast import Cast
from tests.factories.decisions import Room, enter, words

OURS = {
    name
    for name, promise in promises.items()
    if promise.check.__module__ in (of_decisions.__name__, of_minutes.__name__)
}


def broken() -> list[str]:
    """What these two rooms promise and do not keep."""
    return [str(found) for found in findings() if found.id in OURS]


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on."""
    return enter(cast)


def minutes_of(room: Room) -> Minutes:
    """The minutes as they are now."""
    query = sa.select(Minutes).where(Minutes.meeting_id == room.meeting.id)
    return session().scalars(query.execution_options(populate_existing=True)).one()


def _ready(room: Room, step: Step) -> Ready:
    return prepare(room.secretary, minutes_of(room), step)


def send_out(room: Room, days: int = 14) -> date:
    """Send the draft out for comments."""
    until = clock.today() + timedelta(days=days)
    sha256 = _ready(room, Step.sending(until)).sha256
    actions.send_out(room.secretary, minutes_of(room), comments_until=until, manifest_sha256=sha256)
    return until


def approve(room: Room) -> None:
    """Approve the minutes."""
    by, today = "av leder og nestleder", clock.today()
    sha256 = _ready(room, Step.approving(today, by)).sha256
    actions.approve(room.secretary, minutes_of(room), approved_by=by, approved_on=today, manifest_sha256=sha256)


def _text(room: Room) -> ItemText:
    return session().scalars(sa.select(ItemText).where(ItemText.agenda_item_id == room.item.id)).one()


def test_the_minutes_begin_when_the_notice_goes_out(room: Room) -> None:
    assert minutes_of(room).state is MinutesState.DRAFT


def test_every_saved_text_is_kept(room: Room) -> None:
    for number, said in enumerate(("Det var enighet.", "Det var bred enighet.", "Det var bred enighet.")):
        actions.write(room.secretary, room.item, text=words(said), text_version=min(number, 2))

    versions = session().scalars(sa.select(ItemTextVersion.text).order_by(ItemTextVersion.number))
    assert [to_plain(text) for text in versions] == ["Det var enighet.", "Det var bred enighet."]


def test_two_who_write_at_once_lose_nothing(room: Room) -> None:
    actions.write(room.secretary, room.item, text=words("Kommunenes tekst."), text_version=0)

    with pytest.raises(Conflict) as refused:
        actions.write(
            room.cast.actor("hospital_secretary"), room.item, text=words("Helseforetakets tekst."), text_version=0
        )
    assert to_plain(refused.value.subject.text) == "Kommunenes tekst."


def test_text_decision_and_task_are_saved_in_one_press_or_not_at_all(room: Room) -> None:
    with pytest.raises(DomainError, match="hvem som er ansvarlig"):
        actions.write_item(
            room.secretary, room.item, text=words("Drøftet."), kind=DecisionKind.DECISION, task_text="Ringe."
        )
    assert session().scalar(sa.select(sa.func.count()).select_from(ItemText)) == 0

    actions.write_item(
        room.secretary,
        room.item,
        text=words("Drøftet."),
        kind=DecisionKind.DECISION,
        task_text="Ringe.",
        task_person_id=room.cast.person["chair"].id,
    )
    decision, task = session().scalars(sa.select(Decision)).one(), session().scalars(sa.select(Task)).one()
    assert task.decision_id == decision.id
    assert to_plain(_text(room).text) == "Drøftet."


def test_words_for_a_decision_without_its_kind_are_asked_about(room: Room) -> None:
    with pytest.raises(DomainError, match="hva slags vedtak"):
        actions.write_item(room.secretary, room.item, text=words(""), wording=words("Utvalget vil noe annet."))


def test_a_decision_of_another_item_or_of_none_is_not_worded_here(room: Room) -> None:
    decision = room.decide()
    for item, decision_id in ((room.other, decision.id), (room.item, new_id())):
        with pytest.raises(DomainError, match="hører til en annen sak"):
            actions.write_item(
                room.secretary, item, text=words(""), kind=DecisionKind.DECISION, decision_id=decision_id
            )


def test_only_secretaries_write(room: Room) -> None:
    with pytest.raises(Denied):
        actions.write(room.cast.actor("chair"), room.item, text=words("Nei."))
    with pytest.raises(NotFound):
        actions.write(room.cast.actor("stranger"), room.item, text=words("Nei."))


def test_minutes_go_out_for_comments_when_the_meeting_is_closed_and_not_before(room: Room) -> None:
    with pytest.raises(Hindered, match="ikke avsluttet"):
        send_out(room)
    room.close()
    assert not _is_seen(room, "member")
    send_out(room)

    assert _is_seen(room, "member")
    parcel = session().scalars(sa.select(Dispatch).where(Dispatch.kind == DispatchKind.MINUTES_DRAFT)).one()
    got = session().scalar(sa.select(sa.func.count()).select_from(Delivery).where(Delivery.dispatch_id == parcel.id))
    assert got == 7
    mail = session().scalars(sa.select(Mail).where(Mail.subject.contains("Utkast til referat"))).first()
    assert mail is not None
    assert "21. september 2026" in mail.text
    assert f"/moter/{room.meeting.id}/referat" in mail.html


def _is_seen(room: Room, role: str) -> bool:
    seen = sa.select(Minutes.id).where(Minutes.meeting_id == room.meeting.id, visible(room.cast.actor(role), Minutes))
    return session().scalar(seen) is not None


def test_what_is_sent_is_what_was_seen(room: Room) -> None:
    room.close()
    until = clock.today() + timedelta(days=14)
    sha256 = _ready(room, Step.sending(until)).sha256
    actions.write(room.secretary, room.item, text=words("Noe nytt."))

    with pytest.raises(DomainError, match="Noe er endret"):
        actions.send_out(room.secretary, minutes_of(room), comments_until=until, manifest_sha256=sha256)


def test_participants_comment_until_the_deadline(room: Room) -> None:
    room.close()
    member = room.cast.actor("member")
    with pytest.raises(NotFound):
        actions.comment(member, minutes_of(room), text="For tidlig.")
    send_out(room, days=3)
    actions.comment(member, minutes_of(room), text="Jeg sa noe annet.", agenda_item_id=room.item.id)

    with clock.at(clock.now() + timedelta(days=4)), pytest.raises(DomainError, match="Merknadsfristen er ute"):
        actions.comment(room.cast.actor("member"), minutes_of(room), text="For sent.")


def test_a_draft_that_is_taken_back_is_the_secretaries_alone_again(room: Room) -> None:
    room.close()
    send_out(room)
    actions.take_back(room.secretary, minutes_of(room))

    assert minutes_of(room).state is MinutesState.DRAFT
    assert not _is_seen(room, "member")


def test_the_meeting_is_not_opened_again_while_its_minutes_are_out(room: Room) -> None:
    room.close()
    send_out(room)

    with pytest.raises(Hindered, match="Ta det tilbake"):
        meetings.reopen(room.secretary, room.meeting)


def test_minutes_are_approved_after_the_meeting_was_held(room: Room) -> None:
    with pytest.raises(Hindered, match="ikke avsluttet"):
        approve(room)


def test_approval_freezes_and_sends_both_editions_and_confirms_the_decisions(room: Room) -> None:
    decision = room.decide()
    room.close()
    approve(room)

    assert minutes_of(room).state is MinutesState.APPROVED
    assert room.fresh(Decision, decision.id).state is DecisionState.CONFIRMED
    editions = session().scalars(sa.select(DispatchFile.edition).order_by(DispatchFile.edition)).all()
    assert [edition.value for edition in editions] == ["internal", "public"]
    assert broken() == []


def test_approved_minutes_cannot_be_changed_by_any_action(room: Room) -> None:
    actions.write(room.secretary, room.item, text=words("Det var enighet."))
    room.close()
    approve(room)

    with pytest.raises(DomainError, match="godkjent og kan ikke endres"):
        actions.write(room.secretary, room.item, text=words("Det var uenighet."))
    with pytest.raises(Hindered, match="Referatet er godkjent"):
        meetings.reopen(room.secretary, room.meeting)
    with pytest.raises(DomainError, match="ikke til merknader"):
        actions.take_back(room.secretary, minutes_of(room))
    with pytest.raises(Hindered, match="Referatet er godkjent"):
        approve(room)


def test_approved_minutes_cannot_be_changed_past_the_actions(room: Room) -> None:
    actions.write(room.secretary, room.item, text=words("Det var enighet."))
    room.close()
    approve(room)

    with pytest.raises(sa.exc.DBAPIError, match="frozen"), writing("test"):
        _text(room).text = words("Det var uenighet.")
    with pytest.raises(sa.exc.DBAPIError, match="frozen"), writing("test"):
        minutes_of(room).approved_by = "En annen"


@pytest.mark.parametrize("table", [Minutes, ItemText, ItemTextVersion])
def test_approved_minutes_cannot_be_deleted_or_changed_by_sql(room: Room, table: type) -> None:
    actions.write(room.secretary, room.item, text=words("Det var enighet."))
    room.close()
    approve(room)

    for statement in (sa.delete(table), sa.update(table).values(created_at=clock.now())):
        with pytest.raises(sa.exc.DBAPIError, match="frozen"), writing("test"):
            session().execute(statement)


def test_a_correction_is_a_dated_addition_and_goes_out_as_a_new_print(room: Room) -> None:
    room.close()
    approve(room)
    sha256 = _ready(room, Step.correcting("Frosta var til stede.")).sha256
    actions.correct(room.secretary, minutes_of(room), text="Frosta var til stede.", manifest_sha256=sha256)

    parcels = session().scalars(sa.select(Dispatch.number).where(Dispatch.kind == DispatchKind.MINUTES)).all()
    assert sorted(parcels) == [1, 2]
    subjects = session().scalars(sa.select(Mail.subject).where(Mail.subject.contains("Rettelse"))).all()
    assert len(subjects) == 7
    assert broken() == []


def test_whoever_answered_yes_is_noted_as_present_in_one_press(room: Room) -> None:
    people = {row.person_id: row for row in rows_of(room.meeting)}
    for role in ("chair", "member"):
        meetings.reply(room.cast.actor(role), people[room.cast.person[role].id], reply=Reply.ATTENDING)
    actions.note_those_who_come(room.secretary, minutes_of(room))

    assert session().scalar(sa.select(sa.func.count()).select_from(Presence)) == 2
