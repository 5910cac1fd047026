"""What is read of the directory."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Partnership


@dataclass(frozen=True)
class PartnershipName:
    """A partnership as it is named on pages."""

    id: UUID
    name: str
    short_name: str


def partnership_names(actor: Actor) -> list[PartnershipName]:
    """The partnerships the actor takes part in, by name."""
    query = sa.select(Partnership.id, Partnership.name, Partnership.short_name).where(visible(actor, Partnership))
    return [PartnershipName(*row) for row in session().execute(query.order_by(Partnership.sort_key, Partnership.id))]
