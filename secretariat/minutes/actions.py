"""What is done to minutes: written while the body meets, sent out for comments, approved, corrected."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, signals
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.inputs import Fingerprint, RequiredNote, Words, checked
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l, use_language
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import Decision, DecisionKind
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.parcels import parcels_of, send
from secretariat.meetings import actions as meetings
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import AgendaItem, Meeting, Presence, Reply
from secretariat.minutes.letters import approved_letters, correction_letters, draft_letters
from secretariat.minutes.models import Comment, Correction, Minutes, MinutesState
from secretariat.minutes.policy import may_comment, may_write_minutes
from secretariat.minutes.printing import Ready, Step, files_of_parcel, look, prepare
from secretariat.minutes.texts import save_text

TaskText = Annotated[str, Words(most=1000, required=False, lines=True)]
ApprovedBy = Annotated[str, Words(most=300)]
G = TypeVar("G", bound=Any)


@dataclass(frozen=True)
class Write:
    """What the minutes say of an item, and the version of the text that the writer began from (0: none)."""

    text: Document
    text_version: int | None = None


@dataclass(frozen=True)
class WriteItem(Write):
    """The same, with the decision that was being worded and a new task: all that is on the table at once.

    Without a kind nothing is decided. ``decision_id`` is the draft that is reworded; none: a new one.
    """

    kind: DecisionKind | None = None
    wording: Document | None = None
    deadline: date | None = None
    decision_id: UUID | None = None
    decision_version: int | None = None
    task_text: TaskText = ""
    task_person_id: UUID | None = None
    task_organisation_id: UUID | None = None
    task_deadline: date | None = None


@action("minutes.write", load=AgendaItem, rule=may_write_minutes, input=Write, audited=False)
def write(actor: Actor, item: AgendaItem, given: Write) -> UUID:
    """Save what the minutes say of an item; each save is kept."""
    save_text(actor, item, given.text, given.text_version)
    return item.id


@action("minutes.write_item", load=AgendaItem, rule=may_write_minutes, input=WriteItem)
def write_item(actor: Actor, item: AgendaItem, given: WriteItem) -> UUID:
    """Save text, decision and a new task of the item under discussion together: all of it, or nothing."""
    save_text(actor, item, given.text, given.text_version)
    decision_id = _worded(actor, item, replace(given, wording=_wording(item, given)))
    if given.task_text:
        decisions.add_task(
            actor,
            item,
            text=given.task_text,
            responsible_person_id=given.task_person_id,
            responsible_organisation_id=given.task_organisation_id,
            deadline=given.task_deadline,
            decision_id=decision_id,
        )
    elif given.task_person_id or given.task_organisation_id:
        raise DomainError(_l("Skriv hva oppgaven er."), "task_text")
    return item.id


WORDS_OF_THE_KIND = {
    DecisionKind.NOTED: _l("Saken tas til orientering."),
    DecisionKind.POSTPONED: _l("Saken utsettes."),
    DecisionKind.WITHDRAWN: _l("Saken er trukket."),
}
"""What was decided when nothing more is written: in the meeting nobody has time to write what the kind says."""


def _wording(item: AgendaItem, given: WriteItem) -> Document | None:
    if given.wording != Document.empty() or given.kind not in WORDS_OF_THE_KIND:
        return given.wording
    with use_language(session().get_one(Meeting, item.meeting_id).language):
        return read_markdown(str(WORDS_OF_THE_KIND[given.kind]))


def _worded(actor: Actor, item: AgendaItem, given: WriteItem) -> UUID | None:
    """The decision as it is worded now, drafted or changed; without a kind nothing is decided."""
    if given.kind is None:
        _undecided(item, given)
        return None
    if given.decision_id is None:
        values = {"kind": given.kind, "wording": given.wording, "deadline": given.deadline}
        drafted: UUID = decisions.draft(actor, item, **values)
        return drafted
    return _reworded(actor, item, session().get(Decision, given.decision_id), given)


def _undecided(item: AgendaItem, given: WriteItem) -> None:
    """Words of one's own without a kind are asked about, so that no decision is lost."""
    if given.decision_id is not None:
        raise DomainError(_l("Vedtaket er alt skrevet. Velg hva slags vedtak det er, eller slett utkastet."), "kind")
    if given.wording and given.wording != decisions.origin_of(item).proposal:
        raise DomainError(_l("Velg hva slags vedtak det er."), "kind")


def _reworded(actor: Actor, item: AgendaItem, before: Decision | None, given: WriteItem) -> UUID:
    """An unchanged decision is left alone, so that the text can be written after the meeting too."""
    if before is None or before.agenda_item_id != item.id:
        raise DomainError(_l("Vedtaket hører til en annen sak."), "kind")
    wording = before.wording if given.wording is None else given.wording
    if (before.kind, before.wording, before.deadline) == (given.kind, wording, given.deadline):
        return before.id
    words = {"kind": given.kind, "wording": wording, "deadline": given.deadline}
    decisions.change(actor, before.id, **words, version=given.decision_version)
    return before.id


@action("minutes.note_those_who_come", load=Minutes, rule=may_write_minutes)
def note_those_who_come(actor: Actor, minutes: Minutes, _given: Any) -> UUID:
    """Note everybody who has answered «Kommer» as present, where nothing is noted yet."""
    meeting = session().get_one(Meeting, minutes.meeting_id)
    noted = set(session().scalars(sa.select(Presence.participant_id).where(Presence.meeting_id == meeting.id)))
    for row in rows_of(meeting):
        if row.reply is Reply.ATTENDING and row.id not in noted:
            meetings.note_presence(actor, row, present=True)
    return minutes.id


@dataclass(frozen=True)
class SendOut:
    """Until when comments are welcome, and which print was looked at (none: the minutes as they stand)."""

    comments_until: date
    manifest_sha256: Fingerprint = ""


def _draft_printed(actor: Actor, subject: Any, given: SendOut) -> SendOut:
    return _printed(actor, subject, given, Step.sending(given.comments_until))


@action("minutes.send_out", load=Minutes, rule=may_write_minutes, input=SendOut, prepare=_draft_printed)
def send_out(actor: Actor, minutes: Minutes, given: SendOut) -> UUID:
    """Send the draft to those who were called, for comments until a day."""
    if given.comments_until < clock.today():
        raise DomainError(_l("Fristen må være i dag eller senere."), "comments_until")
    ready = _verified(actor, minutes, Step.sending(given.comments_until), given.manifest_sha256)
    minutes.state, minutes.comments_until = MinutesState.COMMENTING, given.comments_until
    session().flush()
    _send(actor, ready, draft_letters(ready.record, given.comments_until))
    return minutes.id


@dataclass(frozen=True)
class MakeComment:
    """A remark on one item, or on the whole."""

    text: RequiredNote
    agenda_item_id: UUID | None = None


@action("minutes.comment", load=Minutes, rule=may_comment, input=MakeComment)
def comment(actor: Actor, minutes: Minutes, given: MakeComment) -> UUID:
    """Remark on the draft while comments are welcome."""
    if minutes.state is not MinutesState.COMMENTING or minutes.comments_until is None:
        raise DomainError(_l("Referatet er ikke til merknader."))
    if minutes.comments_until < clock.today():
        raise DomainError(_l("Merknadsfristen er ute. Ta det opp i neste møte, eller skriv til sekretariatet."))
    here = sa.select(AgendaItem.id).where(
        AgendaItem.id == given.agenda_item_id, AgendaItem.meeting_id == minutes.meeting_id
    )
    if given.agenda_item_id is not None and session().scalar(here) is None:
        raise DomainError(_l("Saken står ikke på denne sakslisten."), "agenda_item_id")
    remark = Comment(
        partnership_id=minutes.partnership_id,
        minutes_id=minutes.id,
        agenda_item_id=given.agenda_item_id,
        person_id=actor.person_id,
        text=given.text,
    )
    session().add(remark)
    return remark.id


@action("minutes.take_back", load=Minutes, rule=may_write_minutes)
def take_back(_actor: Actor, minutes: Minutes, _given: Any) -> UUID:
    """Make a draft of it again; what was sent and remarked stays."""
    if minutes.state is not MinutesState.COMMENTING:
        raise DomainError(_l("Referatet er ikke til merknader."))
    minutes.state, minutes.comments_until = MinutesState.DRAFT, None
    return minutes.id


@dataclass(frozen=True)
class Approve:
    """By whom or how the minutes were approved, on which day (today unless said), and which print was seen."""

    approved_by: ApprovedBy
    approved_on: date | None = None
    manifest_sha256: Fingerprint = ""


def _approved_printed(actor: Actor, subject: Any, given: Approve) -> Approve:
    return _printed(actor, subject, given, Step.approving(given.approved_on or clock.today(), given.approved_by))


@action("minutes.approve", load=Minutes, rule=may_write_minutes, input=Approve, prepare=_approved_printed)
def approve(actor: Actor, minutes: Minutes, given: Approve) -> UUID:
    """Approve the minutes: locked from now on, sent to those who were called; the decisions are confirmed."""
    approved_on = given.approved_on or clock.today()
    meeting = session().get_one(Meeting, minutes.meeting_id)
    if not meeting.day <= approved_on <= clock.today():
        raise DomainError(_l("Referatet godkjennes på møtedagen eller senere, og ikke i framtiden."), "approved_on")
    ready = _verified(actor, minutes, Step.approving(approved_on, given.approved_by), given.manifest_sha256)
    minutes.state, minutes.approved_on, minutes.approved_by = MinutesState.APPROVED, approved_on, given.approved_by
    session().flush()
    _send(actor, ready, approved_letters(ready.record))
    signals.minutes_approved.tell(meeting)
    return minutes.id


@dataclass(frozen=True)
class Correct:
    """What was wrong and what is right."""

    text: RequiredNote
    manifest_sha256: Fingerprint = ""


def _correction_printed(actor: Actor, subject: Any, given: Correct) -> Correct:
    given = checked(given)
    return _printed(actor, subject, given, Step.correcting(given.text))


@action("minutes.correct", load=Minutes, rule=may_write_minutes, input=Correct, prepare=_correction_printed)
def correct(actor: Actor, minutes: Minutes, given: Correct) -> UUID:
    """Add a dated correction to approved minutes; the minutes themselves stay as they are."""
    ready = _verified(actor, minutes, Step.correcting(given.text), given.manifest_sha256)
    correction = Correction(
        partnership_id=minutes.partnership_id,
        minutes_id=minutes.id,
        text=given.text,
        made_on=clock.today(),
        made_by_id=actor.person_id,
    )
    session().add(correction)
    session().flush()
    _send(actor, ready, correction_letters(ready.record, given.text))
    return correction.id


def _printed(actor: Actor, subject: Any, given: G, step: Step) -> G:
    """Before the transaction: the minutes as they will be are printed, unless a print was looked at already."""
    query = sa.select(Minutes).where(Minutes.id == getattr(subject, "id", subject), visible(actor, Minutes))
    minutes = None if given.manifest_sha256 else session().scalar(query)
    if minutes is None or not may_write_minutes(actor, minutes):
        return given
    return replace(given, manifest_sha256=prepare(actor, minutes, step).sha256)


def _verified(actor: Actor, minutes: Minutes, step: Step, seen: str) -> Ready:
    """The minutes as they would be printed now, if that is what was seen, nothing hinders and the PDF is made."""
    ready = look(actor, minutes, step)
    if ready.hindrances:
        raise Hindered(ready.hindrances)
    if ready.sha256 != seen or not ready.printed:
        raise DomainError(_l("Noe er endret siden du så på referatet. Se over det og prøv igjen."))
    return ready


def _send(actor: Actor, ready: Ready, letters: Any) -> None:
    meeting = session().get_one(Meeting, ready.record.meeting.id)
    kind = DispatchKind.MINUTES_DRAFT if ready.step.state is MinutesState.COMMENTING else DispatchKind.MINUTES
    number = len(parcels_of(meeting.id, kind)) + 1
    send(
        actor,
        meeting,
        kind=kind,
        manifest=ready.manifest,
        files=files_of_parcel(ready),
        letters=letters,
        number=number,
    )
