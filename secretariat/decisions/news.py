"""Decisions as news, in the letter that gathers them: as they stand when it is written."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date
from secretariat.decisions.letters import decision_entry
from secretariat.decisions.models import Decision, DecisionState
from secretariat.messages.news import Told


def decisions_told(actor: Actor, ids: Collection[UUID]) -> Iterable[Told]:
    """What bodies have decided that concerns the reader; a meeting that is open again has decided nothing."""
    return _told(actor, ids, "")


def wordings_told(actor: Actor, ids: Collection[UUID]) -> Iterable[Told]:
    """Decisions whose words were changed after they had gone out."""
    return _told(actor, ids, _("Ordlyden er endret siden vedtaket ble sendt ut. Dette gjelder nå:"))


def _told(actor: Actor, ids: Collection[UUID], before: str) -> Iterable[Told]:
    query = (
        sa.select(Decision, Body)
        .join(Body, Body.id == Decision.body_id)
        .where(Decision.id.in_(sorted(ids)), Decision.state != DecisionState.DRAFT, visible(actor, Decision))
        .order_by(Decision.decided_on, Decision.ordinal, Decision.id)
    )
    for decision, body in session().execute(query):
        entry = decision_entry(body, decision)
        text = "\n".join(filter(None, (before, entry["text"], _standing(decision))))
        yield Told(decision.id, decision.partnership_id, body.name, **entry | {"text": text})


def _standing(decision: Any) -> str:
    day = format_date(decision.decided_on)
    if decision.state is DecisionState.CONFIRMED:
        return _("Vedtatt %(date)s.", date=day)
    return _("Vedtatt %(date)s, fra ikke godkjent referat.", date=day)
