"""Is the case ready for an agenda? What is missing is said at «klar til saksliste», never before the first sentence."""

from typing import Any

from secretariat.cases.models import SECTIONS, CaseKind
from secretariat.core import signals
from secretariat.core.text.language import _l

NEEDS_NO_PROPOSAL = (CaseKind.INFORMATION, CaseKind.REPORT)


def hinders_ready(case: Any, paper: Any) -> list[Any]:
    """Why the case cannot be made ready: what is to be decided must be proposed."""
    reasons = list(signals.hindrances.collect("cases.make_ready", case))
    if not paper.proposal and case.kind not in NEEDS_NO_PROPOSAL:
        reasons.append(_l("Saken mangler forslag til vedtak. En orienteringssak trenger ikke forslag."))
    return reasons


def missing_sections(paper: Any) -> list[Any]:
    """The parts behind the proposal that are empty; what is not relevant may stay so."""
    return [heading for name, heading in SECTIONS.items() if name != "proposal" and not getattr(paper, name)]
