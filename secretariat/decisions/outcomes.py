"""What a meeting's decisions mean for the cases' way: the outcome of each step, and the steps that were put off."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import sqlalchemy as sa

from secretariat.cases.models import Treatment, TreatmentState
from secretariat.cases.saksgang import mark
from secretariat.core.db import session
from secretariat.core.text.language import use_language
from secretariat.decisions.models import Decision, DecisionKind
from secretariat.decisions.naming import shortened
from secretariat.meetings.models import AgendaItem, ItemState, Meeting

LONGEST = 300
OFF = {
    DecisionKind.POSTPONED: (ItemState.POSTPONED, TreatmentState.POSTPONED),
    DecisionKind.WITHDRAWN: (ItemState.WITHDRAWN, TreatmentState.WITHDRAWN),
}


def mark_outcomes(meeting: Meeting, decisions: Iterable[Decision]) -> None:
    """Tell each case what became of it here; a case that was put off goes back to the queue."""
    for item_id, group in groupby(decisions, key=lambda decision: decision.agenda_item_id):
        item, under_item = session().get_one(AgendaItem, item_id), list(group)
        if item.state is ItemState.STANDING:
            with use_language(meeting.language):
                _mark(meeting, item, under_item)


def _mark(meeting: Meeting, item: AgendaItem, decisions: Sequence[Decision]) -> None:
    words = "; ".join(map(_in_short, decisions))[:LONGEST]
    item.state, step = OFF.get(decisions[-1].kind, (item.state, TreatmentState.TREATED))
    if item.treatment_id is not None:
        mark(item.treatment_id, step, outcome=words, on=meeting.day)


def _in_short(decision: Decision) -> str:
    kind = str(decision.kind.word)
    return kind if decision.exempt_basis else f"{kind}: {shortened(decision.wording)}"


def take_back_outcomes(decisions: Iterable[Decision]) -> None:
    """The meeting is open again: what it put off stands on its agenda again, unless another agenda has it by now."""
    for decision in decisions:
        item = session().get_one(AgendaItem, decision.agenda_item_id)
        if decision.kind in OFF and item.state is OFF[decision.kind][0]:
            _restore(item, OFF[decision.kind][1])


def _restore(item: AgendaItem, put_off: TreatmentState) -> None:
    if item.treatment_id is None:
        item.state = ItemState.STANDING
        return
    state = session().scalar(sa.select(Treatment.state).where(Treatment.id == item.treatment_id))
    if state is put_off:
        item.state = ItemState.STANDING
        mark(item.treatment_id, TreatmentState.ON_AGENDA)
