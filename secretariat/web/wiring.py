"""Who hears which signal, who answers which ask, who does which errand: all of it on this one page."""

from secretariat.accounts import holding as accounts_holding, policy as accounts_policy
from secretariat.appointing import holding as appointing_holding, listening as appointing, policy as appointing_policy
from secretariat.bodies import holding as bodies_holding, policy as bodies_policy
from secretariat.bodies.life import matters
from secretariat.calendar import listening as calendar, policy as calendar_policy
from secretariat.cases import holding as cases_holding, left_open as cases, policy as cases_policy
from secretariat.core import signals
from secretariat.decisions import (
    holding as decisions_holding,
    left_open as decided,
    listening as decisions,
    policy as decisions_policy,
)
from secretariat.directory import held as directory_holding, policy as directory_policy
from secretariat.dispatch import holding as dispatch_holding, listening as dispatch, policy as dispatch_policy
from secretariat.documents import holding as documents_holding, policy as documents_policy
from secretariat.meetings import (
    holding as meetings_holding,
    left_open as to_meet,
    listening as meetings,
    policy as meetings_policy,
)
from secretariat.messages import holding as messages_holding, news as messages_news, policy as messages_policy
from secretariat.minutes import holding as minutes_holding, listening as minutes, policy as minutes_policy
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
    signals.appointment_withdrawn.connect(appointing.appointment_withdrawn)
    signals.treatment_removed.connect(meetings.treatment_removed)
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
    signals.notification_chosen.connect(messages_news.choice_changed)
    signals.standing_text.connect(decisions.open_decisions_text)
    signals.open_matters.connect(matters.bodies_below)
    signals.open_matters.connect(cases.open_cases)
    signals.open_matters.connect(to_meet.open_meetings)
    signals.open_matters.connect(decided.open_decisions)
    _connect_what_is_held_on_people()


def _connect_what_is_held_on_people() -> None:
    for roles in (bodies_holding.appointments, accounts_holding.offices, meetings_holding.participations):
        signals.roles_of.connect(roles)
    signals.held_on.connect(directory_holding.held_on)
    signals.held_on.connect(signals.roles_of.collect)
    for holding in (accounts_holding, messages_holding, cases_holding, meetings_holding):
        signals.held_on.connect(holding.held_on)
    signals.held_on.connect(bodies_holding.leaves)
    for holding in (decisions_holding, minutes_holding, dispatch_holding, documents_holding, appointing_holding):
        signals.held_on.connect(holding.held_on)
    signals.last_used.connect(bodies_holding.last_seats)
    signals.last_used.connect(accounts_holding.last_offices)
    signals.last_used.connect(meetings_holding.last_meetings)
    signals.last_used.connect(decisions_holding.last_tasks)
    for holding in (messages_holding, accounts_holding, meetings_holding, dispatch_holding, appointing_holding):
        signals.person_anonymised.connect(holding.forget)
    for holding in (bodies_holding, accounts_holding):
        signals.hindrances.connect(holding.hindrances)
