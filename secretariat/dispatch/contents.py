"""What goes into a parcel: read once, in a fixed number of statements, whatever the size of the agenda.

The same reading is done when the parcel is prepared and again, under lock, when it is sent; paper, manifest and
hindrances all come from it. It speaks the meeting's language, whoever looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from secretariat.bodies.models import Body
from secretariat.cases.models import (
    SECTIONS,
    ArchiveReference,
    Case,
    CasePaper,
    CasePaperVersion,
    Treatment,
    TreatmentState,
)
from secretariat.cases.papers import reads_as
from secretariat.core import signals
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.language import use_language
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.dispatch.models import CopyRecipient, Dispatch, DispatchKind
from secretariat.dispatch.parcels import parcels_of
from secretariat.dispatch.statement import ChairAnswer, chair_answers, statement_of
from secretariat.documents.queries import FileRow, files_of
from secretariat.meetings import agenda, calling, numbers
from secretariat.meetings.deadlines import Deadlines, deadlines_of
from secretariat.meetings.models import AgendaItem, ItemState, Meeting, MeetingState


@dataclass(frozen=True)
class Earlier:
    """A step behind in the case's way."""

    body: str
    day: date
    number: str
    outcome: str


@dataclass(frozen=True)
class Matter:
    """A line of the agenda with what is put before the body; the number is as sending now would make it.

    ``sent_text`` is the paper as those called have it. ``standing`` is what a standing item says by itself:
    «oppfølging» lists what is open.
    """

    item: AgendaItem
    number: numbers.Number | None
    written: str
    clock: time | None
    case: Case | None
    paper: CasePaper | None
    paper_version: int | None
    raised_by: str
    files: tuple[FileRow, ...]
    references: tuple[tuple[str, str], ...]
    earlier: tuple[Earlier, ...]
    standing: tuple[Document, ...] = ()
    sent_text: Mapping[str, str] | None = None

    @property
    def exempt_basis(self) -> str:
        """The law that exempts it, by the item's own word or the case's."""
        return self.item.exempt_basis or (self.case.exempt_basis if self.case else "")

    @property
    def public_title(self) -> str:
        """What everybody may know it by."""
        return self.item.public_title or self.item.title

    @property
    def has_text(self) -> bool:
        """Whether anything is written for the body to read."""
        return self.paper is not None and any(getattr(self.paper, name) for name in SECTIONS)

    @property
    def reads_as_sent(self) -> bool:
        """Whether the paper says what those called have got, whatever was written in between."""
        return self.sent_text is not None and reads_as(self.paper, self.sent_text)

    @property
    def stands(self) -> bool:
        """Whether it is still to be treated in this meeting."""
        return self.item.state is ItemState.STANDING


@dataclass(frozen=True)
class Contents:
    """A parcel before it is sent: the whole agenda, who gets it, and the parcels that went before."""

    kind: DispatchKind
    number: int
    partnership: Partnership
    body: Body
    meeting: Meeting
    matters: tuple[Matter, ...]
    called: tuple[Any, ...]
    people: Mapping[UUID, Person]
    deadlines: Deadlines
    chairs: tuple[ChairAnswer, ...]
    statement: str
    before: tuple[Dispatch, ...]
    copies: tuple[CopyRecipient, ...] = ()

    @property
    def is_supplement(self) -> bool:
        """Whether a notice has gone out already."""
        return self.kind is DispatchKind.SUPPLEMENT


def read(actor: Actor, meeting: Meeting, kind: DispatchKind) -> Contents:
    """What the parcel would hold if it were sent now."""
    body, partnership, copies = _places(meeting)
    deadlines = deadlines_of(body, meeting.day)
    planned_on = meeting.created_at.astimezone(ZoneInfo(meeting.timezone)).date()
    with use_language(meeting.language):
        before = _sent_before(meeting)
        called, people = called_and_people(meeting, [parcel.sent_by_id for parcel in before])
        chairs = () if before else chair_answers(meeting.id, called)
        return Contents(
            kind=kind,
            number=sum(parcel.kind is kind for parcel in before) + 1,
            partnership=partnership,
            body=body,
            meeting=meeting,
            matters=tuple(_matters(actor, meeting, body)),
            called=called,
            people=people,
            deadlines=deadlines,
            chairs=chairs,
            statement=statement_of(chairs, deadlines.dispatch, planned_on),
            before=before,
            copies=copies,
        )


def _sent_before(meeting: Meeting) -> tuple[Dispatch, ...]:
    if meeting.called_at is None:
        return ()
    return tuple(parcels_of(meeting.id, DispatchKind.NOTICE, DispatchKind.SUPPLEMENT))


def _places(meeting: Meeting) -> tuple[Body, Partnership, tuple[CopyRecipient, ...]]:
    """The body, its partnership, and who gets a copy: the meeting's own addresses and those of the whole body."""
    own = sa.or_(CopyRecipient.meeting_id.is_(None), CopyRecipient.meeting_id == meeting.id)
    query = (
        sa.select(Body, Partnership, CopyRecipient)
        .join(Partnership, Partnership.id == Body.partnership_id)
        .outerjoin(CopyRecipient, sa.and_(CopyRecipient.body_id == Body.id, own))
        .where(Body.id == meeting.body_id)
        .order_by(CopyRecipient.name, CopyRecipient.id)
    )
    rows = session().execute(query).all()
    return rows[0].Body, rows[0].Partnership, tuple(row.CopyRecipient for row in rows if row.CopyRecipient)


def copies_of(meeting: Meeting) -> tuple[CopyRecipient, ...]:
    """Who gets a copy of what this meeting sends."""
    return _places(meeting)[2]


def called_and_people(
    meeting: Meeting, others: Iterable[UUID | None] = ()
) -> tuple[tuple[Any, ...], dict[UUID, Person]]:
    """Who is called (computed until the notice has gone out, rows from then on), and their addresses."""
    is_planned = meeting.state is MeetingState.PLANNED
    called: tuple[Any, ...] = tuple(calling.called_people(meeting) if is_planned else calling.rows_of(meeting))
    wanted = {person.person_id for person in called} | {one for one in others if one is not None}
    query = sa.select(Person).where(Person.id.in_(sorted(wanted))).order_by(Person.sort_key, Person.id)
    return called, {person.id: person for person in session().scalars(query)}


def matters_lightly(actor: Actor, meeting: Meeting) -> list[Matter]:
    """The agenda and its files without what only stands on paper: enough to tell what hinders the sending."""
    return list(_matters(actor, meeting, None))


def _matters(actor: Actor, meeting: Meeting, body: Body | None) -> Iterable[Matter]:
    rows = session().execute(_agenda(actor, meeting)).all()
    cases = [row.Case.id for row in rows if row.Case is not None]
    files = files_of(actor, Case.__tablename__, cases)
    references = _references(cases) if body else {}
    earlier = _earlier(cases) if body else {}
    items = [row.AgendaItem for row in rows]
    planned = numbers.planned_numbers(meeting, body, items) if body else {}
    clocks = agenda.clock_times(meeting, items)
    for row in rows:
        item, number = row.AgendaItem, planned.get(row.AgendaItem.id)
        case_id = row.Case.id if row.Case is not None else item.id
        yield Matter(
            item=item,
            number=number,
            written=numbers.written(body, number[1], number[2], number[0]) if number else "",
            clock=clocks.get(item.id),
            case=row.Case,
            paper=row.CasePaper,
            paper_version=row.version,
            raised_by=row.raised_by or "",
            files=tuple(files.get(case_id, ())),
            references=tuple(references.get(case_id, ())),
            earlier=tuple(earlier.get(case_id, ())),
            sent_text=row.sent_text,
            standing=tuple(signals.standing_text.collect(item.kind, meeting.body_id, meeting.room)) if body else (),
        )


def _agenda(actor: Actor, meeting: Meeting) -> sa.Select[Any]:
    version = sa.select(sa.func.max(CasePaperVersion.number)).where(CasePaperVersion.case_paper_id == CasePaper.id)
    sent = aliased(CasePaperVersion)
    return (
        sa.select(
            AgendaItem,
            Case,
            CasePaper,
            version.scalar_subquery().label("version"),
            Organisation.name.label("raised_by"),
            sent.content.label("sent_text"),
        )
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(Case, sa.and_(Case.id == Treatment.case_id, visible(actor, Case)))
        .outerjoin(CasePaper, CasePaper.case_id == Case.id)
        .outerjoin(sent, sa.and_(sent.case_paper_id == CasePaper.id, sent.number == AgendaItem.sent_version))
        .outerjoin(Organisation, Organisation.id == Case.raised_by_organisation_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )


def _references(cases: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    query = (
        sa.select(ArchiveReference.case_id, Organisation.name, ArchiveReference.reference)
        .join(Organisation, Organisation.id == ArchiveReference.organisation_id)
        .where(ArchiveReference.case_id.in_(cases))
        .order_by(Organisation.sort_key, ArchiveReference.id)
    )
    found: dict[UUID, list[tuple[str, str]]] = {}
    for case_id, organisation, reference in session().execute(query):
        found.setdefault(case_id, []).append((organisation, reference))
    return found


def _earlier(cases: list[UUID]) -> dict[UUID, list[Earlier]]:
    """The steps of each case's way that are behind it."""
    query = (
        sa.select(Treatment, Body, AgendaItem)
        .outerjoin(Body, Body.id == Treatment.body_id)
        .outerjoin(AgendaItem, sa.and_(AgendaItem.treatment_id == Treatment.id, AgendaItem.number.is_not(None)))
        .where(Treatment.case_id.in_(cases), Treatment.treated_on.is_not(None))
        .where(Treatment.state == TreatmentState.TREATED)
        .order_by(Treatment.treated_on, Treatment.position, AgendaItem.id)
    )
    found: dict[UUID, list[Earlier]] = {}
    for treatment, body, item in session().execute(query):
        number = written_of(body, item) if item is not None else ""
        place = body.name if body is not None else treatment.outside
        step = Earlier(place, treatment.treated_on or date.min, number, treatment.outcome)
        found.setdefault(treatment.case_id, []).append(step)
    return found


def written_of(body: Body, item: AgendaItem) -> str:
    """The item's number as the body writes it; empty while it has none."""
    if item.year is None or item.number is None:
        return ""
    return numbers.written(body, item.year, item.number, item.series)


def text_of(paper: CasePaper | None, name: str) -> Document:
    """One part of a case paper; empty when there is none."""
    return getattr(paper, name) if paper is not None else Document.empty()
