"""The verbs of the paper: its text, its attachments, what the archives call the case."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from secretariat.cases.intake import demand_member, set_reference
from secretariat.cases.models import (
    SECTIONS,
    Case,
    CasePaper,
)
from secretariat.cases.papers import keep_version
from secretariat.cases.policy import (
    may_prepare,
    may_write_case_paper,
    may_write_paper,
)
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.inputs import OptionalLine, Words
from secretariat.core.text.document import Document
from secretariat.documents.actions import add_files

Reference = Annotated[str, Words(most=60, required=False)]


@dataclass(frozen=True)
class SavePaper:
    """The whole paper as it now reads; ``archive_reference`` when one was found in a pasted text."""

    proposal: Document
    background: Document
    facts: Document
    assessment: Document
    user_involvement: Document
    consequences: Document
    archive_reference: Reference = ""
    version: int | None = None


@action("cases.save_paper", load=CasePaper, rule=may_write_case_paper, input=SavePaper)
def save_paper(actor: Actor, paper: CasePaper, given: SavePaper) -> UUID:
    """Save the case paper; each text that was saved is kept as a version (invariant ``NO_LOST_TEXT``)."""
    case = session().get_one(Case, paper.case_id)
    if any(getattr(paper, name) != getattr(given, name) for name in SECTIONS):
        for name in SECTIONS:
            setattr(paper, name, getattr(given, name))
        session().flush()
        keep_version(actor, paper, case.room)
    if given.archive_reference:
        set_reference(case, case.raised_by_organisation_id, given.archive_reference)
    return paper.id


@dataclass(frozen=True)
class Attach:
    """The notes of files that have arrived (see documents.uploads); the title is that of the file unless given."""

    uploads: tuple[str, ...]
    title: OptionalLine = ""


@action("cases.attach", load=Case, rule=may_write_paper, input=Attach)
def attach(actor: Actor, case: Case, given: Attach) -> UUID:
    """Put files under the case."""
    return add_files(actor, case, given.uploads, given.title).id


@dataclass(frozen=True)
class SetReference:
    """The number of the case in one organisation's archive; empty takes it away."""

    organisation_id: UUID
    reference: Reference = ""


@action("cases.set_archive_reference", load=Case, rule=may_prepare, input=SetReference)
def set_archive_reference(actor: Actor, case: Case, given: SetReference) -> UUID:
    """Set, change or take away an archive reference."""
    demand_member(case.partnership_id, given.organisation_id, "organisation_id")
    set_reference(case, given.organisation_id, given.reference)
    return case.id
