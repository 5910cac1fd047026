"""Tables of bodies, seats and appointments."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import Owned, Versioned, explain, owned, sort_text, within
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import sort_key
from secretariat.core.words import Worded
from secretariat.directory.parties import Party


class SeatRole(Worded):
    """What the holder of a seat is in the body."""

    CHAIR = "chair", _l("Leder")
    DEPUTY_CHAIR = "deputy_chair", _l("Nestleder")
    MEMBER = "member", _l("Medlem")
    OBSERVER = "observer", _l("Observatør")
    ATTENDING = "attending", _l("Møtende")
    SECRETARY = "secretary", _l("Sekretær")


class Capacity(Worded):
    """How a person is appointed to a seat."""

    HOLDER = "holder", _l("Fast")
    DEPUTY = "deputy", _l("Vara")


class Authority(Worded):
    """How far a body's word reaches."""

    ADVISES = "advises", _l("Rådgivende")
    RECOMMENDS = "recommends", _l("Tilrår")
    CONSENSUS = "consensus", _l("Beslutter ved enighet")
    VOTES = "votes", _l("Beslutter ved avstemning")


class MinutesWord(Worded):
    """What the body calls its minutes."""

    REFERAT = "referat", _l("Referat")
    PROTOKOLL = "protokoll", _l("Protokoll")


class Tier(Worded):
    """The level of those who meet; the two parties should meet at the same one."""

    POLITICAL = "political", _l("Politisk")
    TOP = "top", _l("Toppledelse")
    MANAGER = "manager", _l("Ledelse")
    PROFESSIONAL = "professional", _l("Fag")


class RuleKind(Worded):
    """What a composition rule counts."""

    COUNT = "count", _l("Antall fra en part")
    EACH_REGION = "each_region", _l("Minst én fra hver kommunegruppe")
    EACH_MUNICIPALITY = "each_municipality", _l("Minst én fra hver kommune")
    TITLE = "title", _l("Minst så mange med en bestemt tittel")


class DeputyRule(Worded):
    """How a deputy is called in when someone sends forfall."""

    CONFIRMED = "confirmed", _l("Sekretæren bekrefter")
    AUTOMATIC = "automatic", _l("Vara innkalles med en gang")
    NONE = "none", _l("Ingen vara")


class AgreementKind(Worded):
    """Whether an agreement is the one that all rest on, or one of its numbered parts."""

    OVERALL = "overall", _l("Overordnet avtale")
    SUB = "sub", _l("Delavtale")


class Agreement(Owned):
    """The overall agreement or a numbered sub-agreement; ``kind`` is a word of :class:`AgreementKind`."""

    __tablename__ = "agreement"
    __table_args__ = owned(sa.UniqueConstraint("partnership_id", "number"))

    number: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(300))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    kind: Mapped[str] = mapped_column(sa.String(10), default="sub", server_default="sub")


explain("uq_agreement_partnership_id_number", _l("Det er alt en avtale med dette nummeret."), "number")


class Body(Owned, Versioned):
    """A body set up by agreement, with the rules it works by.

    ``room`` is the common one, or a party's code for a body of that party alone. Case numbers are written with
    ``number_prefix``, ``number_digits``, ``number_separator``, ``year_digits``, ``year_first`` and ``number_suffix``;
    deadlines count days before the meeting (``intake_days``, ``review_days``, ``dispatch_days``) or after it
    (``minutes_days``, ``comments_days``). The agreement's rule of the chair: the party ``chair_first`` leads first
    (empty: no rule), and the sides change every ``chair_years`` (0: never). A term lasts ``term_years``, or from
    ``term_begins`` (month and day) until the day before it a year later.
    """

    __tablename__ = "body"
    __table_args__ = owned(
        within("parent_id", "body"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        sa.CheckConstraint("number_digits BETWEEN 0 AND 3", name="number_digits"),
        sa.CheckConstraint("year_digits IN (2, 4)", name="year_digits"),
        sa.CheckConstraint("number_separator IN ('/', '-')", name="number_separator"),
    )

    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(30))
    sort_key: Mapped[str] = mapped_column(sort_text(300))
    level: Mapped[int] = mapped_column(default=2)
    level_name: Mapped[str] = mapped_column(sa.String(60), default="")
    parent_id: Mapped[UUID | None] = mapped_column(index=True)
    room: Mapped[str] = mapped_column(sa.String(10), default=COMMON_ROOM)
    language: Mapped[str] = mapped_column(sa.String(2), default="nb")
    mandate: Mapped[Document] = mapped_column(default=Document.empty)
    composition: Mapped[str] = mapped_column(sa.String(500), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    authority: Mapped[Authority] = mapped_column(default=Authority.CONSENSUS)
    minutes_word: Mapped[MinutesWord] = mapped_column(default=MinutesWord.REFERAT)
    deputy_rule: Mapped[DeputyRule] = mapped_column(default=DeputyRule.CONFIRMED)
    number_prefix: Mapped[str] = mapped_column(sa.String(20), default="")
    number_digits: Mapped[int] = mapped_column(default=2)
    number_separator: Mapped[str] = mapped_column(sa.String(1), default="/")
    number_suffix: Mapped[str] = mapped_column(sa.String(10), default="")
    year_digits: Mapped[int] = mapped_column(default=4)
    year_first: Mapped[bool] = mapped_column(default=False)
    standing_items_numbered: Mapped[bool] = mapped_column(default=True)
    intake_days: Mapped[int] = mapped_column(default=28)
    review_days: Mapped[int] = mapped_column(default=21)
    dispatch_days: Mapped[int] = mapped_column(default=10)
    minutes_days: Mapped[int] = mapped_column(default=7)
    comments_days: Mapped[int] = mapped_column(default=14)
    working_days: Mapped[bool] = mapped_column(default=False)
    proposal_first: Mapped[bool] = mapped_column(default=True)
    meetings_open: Mapped[bool] = mapped_column(default=False)
    meetings_per_year: Mapped[int | None]
    chair_first: Mapped[str] = mapped_column(sa.String(1), default="", server_default="")
    chair_years: Mapped[int] = mapped_column(default=0, server_default="0")
    term_years: Mapped[int | None]
    term_begins: Mapped[str] = mapped_column(sa.String(5), default="", server_default="")
    secretary: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    note: Mapped[str] = mapped_column(sa.String(1000), default="", server_default="")

    @validates("name")
    def _sort_by_name(self, _key: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name


explain("ck_body_dates_in_order", _l("Utvalget kan ikke slutte før det begynner."), "ends_on")


class BodyAgreement(Owned):
    """A body works under an agreement."""

    __tablename__ = "body_agreement"
    __table_args__ = owned(
        within("body_id", "body"),
        within("agreement_id", "agreement"),
        sa.UniqueConstraint("body_id", "agreement_id"),
    )

    body_id: Mapped[UUID]
    agreement_id: Mapped[UUID]


class Seat(Owned):
    """A place in a body; exists without a holder (Ubesatt). ``represents`` is a region, municipality or clinic."""

    __tablename__ = "seat"
    __table_args__ = owned(
        within("body_id", "body"),
        within("region_id", "region"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
    )

    body_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    party: Mapped[Party]
    role: Mapped[SeatRole] = mapped_column(default=SeatRole.MEMBER)
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    region_id: Mapped[UUID | None]
    represents: Mapped[str] = mapped_column(sa.String(200), default="")
    nominated_by: Mapped[str] = mapped_column(sa.String(200), default="")
    may_speak: Mapped[bool] = mapped_column(default=True)
    may_propose: Mapped[bool] = mapped_column(default=True)
    may_vote: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Appointment(Owned):
    """A person in a seat from–to, both days counted: as holder, or as deputy.

    A deputy has a rank behind one seat, or no seat and stands in the pool of a party in the body; ``may_decide`` says
    «med fullmakt». ``tier`` is the level the person meets at. ``term_ends_on`` is the end of the term: who has no last
    day sits on after it until a successor is named (holds over).
    """

    __tablename__ = "appointment"
    __table_args__ = owned(
        within("body_id", "body"),
        within("seat_id", "seat"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        sa.CheckConstraint("capacity = 'deputy' OR seat_id IS NOT NULL", name="holder_has_seat"),
    )

    body_id: Mapped[UUID] = mapped_column(index=True)
    seat_id: Mapped[UUID | None] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    party: Mapped[Party]
    capacity: Mapped[Capacity] = mapped_column(default=Capacity.HOLDER)
    rank: Mapped[int | None]
    may_decide: Mapped[bool] = mapped_column(default=True)
    tier: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    term_ends_on: Mapped[date | None]


explain("ck_appointment_dates_in_order", _l("Oppnevningen kan ikke slutte før den begynner."), "ends_on")
explain("ex_appointment_one_holder", _l("Plassen har alt en fast representant i denne perioden."), "starts_on")


class Leave(Owned):
    """Leave of absence: the seat is kept, the deputy steps up."""

    __tablename__ = "leave"
    __table_args__ = owned(
        within("appointment_id", "appointment"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
    )

    appointment_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class ChairTerm(Owned):
    """A stretch of the chair plan: who leads and who is deputy from–to. A meeting's chair follows from its date."""

    __tablename__ = "chair_term"
    __table_args__ = owned(
        within("body_id", "body"),
        within("chair_seat_id", "seat"),
        within("deputy_chair_seat_id", "seat"),
        sa.UniqueConstraint("body_id", "starts_on"),
        sa.CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
    )

    body_id: Mapped[UUID] = mapped_column(index=True)
    chair_seat_id: Mapped[UUID]
    deputy_chair_seat_id: Mapped[UUID | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class BodyPhase(Owned):
    """What a body is called and where it stands from a day on, until its next phase; a body that was never changed has
    none. What holds today stands in the body itself.
    """

    __tablename__ = "body_phase"
    __table_args__ = owned(
        within("body_id", "body"),
        within("parent_id", "body"),
        sa.UniqueConstraint("body_id", "starts_on"),
    )

    body_id: Mapped[UUID]
    starts_on: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(30))
    level: Mapped[int]
    level_name: Mapped[str] = mapped_column(sa.String(60), default="")
    parent_id: Mapped[UUID | None]


explain("uq_body_phase_body_id_starts_on", _l("Det er alt registrert en endring fra denne dagen."), "starts_on")


class BodySuccession(Owned):
    """A body that took over after another one, from a day: after a merger, a split or a new structure."""

    __tablename__ = "body_succession"
    __table_args__ = owned(
        within("body_id", "body"),
        within("successor_id", "body"),
        sa.UniqueConstraint("body_id", "successor_id"),
        sa.CheckConstraint("body_id <> successor_id", name="two_bodies"),
    )

    body_id: Mapped[UUID]
    successor_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date]


class ReportDuty(Owned):
    """A day by which a working group tells the body above what it has done, and what became of it."""

    __tablename__ = "report_duty"
    __table_args__ = owned(within("body_id", "body"), sa.UniqueConstraint("body_id", "due_on"))

    body_id: Mapped[UUID]
    due_on: Mapped[date] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(sa.String(200), default="")
    delivered_on: Mapped[date | None]
    delivered_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(sa.String(4000), default="")


explain("uq_report_duty_body_id_due_on", _l("Det er alt satt en rapport til denne dagen."), "due_on")


class CompositionRule(Owned):
    """What a body's agreed composition demands from–to, both days counted; what is missing is said, nothing is
    blocked.
    """

    __tablename__ = "composition_rule"
    __table_args__ = owned(
        within("body_id", "body"),
        sa.CheckConstraint("least BETWEEN 0 AND 200", name="least"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
    )

    body_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[RuleKind]
    party: Mapped[Party]
    least: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(100), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


explain("ck_composition_rule_least", _l("Skriv et tall mellom 0 og 200."), "least")


class SecretariatTerm(Owned):
    """A stretch in which one party leads the common secretariat."""

    __tablename__ = "secretariat_term"
    __table_args__ = owned(
        sa.UniqueConstraint("partnership_id", "starts_on"),
        sa.CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
    )

    party: Mapped[Party]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
