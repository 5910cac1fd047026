"""A partnership in the middle of its year, in which every text is a secret word with known readers.

Each thing is there for one way in which something could leak: drafts, the two parties' rooms, other bodies, other
partnerships, exemptions, files on their way in, letters to others.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import Case, CaseState, TreatmentState
from secretariat.core import clock
from secretariat.core.access import grant
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.decisions.models import Decision, DecisionState
from secretariat.desk import gathering
from secretariat.directory.models import Notification, Person
from secretariat.directory.parties import Party
from secretariat.dispatch.models import Dispatch
from secretariat.documents.models import FileState, Finding
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import AgendaAgreement, ItemKind, Meeting, MeetingState, Participant, Reply
from secretariat.messages import links, news
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Link, LinkPurpose
from secretariat.minutes.models import MinutesState
from secretariat.publishing import preparing as publishing
from secretariat.publishing.actions import publish_meeting
from secretariat.publishing.models import PublicationKind
from tests.factories import LONG_AGO
from tests.leaks.making import (
    CHAIRS,
    CONTACT,
    EVERYBODY,
    HERE,
    NOBODY,
    SECRETARIES,
    SERVED,
    STRANGER,
)
from tests.leaks.parties import Parties

NEWS_OF = {
    LetterKind.DECISIONS: Decision,
    LetterKind.NEW_WORDING: Decision,
    LetterKind.MINUTES: Dispatch,
    LetterKind.CORRECTION: Dispatch,
    LetterKind.CASE_RETURNED: Case,
}


@dataclass
class Scene(Parties):
    """The scene, thing by thing."""

    def set(self) -> "Scene":
        """Plant everything."""
        self._sent_meeting()
        self._published_meeting()
        self._planned_meeting()
        self._meeting_with_draft_minutes()
        self._meeting_with_minutes_out_for_comments()
        self._meeting_with_approved_minutes()
        self.set_rooms_of_the_parties()
        self._contacts()
        self._other_body()
        self._other_partnership()
        self._letters()
        self._everything_waits_for_everybody()
        return self

    # ---- the things

    def _sent_meeting(self) -> None:
        """A notice has gone out; one has sent forfall and the deputy is called in. A decision is being drafted."""
        called = SERVED | {"deputy"}
        case = self._case("sent case", called | CONTACT, raised_by_person_id=self.cast.person["contact"].id)
        way = self._treatment("sent case way", case, self.cast.body, called | CONTACT, TreatmentState.ON_AGENDA)
        self._file("sent file", case, called | CONTACT)
        self._file("exempt file", case, called | CONTACT, exempt_basis="offentleglova § 14")
        meeting = self._meeting("sent meeting", self.cast.body, called, 20)
        item = self._item("sent item", meeting, called, treatment_id=way.id)
        self._item("exempt item", meeting, called, exempt_basis="offentleglova § 13", kind=ItemKind.INFORMATION)
        self._send(meeting)
        self._replies(meeting)
        self._decision("drafted decision", item, SECRETARIES, meeting, case_id=case.id)
        uploaded = {"uploaded_by_id": self.cast.person["contact"].id}
        self._file("file on its way in", case, SECRETARIES | CONTACT, state=FileState.RECEIVED, **uploaded)
        stopped = {"state": FileState.REFUSED, "reason": Finding.IDENTITY_NUMBER}
        self._file("stopped file", case, SECRETARIES | CONTACT, **stopped, **uploaded)
        self._file("removed file", case, NOBODY, removed_at=clock.now())

    def _published_meeting(self) -> None:
        """Sent and published: what is exempt, and what concerns only those called, the public does not see."""
        case = self._case("published case", SERVED, public=True)
        way = self._treatment("published case way", case, self.cast.body, SERVED, TreatmentState.ON_AGENDA)
        self._file("published file", case, EVERYBODY)
        self._file("exempt file of a published case", case, SERVED, exempt_basis="offentleglova § 14")
        meeting = self._meeting("published meeting", self.cast.body, SERVED, 27, public=True)
        self._item("published item", meeting, SERVED, treatment_id=way.id, public=("public_title", "presenter"))
        exempt = {"exempt_basis": "offentleglova § 13", "kind": ItemKind.INFORMATION, "public": ("public_title",)}
        self._item("published exempt item", meeting, SERVED, **exempt)
        self._send(meeting)
        secretary, kind = self.cast.actor("secretary"), PublicationKind.MEETING
        seen = publishing.prepare(secretary, meeting, kind)
        publish_meeting(secretary, meeting, kind=kind, content_sha256=seen.sha256)

    def _replies(self, meeting: Meeting) -> None:
        mine = sa.select(Participant).where(
            Participant.meeting_id == meeting.id, Participant.person_id == self.cast.person["member"].id
        )
        row = session().scalars(mine).one()
        note = self.planting.word("reply note", SECRETARIES | {"member"})
        meetings.reply(self.cast.actor("member"), row, reply=Reply.ABSENT, note=note)
        meetings.call_in_deputy(self.cast.actor("secretary"), row)

    def _planned_meeting(self) -> None:
        """The agenda is being made: the secretaries and the two chairs see its items, the former its cases."""
        meeting = self._meeting("planned meeting", self.cast.body, SERVED, 50)
        case = self._case("planned case", SECRETARIES)
        way = self._treatment("planned case way", case, self.cast.body, SECRETARIES, TreatmentState.ON_AGENDA)
        self._file("planned file", case, SECRETARIES)
        self._item("planned item", meeting, SECRETARIES | CHAIRS, treatment_id=way.id)
        chair = {"meeting_id": meeting.id, "person_id": self.cast.person["chair"].id, "agreed": False}
        self.planting.hide("agenda answer", AgendaAgreement, SECRETARIES | CHAIRS, **self.here, **chair)

    def _meeting_with_draft_minutes(self) -> None:
        """The meeting is over: what it decided is in force and known, what it said is still being written down."""
        meeting, item = self._held("held meeting", 20)
        told = self.planting.word("held exempt item.public_title", SERVED | {"deputy"})
        exempt_item = self._item(
            "held exempt item", meeting, SERVED, exempt_basis="offentleglova § 13", public_title=told
        )
        self._minutes("draft minutes", item, SECRETARIES, MinutesState.DRAFT)
        common = self._decision("decision in force", item, HERE, meeting, state=DecisionState.IN_FORCE)
        responsible = {"responsible_person_id": self.cast.person["deputy"].id, "in_force": True}
        self._task("task", common, HERE, **responsible)
        exempt = {"state": DecisionState.IN_FORCE, "exempt_basis": "offentleglova § 13"}
        hidden = self._decision("exempt decision", exempt_item, SERVED, meeting, **exempt)
        self._task("exempt task", hidden, SERVED | {"deputy"}, **responsible)
        drafted = self._decision("decision still drafted", item, SECRETARIES, meeting, ordinal=2)
        self._task("task still drafted", drafted, SECRETARIES, **responsible | {"in_force": False})

    def _meeting_with_minutes_out_for_comments(self) -> None:
        meeting, item = self._held("commented meeting", 40)
        self._minutes("minutes out for comments", item, SERVED, MinutesState.COMMENTING)
        self._decision("decision in commented minutes", item, HERE, meeting, state=DecisionState.IN_FORCE)

    def _meeting_with_approved_minutes(self) -> None:
        """Approved, printed and sent: the minutes stand as they are, for all in the body and no one else."""
        meeting, item = self._held("approved meeting", 60)
        self._called(meeting)
        minutes = self._minutes("approved minutes", item, SERVED, MinutesState.DRAFT)
        self._decision("decision in approved minutes", item, HERE, meeting, state=DecisionState.IN_FORCE)
        self._approve(minutes)
        for channel in ("page", "pdf", "docx"):
            self.expect("approved minutes.text.text", channel, "secretary", "hospital_secretary", "member", "observer")

    def _contacts(self) -> None:
        """A telephone number is for those who take part in the body, for the secretaries, and for who keeps people."""
        keeps = frozenset({"deputy", "administrator", "organisation_administrator"})
        phone = self.planting.word("telephone of a member", SERVED | keeps)
        person = self.cast.factory.person("Telefon Testesen", organisation=self.cast.municipality, phone=phone)
        self.cast.factory.appointment(self.cast.factory.seat(self.cast.body, Party.M), person)
        for channel in ("page", "csv", "vcard"):
            self.expect("telephone of a member", channel, "secretary", "hospital_member", "deputy")

    def _other_body(self) -> None:
        """A common body in which nobody of the cast sits: known, but its papers are not theirs."""
        body = self.planting.hide("other body", Body, HERE, **self.here, starts_on=LONG_AGO)
        over = {"state": MeetingState.HELD, "called_at": clock.now(), "held_at": clock.now()}
        meeting = self._meeting("meeting of another body", body, SECRETARIES, -10, **over)
        case = self._case("case of another body", SECRETARIES)
        with writing("factory"):
            grant(case, because="agenda", start=clock.today(), body_id=body.id)
        way = self._treatment("its way", case, body, SECRETARIES, TreatmentState.TREATED)
        title = self._known_title("item of another body", HERE)
        item = self._item("item of another body", meeting, SECRETARIES, treatment_id=way.id, **title)
        exempt_item = self._item("exempt item of another body", meeting, SECRETARIES, exempt_basis="offentleglova § 13")
        self._minutes("minutes of another body", item, SECRETARIES, MinutesState.COMMENTING)
        in_force = {"state": DecisionState.IN_FORCE, "case_id": case.id}
        self._decision("decision of another body", item, HERE, meeting, **in_force)
        exempt = {"state": DecisionState.IN_FORCE, "exempt_basis": "offentleglova § 13"}
        self._decision("exempt decision of another body", exempt_item, SECRETARIES, meeting, **exempt)

    def _other_partnership(self) -> None:
        there = {"partnership_id": self.cast.other_partnership.id}
        body = self.planting.hide("strange body", Body, STRANGER, **there, starts_on=LONG_AGO)
        over = {"state": MeetingState.HELD, "called_at": clock.now(), "held_at": clock.now()}
        meeting = self._meeting("strange meeting", body, STRANGER, -10, **over)
        owner = {"raised_by_organisation_id": self.cast.person["stranger"].organisation_id}
        case = self._case("strange case", STRANGER, STRANGER, **there, **owner)
        self._file("strange file", case, STRANGER)
        item = self._item("strange item", meeting, STRANGER)
        self._decision("strange decision", item, STRANGER, meeting, state=DecisionState.IN_FORCE)

    # ---- letters and doors

    def _letters(self) -> None:
        self._mail("letter to the member", "member", "common", SECRETARIES | {"member"})
        self._mail("letter to the municipal chair", "chair", "M", frozenset({"secretary", "chair"}))
        for role, person in self.cast.person.items():
            with writing("factory"):
                links.make(LinkPurpose.SUBSCRIPTION, person.id)
            own = sa.select(Link).where(Link.person_id == person.id).order_by(Link.id)
            self.tokens[role] = [links.token(door) for door in session().scalars(own)]

    def _everything_waits_for_everybody(self) -> None:
        """All there is waits for all, the other party's things too: a letter of the week tells what its reader sees."""
        raised = {"raised_by_person_id": self.cast.person["contact"].id, "state": CaseState.RETURNED}
        self._case("returned case", SECRETARIES | CONTACT, SECRETARIES | CONTACT, **raised)
        with writing("factory") as work:
            work.execute(sa.update(Person).values(notification=Notification.WEEKLY))
            for person in self.cast.person.values():
                for kind, model in NEWS_OF.items():
                    news.keep(kind, person.id, work.scalars(sa.select(model).order_by(model.id)))
        with clock.at(clock.now() + timedelta(weeks=1)):
            for person in self.cast.person.values():
                gathering.gather({"person": str(person.id)})
        self._expect_in_letters()

    def _expect_in_letters(self) -> None:
        for role in ("secretary", "member", "deputy", "contact", "archivist"):
            self.expect("decision in force.wording", "mail", role)
        for role in ("secretary", "hospital_member", "observer"):
            self.expect("approved meeting.title", "mail", role)
        self.expect("M held alone.decision.wording", "mail", "secretary", "member")
        self.expect("H held alone.decision.wording", "mail", "hospital_member")
        self.expect("returned case.reason", "mail", "contact", "secretary")
        self.expect("strange decision.wording", "mail", "stranger")
