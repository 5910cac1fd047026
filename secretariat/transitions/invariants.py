"""What holds for transitions."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.decisions.models import DecisionKeeper, TaskKeeper
from secretariat.transitions.models import Transition, TransitionMatter, TransitionState


@checks("NOTHING_LOST", _l("Alt som var åpent før en omlegging, er talt igjen etter den."))
def everything_is_found_again() -> Iterator[str]:
    """Of a transition that has been carried out each kind adds up, and every matter counted has its choice."""
    carried_out = sa.select(Transition).where(Transition.state == TransitionState.CARRIED_OUT).order_by(Transition.id)
    for transition in session().scalars(carried_out):
        chosen = _chosen(transition)
        for line in transition.counts:
            after = line["hand_over"] + line["keep"] + line["close"]
            if line["before"] != after or chosen.get(line["kind"], 0) != after:
                yield _("Omlegging %(id)s: tallene for %(kind)s går ikke opp.", id=transition.id, kind=line["kind"])


def _chosen(transition: Transition) -> dict[str, int]:
    query = sa.select(TransitionMatter.kind, sa.func.count()).where(TransitionMatter.transition_id == transition.id)
    return {kind: number for kind, number in session().execute(query.group_by(TransitionMatter.kind))}


@checks("KEEPER_AT_WORK", _l("Et vedtak eller en oppgave følges opp av et utvalg som virker på dagen."))
def keepers_are_at_work() -> Iterator[str]:
    """Nobody begins to follow up in a body that is not there on the day."""
    for keeper in (DecisionKeeper, TaskKeeper):
        not_there = sa.or_(keeper.starts_on < Body.starts_on, keeper.starts_on > Body.ends_on)
        odd = sa.select(keeper.id).join(Body, Body.id == keeper.body_id).where(not_there)
        for keeper_id in session().scalars(odd.order_by(keeper.id)):
            yield _("Oppfølging %(id)s ligger i et utvalg som ikke virker da.", id=keeper_id)
