"""Who hears which signal, who answers which ask, who does which errand: all of it on this one page."""

from secretariat.accounts import policy as accounts_policy
from secretariat.appointing import policy as appointing_policy
from secretariat.bodies import matters, policy as bodies_policy
from secretariat.calendar import listening as calendar, policy as calendar_policy
from secretariat.cases import left_open as cases, policy as cases_policy
from secretariat.core import signals
from secretariat.decisions import left_open as decided, listening as decisions, policy as decisions_policy
from secretariat.directory import policy as directory_policy
from secretariat.dispatch import listening as dispatch, policy as dispatch_policy
from secretariat.documents import policy as documents_policy
from secretariat.meetings import left_open as to_meet, listening as meetings, policy as meetings_policy
from secretariat.messages import policy as messages_policy
from secretariat.minutes import listening as minutes, policy as minutes_policy
from secretariat.publishing import policy as publishing_policy
from secretariat.transitions import policy as transitions_policy

POLICIES = (
    directory_policy,
    documents_policy,
    messages_policy,
    bodies_policy,
    accounts_policy,
    appointing_policy,
    cases_policy,
    meetings_policy,
    decisions_policy,
    transitions_policy,
    dispatch_policy,
    minutes_policy,
    calendar_policy,
    publishing_policy,
)
"""Where each room says who sees its rows; a room missing here would be invisible to everybody."""


def connect() -> None:
    """Connect the rooms; calling it twice is once."""
    signals.seating_changed.connect(meetings.seating_changed)
    signals.hindrances.connect(meetings.hindrances)
    signals.meeting_planned.connect(calendar.write_components)
    signals.meeting_changed.connect(calendar.meeting_changed)
    signals.meeting_cancelled.connect(calendar.meeting_cancelled)
    signals.notice_sent.connect(calendar.write_components)
    signals.participant_removed.connect(calendar.participant_removed)
    signals.participant_added.connect(dispatch.participant_added)
    signals.invitation.connect(calendar.invitation)
    signals.hindrances.connect(dispatch.hindrances)
    signals.meeting_closed.connect(decisions.put_in_force)
    signals.meeting_reopened.connect(decisions.put_back)
    signals.notice_sent.connect(minutes.begin)
    signals.hindrances.connect(minutes.hindrances)
    signals.minutes_approved.connect(decisions.confirm)
    signals.standing_text.connect(decisions.open_decisions_text)
    signals.open_matters.connect(matters.bodies_below)
    signals.open_matters.connect(cases.open_cases)
    signals.open_matters.connect(to_meet.open_meetings)
    signals.open_matters.connect(decided.open_decisions)
