"""Appointing as a line on the desk: what a nominating body is asked, and the round that the secretariat waits for."""

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, CampaignState, NominationLetter
from secretariat.appointing.pooling import waits_for_names
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.desk.deadlines import Due, DueKind


def asked_to_name(actor: Actor) -> tuple[Due, ...]:
    """The letters that the actor, as contact of a nominating body, has something left to answer. One statement."""
    query = (
        sa.select(NominationLetter.id, NominationLetter.nominator, Campaign.answer_by)
        .join(Campaign, Campaign.id == NominationLetter.campaign_id)
        .where(visible(actor, NominationLetter), NominationLetter.contact_id.in_(sorted(actor.person_ids)))
        .where(Campaign.state == CampaignState.SENT, waits_for_names(actor.today))
        .order_by(Campaign.answer_by, NominationLetter.nominator, NominationLetter.id)
    )
    return tuple(Due(DueKind.NAME, row.nominator, row.id, row.answer_by) for row in session().execute(query))


def rounds_waiting(actor: Actor) -> tuple[Due, ...]:
    """The rounds in which names are lacking, for those who run them. One statement."""
    silent = sa.exists().where(NominationLetter.campaign_id == Campaign.id, waits_for_names(actor.today))
    query = (
        sa.select(Campaign.id, Campaign.title, Campaign.answer_by)
        .where(Campaign.partnership_id.in_(sorted(actor.secretary_in)), Campaign.state == CampaignState.SENT, silent)
        .order_by(Campaign.answer_by, Campaign.id)
    )
    return tuple(Due(DueKind.ROUND, row.title, row.id, row.answer_by) for row in session().execute(query))
