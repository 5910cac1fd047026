"""Groups under a body, and what they owe it: the verbs of setting up and reporting, and what is read of reports."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.actions import set_up
from secretariat.bodies.inputs import ShortName
from secretariat.bodies.models import Body, ReportDuty
from secretariat.bodies.policy import may_keep_body, may_keep_phase, may_report
from secretariat.bodies.structures import Level
from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line, Note, OptionalLine
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l, format_date
from secretariat.documents.actions import add_files

GROUP_LEVELS = (Level.WORKING_GROUP, Level.EXECUTIVE)
MOST_REPORTS = 30


@dataclass(frozen=True)
class SetUpGroup:
    """A working group or a standing executive group under a body; ``uploads`` are the notes of its mandate's files."""

    name: Line
    short_name: ShortName
    level: int
    starts_on: date
    mandate: Document = field(default_factory=Document.empty)
    ends_on: date | None = None
    report_on: tuple[date, ...] = ()
    uploads: tuple[str, ...] = ()


@action("bodies.set_up_group", load=Body, rule=may_keep_body, input=SetUpGroup)
def set_up_group(actor: Actor, parent: Body, given: SetUpGroup) -> UUID:
    """Set up a group under a body, with its mandate, its last day and the days on which it reports."""
    if given.level not in [level.order for level in GROUP_LEVELS]:
        raise DomainError(_l("Velg arbeidsgruppe eller arbeidsutvalg."), "level")
    if given.level == Level.WORKING_GROUP.order and given.ends_on is None:
        raise DomainError(_l("En arbeidsgruppe har en sluttdato."), "ends_on")
    if not given.mandate and not given.uploads:
        raise DomainError(_l("Skriv mandatet, eller legg ved et dokument med mandatet."), "mandate")
    kept = ("name", "short_name", "level", "starts_on", "ends_on")
    under = {"parent_id": parent.id, "room": parent.room, "language": parent.language}
    group_id = set_up(actor, parent.partnership_id, **{name: getattr(given, name) for name in kept}, **under)
    group = session().get_one(Body, group_id)
    group.mandate = given.mandate
    for day in given.report_on:
        add_report(actor, group, due_on=day)
    if given.uploads:
        attach(actor, group, uploads=given.uploads)
    return group.id


@dataclass(frozen=True)
class Attach:
    """The notes of files that have arrived."""

    uploads: tuple[str, ...]


@action("bodies.attach", load=Body, rule=may_keep_body, input=Attach)
def attach(actor: Actor, body: Body, given: Attach) -> UUID:
    """Put the document of its mandate under the body."""
    return add_files(actor, body, given.uploads).id


@dataclass(frozen=True)
class AddReport:
    """The day by which the body reports, and on what."""

    due_on: date
    what: OptionalLine = ""


@action("bodies.add_report", load=Body, rule=may_keep_body, input=AddReport)
def add_report(_actor: Actor, body: Body, given: AddReport) -> UUID:
    """Let the body owe a report by a day."""
    if given.due_on is None:
        raise DomainError(rules.NEEDED, "due_on")
    if given.due_on < body.starts_on:
        sentence = _l("Utvalget begynner først %(date)s.", date=format_date(body.starts_on))
        raise DomainError(sentence, "due_on")
    rules.lock(Body, body.id)
    days = list(session().scalars(sa.select(ReportDuty.due_on).where(ReportDuty.body_id == body.id)))
    if given.due_on in days:
        raise DomainError(_l("Det er alt satt en rapport til denne dagen."), "due_on")
    if len(days) >= MOST_REPORTS:
        raise DomainError(_l("Utvalget har alt %(most)s rapporter.", most=MOST_REPORTS), "due_on")
    duty = ReportDuty(partnership_id=body.partnership_id, body_id=body.id, due_on=given.due_on, what=given.what)
    session().add(duty)
    session().flush()
    return duty.id


@action("bodies.drop_report", load=ReportDuty, rule=may_keep_phase)
def drop_report(_actor: Actor, duty: ReportDuty, _given: Any) -> UUID:
    """Take away a report that is no longer owed; one that was delivered stays."""
    if duty.delivered_on is not None:
        raise DomainError(_l("Rapporten er levert."))
    session().delete(duty)
    return duty.body_id


@dataclass(frozen=True)
class Deliver:
    """When the report came (none: today), what it says in short, and the notes of its files."""

    delivered_on: date | None = None
    note: Note = ""
    uploads: tuple[str, ...] = ()


@action("bodies.deliver_report", load=ReportDuty, rule=may_report, input=Deliver)
def deliver_report(actor: Actor, duty: ReportDuty, given: Deliver) -> UUID:
    """Deliver a report: a note, a file or both."""
    day = given.delivered_on or clock.today()
    if duty.delivered_on is not None:
        raise DomainError(_l("Rapporten er levert."))
    if day > clock.today():
        raise DomainError(_l("Dagen er ikke kommet."), "delivered_on")
    if not given.note and not given.uploads:
        raise DomainError(_l("Skriv hva gruppa rapporterer, eller legg ved rapporten."), "note")
    duty.delivered_on, duty.delivered_by_id, duty.note = day, actor.person_id, given.note
    if given.uploads:
        add_files(actor, duty, given.uploads)
    return duty.id


@action("bodies.take_back_report", load=ReportDuty, rule=may_keep_phase)
def take_back_report(_actor: Actor, duty: ReportDuty, _given: Any) -> UUID:
    """The report was not delivered after all; note and files stay until it is."""
    duty.delivered_on, duty.delivered_by_id = None, None
    return duty.id
