"""What stands in the way of a step in a meeting's life: all reasons at once, for the action and for its button."""

from typing import Any

from secretariat.core import clock, signals
from secretariat.core.errors import Hindered
from secretariat.core.text.language import _l, format_date
from secretariat.meetings.models import MeetingState

_OVER = {
    MeetingState.HELD: _l("Møtet er holdt."),
    MeetingState.CANCELLED: _l("Møtet er avlyst."),
}


def hinders_changing(meeting: Any) -> list[Any]:
    """Time, place, agenda and people are changed until the meeting is held or cancelled."""
    return [_OVER[meeting.state]] if meeting.state in _OVER else []


def hinders_cancelling(meeting: Any) -> list[Any]:
    """What has been held cannot be cancelled."""
    return hinders_changing(meeting)


def hinders_meeting_work(meeting: Any) -> list[Any]:
    """Noting what happens in a meeting needs a notice that was sent, and the day to have come."""
    if meeting.state in _OVER:
        return [_OVER[meeting.state]]
    if meeting.state is MeetingState.PLANNED:
        return [_l("Innkallingen er ikke sendt.")]
    if meeting.day > clock.today():
        return [_l("Møtet er ikke før %(date)s.", date=format_date(meeting.day))]
    return []


def hinders_reminding(meeting: Any) -> list[Any]:
    """Those called are reminded from the notice until the meeting begins."""
    if meeting.state is MeetingState.PLANNED:
        return [_l("Innkallingen er ikke sendt.")]
    return hinders_changing(meeting) or _begun(meeting)


def hinders_asking_chairs(meeting: Any) -> list[Any]:
    """The chairs are asked about the agenda until it goes out."""
    if meeting.state is MeetingState.CALLED:
        return [_l("Sakslisten er alt sendt ut.")]
    return hinders_changing(meeting) or _begun(meeting)


def _begun(meeting: Any) -> list[Any]:
    return [_l("Møtet har begynt. Det er for sent å purre.")] if meeting.starts_at <= clock.now() else []


def hinders_noting_presence(meeting: Any) -> list[Any]:
    """Presence is noted from the meeting's day on, and corrected until the minutes are approved."""
    if meeting.state is MeetingState.HELD:
        return signals.hindrances.collect("meetings.note_presence", meeting)
    return hinders_meeting_work(meeting)


def hinders_closing(meeting: Any) -> list[Any]:
    """A meeting is closed on its day or later, once it was called."""
    return hinders_meeting_work(meeting) + signals.hindrances.collect("meetings.close", meeting)


def hinders_reopening(meeting: Any) -> list[Any]:
    """A held meeting may be opened until its minutes are approved, a cancelled one until its day has passed."""
    if meeting.state is MeetingState.HELD:
        return signals.hindrances.collect("meetings.reopen", meeting)
    if meeting.state is not MeetingState.CANCELLED:
        return [_l("Møtet er ikke avsluttet.")]
    return [_l("Møtedagen er passert.")] if meeting.day < clock.today() else []


def unhindered(reasons: list[Any]) -> None:
    """Raise every reason at once, when there is one."""
    if reasons:
        raise Hindered(reasons)
