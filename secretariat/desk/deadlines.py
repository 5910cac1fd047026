"""What has to be done by when, in the order of the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.meetings.deadlines import deadlines_of
from secretariat.meetings.models import MeetingState, Reply
from secretariat.minutes.models import MinutesState

AHEAD = timedelta(days=21)


class DueKind(Worded):
    """What is to be done."""

    INTAKE = "intake", _l("Siste dag å melde inn saker")
    CONSIDER = "consider", _l("Si hva som skal opp i møtet")
    AGREE = "agree", _l("Si om du er enig i sakslisten")
    DISPATCH = "dispatch", _l("Send innkalling")
    REPLY = "reply", _l("Svar på innkallingen")
    CLOSE = "close", _l("Før referatet og avslutt møtet")
    MINUTES = "minutes", _l("Send utkast til referat")
    COMMENTS = "comments", _l("Merknadsfrist: godkjenn referatet etterpå")
    REMARK = "remark", _l("Si fra om merknader til referatet")
    TASK = "task", _l("Oppgave")
    NAME = "name", _l("Oppnevn representanter")
    ROUND = "round", _l("Svarfrist for oppnevningene")
    TURN = "turn", _l("Ledelsen av utvalget skifter")
    SECRETARIAT_TURN = "secretariat_turn", _l("Ledelsen av sekretariatet skifter")


@dataclass(frozen=True)
class Due:
    """One thing to do: what, about what, by when."""

    kind: DueKind
    about: str
    subject_id: UUID
    day: date | None


def in_order(dues: Iterable[Due]) -> tuple[Due, ...]:
    """The nearest first, what has no deadline last."""
    return tuple(sorted(dues, key=lambda due: (due.day is None, due.day or date.max, due.kind, due.about)))


def is_near(day: date) -> bool:
    """Past, or soon enough to stand on the desk."""
    return day <= clock.today() + AHEAD


def of_secretary(meeting: Any) -> Iterable[Due]:
    """What the secretariat has to do for a meeting now or soon."""
    deadlines = deadlines_of(meeting, meeting.day)
    for kind, day in _steps(meeting, deadlines):
        if is_near(day):
            yield Due(kind, meeting.title, meeting.id, day)


def _steps(meeting: Any, deadlines: Any) -> Iterable[tuple[DueKind, date]]:
    if meeting.state is MeetingState.PLANNED:
        if deadlines.intake >= clock.today():
            yield DueKind.INTAKE, deadlines.intake
        yield DueKind.DISPATCH, deadlines.dispatch
    elif meeting.state is MeetingState.CALLED and meeting.day <= clock.today():
        yield DueKind.CLOSE, meeting.day
    elif meeting.state is MeetingState.HELD and meeting.minutes_state is MinutesState.COMMENTING:
        yield DueKind.COMMENTS, meeting.comments_until or deadlines.comments
    elif meeting.state is MeetingState.HELD:
        yield DueKind.MINUTES, deadlines.minutes


def of_participant(meeting: Any, *, leads: bool) -> Iterable[Due]:
    """What one who meets has to answer: the invitation, and as chair or deputy chair the agenda."""
    if meeting.state is MeetingState.CALLED and meeting.reply is Reply.NONE:
        yield Due(DueKind.REPLY, meeting.title, meeting.id, meeting.day)
    deadlines = deadlines_of(meeting, meeting.day)
    if leads and meeting.agreed is None and meeting.state is MeetingState.PLANNED and agenda_is_made(meeting):
        yield Due(DueKind.AGREE, meeting.title, meeting.id, deadlines.dispatch)


def agenda_is_made(meeting: Any) -> bool:
    """Whether the last day for new cases has passed: from then on the agenda is put together and agreed."""
    return deadlines_of(meeting, meeting.day).intake <= clock.today()
