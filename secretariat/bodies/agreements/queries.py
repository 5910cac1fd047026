"""What is read of agreements: those of a partnership with the bodies under them, and those of a body."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Agreement, AgreementKind, Body, BodyAgreement
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.dates import covers
from secretariat.core.db import session
from secretariat.core.text.sorting import sort_key

KINDS = {kind.value: kind for kind in AgreementKind}


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with the bodies that work under it."""

    id: UUID
    partnership_id: UUID
    number: str
    title: str
    kind: AgreementKind
    starts_on: date
    ends_on: date | None
    bodies: tuple[tuple[UUID, str], ...] = ()

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today."""
        return covers(self.starts_on, self.ends_on, clock.today())

    @property
    def words(self) -> str:
        """Number and title, as it is chosen among others."""
        return f"{self.number} {self.title}"


def agreement(actor: Actor, agreement_id: UUID) -> Agreement | None:
    """One agreement."""
    return session().scalar(sa.select(Agreement).where(Agreement.id == agreement_id, visible(actor, Agreement)))


def agreements(actor: Actor, partnership_id: UUID) -> list[AgreementRow]:
    """The agreements of a partnership, the overall ones first, then by number as people count."""
    columns = [getattr(Agreement, name) for name in AgreementRow.__dataclass_fields__ if name != "bodies"]
    query = sa.select(*columns).where(visible(actor, Agreement), Agreement.partnership_id == partnership_id)
    under = _bodies_under(actor, partnership_id)
    rows = [
        AgreementRow(**(row._asdict() | {"kind": KINDS[row.kind]}), bodies=tuple(under.get(row.id, ())))
        for row in session().execute(query.order_by(Agreement.number, Agreement.id))
    ]
    return sorted(rows, key=lambda row: (row.kind is not AgreementKind.OVERALL, sort_key(row.number)))


def _bodies_under(actor: Actor, partnership_id: UUID) -> dict[UUID, list[tuple[UUID, str]]]:
    query = (
        sa.select(BodyAgreement.agreement_id, Body.id, Body.name)
        .join(Body, Body.id == BodyAgreement.body_id)
        .where(visible(actor, Body), Body.partnership_id == partnership_id)
        .where(sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today()))
        .order_by(Body.level, Body.sort_key, Body.id)
    )
    under: dict[UUID, list[tuple[UUID, str]]] = {}
    for agreement_id, body_id, name in session().execute(query):
        under.setdefault(agreement_id, []).append((body_id, name))
    return under


def of_body(actor: Actor, body_id: UUID) -> list[UUID]:
    """The agreements that the body works under."""
    query = sa.select(BodyAgreement.agreement_id).where(BodyAgreement.body_id == body_id, visible(actor, BodyAgreement))
    return list(session().scalars(query.order_by(BodyAgreement.agreement_id)))
