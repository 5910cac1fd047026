"""What rounds of appointing hold on a person: who was named, and who was asked."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Forgotten, Held, joined, seen_by, told


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """Rounds in which the person was named or asked."""
    named = (
        sa.select(Nomination.person_id, Nomination.created_at.label("day"), Campaign.title, NominationLetter.nominator)
        .join(NominationLetter, NominationLetter.id == Nomination.letter_id)
        .join(Campaign, Campaign.id == NominationLetter.campaign_id)
        .where(Nomination.person_id.in_(person_ids), seen_by(reader, Nomination))
        .order_by(Nomination.created_at.desc(), Nomination.id)
    )
    yield from told(_l("Foreslått til plass"), named, lambda row: joined(row.title, row.nominator))
    asked = (
        sa.select(NominationLetter.contact_id.label("person_id"), NominationLetter.created_at.label("day"))
        .add_columns(Campaign.title, NominationLetter.nominator)
        .join(Campaign, Campaign.id == NominationLetter.campaign_id)
        .where(NominationLetter.contact_id.in_(person_ids), seen_by(reader, NominationLetter))
        .order_by(NominationLetter.created_at.desc(), NominationLetter.id)
    )
    yield from told(_l("Spurt om oppnevning"), asked, lambda row: joined(row.title, row.nominator))


def forget(who: Forgotten) -> None:
    """That a place was filled stays; the name and the address that were given do not."""
    given = dict.fromkeys(("given_name", "family_name", "title", "email", "phone"), "")
    meant = sa.or_(Nomination.person_id.in_(who.ids), Nomination.email.in_(who.emails))
    emptied = sa.update(Nomination).where(meant).values(given)
    session().execute(emptied.execution_options(synchronize_session=False))
