"""What the scene is made of: things stored full of secret words, each with its known readers."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from secretariat.bodies.models import Body
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
from secretariat.core.actions import writing
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import (
    Decision,
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
from secretariat.documents.models import Blob, FileState, StoredFile
from secretariat.meetings import calling
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting, MeetingState
from secretariat.messages.models import Mail, MailState
from secretariat.minutes.actions import approve
from secretariat.minutes.models import Comment, ItemText, ItemTextVersion, Minutes, MinutesState
from tests.factories.cast import ROLES, Cast
from tests.leaks.words import Planting, Roles

NOBODY: Roles = frozenset()
SECRETARIES = frozenset({"secretary", "hospital_secretary"})
CHAIRS = frozenset({"chair", "deputy_chair"})
BODY = CHAIRS | {"member", "hospital_member", "observer"}
SERVED = SECRETARIES | BODY
HERE = SERVED | {"deputy", "contact", "organisation_administrator", "archivist"}
EVERYBODY = HERE | {"administrator", "stranger", "anonymous"}
CONTACT, STRANGER = frozenset({"contact", "organisation_administrator"}), frozenset({"stranger"})
SECRETARY, HOSPITAL_SECRETARY = frozenset({"secretary"}), frozenset({"hospital_secretary"})
MUNICIPAL = frozenset({"secretary", "chair", "member"}) | CONTACT
"""Those with an office or a seat of the municipalities: their room is open to them."""


@dataclass
class Making:
    """The scene while it is set; ``tokens`` are the doors by link that each role has got by mail."""

    cast: Cast
    planting: Planting = field(default_factory=Planting)
    tokens: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in ROLES})
    position: int = 0
    expected: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {role: [] for role in ROLES})

    def expect(self, place: str, channel: str, *roles: str) -> None:
        """These roles must come across the word of this place in this channel; else the crawl looked at nothing."""
        for role in roles:
            self.expected[role].append((place, channel))

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
        now = {section: getattr(paper, section).to_json() for section in SECTIONS}
        for number, content in enumerate((dict.fromkeys(SECTIONS, earlier), now), start=1):
            version = {"case_paper_id": paper.id, "number": number, "room": case.room, "content": content}
            self._store(CasePaperVersion(**own, **version))
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
        organisation = self.cast.trust if meeting.room == "H" else self.cast.municipality
        decision = self.planting.hide(thing, Decision, seen_by, **own, **place, **values)
        number = {"decision_id": decision.id, "number": 1, "wording": decision.wording}
        self.planting.hide(f"{thing}.wording", DecisionWording, seen_by, **own, **number)
        self.planting.hide(f"{thing}.position", Position, seen_by, **own, decision_id=decision.id, party=Party.M)
        carried = {"decision_id": decision.id, "organisation_id": organisation.id}
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
        author = "member" if "member" in seen_by else "hospital_secretary"
        remark = {"person_id": self.cast.person[author].id, "agenda_item_id": item.id}
        readers = (seen_by & SECRETARIES) | {author}
        if state is MinutesState.COMMENTING:
            self.planting.hide(f"{thing}.comment", Comment, readers, **own, minutes_id=minutes.id, **remark)
        return minutes

    def _send(self, meeting: Meeting, sender: str = "secretary") -> None:
        secretary = self.cast.actor(sender)
        ready = prepare(secretary, meeting, DispatchKind.NOTICE)
        dispatch.send_notice(secretary, meeting, manifest_sha256=ready.sha256)

    def _held(self, thing: str, days_ago: int) -> tuple[Meeting, AgendaItem]:
        over = {"state": MeetingState.HELD, "called_at": clock.now(), "held_at": clock.now()}
        meeting = self._meeting(thing, self.cast.body, SERVED, -days_ago, **over)
        return meeting, self._item(f"{thing} item", meeting, SERVED, **self._known_title(f"{thing} item", HERE))

    def _known_title(self, thing: str, seen_by: Roles) -> dict[str, str]:
        """What a decision in force is called is known to all who know the decision."""
        return {name: self.planting.word(f"{thing}.{name}", seen_by) for name in ("title", "public_title")}

    def _mail(self, thing: str, to: str, room: str, seen_by: Roles) -> None:
        person = self.cast.person[to]
        address = {"to_address": person.email, "person_id": person.id, "state": MailState.SENT}
        about = {"message_id": f"<{thing.replace(' ', '-')}@test.example>", "subject_kind": "meeting", "room": room}
        self.planting.hide(thing, Mail, seen_by, **self.here, **address, **about)

    def _called(self, meeting: Meeting) -> None:
        """Those whom a meeting calls become rows, and it is opened to them."""
        with writing("factory"):
            for person in calling.called_people(meeting):
                calling.write_row(meeting, person)
            calling.open_doors(meeting)

    def _approve(self, minutes: Minutes, sender: str = "secretary") -> None:
        approve(self.cast.actor(sender), minutes, approved_by=minutes.approved_by)
