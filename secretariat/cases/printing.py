"""The case paper as a PDF of its own, before and between meetings; marked as a draft until the case is ready.

A PDF is kept under the hash of what it was made from, so the same paper is typeset once.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, time

from secretariat.cases.models import CaseState
from secretariat.cases.queries import CasePage, Reference, Step
from secretariat.config import settings
from secretariat.core.db import session
from secretariat.core.text.language import _, current_language
from secretariat.documents import storage
from secretariat.documents.queries import FileRow
from secretariat.documents.rendering.papers import (
    ArchiveReference,
    Attachment,
    CasePaper,
    EarlierStep,
    Letterhead,
    Section,
    SingleCasePaper,
)
from secretariat.documents.rendering.render import render

MOST_ENCLOSED = 20 * 1024 * 1024


def case_paper_pdf(case: CasePage, steps: list[Step], references: list[Reference], files: list[FileRow]) -> bytes:
    """The PDF; checked attachments lie inside it as long as they are not too large together."""
    paper = _paper(case, steps, references, files)
    enclosed = _enclosed(files)
    said = repr((paper, [file.sha256 for file in enclosed]))
    place = settings().instance / "rendered" / f"{hashlib.sha256(said.encode()).hexdigest()}.pdf"
    if not place.exists():
        session().rollback()  # typesetting takes a while; no transaction waits for it
        storage.write_once(place, render(replace(paper, attachments=tuple(map(_attachment, enclosed)))))
    return place.read_bytes()


def _paper(case: CasePage, steps: list[Step], references: list[Reference], files: list[FileRow]) -> SingleCasePaper:
    ahead = next((step for step in steps if step.is_ahead), None)
    place = ahead.place if ahead else case.partnership
    left_out = set(files) - set(_enclosed(files))
    return SingleCasePaper(
        language=current_language(),
        made_at=datetime.combine(case.raised_on, time(), UTC),
        letterhead=Letterhead(case.partnership, place, ahead.short_place if ahead else case.partnership),
        case=CasePaper(
            item=str(case.id),
            title=case.title,
            kind_label=_kind(case),
            raised_by=", ".join(filter(None, (case.raised_by_organisation, case.on_behalf_of))),
            archive_references=tuple(ArchiveReference(one.organisation, one.reference) for one in references),
            proposal=case.proposal or None,
            sections=tuple(Section(str(heading), text) for name, heading, text in case.sections if name != "proposal"),
            earlier=tuple(
                EarlierStep(step.place, step.treated_on, outcome=step.outcome)
                for step in steps
                if step.is_behind and step.treated_on
            ),
            not_enclosed=tuple(file.title for file in files if file in left_out and file.is_checked),
            exempt_basis=case.exempt_basis or None,
            language=case.language,
        ),
    )


def _kind(case: CasePage) -> str:
    is_draft = case.state not in (CaseState.READY, CaseState.TREATED)
    return _("%(kind)s (utkast)", kind=case.kind.word) if is_draft else str(case.kind.word)


def _enclosed(files: list[FileRow]) -> list[FileRow]:
    checked = [file for file in files if file.is_checked]
    return checked if sum(file.size for file in checked) <= MOST_ENCLOSED else []


def _attachment(file: FileRow) -> Attachment:
    content = storage.get(file.partnership_id, file.sha256)
    basis = file.exempt_basis or None
    return Attachment(
        file.filename, file.mime_type, content, file.sha256, file.title, str(file.owner_id), exempt_basis=basis
    )
