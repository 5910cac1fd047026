"""Breaches of what cases, parcels, minutes, decisions, calendar and publishing promise."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.calendar.models import CalendarComponent
from secretariat.cases.models import Case, CasePaper, CasePaperVersion
from secretariat.core import clock
from secretariat.core.db import Row, session
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import Decision, DecisionState, DecisionWording, Task
from secretariat.directory.models import Person
from secretariat.dispatch.models import Dispatch, DispatchFile, DispatchKind, Edition
from secretariat.documents.models import FileState, StoredFile
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Participant
from secretariat.minutes.models import ItemText, ItemTextVersion, Minutes, MinutesState
from secretariat.publishing.models import Publication
from tests.core.breaches import Scene, alter, breaks, copy


def put(kind: type[Row], **values: Any) -> None:
    """Store a row past the actions."""
    row = kind(**values)
    columns = {column.key: getattr(row, column.key) for column in kind.__table__.columns}
    given = {name: value for name, value in columns.items() if value is not None}
    session().connection().execute(sa.insert(kind.__table__).values(created_at=clock.now(), **given))


def here(scene: Scene) -> dict[str, Any]:
    return {"partnership_id": scene[Meeting].partnership_id}


# ---- cases


@breaks("NO_LOST_TEXT")
def a_paper_changed_without_a_version(scene: Scene) -> None:
    another = copy(scene[Case])
    copy(scene[CasePaper], case_id=another, proposal=read_markdown("Et nytt forslag."))


@breaks("NO_LOST_TEXT")
def a_version_that_is_gone(scene: Scene) -> None:
    put(CasePaperVersion, **here(scene), case_paper_id=scene[CasePaper].id, number=2, room="common", content={})


@breaks("CASE_KEEPS_IDENTITY")
def a_case_before_another_body_than_its_way_says(scene: Scene) -> None:
    alter(scene[AgendaItem], body_id=copy(scene[Body]))


@breaks("CASE_KEEPS_IDENTITY")
def a_step_on_two_agendas(scene: Scene) -> None:
    session().connection().exec_driver_sql("DROP INDEX uq_agenda_item_treatment")
    copy(scene[AgendaItem], position=9000)


# ---- parcels


@breaks("FROZEN_PARCEL")
def a_manifest_that_was_changed(scene: Scene) -> None:
    copy(scene[Dispatch], number=9, manifest={"items": ["changed"]})


@breaks("FROZEN_PARCEL")
def a_notice_without_its_paper(scene: Scene) -> None:
    copy(scene[Dispatch], number=9)


@breaks("PARCEL_HASH")
def a_file_of_a_parcel_that_is_gone(scene: Scene) -> None:
    _enclose(scene)


def _enclose(scene: Scene) -> None:
    file = {"edition": Edition.INTERNAL, "filename": "a.txt", "mime_type": "text/plain", "sha256": "0" * 64}
    put(DispatchFile, **here(scene), dispatch_id=scene[Dispatch].id, **file)


@breaks("ONLY_CHECKED_FILES")
def a_file_sent_before_it_was_checked(scene: Scene) -> None:
    alter(scene[StoredFile], state=FileState.RECEIVED)
    _enclose(scene)


@breaks("EVERYONE_CALLED")
def one_who_was_forgotten(scene: Scene) -> None:
    others = sa.select(Person.id).where(Person.id != scene[Participant].person_id)
    copy(scene[Participant], person_id=session().scalar(others.order_by(Person.id).limit(1)), name="Glemt Glemtesen")


# ---- minutes


@breaks("ONE_MINUTES")
def a_called_meeting_without_minutes(scene: Scene) -> None:
    copy(scene[Meeting], uid="other@test.example", starts_at=scene[Meeting].starts_at + timedelta(minutes=1))


@breaks("HELD_BEFORE_APPROVED")
def minutes_approved_before_the_meeting(scene: Scene) -> None:
    alter(scene[Minutes], state=MinutesState.APPROVED, approved_on=clock.today())


@breaks("APPROVED_IS_LOCKED")
def approved_minutes_nobody_got(scene: Scene) -> None:
    alter(scene[Minutes], state=MinutesState.APPROVED, approved_on=clock.today())


@breaks("APPROVED_IS_LOCKED")
def a_text_saved_after_approval(scene: Scene) -> None:
    alter(scene[Minutes], state=MinutesState.APPROVED, approved_on=clock.today())
    copy(scene[Dispatch], kind=DispatchKind.MINUTES)
    version = {"item_text_id": scene[ItemText].id, "number": 1, "text": scene[ItemText].text}
    put(ItemTextVersion, **here(scene), **version)
    later = sa.update(ItemTextVersion.__table__).values(created_at=clock.now() + timedelta(days=1))
    session().connection().execute(later)


@breaks("TEXTS_KEPT")
def a_text_that_was_never_kept(scene: Scene) -> None:
    copy(scene[ItemText], agenda_item_id=copy(scene[AgendaItem], treatment_id=None, position=9000))


# ---- decisions


@breaks("IN_FORCE_AFTER_MEETING")
def a_decision_in_force_before_the_meeting(scene: Scene) -> None:
    copy(scene[Decision], ordinal=9)


@breaks("IN_FORCE_AFTER_MEETING")
def a_task_in_force_before_the_meeting(scene: Scene) -> None:
    copy(scene[Task])


@breaks("IN_FORCE_AFTER_MEETING")
def a_draft_after_the_meeting(scene: Scene) -> None:
    copy(scene[Decision], ordinal=9, state=DecisionState.DRAFT)
    alter(scene[Meeting], state=MeetingState.HELD)


@breaks("CONFIRMED_AFTER_APPROVAL")
def a_decision_confirmed_before_approval(scene: Scene) -> None:
    copy(scene[Decision], ordinal=9, state=DecisionState.CONFIRMED)


@breaks("WORDINGS_KEPT")
def a_wording_that_was_not_kept(scene: Scene) -> None:
    copy(scene[Decision], ordinal=9)


@breaks("WORDINGS_KEPT")
def an_earlier_wording_that_is_gone(scene: Scene) -> None:
    decision = scene[Decision]
    put(DecisionWording, **here(scene), decision_id=decision.id, number=2, wording=decision.wording)


@breaks("FOLLOWED_UP_IN_FORCE")
def a_draft_that_is_closed(scene: Scene) -> None:
    copy(scene[Decision], ordinal=9, state=DecisionState.DRAFT, closed_on=clock.today())


# ---- calendar and publishing


@breaks("COMPONENT_WRITTEN")
def a_meeting_that_is_in_no_calendar(scene: Scene) -> None:
    copy(scene[Meeting], uid="other@test.example", starts_at=scene[Meeting].starts_at + timedelta(minutes=1))


def _component(scene: Scene, uid: str, sequence: int) -> None:
    said = f"BEGIN:VEVENT\r\nUID:{uid}\r\nEND:VEVENT\r\n".encode()
    place = {"meeting_id": scene[Meeting].id, "edition": "internal", "language": "nb", "etag": "0" * 64}
    put(CalendarComponent, **here(scene), **place, component=said, sequence=sequence, changed_at=clock.now())


@breaks("SEQUENCE_RISES")
def a_calendar_that_did_not_follow(scene: Scene) -> None:
    _component(scene, scene[Meeting].uid, scene[Meeting].sequence + 1)


@breaks("ONE_UID")
def a_meeting_under_another_uid(scene: Scene) -> None:
    _component(scene, "another@test.example", scene[Meeting].sequence)


@breaks("PRESSED")
def something_public_without_a_press(scene: Scene) -> None:
    copy(scene[Publication], withdrawn_at=clock.now())


@breaks("NO_EXEMPT_IN_PUBLIC")
def an_exempt_text_in_public(scene: Scene) -> None:
    text = read_markdown("Hemmelig").to_json()
    item = {"title": "Sak", "exempt_basis": "offentleglova § 13", "text": text, "outcomes": []}
    told = dict.fromkeys(("presenter", "raised_by", "proposal", "sections", "files"), "") | item
    alter(scene[Publication], content={"items": [told]})
