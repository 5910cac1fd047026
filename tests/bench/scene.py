"""What is measured on: a sent meeting with 12 items and 36 documents, and bodies with 200 and 2 000 meetings."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from secretariat.bodies.models import Body
from secretariat.calendar import listening as calendar
from secretariat.cases.models import Case, TreatmentState
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.directory.models import Person
from secretariat.dispatch import actions as dispatch
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.preparing import prepare
from secretariat.documents import storage
from secretariat.documents.models import Blob, FileState, StoredFile
from secretariat.meetings.models import ItemKind, Meeting
from secretariat.messages import links
from secretariat.messages.models import LinkPurpose
from tests.factories import Factory
from tests.factories.cast import Cast

ITEMS, DOCUMENTS_EACH = 12, 3


@dataclass(frozen=True)
class Addresses:
    """Where the load goes."""

    meeting: str
    ics: str
    feeds: dict[int, str]
    pages: list[str]


def set_scene(a: Factory) -> Addresses:
    """Store it all and say where it is."""
    cast = Cast.enter(a)
    meeting = _sent_meeting(a, cast)
    feeds = {count: _feed(a, cast, count) for count in (200, 2000)}
    case_id = session().query(Case.id).order_by(Case.id).limit(1).scalar()
    pages = ["/", "/utvalg", f"/utvalg/{cast.body.id}", "/saker", f"/saker/{case_id}", "/moter", "/vedtak", "/oppgaver"]
    pages += ["/kalender", f"/moter/{meeting.id}/saksliste", f"/moter/{meeting.id}/innkalling", "/utboks", "/innsyn"]
    pages += [f"/moter/{meeting.id}/referat", f"/moter/{meeting.id}/foring"]
    here = f"/moter/{meeting.id}"
    return Addresses(here, f"{here}.ics", feeds, [here, *pages])


def _sent_meeting(a: Factory, cast: Cast) -> Meeting:
    with writing("bench"):
        meeting = a.meeting(cast.body)
    for number in range(ITEMS):
        case = a.case(f"Sak nummer {number}", partnership=cast.partnership, organisation=cast.municipality)
        way = a.treatment(case, cast.body, state=TreatmentState.ON_AGENDA)
        a.item(meeting, case.title, kind=ItemKind.DECISION, treatment_id=way.id)
        for place in range(DOCUMENTS_EACH):
            _document(case, place)
    secretary = cast.actor("secretary")
    ready = prepare(secretary, meeting, DispatchKind.NOTICE)
    dispatch.send_notice(secretary, meeting, manifest_sha256=ready.sha256)
    return meeting


def _document(case: Case, place: int) -> None:
    content = f"Vedlegg {place} til {case.title}.\n".encode() * 20
    own = {"partnership_id": case.partnership_id, "sha256": storage.put(case.partnership_id, content)}
    about = {"owner_kind": Case.__tablename__, "owner_id": case.id, "position": place, "title": f"Vedlegg {place}"}
    kind = {"filename": f"vedlegg-{place}.txt", "mime_type": "text/plain", "state": FileState.CHECKED}
    with writing("bench") as work:
        work.add(Blob(**own, size=len(content)))
        work.flush()
        work.add(StoredFile(**own, **about, **kind, size=len(content)))


def _feed(a: Factory, cast: Cast, count: int) -> str:
    body = a.body(f"Utvalg med {count} møter", partnership=cast.partnership, short_name=f"U{count}")
    person: Person = a.person("Kari Kalender", organisation=cast.municipality)
    a.appointment(a.seat(body), person)
    with writing("bench") as work:
        for number in range(count):
            meeting = _planned(body, number)
            work.add(meeting)
            work.flush()
            calendar.write_components(meeting)
        link = links.make(LinkPurpose.SUBSCRIPTION, person.id)
    return f"/kalender/{links.token(link)}.ics"


def _planned(body: Body, number: int) -> Meeting:
    day = clock.today() - timedelta(days=number)
    at: dict[str, Any] = {"day": day, "starts": time(9), "ends": time(12)}
    instants = [datetime.combine(day, at[name], ZoneInfo("Europe/Oslo")).astimezone(UTC) for name in ("starts", "ends")]
    own = {"partnership_id": body.partnership_id, "body_id": body.id, "uid": f"{body.id}-{number}@bench.example"}
    return Meeting(**own, **at, title="Ordinært møte", place="Rådhuset", starts_at=instants[0], ends_at=instants[1])
