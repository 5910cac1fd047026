"""Which agreements between the parties a case concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.agreements.actions import difference
from secretariat.bodies.models import Agreement
from secretariat.cases.models import Case, CaseAgreement
from secretariat.cases.policy import may_prepare
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session


@dataclass(frozen=True)
class Concern:
    """All the agreements that the case concerns."""

    agreement_ids: tuple[UUID, ...] = ()


@action("cases.concern_agreements", load=Case, rule=may_prepare, input=Concern)
def concern_agreements(actor: Actor, case: Case, given: Concern) -> UUID:
    """Say which agreements the case concerns: those that are named, and no others."""
    of_case = (CaseAgreement.case_id == case.id,)
    for agreement_id, goes in difference(actor, CaseAgreement, of_case, given.agreement_ids, case.partnership_id):
        if goes:
            session().execute(sa.delete(CaseAgreement).where(*of_case, CaseAgreement.agreement_id == agreement_id))
        else:
            link = {"case_id": case.id, "agreement_id": agreement_id}
            session().add(CaseAgreement(partnership_id=case.partnership_id, **link))
    return case.id


@dataclass(frozen=True)
class Concerned:
    """An agreement that a case concerns."""

    id: UUID
    case_id: UUID
    number: str
    title: str


def concerned(actor: Actor, case_ids: Iterable[UUID]) -> list[Concerned]:
    """The agreements that some cases concern."""
    query = (
        sa.select(Agreement.id, CaseAgreement.case_id, Agreement.number, Agreement.title)
        .join(CaseAgreement, CaseAgreement.agreement_id == Agreement.id)
        .where(CaseAgreement.case_id.in_(sorted(case_ids)), visible(actor, CaseAgreement))
        .order_by(CaseAgreement.case_id, Agreement.number, Agreement.id)
    )
    return [Concerned(*row) for row in session().execute(query)]
