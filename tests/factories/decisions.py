"""A meeting that is going on: called, today, with a case on its agenda and the cast around the table."""

from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.cases.models import Case, TreatmentState
from secretariat.core import clock
from secretariat.core.actions import request_key, writing
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import Decision, DecisionKind, Task
from secretariat.directory.models import Organisation, Person
from secretariat.meetings import actions as meetings, calling, numbers
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting
from tests.factories.cast import Cast

PROPOSAL = "Utvalget slutter seg til forslaget."


def words(text: str) -> Document:
    """A text as a secretary types it."""
    return read_markdown(text)


def afresh() -> Session:
    """The session, with the eyes opened anew for what pages have stored since; no page's one-time key lingers."""
    session().rollback()
    request_key.set(None)
    return session()


@dataclass
class Room:
    """The meeting, the item of its case, an item without a case, and who keeps the minutes."""

    cast: Cast
    meeting: Meeting
    item: AgendaItem
    other: AgendaItem
    case: Case
    secretary: Actor

    def decide(self, wording: str | None = None, **values: Any) -> Decision:
        """A drafted decision in the case."""
        text = None if wording is None else words(wording)
        values = {"kind": DecisionKind.DECISION} | values
        return self.fresh(Decision, decisions.draft(self.secretary, self.item, wording=text, **values))

    def ask(self, text: str = "Sende rutinen til alle kommunene.", **values: Any) -> Task:
        """A task from the case; the member's unless somebody else is named."""
        if not values.keys() & {"responsible_person_id", "responsible_organisation_id"}:
            values["responsible_person_id"] = self.cast.person["member"].id
        return self.fresh(Task, decisions.add_task(self.secretary, self.item, text=text, **values))

    def close(self) -> None:
        """The meeting is over."""
        meetings.close(self.secretary, self.meeting)

    def fresh(self, kind: Any, row_id: UUID | None) -> Any:
        """The row as it is now, whoever changed it."""
        return afresh().get_one(kind, row_id, populate_existing=True)


def enter(cast: Cast, *, starts: time = time(9), **values: Any) -> Room:
    """Call the meeting and let everybody in."""
    a = cast.factory
    request_key.set(None)
    case = a.case(
        "Felles rutine for legemidler", partnership=cast.partnership, organisation=cast.municipality, **values
    )
    treatment = a.treatment(case, cast.body, state=TreatmentState.ON_AGENDA)
    meeting = a.meeting(cast.body, day=clock.today(), starts=starts)
    item = a.item(
        meeting, case.title, kind=ItemKind.DECISION, treatment_id=treatment.id, exempt_basis=case.exempt_basis
    )
    other = a.item(meeting, "Eventuelt", kind=ItemKind.ANY_OTHER)
    with writing("factory"):
        row = session().get_one(Meeting, meeting.id)
        numbers.give(row)
        calling.call(row)
    return Room(cast, meeting, item, other, case, cast.actor("secretary"))


def municipality_with_contact(cast: Cast, name: str) -> tuple[Organisation, Person]:
    """One more municipality, and the one who answers for it."""
    organisation = cast.factory.organisation(name, partnership=cast.partnership)
    person = cast.factory.person(f"Kontakt {name}", organisation=organisation)
    cast.factory.office(
        person, Role.CONTACT, party="M", organisation_id=organisation.id, partnership_id=cast.partnership.id
    )
    return organisation, person
