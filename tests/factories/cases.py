"""Test data of cases and their files."""

from typing import Any

from secretariat.cases import actions
from secretariat.cases.models import Case, CasePaper
from secretariat.core import outbox
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.documents.uploads import receive


def attached(actor: Actor, case: Case, filename: str = "vedlegg.txt", content: bytes = b"Tall for 2026") -> Any:
    """A file under the case, as it is when it has just come in."""
    note = receive(actor, case.partnership_id, filename, content)
    return actions.attach(actor, case, uploads=(note,))


def checked() -> None:
    """Let the worker check what has come in."""
    while outbox.work_once():
        session().expire_all()


def paper_of(case: Case) -> CasePaper:
    """The paper of the case, as it is now."""
    paper = session().query(CasePaper).filter_by(case_id=case.id).one()
    session().refresh(paper)
    return paper
