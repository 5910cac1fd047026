"""What is read for the desks; a fixed number of statements, however much there is."""

from secretariat.desk.queries.counting import COUNTING
from secretariat.desk.queries.deputising import Deputyship, deputyships
from secretariat.desk.queries.place import OwnMeeting, drafts_to_remark_on, own_meetings
from secretariat.desk.queries.representing import Representative, representatives
from secretariat.desk.queries.speaking import OwnCase, OwnOrganisation, own_cases, own_organisations
from secretariat.desk.queries.week import (
    AgendaState,
    Chairing,
    LateLine,
    Raised,
    ServedMeeting,
    agenda_states,
    asked_today,
    chairs,
    late_lines,
    nobody_sits,
    raised_cases,
    served_meetings,
    silent,
)

__all__ = [
    "COUNTING",
    "AgendaState",
    "Chairing",
    "Deputyship",
    "LateLine",
    "OwnCase",
    "OwnMeeting",
    "OwnOrganisation",
    "Raised",
    "Representative",
    "ServedMeeting",
    "agenda_states",
    "asked_today",
    "chairs",
    "deputyships",
    "drafts_to_remark_on",
    "late_lines",
    "nobody_sits",
    "own_cases",
    "own_meetings",
    "own_organisations",
    "raised_cases",
    "representatives",
    "served_meetings",
    "silent",
]
