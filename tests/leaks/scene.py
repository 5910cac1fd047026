"""A partnership in the middle of its year, in which every text is a secret word with known readers.

Each thing is there for one way in which something could leak: drafts, the two parties' rooms, other bodies, other
partnerships, exemptions, files on their way in, letters to others.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, Seat
from secretariat.cases.models import (
    SECTIONS,
    Case,
    CasePaper,
    CasePaperVersion,
    CaseState,
    Treatment,
    TreatmentState,
)
from secretariat.core import clock
from secretariat.core.access import grant
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import (
    Decision,
    DecisionState,
    DecisionWording,
    Implementation,
    Position,
    Task,
    TaskReport,
)
from secretariat.directory.parties import Party
from secretariat.dispatch import actions as dispatch
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.preparing import prepare
from secretariat.documents import storage
from secretariat.documents.models import Blob, FileState, Finding, StoredFile
from secretariat.meetings import actions as meetings, calling
from secretariat.meetings.models import AgendaAgreement, AgendaItem, ItemKind, Meeting, MeetingState, Participant, Reply
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose, Mail, MailState
from secretariat.minutes.models import Comment, ItemText, ItemTextVersion, Minutes, MinutesState
from secretariat.publishing import preparing as publishing
from secretariat.publishing.actions import publish_meeting
from secretariat.publishing.models import PublicationKind
from tests.factories import LONG_AGO
from tests.factories.cast import ROLES, Cast
from tests.leaks.words import Planting, Roles

NOBODY: Roles = frozenset()
SECRETARIES = frozenset({"secretary", "hospital_secretary"})
CHAIRS = frozenset({"chair", "deputy_chair"})
BODY = CHAIRS | {"member", "hospital_member", "observer"}
SERVED = SECRETARIES | BODY
HERE = SERVED | {"deputy", "contact", "archivist"}
EVERYBODY = HERE | {"administrator", "stranger", "anonymous"}
CONTACT, STRANGER = frozenset({"contact"}), frozenset({"stranger"})
SECRETARY, HOSPITAL_SECRETARY = frozenset({"secretary"}), frozenset({"hospital_secretary"})
MUNICIPAL = frozenset({"secretary", "chair", "member", "contact"})
"""Those with an office or a seat of the municipalities: their room is open to them."""


@dataclass
class Scene:
    """The scene while it is set; ``tokens`` are the doors by link that each role has got by mail."""

    cast: Cast
    planting: Planting = field(default_factory=Planting)
    tokens: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in ROLES})
    position: int = 0

    def set(self) -> "Scene":
        """Plant everything."""
        self._sent_meeting()
        self._published_meeting()
        self._planned_meeting()
        self._meeting_with_draft_minutes()
        self._meeting_with_minutes_out_for_comments()
        self._rooms_of_the_parties()
        self._other_body()
        self._other_partnership()
        self._letters()
        return self

    # ---- what things are made of

    @property
    def here(self) -> dict[str, UUID]:
        """The cast's partnership."""
        return {"partnership_id": self.cast.partnership.id}

    def _store(self, row: Any) -> Any:
        with writing("factory") as work:
            work.add(row)
        return row

    def _case(
        self, thing: str, seen_by: Roles, served_by: Roles = SECRETARIES, public: bool = False, **values: Any
    ) -> Case:
        raised = {"raised_by_party": Party.H, "raised_by_organisation_id": self.cast.trust.id}
        values = self.here | raised | {"state": CaseState.READY, "raised_on": clock.today()} | values
        told = dict.fromkeys(("public_title", "on_behalf_of"), EVERYBODY) if public else {}
        case = self.planting.hide(thing, Case, seen_by, told, **values)
        own = {"partnership_id": case.partnership_id}
        readers = EVERYBODY if public else seen_by
        paper = self.planting.hide(f"{thing}.paper", CasePaper, readers, **own, case_id=case.id)
        earlier = read_markdown(self.planting.word(f"{thing}.earlier_version", served_by)).to_json()
        content = dict.fromkeys(SECTIONS, earlier)
        self._store(CasePaperVersion(**own, case_paper_id=paper.id, number=1, room=case.room, content=content))
        return case

    def _treatment(self, thing: str, case: Case, body: Body, seen_by: Roles, state: TreatmentState) -> Treatment:
        self.position += 1
        own = {"partnership_id": case.partnership_id, "case_id": case.id, "body_id": body.id}
        return self.planting.hide(thing, Treatment, seen_by, **own, outside="", position=self.position, state=state)

    def _meeting(self, thing: str, body: Body, seen_by: Roles, days: int, **values: Any) -> Meeting:
        link = f"https://digital.example/{self.planting.word(f'{thing}.digital_link', seen_by)}"
        public = dict.fromkeys(("title", "place"), EVERYBODY) if values.pop("public", False) else {}
        names = ("title", "place", "practical", "chair_reason", "cancelled_because")
        texts = {name: self.planting.word(f"{thing}.{name}", public.get(name, seen_by)) for name in names}
        day = clock.today() + timedelta(days=days)
        return self.cast.factory.meeting(body, day=day, **texts, digital_link=link, **values)

    def _item(self, thing: str, meeting: Meeting, seen_by: Roles, **values: Any) -> AgendaItem:
        self.position += 1
        own = {"partnership_id": meeting.partnership_id, "meeting_id": meeting.id, "body_id": meeting.body_id}
        values = {"kind": ItemKind.DECISION, "position": self.position * 1000} | values
        public = dict.fromkeys(values.pop("public", ()), EVERYBODY)
        return self.planting.hide(thing, AgendaItem, seen_by, public, **own, **values)

    def _file(self, thing: str, case: Case, seen_by: Roles, **values: Any) -> StoredFile:
        content = self.planting.word(f"{thing}.content", seen_by).encode()
        own = {"partnership_id": case.partnership_id}
        sha256 = storage.put(case.partnership_id, content)
        self._store(Blob(**own, sha256=sha256, size=len(content)))
        values = {"state": FileState.CHECKED, "mime_type": "text/plain", "size": len(content)} | values
        filename = f"{self.planting.word(f'{thing}.filename', seen_by)}.txt"
        owner = {"owner_kind": Case.__tablename__, "owner_id": case.id, "sha256": sha256, "filename": filename}
        return self.planting.hide(
            thing,
            StoredFile,
            seen_by,
            {"cleared_because": seen_by & (SECRETARIES | STRANGER)},
            **own,
            **owner,
            **values,
        )

    def _decision(self, thing: str, item: AgendaItem, seen_by: Roles, meeting: Meeting, **values: Any) -> Decision:
        own = {"partnership_id": meeting.partnership_id}
        place = {"meeting_id": meeting.id, "agenda_item_id": item.id, "body_id": meeting.body_id}
        values = {"decided_on": meeting.day, "room": meeting.room} | values
        decision = self.planting.hide(thing, Decision, seen_by, **own, **place, **values)
        number = {"decision_id": decision.id, "number": 1, "wording": decision.wording}
        self.planting.hide(f"{thing}.wording", DecisionWording, seen_by, **own, **number)
        self.planting.hide(f"{thing}.position", Position, seen_by, **own, decision_id=decision.id, party=Party.M)
        carried = {"decision_id": decision.id, "organisation_id": self.cast.municipality.id}
        self.planting.hide(f"{thing}.implementation", Implementation, seen_by, **own, **carried)
        return decision

    def _task(self, thing: str, decision: Decision, seen_by: Roles, **values: Any) -> Task:
        own = {"partnership_id": decision.partnership_id}
        place = {
            "meeting_id": decision.meeting_id,
            "agenda_item_id": decision.agenda_item_id,
            "decision_id": decision.id,
        }
        task = self.planting.hide(thing, Task, seen_by, **own, **place, room=decision.room, **values)
        self.planting.hide(f"{thing}.report", TaskReport, seen_by, **own, task_id=task.id, state=task.state)
        return task

    def _minutes(self, thing: str, item: AgendaItem, seen_by: Roles, state: MinutesState) -> Minutes:
        own = {"partnership_id": item.partnership_id}
        minutes = self.planting.hide(thing, Minutes, seen_by, **own, meeting_id=item.meeting_id, state=state)
        place = {"minutes_id": minutes.id, "agenda_item_id": item.id}
        text = self.planting.hide(f"{thing}.text", ItemText, seen_by, **own, **place)
        self.planting.hide(
            f"{thing}.earlier_text", ItemTextVersion, seen_by & SECRETARIES, **own, item_text_id=text.id, number=1
        )
        remark = {"person_id": self.cast.person["member"].id, "agenda_item_id": item.id}
        readers = (seen_by & SECRETARIES) | {"member"} if state is MinutesState.COMMENTING else seen_by & SECRETARIES
        if state is MinutesState.COMMENTING:
            self.planting.hide(f"{thing}.comment", Comment, readers, **own, minutes_id=minutes.id, **remark)
        return minutes

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

    def _send(self, meeting: Meeting) -> None:
        secretary = self.cast.actor("secretary")
        ready = prepare(secretary, meeting, DispatchKind.NOTICE)
        dispatch.send_notice(secretary, meeting, manifest_sha256=ready.sha256)

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

    def _held(self, thing: str, days_ago: int) -> tuple[Meeting, AgendaItem]:
        over = {"state": MeetingState.HELD, "called_at": clock.now(), "held_at": clock.now()}
        meeting = self._meeting(thing, self.cast.body, SERVED, -days_ago, **over)
        return meeting, self._item(f"{thing} item", meeting, SERVED, **self._known_title(f"{thing} item", HERE))

    def _known_title(self, thing: str, seen_by: Roles) -> dict[str, str]:
        """What a decision in force is called is known to all who know the decision."""
        return {name: self.planting.word(f"{thing}.{name}", seen_by) for name in ("title", "public_title")}

    def _meeting_with_minutes_out_for_comments(self) -> None:
        meeting, item = self._held("commented meeting", 40)
        self._minutes("minutes out for comments", item, SERVED, MinutesState.COMMENTING)
        self._decision("decision in commented minutes", item, HERE, meeting, state=DecisionState.IN_FORCE)

    def _rooms_of_the_parties(self) -> None:
        """Each party's own case; the municipalities' own body, and their own meeting in the joint body."""
        municipal = self._case("municipal case", SECRETARY, SECRETARY, room="M", raised_by_party=Party.M)
        self._file("municipal file", municipal, SECRETARY)
        hospital = self._case("hospital case", HOSPITAL_SECRETARY, HOSPITAL_SECRETARY, room="H")
        self._file("hospital file", hospital, HOSPITAL_SECRETARY)
        body = self.planting.hide(
            "municipal body", Body, MUNICIPAL, **self.here, room="M", starts_on=LONG_AGO, number_digits=2
        )
        own = {"body_id": body.id, "party": Party.M, "position": 1, "starts_on": LONG_AGO}
        self.planting.hide("municipal seat", Seat, MUNICIPAL, **self.here, **own)
        self._meeting("meeting of the municipal body", body, SECRETARY, 30)
        self._preparatory_meeting()

    def _preparatory_meeting(self) -> None:
        readers = frozenset({"secretary", "chair", "member"})
        over = {"state": MeetingState.HELD, "called_at": clock.now(), "held_at": clock.now(), "room": "M"}
        meeting = self._meeting("municipal meeting", self.cast.body, readers, -5, **over)
        with writing("factory"):
            for person in calling.called_people(meeting):
                calling.write_row(meeting, person)
            calling.open_doors(meeting)
        item = self._item("municipal item", meeting, readers, **self._known_title("municipal item", MUNICIPAL))
        self._minutes("municipal minutes", item, readers, MinutesState.COMMENTING)
        decision = self._decision("municipal decision", item, MUNICIPAL, meeting, state=DecisionState.IN_FORCE)
        self._task(
            "municipal task", decision, MUNICIPAL, responsible_organisation_id=self.cast.municipality.id, in_force=True
        )

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

    def _mail(self, thing: str, to: str, room: str, seen_by: Roles) -> None:
        person = self.cast.person[to]
        address = {"to_address": person.email, "person_id": person.id, "state": MailState.SENT}
        about = {"message_id": f"<{thing.replace(' ', '-')}@test.example>", "subject_kind": "meeting", "room": room}
        self.planting.hide(thing, Mail, seen_by, **self.here, **address, **about)
