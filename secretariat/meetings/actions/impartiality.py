"""Habilitet: a participant steps aside for one item, and is not counted in it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.language import _l
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting, Participant, SteppedAside
from secretariat.meetings.obstacles import hinders_noting_presence, unhindered
from secretariat.meetings.policy import may_manage_item, may_manage_meeting

Because = Annotated[str, Words(most=300, required=False)]


@dataclass(frozen=True)
class StepAside:
    """Who is not impartial in the item, and why."""

    participant_id: UUID | None = None
    because: Because = ""


@action("meetings.step_aside", load=AgendaItem, rule=may_manage_item, input=StepAside)
def step_aside(actor: Actor, item: AgendaItem, given: StepAside) -> UUID:
    """Note that a participant takes no part in the item; a new reason replaces the one before."""
    _open_to_writing(actor, item)
    if item.kind is ItemKind.HEADING:
        raise DomainError(_l("Ingen er inhabil under en overskrift."))
    row = _noted(item, given.participant_id) or SteppedAside(
        partnership_id=item.partnership_id,
        meeting_id=item.meeting_id,
        agenda_item_id=item.id,
        participant_id=_participant(item, given.participant_id),
    )
    row.because = given.because
    session().add(row)
    return item.id


@dataclass(frozen=True)
class TakePart:
    """Who takes part in the item after all."""

    participant_id: UUID


@action("meetings.take_part", load=AgendaItem, rule=may_manage_item, input=TakePart)
def take_part(actor: Actor, item: AgendaItem, given: TakePart) -> UUID:
    """The participant takes part in the item after all."""
    _open_to_writing(actor, item)
    row = _noted(item, given.participant_id)
    if row is not None:
        session().delete(row)
    return item.id


def _open_to_writing(actor: Actor, item: AgendaItem) -> None:
    meeting = session().get_one(Meeting, item.meeting_id)
    if not may_manage_meeting(actor, meeting):
        raise Denied("meeting")
    unhindered(hinders_noting_presence(meeting))


def _participant(item: AgendaItem, participant_id: UUID | None) -> UUID:
    called = sa.select(Participant.id).where(
        Participant.id == participant_id,
        Participant.meeting_id == item.meeting_id,
        Participant.removed_at.is_(None),
    )
    found = session().scalar(called)
    if found is None:
        raise DomainError(_l("Velg en av dem som er kalt inn."), "participant_id")
    return found


def _noted(item: AgendaItem, participant_id: UUID | None) -> SteppedAside | None:
    return session().scalar(
        sa.select(SteppedAside).where(
            SteppedAside.agenda_item_id == item.id, SteppedAside.participant_id == participant_id
        )
    )
