"""What the dispatch says of the two chairs: a chair who does not answer never stops it, but the paper says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import SeatRole
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date
from secretariat.meetings.models import AgendaAgreement

CHAIRS = (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)


@dataclass(frozen=True)
class ChairAnswer:
    """What chair or deputy chair says of the agenda; None: nothing yet."""

    role: SeatRole
    name: str
    agreed: bool | None


def chair_answers(meeting_id: UUID, called: Iterable[Any]) -> tuple[ChairAnswer, ...]:
    """Chair and deputy chair by the plan, in that order, with what they answered."""
    seats = {seat["role"]: person for person in called for seat in person.seats}
    query = sa.select(AgendaAgreement.person_id, AgendaAgreement.agreed).where(AgendaAgreement.meeting_id == meeting_id)
    said = {person_id: agreed for person_id, agreed in session().execute(query)}
    led = [(role, seats[role]) for role in CHAIRS if role in seats]
    return tuple(ChairAnswer(role, person.name, said.get(person.person_id)) for role, person in led)


def statement_of(answers: Sequence[ChairAnswer], deadline: date, planned_on: date) -> str:
    """«Sendt uten godkjenning fra nestleder (ikke svart innen 18. september 2026).»; empty when both agree.

    A deadline that had passed when the meeting was planned was nobody's deadline, and is not named.
    """
    passed = deadline if planned_on <= deadline < clock.today() else None
    missing = [
        _("%(chair)s (%(why)s)", chair=str(answer.role.word).lower(), why=_why(answer, passed))
        for answer in answers
        if not answer.agreed
    ]
    return _("Sendt uten godkjenning fra %(chairs)s.", chairs=_(" og ").join(missing)) if missing else ""


def _why(answer: ChairAnswer, passed: date | None) -> str:
    if answer.agreed is False:
        return _("ikke enig i sakslisten")
    if passed is not None:
        return _("ikke svart innen %(date)s", date=format_date(passed))
    return _("ikke svart")
