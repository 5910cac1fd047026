"""The people of a meeting: their answers, deputies, guests, changed appointments, who was present."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, DeputyRule
from secretariat.bodies.sitting import Stand
from secretariat.core import clock, signals
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.core.inputs import Words
from secretariat.core.text.language import _l
from secretariat.directory.models import Organisation, Person
from secretariat.directory.parties import Party
from secretariat.meetings.appointments_since import Proposal, ProposalKind, proposals
from secretariat.meetings.calling import (
    Called,
    close_to_person,
    free_deputies,
    open_to_person,
    rows_of,
    write_row,
)
from secretariat.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingState,
    Participant,
    ParticipantRole,
    Presence,
    Reply,
    SteppedAside,
)
from secretariat.meetings.obstacles import hinders_changing, hinders_noting_presence, unhindered
from secretariat.meetings.policy import may_manage_meeting, may_manage_participant, may_reply
from secretariat.meetings.standing_in import in_place_of


@dataclass(frozen=True)
class GiveReply:
    """Kommer or forfall, with a word to the secretariat."""

    reply: Reply
    note: Annotated[str, Words(most=1000, required=False, lines=True)] = ""


@action("meetings.reply", load=Participant, rule=may_reply, input=GiveReply)
def reply(actor: Actor, participant: Participant, given: GiveReply) -> UUID:
    """Answer the invitation, or on behalf of another; where the body wants it so, the deputy is called at once."""
    meeting = _meeting_of(actor, participant)
    if not actor.is_person(participant.person_id) and not may_manage_meeting(actor, meeting):
        raise Denied("reply")
    _called(meeting, participant)
    if given.reply == Reply.NONE:
        raise DomainError(_l("Velg om du kommer eller melder forfall."), "reply")
    participant.reply, participant.reply_note, participant.replied_at = given.reply, given.note, clock.now()
    if given.reply == Reply.ABSENT and _calls_at_once(meeting):
        _call_next(meeting, participant)
    return participant.id


def _meeting_of(actor: Actor, participant: Participant) -> Meeting:
    query = sa.select(Meeting).where(Meeting.id == participant.meeting_id, visible(actor, Meeting)).with_for_update()
    meeting = session().scalar(query.execution_options(populate_existing=True))
    if meeting is None:
        raise NotFound
    return meeting


def _called(meeting: Meeting, participant: Participant) -> None:
    """The meeting is called and still to be held, and the participant is still called."""
    unhindered(hinders_changing(meeting))
    if meeting.state is not MeetingState.CALLED:
        raise DomainError(_l("Innkallingen er ikke sendt."))
    if participant.removed_at is not None:
        raise DomainError(_l("%(name)s er ikke lenger innkalt til møtet.", name=participant.name))


def _calls_at_once(meeting: Meeting) -> bool:
    rule = session().scalar(sa.select(Body.deputy_rule).where(Body.id == meeting.body_id))
    return rule is DeputyRule.AUTOMATIC


def _call_next(meeting: Meeting, absent: Participant) -> None:
    """Call the first free deputy, unless somebody deputises already or nobody is left."""
    free = free_deputies(meeting, absent.seats)
    if free and not _deputised(meeting, absent):
        _call_in(meeting, absent, free[0])


def _deputised(meeting: Meeting, absent: Participant) -> bool:
    return any(row.deputises_for_id == absent.id and row.reply != Reply.ABSENT for row in rows_of(meeting))


@dataclass(frozen=True)
class CallInDeputy:
    """Which deputy; none: the next in rank."""

    person_id: UUID | None = None


@action("meetings.call_in_deputy", load=Participant, rule=may_manage_participant, input=CallInDeputy)
def call_in_deputy(actor: Actor, absent: Participant, given: CallInDeputy) -> UUID:
    """Call a deputy for one who has sent forfall: personal by rank, or one of the party's pool."""
    meeting = _managed(actor, absent)
    _called(meeting, absent)
    if absent.reply != Reply.ABSENT:
        raise DomainError(_l("%(name)s har ikke meldt forfall.", name=absent.name))
    if _deputised(meeting, absent):
        raise DomainError(_l("Det er alt kalt inn vara for %(name)s.", name=absent.name))
    free = free_deputies(meeting, absent.seats)
    chosen = [stand for stand in free if given.person_id in (None, stand.person_id)]
    if not chosen:
        raise DomainError(_l("Det er ingen ledig vara for %(name)s.", name=absent.name), "person_id")
    return _call_in(meeting, absent, chosen[0]).id


def _call_in(meeting: Meeting, absent: Participant, stand: Stand) -> Participant:
    person = session().get_one(Person, stand.person_id)
    called = Called(
        person_id=stand.person_id,
        name=stand.name,
        sort_key=person.sort_key,
        title=stand.title,
        organisation=stand.organisation,
        party=absent.party,
        role=ParticipantRole.DEPUTY,
        seats=[seat | {"tier": stand.tier} for seat in in_place_of(absent.name, absent.seats)],
        may_decide=stand.may_decide,
    )
    row = write_row(meeting, called)
    row.deputises_for_id = absent.id
    return _joined(meeting, row)


def _joined(meeting: Meeting, row: Participant) -> Participant:
    """One more is called after the notice: asked anew, let in, told."""
    row.reply, row.reply_note, row.replied_at = Reply.NONE, "", None
    session().flush()
    open_to_person(meeting, row)
    signals.participant_added.tell(row)
    return row


def _managed(actor: Actor, participant: Participant) -> Meeting:
    meeting = _meeting_of(actor, participant)
    if not may_manage_meeting(actor, meeting):
        raise Denied("meeting")
    return meeting


@action("meetings.remove_participant", load=Participant, rule=may_manage_participant)
def remove_participant(actor: Actor, participant: Participant, _given: Any) -> UUID:
    """One who was called is so no longer: told, and let in no more by this call. The row stays as history."""
    meeting = _managed(actor, participant)
    unhindered(hinders_changing(meeting))
    if participant.removed_at is None:
        _remove(meeting, participant)
    return meeting.id


def _remove(meeting: Meeting, participant: Participant) -> None:
    _nothing_told_of(meeting, participant)
    participant.removed_at = clock.now()
    close_to_person(meeting, participant.person_id)
    if meeting.called_at is not None:
        session().flush()
        signals.participant_removed.tell(participant)


def _nothing_told_of(meeting: Meeting, participant: Participant) -> None:
    """What is noted of somebody would be lost with the name, and the deputy would stand for nobody."""
    for kind in (Presence, SteppedAside):
        if session().scalar(sa.select(kind.id).where(kind.participant_id == participant.id).limit(1)) is not None:
            raise DomainError(
                _l("%(name)s er ført som til stede eller inhabil. Ta det bort først.", name=participant.name)
            )
    for row in rows_of(meeting):
        if row.deputises_for_id == participant.id:
            values = {"deputy": row.name, "name": participant.name}
            raise DomainError(_l("%(deputy)s er vara for %(name)s. Ta bort vara først.", **values))


@dataclass(frozen=True)
class InviteGuest:
    """Whom to invite."""

    person_id: UUID


@action("meetings.invite_guest", load=Meeting, rule=may_manage_meeting, input=InviteGuest)
def invite_guest(actor: Actor, meeting: Meeting, given: InviteGuest) -> UUID:
    """Invite someone who has no place in the body; before the notice they are called together with the others."""
    unhindered(hinders_changing(meeting))
    if any(row.person_id == given.person_id for row in rows_of(meeting)):
        raise DomainError(_l("Personen er alt innkalt til møtet."), "person_id")
    row = write_row(meeting, _guest(actor, given.person_id))
    if meeting.state is MeetingState.CALLED:
        _joined(meeting, row)
    return row.id


def _guest(actor: Actor, person_id: UUID) -> Called:
    query = sa.select(Person, Organisation).outerjoin(Organisation, Organisation.id == Person.organisation_id)
    found = session().execute(query.where(Person.id == person_id, visible(actor, Person))).first()
    if found is None:
        raise DomainError(_l("Velg en person."), "person_id")
    person, home = found
    return Called(
        person_id=person.id,
        name=person.name,
        sort_key=person.sort_key,
        title=person.title,
        organisation=home.name if home else "",
        party=home.party if home else Party.O,
        role=ParticipantRole.GUEST,
        seats=[],
        may_decide=False,
    )


@dataclass(frozen=True)
class AcceptProposedChange:
    """Whose proposed change to take in."""

    person_id: UUID


@action("meetings.accept_proposed_change", load=Meeting, rule=may_manage_meeting, input=AcceptProposedChange)
def accept_proposed_change(_actor: Actor, meeting: Meeting, given: AcceptProposedChange) -> UUID:
    """Follow a change of the appointments: call the new one, let the former go, or note the new place."""
    unhindered(hinders_changing(meeting))
    if meeting.state is not MeetingState.CALLED:
        raise DomainError(_l("Innkallingen er ikke sendt; deltakerne følger oppnevningene."))
    wanted = next((p for p in proposals(meeting) if p.person_id == given.person_id), None)
    if wanted is None:
        raise DomainError(_l("Oppnevningene er endret igjen. Last siden på nytt."))
    _accept(meeting, wanted)
    return meeting.id


def _accept(meeting: Meeting, wanted: Proposal) -> None:
    if wanted.kind is ProposalKind.REMOVED and wanted.row is not None:
        _remove(meeting, wanted.row)
    elif wanted.kind is ProposalKind.ADDED and wanted.called is not None:
        _joined(meeting, write_row(meeting, wanted.called))
    elif wanted.called is not None:
        write_row(meeting, wanted.called)


@dataclass(frozen=True)
class NotePresence:
    """Present from one item to another, both counted; no items: all of it. ``keep`` adds to what was noted."""

    present: bool = True
    from_item_id: UUID | None = None
    to_item_id: UUID | None = None
    keep: bool = False


@action("meetings.note_presence", load=Participant, rule=may_manage_participant, input=NotePresence)
def note_presence(actor: Actor, participant: Participant, given: NotePresence) -> UUID:
    """Note when a participant was in the room; what was noted before is replaced unless it is to be kept."""
    meeting = _managed(actor, participant)
    unhindered(hinders_noting_presence(meeting))
    _in_order(meeting, given)
    if not given.keep:
        for before in session().scalars(sa.select(Presence).where(Presence.participant_id == participant.id)):
            session().delete(before)
    if given.present:
        session().add(
            Presence(
                partnership_id=meeting.partnership_id,
                meeting_id=meeting.id,
                participant_id=participant.id,
                from_item_id=given.from_item_id,
                to_item_id=given.to_item_id,
            )
        )
    return participant.id


def _in_order(meeting: Meeting, given: NotePresence) -> None:
    """Both items stand on this meeting's agenda, the first not after the last."""
    query = sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    order = list(session().scalars(query.order_by(AgendaItem.position, AgendaItem.id)))
    for field in ("from_item_id", "to_item_id"):
        if getattr(given, field) not in (None, *order):
            raise DomainError(_l("Saken står ikke på denne sakslisten."), field)
    if given.from_item_id and given.to_item_id and order.index(given.from_item_id) > order.index(given.to_item_id):
        raise DomainError(_l("Den siste saken kommer før den første på sakslisten."), "to_item_id")
