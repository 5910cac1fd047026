"""A meeting that was called, with an open and an exempt case; and its minutes, approved."""

from typing import Any

import sqlalchemy as sa

from secretariat.cases.models import Case, CasePaper
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import Decision, DecisionState
from secretariat.directory.parties import Party
from secretariat.dispatch.models import Dispatch, DispatchKind
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Participant, ParticipantRole, Presence
from secretariat.minutes.models import ItemText, Minutes, MinutesState
from tests.factories import Factory
from tests.factories.cast import Cast

OPEN_WORDS = "Kommunene varsler innen klokken tolv"
SECRET_WORDS = "Leverandøren har tilbudt lavere pris"
SECRET_TITLE = "Kjøp av senger fra Hansen AS"
LINK = "https://video.example/hemmelig-rom"


def store(row: Any) -> Any:
    """Store a row directly."""
    with writing("factory") as work:
        work.add(row)
    return row


def sent_meeting(a: Factory, cast: Cast, **values: Any) -> Meeting:
    """A called meeting whose notice has gone out: an open case and one that is exempt."""
    values = {"state": MeetingState.CALLED, "called_at": clock.now(), "digital_link": LINK} | values
    meeting = a.meeting(cast.body, practical="Ring Kari på 99 88 77 66", **values)
    treat(a, cast, meeting, "Varsling om utskrivning", OPEN_WORDS, number=1)
    treat(a, cast, meeting, SECRET_TITLE, SECRET_WORDS, number=2, public_title="Anskaffelse", exempt="offl. § 23")
    send(meeting)
    return meeting


def treat(
    a: Factory,
    cast: Cast,
    meeting: Meeting,
    title: str,
    words: str,
    *,
    number: int,
    public_title: str = "",
    exempt: str = "",
) -> AgendaItem:
    """A case on the agenda with its paper."""
    case = a.case(title, organisation=cast.municipality, partnership=cast.partnership, paper=False, exempt_basis=exempt)
    write_paper(case, read_markdown(words))
    return a.item(
        meeting,
        title,
        treatment_id=a.treatment(case, cast.body).id,
        public_title=public_title or title,
        year=meeting.day.year,
        number=number,
        series=str(meeting.id)[-8:],
    )


def write_paper(case: Case, text: Document) -> None:
    """The same words as proposal and background."""
    with writing("factory") as work:
        paper = work.scalars(sa.select(CasePaper).where(CasePaper.case_id == case.id)).one()
        paper.proposal = paper.background = text


def send(meeting: Meeting) -> Dispatch:
    """The parcel that took the agenda out, as far as publishing asks it."""
    with writing("factory") as work:
        ids = work.scalars(sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)).all()
    parcel: Dispatch = store(
        Dispatch(
            partnership_id=meeting.partnership_id,
            meeting_id=meeting.id,
            kind=DispatchKind.NOTICE,
            manifest={"items": [{"id": str(item_id)} for item_id in ids]},
            manifest_sha256="0" * 64,
        )
    )
    return parcel


def approve_minutes(cast: Cast, meeting: Meeting, *, state: MinutesState = MinutesState.APPROVED) -> Minutes:
    """The meeting was held: the member was there, the chair was not; every item has a text and a decision."""
    here = {"partnership_id": meeting.partnership_id}
    with writing("factory") as work:
        work.get_one(Meeting, meeting.id).state = MeetingState.HELD
        items = work.scalars(sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
    approved_on = clock.today() if state is MinutesState.APPROVED else None
    minutes: Minutes = store(Minutes(**here, meeting_id=meeting.id, state=state, approved_on=approved_on))
    for item in items:
        words = read_markdown(SECRET_WORDS if item.title == SECRET_TITLE else OPEN_WORDS)
        store(ItemText(**here, minutes_id=minutes.id, agenda_item_id=item.id, text=words))
        store(_decision(cast, meeting, item, words))
    _attend(cast, meeting)
    return minutes


def _decision(cast: Cast, meeting: Meeting, item: AgendaItem, words: Document) -> Decision:
    return Decision(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        body_id=cast.body.id,
        state=DecisionState.CONFIRMED,
        wording=words,
        decided_on=meeting.day,
    )


def _attend(cast: Cast, meeting: Meeting) -> None:
    here = {"partnership_id": meeting.partnership_id, "meeting_id": meeting.id}
    for role in ("member", "chair"):
        person = cast.person[role]
        capacity = ParticipantRole.CHAIR if role == "chair" else ParticipantRole.MEMBER
        row = Participant(**here, person_id=person.id, name=person.name, party=Party.M, role=capacity, seats=[])
        store(row)
        if role == "member":
            store(Presence(**here, participant_id=row.id))
