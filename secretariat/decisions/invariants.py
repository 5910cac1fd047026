"""What holds for decisions, their wordings and what follows from them."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.decisions.models import Decision, DecisionState, DecisionWording, Task
from secretariat.meetings.models import Meeting, MeetingState

FOLLOWED = (DecisionState.IN_FORCE, DecisionState.CONFIRMED)


@checks("IN_FORCE_AFTER_MEETING", _l("Vedtak og oppgaver gjelder når møtet er holdt, og ikke før."))
def nothing_is_in_force_before_the_meeting() -> Iterator[str]:
    """A decision or task is in force exactly when its meeting has been held."""
    held = Meeting.state == MeetingState.HELD
    odd = sa.select(Decision.id).join(Meeting, Meeting.id == Decision.meeting_id)
    for decision_id in session().scalars(odd.where(Decision.state.in_(FOLLOWED) != held).order_by(Decision.id)):
        yield _("Vedtak %(id)s følger ikke møtet sitt.", id=decision_id)
    tasks = sa.select(Task.id).join(Meeting, Meeting.id == Task.meeting_id)
    for task_id in session().scalars(tasks.where(Task.in_force != held).order_by(Task.id)):
        yield _("Oppgave %(id)s følger ikke møtet sitt.", id=task_id)


@checks("WORDINGS_KEPT", _l("Hver ordlyd et vedtak har hatt siden det begynte å gjelde, er tatt vare på."))
def wordings_are_kept() -> Iterator[str]:
    """Wordings are numbered without gaps, and the newest one of a decision in force is what the decision says."""
    wordings: dict[object, list[DecisionWording]] = {}
    for wording in session().scalars(sa.select(DecisionWording).order_by(DecisionWording.number, DecisionWording.id)):
        wordings.setdefault(wording.decision_id, []).append(wording)
    for decision in session().scalars(sa.select(Decision).order_by(Decision.id)):
        kept = wordings.get(decision.id, [])
        if [wording.number for wording in kept] != list(range(1, len(kept) + 1)):
            yield _("Vedtak %(id)s mangler en tidligere ordlyd.", id=decision.id)
        if decision.state in FOLLOWED and (not kept or kept[-1].wording != decision.wording):
            yield _("Ordlyden i vedtak %(id)s er ikke tatt vare på.", id=decision.id)


@checks("FOLLOWED_UP_IN_FORCE", _l("Bare vedtak som gjelder, kan være avsluttet."))
def only_what_is_in_force_is_closed() -> Iterator[str]:
    """A draft is never closed."""
    closed = (Decision.state == DecisionState.DRAFT, Decision.closed_on.is_not(None))
    for decision_id in session().scalars(sa.select(Decision.id).where(*closed).order_by(Decision.id)):
        yield _("Vedtak %(id)s er avsluttet før det gjelder.", id=decision_id)
