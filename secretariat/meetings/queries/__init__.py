"""What is read of meetings: frozen rows, in a settled order, seen with the reader's eyes."""

from secretariat.meetings.queries.agendas import AgendaRow, agenda, item
from secretariat.meetings.queries.lists import (
    MeetingRow,
    Wanted,
    count_meetings,
    meetings,
    next_meetings,
    served_bodies,
    upcoming,
    with_case,
    years,
)
from secretariat.meetings.queries.one import MeetingPage, meeting, meeting_row
from secretariat.meetings.queries.people import (
    ROLE_ORDER,
    ChairRow,
    ParticipantRow,
    chairs,
    once_called,
    own_reply,
    participant,
    participants,
    present,
    stand_in,
)
from secretariat.meetings.queries.reminders import Asked, asked_to_come

__all__ = [
    "ROLE_ORDER",
    "AgendaRow",
    "Asked",
    "ChairRow",
    "MeetingPage",
    "MeetingRow",
    "ParticipantRow",
    "Wanted",
    "agenda",
    "asked_to_come",
    "chairs",
    "count_meetings",
    "item",
    "meeting",
    "meeting_row",
    "meetings",
    "next_meetings",
    "once_called",
    "own_reply",
    "participant",
    "participants",
    "present",
    "served_bodies",
    "stand_in",
    "upcoming",
    "with_case",
    "years",
]
