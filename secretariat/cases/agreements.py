"""Which agreements between the parties a case concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.agreements.actions import ChooseAgreements, link
from secretariat.bodies.models import Agreement
from secretariat.cases.models import Case, CaseAgreement
from secretariat.cases.policy import may_prepare
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session


@action("cases.concern_agreements", load=Case, rule=may_prepare, input=ChooseAgreements)
def concern_agreements(actor: Actor, case: Case, given: ChooseAgreements) -> UUID:
    """Say which agreements the case concerns: those that are named, and no others."""
    link(actor, CaseAgreement, given, partnership_id=case.partnership_id, case_id=case.id)
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
