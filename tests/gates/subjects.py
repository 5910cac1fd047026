"""One typical subject of every kind, in the fixed cast's common body: what the role table is asked about."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from secretariat.accounts.models import ApiToken, Office, SignIn, User
from secretariat.appointing.models import Campaign, CampaignState, Nomination, NominationLetter
from secretariat.bodies.models import (
    Agreement,
    Appointment,
    Body,
    BodyPhase,
    Capacity,
    ChairTerm,
    CompositionRule,
    Leave,
    ReportDuty,
    RuleKind,
    Seat,
    SecretariatTerm,
)
from secretariat.bodies.naming import PARTS
from secretariat.cases.models import Case, CasePaper, Treatment
from secretariat.core import access, clock
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import Decision, DecisionState, Implementation, Task
from secretariat.directory.models import (
    ImportBatch,
    ImportKind,
    Membership,
    Organisation,
    OrganisationName,
    Partnership,
    Person,
    PersonMerge,
    Region,
    Representation,
)
from secretariat.directory.parties import Party
from secretariat.dispatch.models import CopyRecipient, Dispatch, DispatchFile, DispatchKind, Edition
from secretariat.documents.models import Blob, FileState, StoredFile
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Participant, ParticipantRole, Presence
from secretariat.messages.models import Link, LinkPurpose, Mail
from secretariat.minutes.models import Addition, Comment, Correction, ItemText, Minutes, MinutesState
from secretariat.publishing.models import Publication, PublicationKind
from secretariat.transitions.models import Transition, TransitionKind
from tests.factories import LONG_AGO, Factory
from tests.factories.cast import Cast


def stage(a: Factory, cast: Cast) -> dict[type[Any], Any]:
    """A called meeting with its case, minutes out for comments, a decision in force with a task, and so on."""
    meeting = a.meeting(cast.body, state=MeetingState.CALLED, called_at=clock.now())
    case = a.case(organisation=cast.municipality, raised_by_person_id=cast.person["contact"].id)
    treatment = a.treatment(case, cast.body)
    item = a.item(meeting, treatment_id=treatment.id)
    rows = [meeting, case, treatment, item, cast.body, cast.partnership, cast.municipality]
    rows += _called(a, cast, meeting, case)
    rows += _after_the_meeting(cast, meeting, item, case)
    rows += _papers(cast, meeting, case)
    rows += _people(cast)
    rows += _appointing(cast)
    return {type(row): row for row in rows} | _standing(cast)


def _store(*rows: Any) -> list[Any]:
    for row in rows:
        with writing("factory") as work:
            work.add(row)
    return list(rows)


def _called(a: Factory, cast: Cast, meeting: Meeting, case: Case) -> list[Any]:
    member = cast.person["member"]
    participant = Participant(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        person_id=member.id,
        name=member.name,
        party=Party.M,
        role=ParticipantRole.MEMBER,
        seats=[],
    )
    presence = Presence(partnership_id=meeting.partnership_id, meeting_id=meeting.id, participant_id=participant.id)
    with writing("factory"):
        access.grant(case, because="called", start=clock.today(), body_id=cast.body.id)
    return _store(participant, presence)


def _after_the_meeting(cast: Cast, meeting: Meeting, item: AgendaItem, case: Case) -> list[Any]:
    here = {"partnership_id": meeting.partnership_id}
    minutes = Minutes(**here, meeting_id=meeting.id, state=MinutesState.COMMENTING)
    text = ItemText(**here, minutes_id=minutes.id, agenda_item_id=item.id)
    comment = Comment(**here, minutes_id=minutes.id, person_id=cast.person["member"].id, text="Merknad")
    correction = Correction(**here, minutes_id=minutes.id, text="Rettelse", made_on=clock.today())
    addition = Addition(**here, minutes_id=minutes.id, agenda_item_id=item.id, name="Kari Testesen", text="Tilførsel")
    decision = Decision(
        **here,
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        body_id=cast.body.id,
        case_id=case.id,
        state=DecisionState.IN_FORCE,
        wording=read_markdown("Vedtatt."),
        decided_on=meeting.day,
    )
    task = Task(
        **here,
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        decision_id=decision.id,
        text="Gjør det",
        responsible_person_id=cast.person["hospital_member"].id,
        responsible_organisation_id=cast.municipality.id,
        in_force=True,
    )
    done = Implementation(**here, decision_id=decision.id, organisation_id=cast.municipality.id)
    return _store(minutes, text, comment, correction, addition, decision, task, done)


def _papers(cast: Cast, meeting: Meeting, case: Case) -> list[Any]:
    here = {"partnership_id": meeting.partnership_id}
    blob = Blob(**here, sha256="0" * 64, size=1)
    file = StoredFile(
        **here,
        owner_kind=Case.__tablename__,
        owner_id=case.id,
        title="Vedlegg",
        filename="vedlegg.txt",
        mime_type="text/plain",
        sha256=blob.sha256,
        size=1,
        state=FileState.CHECKED,
    )
    dispatch = Dispatch(**here, meeting_id=meeting.id, kind=DispatchKind.NOTICE, manifest={}, manifest_sha256="0" * 64)
    publication = Publication(
        **here, meeting_id=meeting.id, kind=PublicationKind.MEETING, content={}, published_at=clock.now()
    )
    told = CopyRecipient(**here, body_id=meeting.body_id, name="Arkivet", email="arkivet@kopi.example")
    return _store(blob, file, dispatch, publication, told)


def once_sent(staged: dict[type[Any], Any]) -> dict[type[Any], Any]:
    """What is otherwise once it has gone out: an attachment that lay in the notice is read by all of the body."""
    case, dispatch = staged[Case], staged[Dispatch]
    here = {"partnership_id": case.partnership_id}
    blob = Blob(**here, sha256="1" * 64, size=1)
    known = {**here, "filename": "sendt.txt", "mime_type": "text/plain", "sha256": blob.sha256}
    file = StoredFile(
        **known, owner_kind=Case.__tablename__, owner_id=case.id, title="Sendt", size=1, state=FileState.CHECKED
    )
    _store(blob, file, DispatchFile(**known, dispatch_id=dispatch.id, edition=Edition.INTERNAL))
    return {StoredFile: file}


def _people(cast: Cast) -> list[Any]:
    member = cast.person["member"]
    user = session().scalars(sa.select(User).where(User.person_id == member.id)).one()
    moment = clock.now()
    sign_in = SignIn(user_id=user.id, token_hash="1" * 64, last_seen_at=moment, expires_at=moment + timedelta(days=1))
    mail = Mail(
        partnership_id=cast.partnership.id,
        person_id=member.id,
        to_name=member.name,
        to_address=member.email or "",
        subject="Innkalling",
        text="Hei",
        message_id="<1@test.example>",
        subject_kind="meeting",
    )
    link = Link(purpose=LinkPurpose.REPLY, person_id=member.id)
    return [user, member, *_store(sign_in, mail, link)]


def _appointing(cast: Cast) -> list[Any]:
    """A round of appointing that is sent, with the contact's letter about one place."""
    here = {"partnership_id": cast.partnership.id}
    term = {"starts_on": date(2030, 1, 1), "term_ends_on": date(2033, 12, 31), "answer_by": date(2029, 12, 1)}
    campaign = Campaign(**here, title="Oppnevning", state=CampaignState.SENT, **term)
    letter = NominationLetter(**here, campaign_id=campaign.id, nominator="Stedet kommune", party=Party.M)
    letter.contact_id, letter.sent_at = cast.person["contact"].id, clock.now()
    place = Nomination(**here, letter_id=letter.id, seat_id=cast.seats["member"].id)
    return _store(campaign, letter, place)


def _standing(cast: Cast) -> dict[type[Any], Any]:
    """What the cast already has: a seat with its holder, the chair plan, an office, a token, a membership."""
    held = sa.select(Appointment).where(
        Appointment.seat_id == cast.seats["member"].id, Appointment.capacity == Capacity.HOLDER
    )
    appointment = session().scalars(held).one()
    agreement = Agreement(partnership_id=cast.partnership.id, number="0", title="Avtalen", starts_on=LONG_AGO)
    region = Region(partnership_id=cast.partnership.id, name="Regionen")
    leave = Leave(
        partnership_id=cast.partnership.id,
        appointment_id=appointment.id,
        starts_on=date(2030, 1, 1),
        ends_on=date(2030, 2, 1),
    )
    relay = Representation(
        partnership_id=cast.partnership.id,
        organisation_id=cast.trust.id,
        represented_id=cast.municipality.id,
        starts_on=date(2030, 1, 1),
    )
    _store(agreement, region, leave, relay)
    here = cast.partnership.id

    def first(kind: type[Any], *where: Any) -> Any:
        return session().scalars(sa.select(kind).where(*where).order_by(kind.id)).first()

    rule = CompositionRule(
        partnership_id=here,
        body_id=cast.body.id,
        kind=RuleKind.COUNT,
        party=Party.M,
        least=2,
        starts_on=date(2026, 1, 1),
    )
    led = SecretariatTerm(partnership_id=here, party=Party.H, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    transition = Transition(
        partnership_id=here,
        kind=TransitionKind.STRUCTURE,
        structure_key="helsefellesskap",
        effective_on=date(2027, 1, 1),
    )
    phase = _planned_phase(cast.body)
    duty = ReportDuty(partnership_id=here, body_id=cast.body.id, due_on=date(2026, 12, 1))
    _store(rule, led, transition, duty)

    return {
        Agreement: agreement,
        Appointment: appointment,
        ApiToken: first(ApiToken),
        Body: cast.body,
        BodyPhase: phase,
        CasePaper: first(CasePaper, CasePaper.partnership_id == here),
        ChairTerm: first(ChairTerm, ChairTerm.partnership_id == here),
        CompositionRule: rule,
        Leave: leave,
        Membership: first(Membership, Membership.partnership_id == here),
        Office: first(Office, Office.partnership_id == here),
        Organisation: cast.municipality,
        Partnership: cast.partnership,
        Person: cast.person["member"],
        Region: region,
        Representation: relay,
        **_of_the_directory(cast),
        ReportDuty: duty,
        Seat: cast.seats["member"],
        SecretariatTerm: led,
        Transition: transition,
        Treatment: first(Treatment, Treatment.partnership_id == here),
    }


def _planned_phase(body: Body) -> BodyPhase:
    """A change that lies ahead, after the phase that keeps how the body began."""
    here = {"partnership_id": body.partnership_id, "body_id": body.id}
    began = {part: getattr(body, part) for part in PARTS}
    _store(BodyPhase(**here, starts_on=body.starts_on, **began))
    planned = began | {"name": "Nytt navn", "short_name": "NN"}
    phase: BodyPhase = _store(BodyPhase(**here, starts_on=date(2030, 1, 1), **planned))[0]
    return phase


def _of_the_directory(cast: Cast) -> dict[type[Any], Any]:
    """A file that the secretary has read, and somebody who was registered twice."""
    secretary = cast.person["secretary"]
    batch = ImportBatch(
        partnership_id=cast.partnership.id,
        kind=ImportKind.PEOPLE,
        file_name="liste.csv",
        digest="0" * 64,
        rows=[],
        left_out=[],
        read_by_id=secretary.id,
    )
    twice = cast.factory.person("Member Testesen", organisation=cast.municipality)
    merge = PersonMerge(person_id=twice.id, into_id=cast.person["member"].id, merged_by_id=secretary.id)
    planned = OrganisationName(organisation_id=cast.trust.id, name="Et nytt navn", starts_on=date(2030, 1, 1))
    _store(batch, merge, planned)
    return {ImportBatch: batch, OrganisationName: planned, PersonMerge: merge}
