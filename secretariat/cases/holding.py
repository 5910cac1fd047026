"""What cases hold on a person: those they raised, and those they answer for."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases.models import Case
from secretariat.core.actor import Actor
from secretariat.core.text.language import _l
from secretariat.directory.held import Held, seen_by, told


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """Cases the person raised or is responsible for."""
    for what, column in ((_l("Meldt inn"), Case.raised_by_person_id), (_l("Saksansvarlig"), Case.responsible_id)):
        cases = (
            sa.select(column.label("person_id"), Case.raised_on.label("day"), Case.title)
            .where(column.in_(person_ids), seen_by(reader, Case))
            .order_by(Case.raised_on.desc(), Case.id)
        )
        yield from told(what, cases, lambda row: row.title)
