"""A meeting that can be sent, and one that was."""

from typing import Any

from secretariat.bodies.models import Body
from secretariat.calendar.listening import write_components
from secretariat.cases.models import Case, Treatment, TreatmentState
from secretariat.core.actions import writing
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Partnership
from secretariat.dispatch import actions
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.preparing import prepare
from secretariat.documents import storage
from secretariat.documents.models import FileState, StoredFile
from secretariat.meetings.models import ItemKind, Meeting
from tests.factories import Factory


def meeting_with_agenda(a: Factory, body: Any, **values: Any) -> Meeting:
    """A meeting with a standing item and a case with its paper."""
    meeting = a.meeting(body, **values)
    with writing("factory"):
        write_components(meeting)
    a.item(meeting, "Godkjenning av innkalling og saksliste", kind=ItemKind.APPROVAL)
    case_item(a, meeting)
    return meeting


def case_item(a: Factory, meeting: Meeting, title: str = "Felles rutine for legemidler", **values: Any) -> Any:
    """A case on the agenda, with its paper unless the test says otherwise."""
    partnership = session().get_one(Partnership, meeting.partnership_id)
    case = a.case(title, paper=values.pop("paper", True), partnership=partnership)
    treatment = a.treatment(case, session().get_one(Body, meeting.body_id), state=TreatmentState.ON_AGENDA)
    return a.item(meeting, title, kind=ItemKind.DECISION, treatment_id=treatment.id, **values)


def attach(case: Case, filename: str = "Rutine.txt", content: bytes = b"rutine", **values: Any) -> StoredFile:
    """A file under a case, checked unless the test says otherwise."""
    sha256 = storage.put(case.partnership_id, content)
    with writing("factory") as work:
        storage.keep(case.partnership_id, sha256, len(content))
        file = StoredFile(
            partnership_id=case.partnership_id,
            owner_kind=Case.__tablename__,
            owner_id=case.id,
            title=values.pop("title", filename),
            filename=filename,
            mime_type=values.pop("mime_type", "text/plain"),
            sha256=sha256,
            size=len(content),
            **({"state": FileState.CHECKED} | values),
        )
        work.add(file)
    return file


def send_notice(actor: Actor, meeting: Meeting, **values: Any) -> Any:
    """Prepare and send, as the page does."""
    ready = prepare(actor, meeting, DispatchKind.NOTICE)
    assert not ready.hindrances, [str(reason) for reason in ready.hindrances]
    return actions.send_notice(actor, meeting.id, manifest_sha256=ready.sha256, **values)


def send_supplement(actor: Actor, meeting: Meeting, **values: Any) -> Any:
    """Prepare and send what is new."""
    ready = prepare(actor, meeting, DispatchKind.SUPPLEMENT)
    assert not ready.hindrances, [str(reason) for reason in ready.hindrances]
    return actions.send_supplement(actor, meeting.id, manifest_sha256=ready.sha256, **values)


def case_of(item: Any) -> Case:
    """The case behind an agenda item."""
    treatment = session().get_one(Treatment, item.treatment_id)
    return session().get_one(Case, treatment.case_id)
