"""What a body that closes would leave undone here: the cases that are to come up in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.life.matters import OpenMatter
from secretariat.cases.models import Case, CaseState, Treatment, TreatmentState
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l

ON_ITS_WAY = (CaseState.RAISED, CaseState.MORE_WANTED, CaseState.IN_PREPARATION, CaseState.READY)
TO_COME = (TreatmentState.WAITING, TreatmentState.POSTPONED)


def open_cases(actor: Actor, body: Any, _day: date) -> Iterator[OpenMatter]:
    """Cases whose way leads through the body, or that were raised for it, and that are not finished."""
    ahead = sa.exists().where(
        Treatment.case_id == Case.id,
        Treatment.body_id == body.id,
        Treatment.state.in_(TO_COME),
        visible(actor, Treatment),
    )
    placed = sa.exists().where(Treatment.case_id == Case.id)
    wanted = sa.and_(Case.wanted_body_id == body.id, ~placed)
    query = sa.select(Case.id, Case.title).where(
        visible(actor, Case),
        Case.state.in_(ON_ITS_WAY),
        sa.or_(ahead, wanted),
        Case.partnership_id == body.partnership_id,
    )
    for row in session().execute(query.order_by(Case.raised_on, Case.id)):
        yield OpenMatter("case_file", row.id, row.title, _l("Saken «%(title)s» er ikke ferdig.", title=row.title))
