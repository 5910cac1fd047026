"""What the demonstration is told: people, cases and meetings as plain frozen records.

Kinds, states and roles are the application's own, so a word it does not know cannot stand in the content.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from secretariat.bodies.models import MinutesWord, SeatRole
from secretariat.cases.models import CaseKind, CaseState
from secretariat.core.actor import Role
from secretariat.decisions.models import DecisionKind, DecisionState, ImplementationState, TaskState
from secretariat.demo.collaboration import PartyMeeting, Relay, WorkingGroup
from secretariat.directory.models import OrganisationKind
from secretariat.directory.parties import Party
from secretariat.meetings.models import ItemKind

SECTIONS = ("proposal", "background", "facts", "assessment", "user_involvement", "consequences")
PARTNERSHIP = "nord-trondelag"
INSTALLATION = "installation"


class DemoRole(StrEnum):
    """The roles a visitor of the demonstration can sign in with."""

    COORDINATOR_MUNICIPAL = "coordinator_municipal"
    COORDINATOR_HOSPITAL = "coordinator_hospital"
    CHAIR = "chair"
    MEMBER = "member"
    DEPUTY = "deputy"
    CONTACT = "contact"
    OBSERVER = "observer"
    ADMIN = "admin"
    REGIONAL_COORDINATOR = "regional_coordinator"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"


class Stage(StrEnum):
    """How far a meeting is to be played."""

    PLANNED = "planned"
    READY = "ready"
    MINUTES_OUT = "minutes_out"
    MINUTES_APPROVED = "minutes_approved"


# A decision stands as firmly as the minutes it is written in.
STANDING = {
    Stage.PLANNED: DecisionState.DRAFT,
    Stage.READY: DecisionState.DRAFT,
    Stage.MINUTES_OUT: DecisionState.IN_FORCE,
    Stage.MINUTES_APPROVED: DecisionState.CONFIRMED,
}


class Approval(StrEnum):
    """What the body approves under a standing item."""

    NOTICE_AND_AGENDA = "notice_and_agenda"
    PREVIOUS_MINUTES = "previous_minutes"


class Language(StrEnum):
    """The language of a person or a text."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


@dataclass(frozen=True)
class Organisation:
    """A municipality, the trust, one of its clinics, or another employer whose people meet."""

    key: str
    name: str
    kind: OrganisationKind
    party: Party
    email: str
    parent: str = ""


@dataclass(frozen=True)
class Group:
    """Municipalities that elect common representatives."""

    key: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """A body with the composition its parties agreed on."""

    short: str
    name: str
    minutes_word: MinutesWord
    agreed: dict[Party, int]
    mandate: str
    reports_to: str = ""


@dataclass(frozen=True)
class Vacancy:
    """A seat without a holder."""

    seat: str
    body: str
    party: Party
    represents: str
    since: dt.date
    note: str
    role: SeatRole = SeatRole.MEMBER


@dataclass(frozen=True)
class Leave:
    """Leave of absence from a seat, counted in days from today."""

    from_days: int
    to_days: int


@dataclass(frozen=True)
class Seat:
    """A person appointed to a seat; both days are included."""

    seat: str
    body: str
    party: Party
    role: SeatRole
    represents: str
    first_day: dt.date
    last_day: dt.date
    leave: Leave | None = None


@dataclass(frozen=True)
class Deputyship:
    """A deputy for one named member, or one of a party's unranked pool."""

    body: str
    party: Party
    first_day: dt.date
    last_day: dt.date
    deputy_for: str = ""
    pool: bool = False
    with_authority: bool = True


@dataclass(frozen=True)
class Office:
    """A job in or around the secretariat, for the partnership, an organisation or the installation."""

    role: Role
    scope: str
    first_day: dt.date
    party: Party | None = None


@dataclass(frozen=True)
class Person:
    """Somebody invented, with seats, deputyships and offices."""

    key: str
    given_name: str
    family_name: str
    email: str
    phone: str
    organisation: str
    title: str
    language: Language
    demo_role: DemoRole | None = None
    seats: tuple[Seat, ...] = ()
    deputies: tuple[Deputyship, ...] = ()
    offices: tuple[Office, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class Raised:
    """Who raised a case, and on whose behalf."""

    party: Party
    organisation: str
    person: str
    days: int
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the saksgang, tied to a meeting where it has one."""

    body: str
    kind: CaseKind
    meeting: str = ""


@dataclass(frozen=True)
class Attachment:
    """A short text file that follows the case paper; exempt names the legal basis, if any."""

    filename: str
    name: str
    text: str
    exempt: str = ""


@dataclass(frozen=True)
class Case:
    """A case with its paper, section by section as Markdown."""

    key: str
    title: str
    public_title: str
    language: Language
    kind: CaseKind
    state: CaseState
    agreements: tuple[str, ...]
    archive: dict[str, str]
    raised: Raised
    sections: dict[str, str]
    saksgang: tuple[Step, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    wanted_body: str = ""
    returned_reason: str = ""


@dataclass(frozen=True)
class Task:
    """Who does what by when; days count from today."""

    text: str
    due_days: int
    state: TaskState
    person: str = ""
    organisation: str = ""
    done_days: int | None = None
    note: str = ""

    @property
    def overdue(self) -> bool:
        return self.state in (TaskState.OPEN, TaskState.IN_PROGRESS) and self.due_days < 0


@dataclass(frozen=True)
class Implementation:
    """How far one organisation has come with a decision."""

    organisation: str
    state: ImplementationState
    days: int
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """The adopted wording; changed says that it differs from what was proposed."""

    key: str
    kind: DecisionKind
    text: str
    changed: bool = False
    local_adoption: bool = False
    due_days: int | None = None
    positions: dict[Party, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    implementations: tuple[Implementation, ...] = ()


@dataclass(frozen=True)
class AgendaItem:
    """An item of the agenda, with what was said and decided when the meeting is held."""

    key: str
    kind: ItemKind
    title: str
    minutes: int
    presenter: str
    approves: Approval | None = None
    case: str = ""
    text: str = ""
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Absence:
    """A member who did not come, and the deputy who came instead."""

    person: str
    deputy: str = ""


@dataclass(frozen=True)
class PartialPresence:
    """Somebody who came late or left early: from and to which item."""

    person: str
    note: str
    from_item: str = ""
    to_item: str = ""


@dataclass(frozen=True)
class Guest:
    """Somebody without a seat who attended, for one item or the whole meeting."""

    person: str
    note: str
    item: str = ""


@dataclass(frozen=True)
class Comment:
    """A remark to the draft minutes."""

    person: str
    days: int
    text: str


@dataclass(frozen=True)
class Meeting:
    """A meeting, placed by its distance in days from today."""

    key: str
    body: str
    title: str
    stage: Stage
    days_from_today: int
    starts: dt.time
    ends: dt.time
    place: str
    digital_link: str
    chair: str
    minute_taker: str
    agenda: tuple[AgendaItem, ...]
    practical: str = ""
    agreed_by: tuple[str, ...] = ()
    comment_deadline_days: int | None = None
    approved_days: int | None = None
    approval_note: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[Absence, ...] = ()
    partial: tuple[PartialPresence, ...] = ()
    guests: tuple[Guest, ...] = ()
    secretariat: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def held(self) -> bool:
        return self.stage in (Stage.MINUTES_OUT, Stage.MINUTES_APPROVED)

    @property
    def decision_state(self) -> DecisionState:
        return STANDING[self.stage]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(decision for item in self.agenda for decision in item.decisions)


@dataclass(frozen=True)
class DemoContent:
    """Everything the demonstration plays."""

    organisations: tuple[Organisation, ...]
    groups: tuple[Group, ...]
    bodies: tuple[Body, ...]
    vacancies: tuple[Vacancy, ...]
    people: tuple[Person, ...]
    cases: tuple[Case, ...]
    meetings: tuple[Meeting, ...]
    relays: tuple[Relay, ...] = ()
    working_groups: tuple[WorkingGroup, ...] = ()
    party_meetings: tuple[PartyMeeting, ...] = ()

    def person(self, key: str) -> Person:
        return next(person for person in self.people if person.key == key)

    def in_role(self, demo_role: DemoRole) -> Person:
        """The person a visitor of the demonstration becomes by signing in with this role."""
        return next(person for person in self.people if person.demo_role == demo_role)
