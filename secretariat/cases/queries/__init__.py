"""What is read of cases. Pages get frozen rows; whoever writes gets the row itself through its action."""

from secretariat.cases.queries.for_agendas import CaseForItem, QueuedCase, case_rows_for, queue
from secretariat.cases.queries.lists import INTAKE, ORDERS, PAGE, CaseList, CaseRow, Wanted, cases, waiting_intake
from secretariat.cases.queries.one import (
    CasePage,
    Reference,
    Step,
    VersionRow,
    case,
    references,
    secretaries,
    steps,
    treatment,
    version_texts,
    versions,
)

__all__ = [
    "INTAKE",
    "ORDERS",
    "PAGE",
    "CaseForItem",
    "CaseList",
    "CasePage",
    "CaseRow",
    "QueuedCase",
    "Reference",
    "Step",
    "VersionRow",
    "Wanted",
    "case",
    "case_rows_for",
    "cases",
    "queue",
    "references",
    "secretaries",
    "steps",
    "treatment",
    "version_texts",
    "versions",
    "waiting_intake",
]
