"""The case paper and its versions: what was saved is kept (invariant ``NO_LOST_TEXT``)."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from secretariat.cases.models import SECTIONS, Case, CasePaper, CasePaperVersion
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document


def paper_of(case: Case) -> CasePaper:
    """The paper of a case; every case has one."""
    return session().scalars(sa.select(CasePaper).where(CasePaper.case_id == case.id)).one()


def reads_as(paper: Any, kept: Mapping[str, str]) -> bool:
    """Whether the paper says what a version that was kept says, though it was written anew: words count, not ids."""
    return all(getattr(paper, name) == Document.load(kept[name]) for name in SECTIONS)


def begin_paper(actor: Actor, case: Case, background: Document) -> None:
    """The paper begins with what the one who raised the case wrote."""
    paper = CasePaper(partnership_id=case.partnership_id, case_id=case.id, background=background)
    session().add(paper)
    session().flush()
    keep_version(actor, paper, case.room)


def keep_version(actor: Actor, paper: CasePaper, room: str) -> None:
    """Keep the paper as it now reads, in the room it was written in."""
    last = sa.select(sa.func.max(CasePaperVersion.number)).where(CasePaperVersion.case_paper_id == paper.id)
    session().add(
        CasePaperVersion(
            partnership_id=paper.partnership_id,
            case_paper_id=paper.id,
            room=room,
            number=(session().scalar(last) or 0) + 1,
            saved_by_id=actor.person_id,
            content={name: getattr(paper, name).to_json() for name in SECTIONS},
        )
    )
