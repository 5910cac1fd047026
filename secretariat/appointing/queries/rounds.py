"""Rounds of appointing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, CampaignState, Nomination, NominationLetter
from secretariat.appointing.pooling import EXPECTED
from secretariat.bodies.models import Body, Seat
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session


@dataclass(frozen=True)
class CampaignRow:
    """A round in the list; counts of letters that are answered, and of what is expected: places and common deputies."""

    id: UUID
    partnership_id: UUID
    title: str
    starts_on: date
    term_ends_on: date
    answer_by: date
    state: CampaignState
    letters: int
    answered: int
    expected: int
    registered: int


def campaign(actor: Actor, campaign_id: UUID) -> Campaign | None:
    """One round."""
    return session().scalar(sa.select(Campaign).where(Campaign.id == campaign_id, visible(actor, Campaign)))


def campaigns(actor: Actor) -> list[CampaignRow]:
    """The rounds of the partnerships the actor serves, the newest first."""
    letter, expected = NominationLetter, sa.and_(Nomination.letter_id == NominationLetter.id, EXPECTED)
    here = Campaign.partnership_id.in_(sorted(actor.secretary_in))
    query = (
        sa.select(
            Campaign.id,
            Campaign.partnership_id,
            Campaign.title,
            Campaign.starts_on,
            Campaign.term_ends_on,
            Campaign.answer_by,
            Campaign.state,
            sa.func.count(letter.id.distinct()),
            sa.func.count(sa.case((letter.answered_at.is_not(None), letter.id)).distinct()),
            sa.func.count(Nomination.id),
            sa.func.count(Nomination.appointment_id),
        )
        .outerjoin(letter, letter.campaign_id == Campaign.id)
        .outerjoin(Nomination, expected)
        .where(visible(actor, Campaign), here)
        .group_by(Campaign.id)
        .order_by(Campaign.starts_on.desc(), Campaign.id)
    )
    return [CampaignRow(*row) for row in session().execute(query)]


def covered_bodies(actor: Actor, campaign_id: UUID) -> list[tuple[UUID, str]]:
    """The bodies a round asks about."""
    query = (
        sa.select(Body.id, Body.name)
        .join(Seat, Seat.body_id == Body.id)
        .join(Nomination, Nomination.seat_id == Seat.id)
        .join(NominationLetter, NominationLetter.id == Nomination.letter_id)
        .where(NominationLetter.campaign_id == campaign_id, visible(actor, NominationLetter))
        .distinct()
    )
    ordered = sa.select(Body.id, Body.name).where(Body.id.in_(sa.select(query.subquery().c.id)))
    return [(row.id, row.name) for row in session().execute(ordered.order_by(Body.level, Body.sort_key, Body.id))]


def body_choices(actor: Actor, partnership_id: UUID) -> list[tuple[str, str]]:
    """The common bodies a round may cover."""
    query = sa.select(Body.id, Body.name).where(
        visible(actor, Body), Body.partnership_id == partnership_id, Body.room == COMMON_ROOM
    )
    still = sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today())
    return [
        (str(row.id), row.name) for row in session().execute(query.where(still).order_by(Body.level, Body.sort_key))
    ]
