"""The parcel's contents as they stand on paper: frozen, in the reader's language, with nothing left to look up.

Names of people, kinds, parties and roles are given as they shall read; the words of the frame ("Møtested", "Forfall")
are the renderer's. ``made_at`` is the instant the parcel was made up; it dates the file, so that the same paper always
gives the same bytes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from secretariat.core.text.document import Document


class Edition(StrEnum):
    """Utgave: whom the paper is for. The public one leaves out what carries an exemption."""

    INTERNAL = "internal"
    PUBLIC = "public"


class MinutesState(StrEnum):
    """How far the minutes have come; said in their heading."""

    DRAFT = "draft"
    OUT_FOR_COMMENTS = "out_for_comments"
    APPROVED = "approved"


@dataclass(frozen=True)
class Letterhead:
    """Who sends: the partnership and its body."""

    partnership: str
    body: str
    body_short: str


@dataclass(frozen=True)
class PracticalLine:
    """Lunch, inspection, travel: a line of the programme beside the cases."""

    label: str
    text: str


@dataclass(frozen=True)
class MeetingFacts:
    """When, where and how the body meets, by the wall clock of the meeting's place.

    A written meeting (skriftlig behandling) has a deadline and no hour.
    """

    title: str
    day: date
    form: str = ""
    written: bool = False
    starts: time | None = None
    ends: time | None = None
    timezone: str = "Europe/Oslo"
    place: str = ""
    digital_link: str = ""
    chair: str = ""
    secretary: str = ""
    deadline: date | None = None
    practical: tuple[PracticalLine, ...] = ()


@dataclass(frozen=True)
class Recipient:
    """One who is called, or has a copy. ``note`` says in which capacity: observer, deputy for whom."""

    name: str
    office: str = ""
    organisation: str = ""
    note: str = ""


@dataclass(frozen=True)
class RecipientGroup:
    """Those called from one party, under the party's name ("Fra kommunene")."""

    party: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True)
class AgendaLine:
    """One line of the agenda. ``item`` ties it to its case paper; a heading groups the lines below it."""

    item: str
    title: str
    number_text: str | None = None
    kind_label: str = ""
    presenter: str = ""
    minutes: int | None = None
    clock: time | None = None
    withdrawn: bool = False
    exempt_basis: str | None = None
    heading: bool = False


@dataclass(frozen=True)
class ArchiveReference:
    """The case's number in one organisation's archive."""

    organisation: str
    reference: str


@dataclass(frozen=True)
class Section:
    """A part of a case paper: background, assessment, consequences."""

    heading: str
    text: Document


@dataclass(frozen=True)
class EarlierStep:
    """A step behind in the case's way (saksgang): which body, when, under what number, with what outcome."""

    body: str
    day: date
    number_text: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class CasePaper:
    """Saksframlegg: what the body is asked to decide, and why. ``language`` is that of the text, if not the reader's.

    Its attachments are those of the parcel with the same ``item``; ``not_enclosed`` names what is to be had elsewhere.
    """

    item: str
    title: str
    number_text: str | None = None
    kind_label: str = ""
    presenter: str = ""
    raised_by: str = ""
    archive_references: tuple[ArchiveReference, ...] = ()
    proposal: Document | None = None
    sections: tuple[Section, ...] = ()
    earlier: tuple[EarlierStep, ...] = ()
    not_enclosed: tuple[str, ...] = ()
    exempt_basis: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Attachment:
    """An original that travels inside the PDF, byte for byte. ``item`` says which case it belongs to."""

    filename: str
    mime_type: str
    content: bytes
    sha256: str
    description: str = ""
    item: str = ""
    exempt_basis: str | None = None


@dataclass(frozen=True)
class Signature:
    """Who stands behind the paper."""

    name: str
    office: str


@dataclass(frozen=True)
class NoticePaper:
    """Innkalling with agenda and case papers; a supplement (tilleggssakliste) when it is numbered."""

    language: str
    made_at: datetime
    letterhead: Letterhead
    facts: MeetingFacts
    agenda: tuple[AgendaLine, ...]
    case_papers: tuple[CasePaper, ...] = ()
    recipients: tuple[RecipientGroup, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    edition: Edition = Edition.INTERNAL
    supplement_number: int | None = None
    absence_sentence: str = ""
    sent_statement: str = ""


@dataclass(frozen=True)
class SingleCasePaper:
    """One case paper on its own (saksframlegg.pdf), as it stands before or between meetings."""

    language: str
    made_at: datetime
    letterhead: Letterhead
    case: CasePaper
    attachments: tuple[Attachment, ...] = ()
    edition: Edition = Edition.INTERNAL
    meeting_day: date | None = None


@dataclass(frozen=True)
class Attendee:
    """One who was there. From and until name the items between which, when it was not the whole meeting."""

    name: str
    office: str = ""
    organisation: str = ""
    deputy_for: str = ""
    with_authority: bool | None = None
    from_item: str = ""
    until_item: str = ""


@dataclass(frozen=True)
class AttendanceGroup:
    """Those present from one party, or the observers, or the secretariat, under their heading."""

    party: str
    people: tuple[Attendee, ...]


@dataclass(frozen=True)
class DecisionBlock:
    """What the body decided: its kind (Vedtak, Anbefaling, Ikke enighet ...), its number and its words."""

    kind_label: str
    text: Document
    number_text: str = ""


@dataclass(frozen=True)
class Position:
    """What one party holds when the body does not agree."""

    party: str
    text: str


@dataclass(frozen=True)
class Addition:
    """Protokolltilførsel: what someone asked to have written down, under that name."""

    name: str
    text: str


@dataclass(frozen=True)
class TaskLine:
    """Who does what by when."""

    text: str
    responsible: str
    deadline: date | None = None


@dataclass(frozen=True)
class MinutesItem:
    """What came of one item. ``stepped_aside`` names those who were not impartial and left."""

    item: str
    title: str
    number_text: str | None = None
    presenter: str = ""
    text: Document | None = None
    decisions: tuple[DecisionBlock, ...] = ()
    positions: tuple[Position, ...] = ()
    next_steps: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    stepped_aside: tuple[str, ...] = ()
    withdrawn: bool = False
    exempt_basis: str | None = None


@dataclass(frozen=True)
class Correction:
    """A dated addition to minutes that were approved and never change."""

    day: date
    by: str
    text: str


@dataclass(frozen=True)
class MinutesPaper:
    """Referat or protokoll, by the body's own word; the heading says whether it is approved, and by whom or how.

    ``absent`` had said so (forfall), ``missing`` had not (ikke møtt).
    """

    language: str
    made_at: datetime
    letterhead: Letterhead
    word: str
    facts: MeetingFacts
    state: MinutesState
    attendance: tuple[AttendanceGroup, ...]
    items: tuple[MinutesItem, ...]
    absent: tuple[Recipient, ...] = ()
    missing: tuple[Recipient, ...] = ()
    approved_on: date | None = None
    approved_by: str = ""
    comments_by: date | None = None
    corrections: tuple[Correction, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    edition: Edition = Edition.INTERNAL
    text_language: str | None = None


@dataclass(frozen=True)
class ExtractPaper:
    """Melding om vedtak: one decision, to those whom it concerns. ``unapproved``: its minutes are not approved yet."""

    language: str
    made_at: datetime
    letterhead: Letterhead
    meeting_day: date
    recipients: tuple[str, ...]
    title: str
    number_text: str
    decisions: tuple[DecisionBlock, ...]
    background: Document | None = None
    archive_references: tuple[ArchiveReference, ...] = ()
    next_steps: tuple[str, ...] = ()
    answer_by: date | None = None
    tasks: tuple[TaskLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    unapproved: bool = False
    text_language: str | None = None


Paper = NoticePaper | SingleCasePaper | MinutesPaper | ExtractPaper
