"""Tables of meetings."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import Owned, Versioned, explain, owned, sort_text, within
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.words import Worded
from secretariat.directory.parties import Party


class MeetingState(Worded):
    """The life of a meeting."""

    PLANNED = "planned", _l("Planlagt")
    CALLED = "called", _l("Innkalt")
    HELD = "held", _l("Holdt")
    CANCELLED = "cancelled", _l("Avlyst")


class MeetingForm(Worded):
    """How people meet."""

    PHYSICAL = "physical", _l("Fysisk")
    DIGITAL = "digital", _l("Digitalt")
    HYBRID = "hybrid", _l("Fysisk og digitalt")


class ItemKind(Worded):
    """What an agenda item is."""

    APPROVAL = "approval", _l("Godkjenning")
    DECISION = "decision", _l("Vedtakssak")
    DISCUSSION = "discussion", _l("Drøftingssak")
    INFORMATION = "information", _l("Orienteringssak")
    REPORT = "report", _l("Referatsak")
    FOLLOW_UP = "follow_up", _l("Oppfølging")
    ANY_OTHER = "any_other", _l("Eventuelt")
    HEADING = "heading", _l("Overskrift")


class ItemState(Worded):
    """Whether the item still stands."""

    STANDING = "standing", _l("Står")
    WITHDRAWN = "withdrawn", _l("Utgår")
    POSTPONED = "postponed", _l("Utsatt")


class ItemOrigin(Worded):
    """When the item came on the agenda."""

    PLANNED = "planned", _l("Planlagt")
    SUPPLEMENT = "supplement", _l("Tilleggssak")
    MEETING = "meeting", _l("Reist i møtet")


class ParticipantRole(Worded):
    """In what capacity a person is called."""

    CHAIR = "chair", _l("Møteleder")
    MEMBER = "member", _l("Medlem")
    DEPUTY = "deputy", _l("Vara")
    OBSERVER = "observer", _l("Observatør")
    ATTENDING = "attending", _l("Møtende")
    SECRETARIAT = "secretariat", _l("Sekretariat")
    GUEST = "guest", _l("Innbudt")


UNASKED = (ParticipantRole.SECRETARIAT,)
"""Those whose answer nobody waits for: they are not counted among those who come or are silent."""


class Reply(Worded):
    """What a participant has answered."""

    NONE = "none", _l("Ikke svart")
    ATTENDING = "attending", _l("Kommer")
    ABSENT = "absent", _l("Forfall")


class Meeting(Owned, Versioned):
    """A meeting of a body: the wall clock in its zone is the truth, the UTC instants are stored beside it.

    ``uid`` and ``sequence`` are those of its calendar invitation: one UID for life, the sequence rises on every change
    of time, place or status once the meeting is called. A refused time must not tell of the other party's own meeting:
    a body has one meeting at a time in each room.
    """

    __tablename__ = "meeting"
    __table_args__ = owned(
        within("body_id", "body"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.Index(
            "uq_meeting_body_room_start",
            "body_id",
            "room",
            "starts_at",
            unique=True,
            sqlite_where=sa.column("state") != "cancelled",
            postgresql_where=sa.column("state") != "cancelled",
        ),
    )

    body_id: Mapped[UUID] = mapped_column(index=True)
    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    title: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(2), default="nb")
    form: Mapped[MeetingForm] = mapped_column(default=MeetingForm.PHYSICAL)
    tentative: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date] = mapped_column(index=True)
    starts: Mapped[time]
    ends: Mapped[time]
    fold: Mapped[int] = mapped_column(default=0)
    timezone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Oslo")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    digital_link: Mapped[str] = mapped_column(sa.String(500), default="")
    practical: Mapped[str] = mapped_column(sa.String(2000), default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    chair_person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    chair_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    called_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(sa.String(500), default="")


explain("uq_meeting_body_room_start", _l("Utvalget har alt et møte på dette tidspunktet."), "starts")
explain("ck_meeting_ends_after_start", _l("Møtet må slutte etter at det begynner."), "ends")


class AgendaItem(Owned, Versioned):
    """A line of the agenda; carries at most one treatment. The number is integers, written by the body's pattern.

    ``sent_at`` is when it went out, in the notice or a supplement; ``sent_proposal`` what was proposed when it last
    did, and ``sent_version`` which version of the paper that was, whatever is written in the case since.
    """

    __tablename__ = "agenda_item"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("body_id", "body"),
        within("treatment_id", "treatment"),
        sa.UniqueConstraint("body_id", "series", "year", "number"),
        sa.Index(
            "uq_agenda_item_treatment",
            "treatment_id",
            unique=True,
            sqlite_where=sa.column("state") == "standing",
            postgresql_where=sa.column("state") == "standing",
        ),
        sa.CheckConstraint("duration BETWEEN 0 AND 600", name="duration"),
    )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    body_id: Mapped[UUID]
    position: Mapped[int]
    kind: Mapped[ItemKind]
    title: Mapped[str] = mapped_column(sa.String(200))
    public_title: Mapped[str] = mapped_column(sa.String(200), default="")
    duration: Mapped[int] = mapped_column(default=15)
    presenter: Mapped[str] = mapped_column(sa.String(200), default="")
    treatment_id: Mapped[UUID | None] = mapped_column(index=True)
    series: Mapped[str] = mapped_column(sa.String(20), default="")
    year: Mapped[int | None]
    number: Mapped[int | None]
    state: Mapped[ItemState] = mapped_column(default=ItemState.STANDING)
    origin: Mapped[ItemOrigin] = mapped_column(default=ItemOrigin.PLANNED)
    sent_at: Mapped[datetime | None]
    sent_proposal: Mapped[Document | None]
    sent_version: Mapped[int | None]
    exempt_basis: Mapped[str] = mapped_column(sa.String(100), default="")


explain("ck_agenda_item_duration", _l("Skriv mellom 0 og 600 minutter."), "duration")
explain("uq_agenda_item_treatment", _l("Saken står alt på en saksliste."), "treatment_id")


class NumberSeries(Owned):
    """The last number given in a body, series and year; the row is locked while a number is taken."""

    __tablename__ = "number_series"
    __table_args__ = owned(within("body_id", "body"), sa.UniqueConstraint("body_id", "series", "year"))

    body_id: Mapped[UUID]
    series: Mapped[str] = mapped_column(sa.String(20), default="")
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)


class AgendaAgreement(Owned):
    """What chair or deputy chair answered when asked whether the agenda is good."""

    __tablename__ = "agenda_agreement"
    __table_args__ = owned(within("meeting_id", "meeting"), sa.UniqueConstraint("meeting_id", "person_id"))

    meeting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")


class Participant(Owned):
    """A person called to a meeting, with party and seats as they were; once per meeting and person.

    ``seats`` holds what the person represents: a list of {seat_id, represents, party, role, may_vote}, with
    {instead_of} where it is the place of another, who is on leave or has sent forfall.
    """

    __tablename__ = "participant"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("deputises_for_id", "participant"),
        sa.UniqueConstraint("meeting_id", "person_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    sort_key: Mapped[str] = mapped_column(sort_text(400), default="")
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    organisation: Mapped[str] = mapped_column(sa.String(200), default="")
    party: Mapped[Party]
    role: Mapped[ParticipantRole]
    seats: Mapped[list[Any]]
    deputises_for_id: Mapped[UUID | None]
    may_decide: Mapped[bool] = mapped_column(default=True)
    reply: Mapped[Reply] = mapped_column(default=Reply.NONE)
    replied_at: Mapped[datetime | None]
    reply_note: Mapped[str] = mapped_column(sa.String(1000), default="")
    removed_at: Mapped[datetime | None]


class Presence(Owned):
    """A participant was in the room from one item to another, both counted (no items: the whole meeting)."""

    __tablename__ = "presence"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("participant_id", "participant"),
        within("from_item_id", "agenda_item"),
        within("to_item_id", "agenda_item"),
    )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    participant_id: Mapped[UUID] = mapped_column(index=True)
    from_item_id: Mapped[UUID | None]
    to_item_id: Mapped[UUID | None]


class SteppedAside(Owned):
    """A participant who is not impartial in one item and takes no part in it; ``because`` says why."""

    __tablename__ = "stepped_aside"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("agenda_item_id", "agenda_item"),
        within("participant_id", "participant"),
        sa.UniqueConstraint("agenda_item_id", "participant_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    agenda_item_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    because: Mapped[str] = mapped_column(sa.String(300), default="")


explain("uq_stepped_aside_agenda_item_id_participant_id", _l("Personen er alt ført som inhabil i saken."))


class Verdict(Worded):
    """What the agenda meeting says of a candidate."""

    UP = "up", _l("Opp")
    WAIT = "wait", _l("Vent")
    BACK = "back", _l("Tilbake")


class Consideration(Owned, Versioned):
    """What one of those who make the agenda says of a case that could come up in a meeting."""

    __tablename__ = "consideration"
    __table_args__ = owned(
        within("meeting_id", "meeting"),
        within("treatment_id", "treatment"),
        sa.UniqueConstraint("meeting_id", "treatment_id", "person_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(index=True)
    treatment_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    verdict: Mapped[Verdict]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
