"""What has changed among the appointments since the notice: proposed to the secretary, never applied silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.directory.merged import merged_into
from secretariat.meetings.calling import Called, called_people
from secretariat.meetings.models import Participant, ParticipantRole


class ProposalKind(Worded):
    """What the secretary is asked to do with a participant."""

    ADDED = "added", _l("Ny i utvalget")
    REMOVED = "removed", _l("Ikke lenger i utvalget")
    CHANGED = "changed", _l("Ny plass eller rolle")


@dataclass(frozen=True)
class Proposal:
    """One proposed change of the participants: the person as appointed now, the row as it stands."""

    kind: ProposalKind
    person_id: UUID
    name: str
    called: Called | None
    row: Any


def proposals(meeting: Any, once_called: Sequence[Any] | None = None) -> list[Proposal]:
    """Where participants and appointments on the meeting's day differ; people who were removed stay removed.

    ``once_called`` are the participants, those removed among them, when they have been read already.
    """
    rows = {row.person_id: row for row in (_all_rows(meeting) if once_called is None else once_called)}
    now = {person.person_id: person for person in called_people(meeting)}
    merged = merged_into(key for key in rows if key not in now)
    here = rows.keys() | set(merged.values())
    added = [_proposal(ProposalKind.ADDED, called, None) for key, called in now.items() if key not in here]
    standing = [row for row in rows.values() if _follows_appointments(row) and row.person_id not in merged]
    changed = [_compared(row, now.get(row.person_id)) for row in standing]
    return [*added, *(proposal for proposal in changed if proposal is not None)]


def _all_rows(meeting: Any) -> list[Participant]:
    query = sa.select(Participant).where(Participant.meeting_id == meeting.id)
    return list(session().scalars(query.order_by(Participant.sort_key, Participant.id)))


def _follows_appointments(row: Any) -> bool:
    """Guests and deputies called in for an absence do not, nor who was removed."""
    return row.removed_at is None and row.role is not ParticipantRole.GUEST and row.deputises_for_id is None


def _compared(row: Any, called: Called | None) -> Proposal | None:
    if called is None:
        return _proposal(ProposalKind.REMOVED, None, row)
    same = (row.role, _seat_ids(row.seats)) == (called.role, _seat_ids(called.seats))
    return None if same else _proposal(ProposalKind.CHANGED, called, row)


def _seat_ids(seats: list[Any]) -> set[str]:
    return {seat["seat_id"] for seat in seats}


def _proposal(kind: ProposalKind, called: Called | None, row: Any) -> Proposal:
    person: Any = called or row
    return Proposal(kind, person.person_id, person.name, called, row)
