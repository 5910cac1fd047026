"""What has happened to a case, in words, from the log of actions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from secretariat.cases.models import Case
from secretariat.cases.queries import CasePage
from secretariat.core.actor import Actor
from secretariat.core.audit import AuditChange, AuditEntry
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.models import Person

SENTENCES = {
    "cases.raise": _l("Saken ble meldt inn"),
    "cases.edit": _l("Opplysningene om saken ble rettet"),
    "cases.take_in": _l("Saken ble tatt inn"),
    "cases.ask_for_more": _l("Innmelderen ble bedt om mer"),
    "cases.return": _l("Saken ble sendt tilbake med begrunnelse"),
    "cases.answer": _l("Saken ble sendt inn på nytt"),
    "cases.make_ready": _l("Saken ble klar til saksliste"),
    "cases.step_back": _l("Saken ble satt ett steg tilbake"),
    "cases.withdraw": _l("Saken ble trukket"),
    "cases.release": _l("Saken ble frigitt til fellesrommet"),
    "cases.attach": _l("Vedlegg ble lagt til"),
    "cases.set_archive_reference": _l("Arkivreferanse ble rettet"),
    "cases.add_treatment": _l("Saksgangen fikk et nytt ledd"),
}


@dataclass(frozen=True)
class Happening:
    """Something that was done to the case."""

    at: datetime
    action: str
    who: str

    @property
    def sentence(self) -> Any:
        """What was done, in words."""
        return SENTENCES[self.action]


def history(actor: Actor, case: CasePage) -> list[Happening]:
    """What the secretariat did with the case, newest first; what a party did in its own room stays there."""
    if not actor.is_secretary(case.partnership_id, case.room):
        return []
    touched = AuditChange.kind == Case.__tablename__, AuditChange.row_id == case.id
    query = (
        sa.select(
            AuditEntry.created_at,
            AuditEntry.action,
            sa.func.coalesce(Person.given_name + " " + Person.family_name, ""),
        )
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .where(
            sa.or_(AuditEntry.subject_id == case.id, AuditEntry.id.in_(sa.select(AuditChange.entry_id).where(*touched)))
        )
        .where(AuditEntry.action.in_(sorted(SENTENCES)))
        .order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
    )
    happened = [Happening(*row) for row in session().execute(query)]
    released = next((place for place, one in enumerate(happened) if one.action == "cases.release"), None)
    return happened if released is None else happened[: released + 1]
