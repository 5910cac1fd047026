"""What the pages of a meeting show: its way from planned to approved, its agenda, who comes and who is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from secretariat.bodies.balance import Balance, agreed_on
from secretariat.bodies.forms import ROOMS
from secretariat.bodies.numbers import written
from secretariat.bodies.sitting import Stand, deputies_on
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, format_date
from secretariat.core.text.plain import to_plain
from secretariat.documents.queries import FileRow, files_of
from secretariat.meetings import queries
from secretariat.meetings.agenda import clock_times
from secretariat.meetings.appointments_since import Proposal, proposals
from secretariat.meetings.calling import balance, called_people, deputies_behind
from secretariat.meetings.deadlines import Deadlines, deadlines_of
from secretariat.meetings.models import UNASKED, ItemState, MeetingState, Reply
from secretariat.meetings.obstacles import hinders_reminding, hinders_reopening
from secretariat.meetings.policy import may_agree_agenda, may_manage_meeting

AT_A_GLANCE = 600
BEGINNING = 180
PARTY_ROOMS = {code: word for code, word in ROOMS if code != COMMON_ROOM}
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


def standing(actor: Actor, meeting: queries.MeetingPage) -> dict[str, Any]:
    """What every page of a meeting says of where it stands and of what the reader may do."""
    keeps = may_manage_meeting(actor, meeting)
    return {
        "meeting": meeting,
        "people": [],
        "deadlines": deadlines_of(meeting, meeting.day),
        "keeps": keeps,
        "leads": may_agree_agenda(actor, meeting),
        "rooms": PARTY_ROOMS,
        "hinders_reopening": hinders_reopening(meeting) if keeps and meeting.state in OVER else None,
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda as it is read: number, clock time, papers, and the whole proposal; once it has gone out, as
    it was sent, and whether it was ``changed`` since, which only those know who read drafts.
    """

    item: queries.AgendaRow
    number: str
    at: time
    files: list[FileRow]
    proposal: Document | None
    changed: bool = False

    @property
    def id(self) -> UUID:
        """The item's id."""
        return self.item.id

    @property
    def title(self) -> str:
        """The item's title."""
        return self.item.title

    @property
    def beginning(self) -> str:
        """How a long proposal begins, point by point; empty for one that is read at a glance."""
        words = to_plain(self.proposal) if self.proposal else ""
        return f"{words[:BEGINNING].rsplit(maxsplit=1)[0]}\u00a0…" if len(words) > AT_A_GLANCE else ""


def lines_of(actor: Actor, meeting: queries.MeetingPage) -> list[Line]:
    """The agenda with the papers of its cases, and the proposals as they went out."""
    items = queries.agenda(actor, meeting.id)
    cases = [item.case_id for item in items if item.case_id is not None]
    return _lines(meeting, items, files_of(actor, "case_file", cases))


def bare_lines_of(actor: Actor, meeting: queries.MeetingPage) -> list[Line]:
    """The agenda as it is built: order, numbers and times, without the papers."""
    return _lines(meeting, queries.agenda(actor, meeting.id), {})


def _lines(
    meeting: queries.MeetingPage, items: Sequence[queries.AgendaRow], files: Mapping[UUID, list[FileRow]]
) -> list[Line]:
    times = clock_times(meeting, items)
    return [
        Line(
            item=item,
            number=written(meeting, item.year or 0, item.number, item.series) if item.number is not None else "",
            at=times[item.id],
            files=files.get(item.case_id, []) if item.case_id is not None else [],
            proposal=item.sent_proposal or item.proposal,
            changed=None not in (item.sent_proposal, item.proposal) and item.sent_proposal != item.proposal,
        )
        for item in items
    ]


def minutes_used(meeting: queries.MeetingPage, lines: Sequence[Line]) -> dict[str, int]:
    """How much of the meeting's time its agenda takes."""
    used = sum(line.item.duration for line in lines if line.item.state is ItemState.STANDING)
    return {"used": used, "total": int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60}


@dataclass(frozen=True)
class Attendance:
    """Who comes, as the secretariat and the chairs see it.

    ``asked_when`` says when each was last asked to answer; none where nobody can be reminded, or not by the reader.
    """

    people: Sequence[Any]
    balance: Balance
    proposals: list[Proposal] = field(default_factory=list)
    asked_when: Mapping[UUID, queries.Asked] | None = None

    @property
    def asked(self) -> list[Any]:
        """Those whose answer is waited for: all but the secretariat."""
        return [person for person in self.people if person.role not in UNASKED]

    @property
    def coming(self) -> list[Any]:
        """Those who have said yes."""
        return [person for person in self.asked if person.reply == Reply.ATTENDING]

    @property
    def absent(self) -> list[Any]:
        """Those with forfall."""
        return [person for person in self.people if person.reply == Reply.ABSENT]

    @property
    def silent(self) -> list[Any]:
        """Those who have not answered."""
        return [person for person in self.asked if person.reply == Reply.NONE]

    @property
    def to_remind(self) -> list[Any]:
        """Those who have not answered, and have got no letter about it today."""
        if self.asked_when is None:
            return []
        today = {person_id for person_id, asked in self.asked_when.items() if asked.was_asked_today}
        return [person for person in self.silent if person.person_id not in today]

    @property
    def reminded(self) -> datetime | None:
        """When somebody who is still silent was last reminded."""
        silent = {person.person_id for person in self.silent}
        asked = [one for person_id, one in (self.asked_when or {}).items() if person_id in silent]
        return max((one.reminded for one in asked if one.reminded is not None), default=None)

    def stands_in_for(self, absent: Any) -> Any | None:
        """The deputy who comes, or may come, for one who is absent."""
        return _comes_for(self.people, absent)

    def stand_in_of(self, row: Any) -> str:
        """The name of the deputy who has been called in for one with forfall."""
        stand_in = self.stands_in_for(row) if row.reply == Reply.ABSENT else None
        return str(stand_in.name) if stand_in else ""

    def stands_for(self, deputy: Any) -> str:
        """The name of the one a deputy was called in for."""
        names: dict[Any, str] = {person.id: person.name for person in self.people}
        return names.get(deputy.deputises_for_id, "")


def attendance_of(actor: Actor, meeting: queries.MeetingPage) -> Attendance:
    """Everybody who is called, or would be if the notice went out now."""
    called = queries.once_called(actor, meeting.id) if meeting.called_at is not None else []
    standing = [person for person in called if person.removed_at is None]
    people: Sequence[Any] = standing if meeting.called_at is not None else called_people(meeting)
    followed = meeting.state is MeetingState.CALLED and may_manage_meeting(actor, meeting)
    return Attendance(
        people=people,
        balance=balance(people, agreed_on(meeting.body_id, meeting.day), _present(actor, meeting)),
        proposals=proposals(meeting, called) if followed else [],
        asked_when=_asked_when(actor, meeting) if followed else None,
    )


def _asked_when(actor: Actor, meeting: queries.MeetingPage) -> dict[UUID, queries.Asked] | None:
    """When those called were asked to answer, while they can be reminded."""
    return None if hinders_reminding(meeting) else queries.asked_to_come(actor, meeting.id, meeting.called_at)


def _present(actor: Actor, meeting: queries.MeetingPage) -> set[UUID] | None:
    """Who was there; before the meeting is held nobody knows."""
    return queries.present(actor, meeting.id) if meeting.state is MeetingState.HELD else None


def own_among(actor: Actor, meeting: queries.MeetingPage, people: Sequence[Any]) -> queries.ParticipantRow | None:
    """The reader's own place among those called; before the notice nobody is asked."""
    if meeting.called_at is None:
        return None
    return next((person for person in people if actor.is_person(person.person_id)), None)


def own_deputies(meeting: queries.MeetingPage, own: queries.ParticipantRow | None) -> list[Stand]:
    """Who may come instead of the reader, who may be one of the deputies."""
    if own is None or not own.seats:
        return []
    behind = deputies_behind(own.seats, deputies_on(meeting.body_id, meeting.day))
    return [stand for stand in behind if stand.person_id != own.person_id]


def stand_in(people: Sequence[Any], own: queries.ParticipantRow | None) -> str:
    """The deputy who is called in for the reader, when all who are called have been read already."""
    if own is None or own.reply is not Reply.ABSENT:
        return ""
    comes = _comes_for(people, own)
    return comes.name if comes is not None else ""


def _comes_for(people: Sequence[Any], absent: Any) -> Any | None:
    return next((p for p in people if p.deputises_for_id == absent.id and p.reply != Reply.ABSENT), None)


def free_for_absent(meeting: queries.MeetingPage, attendance: Attendance) -> dict[UUID, list[Stand]]:
    """For each one with forfall whom nobody stands in for: the deputies who may still be called, in their order."""
    behind = deputies_on(meeting.body_id, meeting.day)
    here = {person.person_id for person in attendance.people}
    alone = [row for row in attendance.absent if attendance.stands_in_for(row) is None]
    return {row.id: [s for s in deputies_behind(row.seats, behind) if s.person_id not in here] for row in alone}


def steps_of(meeting: queries.MeetingPage, deadlines: Deadlines, minutes: Any = None) -> list[dict[str, Any]]:
    """Planlagt → innkalt → holdt → referat godkjent, with the day of what has been and the deadline of what is next."""
    approved = getattr(minutes, "approved_on", None)
    way = [
        (_("Planlagt"), True, None),
        (_("Innkalt"), meeting.called_at is not None, meeting.called_at or deadlines.dispatch),
        (_("Holdt"), meeting.state is MeetingState.HELD, meeting.day),
        (_("Referat godkjent"), approved is not None, approved),
    ]
    if meeting.state is MeetingState.CANCELLED:
        way = [step for step in way[:2] if step[1]] + [(_("Avlyst"), False, None)]
    reached = max(number for number, (_label, done, _day) in enumerate(way) if done)
    return [_step(label, number - reached, day, meeting.state) for number, (label, _done, day) in enumerate(way)]


def _step(label: str, ahead: int, day: Any, state: MeetingState) -> dict[str, Any]:
    """A step of the way: behind, here or ahead; a step ahead shows its day as a deadline."""
    word = "stopped" if state is MeetingState.CANCELLED and ahead > 0 else "current" if ahead == 0 else ""
    when = format_date(day, "short") if day else ""
    return {"label": label, "state": "done" if ahead < 0 else word, "when": when}
