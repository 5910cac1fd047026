"""The minutes as they stand on paper, in the meeting's language: referat or protokoll, by the body's own word."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from secretariat.core import clock
from secretariat.core.text.language import _, use_language
from secretariat.core.text.plain import to_plain
from secretariat.decisions.queries import DecisionRow
from secretariat.directory.parties import label
from secretariat.dispatch.models import Edition
from secretariat.documents.rendering import papers
from secretariat.meetings.models import ItemState, ParticipantRole
from secretariat.minutes.attendance import Absent, Present, absent, groups, missing
from secretariat.minutes.models import MinutesState
from secretariat.minutes.record import Corrected, OneItem, Record

STATES = {
    MinutesState.DRAFT: papers.MinutesState.DRAFT,
    MinutesState.COMMENTING: papers.MinutesState.OUT_FOR_COMMENTS,
    MinutesState.APPROVED: papers.MinutesState.APPROVED,
}


def paper_of(
    record: Record,
    partnership: str,
    *,
    edition: Edition = Edition.INTERNAL,
    state: MinutesState | None = None,
    comments_until: date | None = None,
    approved_on: date | None = None,
    approved_by: str = "",
    more: Iterable[Corrected] = (),
) -> papers.MinutesPaper:
    """The paper of an edition; as it is, or as it will be after the step that is being taken."""
    minutes, meeting = record.minutes, record.meeting
    with use_language(meeting.language):
        return papers.MinutesPaper(
            language=meeting.language,
            made_at=datetime.combine(clock.today(), time(0), ZoneInfo("Europe/Oslo")),
            letterhead=papers.Letterhead(partnership, meeting.body_name, meeting.short_name),
            word=str(meeting.minutes_word.word),
            facts=_facts(record),
            state=STATES[state or minutes.state],
            attendance=tuple(_group(group.heading, group.people) for group in groups(record)),
            items=tuple(_item(one, edition) for one in record.treated),
            absent=tuple(map(_absentee, absent(record))),
            missing=tuple(map(_absentee, missing(record))),
            approved_on=approved_on or minutes.approved_on,
            approved_by=approved_by or minutes.approved_by,
            comments_by=comments_until or minutes.comments_until,
            corrections=tuple(papers.Correction(c.made_on, c.by, c.text) for c in (*record.corrections, *more)),
            edition=papers.Edition(edition.value),
        )


def _facts(record: Record) -> papers.MeetingFacts:
    meeting = record.meeting
    there = [person for person in record.people if person.id in record.presence]
    return papers.MeetingFacts(
        title=meeting.title,
        day=meeting.day,
        form=str(meeting.form.word),
        starts=meeting.starts,
        ends=meeting.ends,
        timezone=meeting.timezone,
        place=meeting.place,
        chair=", ".join(person.name for person in there if person.role is ParticipantRole.CHAIR),
        secretary=", ".join(person.name for person in there if person.role is ParticipantRole.SECRETARIAT),
    )


def _absentee(one: Absent) -> papers.Recipient:
    deputy = _("vara: %(name)s", name=one.deputy) if one.deputy else ""
    return papers.Recipient(one.name, one.title, one.organisation, deputy)


def _group(heading: str, people: Iterable[Present]) -> papers.AttendanceGroup:
    return papers.AttendanceGroup(heading, tuple(map(_attendee, people)))


def _attendee(one: Present) -> papers.Attendee:
    return papers.Attendee(
        name=one.name,
        office=one.title,
        organisation=one.organisation,
        deputy_for=one.deputy_for,
        with_authority=one.may_decide if one.deputy_for else None,
        from_item=one.from_item,
        until_item=one.to_item,
    )


def _item(one: OneItem, edition: Edition) -> papers.MinutesItem:
    public = one.row.public_title or one.row.title
    return papers.MinutesItem(
        item=str(one.row.id),
        title=public if edition is Edition.PUBLIC else one.row.title,
        number_text=one.number or None,
        presenter=one.row.presenter,
        text=one.text or None,
        decisions=tuple(_decision(decision, len(one.decisions)) for decision in one.decisions),
        positions=tuple(_positions(one)),
        next_steps=tuple(going_on(one)),
        additions=tuple(papers.Addition(added.name, added.text) for added in one.additions),
        stepped_aside=tuple(aside.name for aside in one.asides),
        tasks=tuple(papers.TaskLine(task.text, task.responsible, task.deadline) for task in one.tasks),
        withdrawn=one.row.state is not ItemState.STANDING and not one.decisions,
        exempt_basis=one.exempt_basis or None,
    )


def _decision(decision: DecisionRow, among: int) -> papers.DecisionBlock:
    number = _("nr. %(ordinal)s", ordinal=decision.ordinal) if among > 1 else ""
    return papers.DecisionBlock(str(decision.kind.word), decision.wording, number)


def going_on(one: OneItem) -> Iterable[str]:
    """What happens next where there was no agreement, as a sentence on the paper."""
    for decision in one.decisions:
        if decision.next_step is not None:
            yield ". ".join(filter(None, (str(decision.next_step.word), decision.next_note)))


def _positions(one: OneItem) -> Iterable[papers.Position]:
    for decision in one.decisions:
        for party, text in one.positions.get(decision.id, {}).items():
            yield papers.Position(str(label(party)), to_plain(text))
