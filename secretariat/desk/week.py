"""Min uke: what the secretariat must do now, and whom it waits for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from secretariat.bodies.models import SeatRole
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.dates import instant
from secretariat.core.text.language import _, _n, format_date
from secretariat.decisions.task_queries import TaskRow, overdue_tasks
from secretariat.desk import queries
from secretariat.desk.deadlines import Due, agenda_is_made, of_secretary
from secretariat.desk.queries import AgendaState, Chairing, LateLine, ServedMeeting
from secretariat.directory.models import OrganisationKind
from secretariat.meetings.deadlines import deadlines_of
from secretariat.meetings.models import MeetingState

SHOWN = 3


class Awaited(StrEnum):
    """What one waits for, as a reminder of it is asked for."""

    AGREEMENT = "agendas"
    REPLIES = "replies"
    TASKS = "tasks"
    IMPLEMENTATION = "lines"


@dataclass(frozen=True)
class Waiting:
    """Somebody who has not done something; ``purr`` holds what a reminder would be about, but for what somebody was
    ``asked_today``.
    """

    kind: Awaited
    who: str
    what: str
    subject_id: UUID
    day: date | None = None
    purr: tuple[UUID, ...] = ()
    asked_today: bool = False


@dataclass(frozen=True)
class Next:
    """A meeting to come, and what it lacks; ``note`` says how it stands when nothing is lacking yet."""

    meeting: ServedMeeting
    lacks: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Week:
    """The desk of the secretariat."""

    dues: tuple[Due, ...]
    waiting: tuple[Waiting, ...]
    next: tuple[Next, ...]
    raised: queries.Raised
    begins: bool = False


def week(actor: Actor) -> Week:
    """What the secretariat's desk holds. Eight statements; one more where no meeting is."""
    meetings = queries.served_meetings(actor)
    to_come = [meeting for meeting in meetings if _is_to_come(meeting, actor.today)]
    agreeing = [m for m in to_come if m.state is MeetingState.PLANNED and agenda_is_made(m)]
    chairs = queries.chairs(actor, [meeting.id for meeting in agreeing])
    called = [meeting.id for meeting in to_come if meeting.state is MeetingState.CALLED]
    silent = queries.silent(actor, called)
    waiting = (
        *_for_chairs(agreeing, chairs),
        *_for_replies(to_come, silent),
        *_for_tasks(overdue_tasks(actor)),
        *_for_implementation(queries.late_lines(actor)),
    )
    asked = queries.asked_today(actor, {subject_id for one in waiting for subject_id in one.purr})
    states = queries.agenda_states(actor, [meeting.id for meeting in to_come[:SHOWN]])
    return Week(
        dues=tuple(due for meeting in meetings for due in of_secretary(meeting)),
        waiting=tuple(_left_to_remind(one, asked) for one in waiting),
        next=tuple(_next(m, states.get(m.id, AgendaState()), chairs, silent) for m in to_come[:SHOWN]),
        raised=queries.raised_cases(actor),
        begins=not meetings and queries.nobody_sits(actor),
    )


def _left_to_remind(one: Waiting, asked: Collection[UUID]) -> Waiting:
    """Once a day is enough."""
    left = tuple(subject_id for subject_id in one.purr if subject_id not in asked)
    return replace(one, purr=left, asked_today=left != one.purr)


def _is_to_come(meeting: ServedMeeting, today: date) -> bool:
    return meeting.state in (MeetingState.PLANNED, MeetingState.CALLED) and meeting.day >= today


def _for_chairs(meetings: Iterable[ServedMeeting], chairs: Sequence[Chairing]) -> Iterable[Waiting]:
    """Both chairs of a meeting in one line: one press reminds them both."""
    for meeting in meetings:
        silent = [chair for chair in chairs if chair.meeting_id == meeting.id and chair.agreed is None]
        if silent:
            yield Waiting(
                kind=Awaited.AGREEMENT,
                who=_named(silent),
                what=_("har ikke svart om sakslisten: %(meeting)s", meeting=meeting.title),
                subject_id=meeting.id,
                day=deadlines_of(meeting, meeting.day).dispatch,
                purr=(meeting.id,),
            )


def _named(chairs: Iterable[Chairing]) -> str:
    """«Leder Kari Nordmann og nestleder Ola Hansen»."""
    named = (_("%(role)s %(name)s", role=str(one.role.word).lower(), name=one.name) for one in chairs)
    who = _(" og ").join(named)
    return who[:1].upper() + who[1:]


def _for_replies(meetings: Iterable[ServedMeeting], silent: Mapping[UUID, int]) -> Iterable[Waiting]:
    for meeting in meetings:
        number = silent.get(meeting.id, 0)
        if number:
            yield Waiting(
                kind=Awaited.REPLIES,
                who=_n("%(number)s deltaker", "%(number)s deltakere", number),
                what=_("har ikke svart på innkallingen: %(meeting)s", meeting=meeting.title),
                subject_id=meeting.id,
                day=meeting.day,
                purr=() if _has_begun(meeting) else (meeting.id,),
            )


def _has_begun(meeting: ServedMeeting) -> bool:
    """From then on it is too late to ask who comes."""
    return instant(meeting.day, meeting.starts) <= clock.now()


def _for_tasks(tasks: Iterable[TaskRow]) -> Iterable[Waiting]:
    """Each person or organisation once, the longest overdue first; one's own stand among one's deadlines."""
    late: dict[str, list[TaskRow]] = {}
    for task in tasks:
        if not task.own:
            late.setdefault(task.responsible, []).append(task)
    for responsible, theirs in late.items():
        first = theirs[0]
        more = _n("%(number)s oppgave over fristen", "%(number)s oppgaver over fristen", len(theirs))
        yield Waiting(
            kind=Awaited.TASKS,
            who=responsible,
            what=first.text if len(theirs) == 1 else more,
            subject_id=first.id,
            day=first.deadline,
            purr=tuple(task.id for task in theirs),
        )


def _for_implementation(lines: Iterable[LateLine]) -> Iterable[Waiting]:
    for decision_id, group in groupby(lines, key=lambda line: line.decision_id):
        late = list(group)
        yield Waiting(
            kind=Awaited.IMPLEMENTATION,
            who=_counted(late),
            what=_("er ikke ferdig med %(number)s %(title)s", number=late[0].number, title=late[0].title),
            subject_id=decision_id,
            day=late[0].deadline,
            purr=tuple(line.id for line in late),
        )


def _counted(late: Sequence[LateLine]) -> str:
    if len(late) == 1:
        return late[0].organisation
    if all(line.kind is OrganisationKind.MUNICIPALITY for line in late):
        return _("%(number)s kommuner", number=len(late))
    return _("%(number)s organisasjoner", number=len(late))


def _next(meeting: ServedMeeting, state: AgendaState, chairs: Sequence[Chairing], silent: Mapping[UUID, int]) -> Next:
    if meeting.state is MeetingState.CALLED:
        return Next(meeting, tuple(_lacks_replies(silent.get(meeting.id, 0))), _("Innkallingen er sendt."))
    if not agenda_is_made(meeting):
        last = format_date(deadlines_of(meeting, meeting.day).intake)
        return Next(meeting, tuple(_lacks_place(meeting)), _("Saker kan meldes inn til %(date)s.", date=last))
    own = [chair for chair in chairs if chair.meeting_id == meeting.id]
    lacks = (*_lacks_place(meeting), *_lacks_papers(state), *_lacks_agreement(own))
    return Next(meeting, lacks, _("Ingenting mangler. Send innkallingen."))


def _lacks_place(meeting: ServedMeeting) -> Iterable[str]:
    if not meeting.place and not meeting.digital_link:
        yield _("Sted eller lenke mangler")


def _lacks_papers(state: AgendaState) -> Iterable[str]:
    if not state.items:
        yield _("Sakslisten er tom")
    if state.without_paper:
        yield _n("%(number)s sak mangler saksframlegg", "%(number)s saker mangler saksframlegg", state.without_paper)
    if state.unchecked:
        yield _n(
            "%(number)s sak har vedlegg som ikke er kontrollert",
            "%(number)s saker har vedlegg som ikke er kontrollert",
            state.unchecked,
        )


def _lacks_agreement(chairs: Iterable[Chairing]) -> Iterable[str]:
    for chair in chairs:
        if chair.agreed is None:
            yield _("Leder har ikke svart") if chair.role is SeatRole.CHAIR else _("Nestleder har ikke svart")
        elif not chair.agreed:
            yield _("Leder er ikke enig") if chair.role is SeatRole.CHAIR else _("Nestleder er ikke enig")


def _lacks_replies(number: int) -> Iterable[str]:
    if number:
        yield _n("%(number)s deltaker har ikke svart", "%(number)s deltakere har ikke svart", number)
