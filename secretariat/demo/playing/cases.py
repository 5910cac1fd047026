"""The cases: raised, taken in, written, sent on their way; each on its own days."""

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from secretariat.cases import actions as cases
from secretariat.cases.models import Case as CaseRow, CasePaper, CaseState, Treatment
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import DecisionKind
from secretariat.demo.playing.stage import Stage, on
from secretariat.demo.records import SECTIONS, Attachment, Case
from secretariat.documents.actions import exempt
from secretariat.documents.models import StoredFile
from secretariat.documents.uploads import receive

DAYS_TO_TAKE_IN = 3
DAYS_TO_WRITE = 7
WRITTEN = (CaseState.IN_PREPARATION, CaseState.READY, CaseState.TREATED)


def play_cases(stage: Stage) -> None:
    """Every case as far as it has come before any meeting."""
    for case in stage.content.cases:
        raised_on = stage.day(case.raised.days)
        with on(raised_on):
            stage.cases[case.key] = _raise(stage, case)
        if case.state is CaseState.RETURNED:
            with on(_later(stage, raised_on, DAYS_TO_TAKE_IN)):
                cases.give_back(stage.coordinator, stage.cases[case.key], reason=case.returned_reason)
        if case.state in WRITTEN:
            with on(_later(stage, raised_on, DAYS_TO_TAKE_IN)):
                _take_in(stage, case)
            with on(_later(stage, raised_on, DAYS_TO_WRITE)):
                _write(stage, case)


def _later(stage: Stage, day: date, days: int) -> date:
    """Some days later, but never after today."""
    return min(day + timedelta(days=days), stage.today)


def _raise(stage: Stage, case: Case) -> UUID:
    """Whoever takes part raises it alone; for others the coordinator registers it."""
    raised = case.raised
    person = stage.actor(raised.person)
    alone = person.takes_part(stage.partnership)
    behalf = raised.on_behalf_of or ("" if alone else raised.person)
    case_id: UUID = cases.raise_case(
        person if alone else stage.coordinator,
        stage.partnership,
        title=case.title,
        public_title=case.public_title,
        organisation_id=stage.organisations[raised.organisation],
        party=raised.party,
        on_behalf_of=stage.content.person(behalf).name if behalf else "",
        wanted_body_id=stage.bodies.get(case.wanted_body),
        kind=case.kind,
        language=case.language.value,
        background=read_markdown(case.sections["background"]),
    )
    for key, reference in case.archive.items():
        organisation_id = stage.organisations[key]
        cases.set_archive_reference(stage.coordinator, case_id, organisation_id=organisation_id, reference=reference)
    return case_id


def _take_in(stage: Stage, case: Case) -> None:
    case_id = stage.cases[case.key]
    cases.take_in(stage.coordinator, case_id)
    waiting = {t.body_id: t.id for t in session().scalars(sa.select(Treatment).where(Treatment.case_id == case_id))}
    for step in (step for step in case.saksgang if step.meeting):
        body_id = stage.bodies[step.body]
        if body_id not in waiting:
            waiting[body_id] = cases.add_treatment(stage.coordinator, case_id, body_id=body_id, purpose=step.kind)
        stage.treatments[case.key, step.meeting] = waiting[body_id]
        if not _put_off(stage, case, step.meeting):
            del waiting[body_id]


def _put_off(stage: Stage, case: Case, meeting_key: str) -> bool:
    """Whether that meeting puts the case off: then it is the same step that comes before the body again."""
    meeting = next(meeting for meeting in stage.content.meetings if meeting.key == meeting_key)
    items = (item for item in meeting.agenda if item.case == case.key)
    return any(decision.kind is DecisionKind.POSTPONED for item in items for decision in item.decisions)


def _write(stage: Stage, case: Case) -> None:
    case_id = stage.cases[case.key]
    paper = session().scalars(sa.select(CasePaper).where(CasePaper.case_id == case_id)).one()
    texts = {name: read_markdown(case.sections.get(name, "")) for name in SECTIONS}
    cases.save_paper(stage.coordinator, paper.id, **texts)
    for attachment in case.attachments:
        _attach(stage, case_id, attachment)
    if case.state is not CaseState.IN_PREPARATION:
        cases.make_ready(stage.coordinator, case_id)


def _attach(stage: Stage, case_id: UUID, attachment: Attachment) -> None:
    actor = stage.coordinator
    note = receive(actor, stage.partnership, attachment.filename, attachment.text.encode())
    cases.attach(actor, case_id, uploads=(note,), title=attachment.name)
    if attachment.exempt:
        own = StoredFile.owner_kind == CaseRow.__tablename__, StoredFile.owner_id == case_id
        file = session().scalars(sa.select(StoredFile).where(*own).order_by(StoredFile.position.desc())).first()
        exempt(actor, file, exempt_basis=attachment.exempt)
