"""Rounds of appointing for tests: bodies full of places, contacts, answers."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing import actions, naming, registering
from secretariat.appointing.inputs import Named
from secretariat.appointing.models import Campaign, Nomination, NominationChoice, NominationLetter
from secretariat.bodies.models import Capacity
from secretariat.core.db import session
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose
from tests.factories.cast import Cast

TERM = (date(2026, 11, 1), date(2030, 10, 31))
DEADLINE = date(2026, 10, 15)
NEW = {"given_name": "Kari", "family_name": "Nordmann", "title": "Ordfører", "email": "kari.nordmann@steinkjer.example"}


def prepared(cast: Cast, **values: Any) -> Campaign:
    """A round that the secretary has set up over the cast's common bodies."""
    given = {"title": "Oppnevning 2026", "starts_on": TERM[0], "term_ends_on": TERM[1], "answer_by": DEADLINE} | values
    made = actions.prepare(cast.actor("secretary"), cast.partnership, **given)
    return session().get_one(Campaign, made)


def letters_of(campaign: Campaign) -> dict[str, NominationLetter]:
    """The round's letters by nominating body."""
    session().expire_all()
    rows = session().scalars(sa.select(NominationLetter).where(NominationLetter.campaign_id == campaign.id))
    return {row.nominator: row for row in rows}


def sent(cast: Cast, **values: Any) -> Campaign:
    """A round that is sent; who lacks a contact gets the cast's contact."""
    campaign = prepared(cast, **values)
    for letter in letters_of(campaign).values():
        if letter.contact_id is None:
            actions.choose_contact(cast.actor("secretary"), letter, person_id=cast.person["contact"].id)
    actions.send(cast.actor("secretary"), campaign)
    session().expire_all()
    return campaign


def asked(letter: NominationLetter, capacity: Capacity = Capacity.HOLDER) -> list[Nomination]:
    """What a letter asks about, in order."""
    query = sa.select(Nomination).where(Nomination.letter_id == letter.id, Nomination.capacity == capacity)
    return list(session().scalars(query.order_by(Nomination.id)))


def keep(one: Nomination) -> Named:
    """«Gjenoppnevnes»."""
    return Named(one.id, NominationChoice.KEEP)


def later(one: Nomination) -> Named:
    """«Navngis senere»."""
    return Named(one.id, NominationChoice.LATER)


def somebody(one: Nomination, organisation_id: UUID, **values: Any) -> Named:
    """«Ny person»."""
    return Named(one.id, NominationChoice.NEW, organisation_id=organisation_id, **(NEW | values))


def answer(actor: Any, letter: NominationLetter, *places: Named, **values: Any) -> None:
    """What the nominating body says."""
    naming.answer(actor, letter.id, places=places, **values)
    session().expire_all()


def register(cast: Cast, letter: NominationLetter, **values: Any) -> None:
    """The secretary registers it."""
    registering.register(cast.actor("secretary"), letter.id, **values)
    session().expire_all()


def link_to(subject: Any) -> Link:
    """The link that was mailed about this letter or appointment."""
    query = sa.select(Link).where(Link.purpose == LinkPurpose.NOMINATION, Link.subject_id == subject.id)
    return session().scalars(query.order_by(Link.created_at.desc(), Link.id.desc())).first()  # type: ignore[return-value]


def path_of(link: Link) -> str:
    """Where the link leads."""
    return f"/lenke/{links.token(link)}"
