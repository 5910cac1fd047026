"""What happens to a case next, who sees to it, and by when: the first thing its reader asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.cases.models import CaseState, TreatmentState
from secretariat.cases.queries import CasePage, Step
from secretariat.core.text.language import _


@dataclass(frozen=True)
class NextStep:
    """One sentence, its owner, its date."""

    sentence: str
    owner: str = ""
    due: date | None = None


def next_step(case: CasePage, steps: Sequence[Step]) -> NextStep:
    """What is to be done with the case as it stands."""
    secretariat = case.responsible or _("Sekretariatet")
    match case.state:
        case CaseState.RAISED:
            return NextStep(_("Sekretariatet vurderer om saken skal tas inn."), _("Sekretariatet"), case.wanted_by)
        case CaseState.MORE_WANTED:
            who = case.raised_by or case.raised_by_organisation
            return NextStep(_("Saken skal fylles ut og sendes inn på nytt."), who, case.wanted_by)
        case CaseState.IN_PREPARATION:
            return NextStep(_("Saksframlegget skrives ferdig."), secretariat, case.wanted_by)
        case CaseState.READY:
            return _on_its_way(case, steps, secretariat)
        case _:
            return NextStep(_("Ingenting mer skal gjøres med saken her."))


def _on_its_way(case: CasePage, steps: Sequence[Step], owner: str) -> NextStep:
    ahead = next((step for step in steps if step.is_ahead), None)
    if ahead is None:
        return NextStep(_("Velg hvilket utvalg saken skal til."), owner, case.wanted_by)
    if ahead.state is TreatmentState.ON_AGENDA:
        return NextStep(_("Saken står på sakslisten i %(place)s.", place=ahead.place), owner, ahead.treated_on)
    return NextStep(_("Saken venter på å komme på sakslisten i %(place)s.", place=ahead.place), owner, case.wanted_by)


def waits_for(case: CasePage, steps: Sequence[Step]) -> UUID | None:
    """The body on whose next agenda a case may be put at once: it is ready, both parties see it, and it waits there."""
    ahead = next((step for step in steps if step.is_ahead), None)
    waits = ahead is not None and ahead.is_waiting and case.is_common and case.state is CaseState.READY
    return ahead.body_id if ahead and waits else None


def as_shown(steps: Sequence[Step], day: Any) -> list[dict[str, Any]]:
    """The saksgang as the line on the page: done, now, stopped; ``day`` writes a date."""
    current = next((step for step in steps if step.is_ahead), None)
    return [
        {
            "label": step.short_place,
            "state": _state(step, step is current),
            "when": day(step.treated_on) if step.treated_on else "",
            "note": step.outcome or step.state.word,
        }
        for step in steps
    ]


def _state(step: Step, is_current: bool) -> str:
    if step.is_behind:
        return "done"
    if step.state is TreatmentState.WITHDRAWN:
        return "stopped"
    return "current" if is_current else ""
