"""Who may see and change rounds of appointing."""

from typing import Any

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.core.access import Condition, among, readable, visible
from secretariat.core.actor import Actor


@readable(NominationLetter)
def sees_letter(actor: Actor) -> Condition:
    """Both secretaries; the contact of the nominating body, from the day the letter was sent."""
    served = among(NominationLetter.partnership_id, actor.secretary_in)
    own = sa.and_(among(NominationLetter.contact_id, actor.person_ids), NominationLetter.sent_at.is_not(None))
    return sa.or_(served, own) if actor.person_id else sa.false()


@readable(Campaign)
def sees_campaign(actor: Actor) -> Condition:
    """Both secretaries, and the contacts it was sent to."""
    asked = sa.exists().where(NominationLetter.campaign_id == Campaign.id, visible(actor, NominationLetter))
    return sa.or_(among(Campaign.partnership_id, actor.secretary_in), asked.correlate(Campaign))


@readable(Nomination)
def sees_nomination(actor: Actor) -> Condition:
    """Whoever sees the letter; no nominating body learns what another one answers."""
    asked = sa.exists().where(NominationLetter.id == Nomination.letter_id, visible(actor, NominationLetter))
    return asked.correlate(Nomination)


def may_prepare(actor: Actor, partnership: Any) -> bool:
    """Set up a round of appointing: either secretary."""
    return actor.is_secretary(partnership.id)


def may_run(actor: Actor, campaign_or_letter: Any) -> bool:
    """Send, remind, register: either secretary."""
    return actor.is_secretary(campaign_or_letter.partnership_id)


def may_answer(actor: Actor, letter: Any) -> bool:
    """Answer a letter: its contact, or a secretary who registers an answer that came by telephone or on paper."""
    return actor.is_person(letter.contact_id) or actor.is_secretary(letter.partnership_id)


def may_end_employment(actor: Actor, person: Any) -> bool:
    """Register that somebody leaves an employer: a secretary, of somebody else than oneself."""
    return actor.is_system or (bool(actor.secretary_in) and not actor.is_person(person.id))


def runs_campaigns(actor: Actor, _subject: Any = None) -> bool:
    """The list of rounds is for the secretariat."""
    return bool(actor.secretary_in)
