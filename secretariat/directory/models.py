"""Tables of the directory."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from secretariat.core.db import Owned, Row, explain, owned, sort_text, within
from secretariat.core.text.language import LANGUAGES, SOURCE_LANGUAGE, _l
from secretariat.core.text.sorting import folded, sort_key
from secretariat.core.words import Worded
from secretariat.directory.parties import Party


class OrganisationKind(Worded):
    """What sort of organisation it is."""

    MUNICIPALITY = "municipality", _l("Kommune")
    TRUST = "trust", _l("Helseforetak")
    CLINIC = "clinic", _l("Sykehus eller klinikk")
    REGIONAL_COUNCIL = "regional_council", _l("Regionråd")
    USER_ORGANISATION = "user_organisation", _l("Brukerorganisasjon")
    UNION = "union", _l("Arbeidstakerorganisasjon")
    STATE = "state", _l("Statlig organ")
    ACADEMIA = "academia", _l("Utdanningsinstitusjon")
    OTHER = "other", _l("Annen organisasjon")


class Notification(Worded):
    """How a person wants news by mail; what calls for an answer or a deed comes whatever is chosen."""

    EACH = "each", _l("Hver nyhet med en gang")
    WEEKLY = "weekly", _l("Nyhetene samlet hver mandag")
    NEVER = "never", _l("Ingen nyheter på e-post")


class Partnership(Row):
    """One trust, its municipalities and their agreement."""

    __tablename__ = "partnership"

    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(60))
    sort_key: Mapped[str] = mapped_column(sort_text(300), index=True)
    language: Mapped[str] = mapped_column(sa.String(2), default="nb")
    timezone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Oslo")
    secretariat_email: Mapped[str] = mapped_column(sa.String(254), default="")
    structure_key: Mapped[str | None] = mapped_column(sa.String(60))
    retention_years: Mapped[int] = mapped_column(default=5, server_default="5")
    about: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    @validates("name")
    def _sort_by_name(self, _key: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name

    @property
    def spoken(self) -> str:
        """How its people are spoken to until they choose for themselves: in its own language, if our pages have it."""
        return self.language if self.language in LANGUAGES else SOURCE_LANGUAGE


class Organisation(Row):
    """A municipality, a trust, a hospital, a regional council, a user organisation ..."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(sa.String(200), unique=True)
    sort_key: Mapped[str] = mapped_column(sort_text(300), index=True)
    kind: Mapped[OrganisationKind]
    party: Mapped[Party]
    parent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(sa.String(254), default="")

    @validates("name")
    def _sort_by_name(self, _key: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name


explain("uq_organisation_name", _l("Det finnes alt en organisasjon med dette navnet."), "name")


class Membership(Owned):
    """An organisation in a partnership from–to; both days counted."""

    __tablename__ = "membership"
    __table_args__ = owned(
        sa.UniqueConstraint("partnership_id", "organisation_id", "starts_on"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
    )

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Region(Owned):
    """A group of municipalities that elects common representatives."""

    __tablename__ = "region"
    __table_args__ = owned(sa.UniqueConstraint("partnership_id", "name"))

    name: Mapped[str] = mapped_column(sa.String(200))
    sort_key: Mapped[str] = mapped_column(sort_text(300))

    @validates("name")
    def _sort_by_name(self, _key: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name


explain("uq_region_partnership_id_name", _l("Det finnes alt en kommunegruppe med dette navnet."), "name")


class RegionMember(Owned):
    """A municipality in a region from–to."""

    __tablename__ = "region_member"
    __table_args__ = owned(
        within("region_id", "region"),
        sa.UniqueConstraint("region_id", "organisation_id", "starts_on"),
    )

    region_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Person(Row):
    """Name, title, organisation, e-mail, phone, language, notification choice. Nothing else is kept on people."""

    __tablename__ = "person"

    given_name: Mapped[str] = mapped_column(sa.String(100))
    family_name: Mapped[str] = mapped_column(sa.String(100))
    sort_key: Mapped[str] = mapped_column(sort_text(400), index=True, default="")
    folded_name: Mapped[str] = mapped_column(sort_text(400), default="")
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    phone: Mapped[str] = mapped_column(sa.String(30), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="nb")
    notification: Mapped[Notification] = mapped_column(default=Notification.EACH)
    anonymised_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """Given and family name as they are said."""
        return f"{self.given_name} {self.family_name}".strip()

    @validates("given_name", "family_name")
    def _sort_by_name(self, key: str, value: str) -> str:
        given = value if key == "given_name" else self.given_name or ""
        family = value if key == "family_name" else self.family_name or ""
        self.sort_key = sort_key(f"{family} {given}")
        self.folded_name = folded(f"{given} {family}")
        return value


explain("uq_person_email", _l("En annen person har alt denne e-postadressen."), "email")


class PersonMerge(Row):
    """Two registrations were found to be one person: ``person_id`` is read as ``into_id``. No key is moved, so the
    merge can be undone.
    """

    __tablename__ = "person_merge"
    __table_args__ = (
        sa.CheckConstraint("person_id <> into_id", name="two_people"),
        sa.Index(
            "uq_person_merge_person",
            "person_id",
            unique=True,
            sqlite_where=sa.column("undone_at").is_(None),
            postgresql_where=sa.column("undone_at").is_(None),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    into_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    merged_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]


explain("uq_person_merge_person", _l("Personen er alt slått sammen med en annen."), "into_id")
explain("ck_person_merge_two_people", _l("En person kan ikke slås sammen med seg selv."), "into_id")


class OrganisationName(Row):
    """What an organisation was called until a day, or will be called from one; the day is counted. Its present name
    stands in the organisation itself.
    """

    __tablename__ = "organisation_name"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "ends_on"),
        sa.CheckConstraint("(starts_on IS NULL) <> (ends_on IS NULL)", name="was_or_will_be"),
        sa.Index(
            "uq_organisation_name_to_come",
            "organisation_id",
            unique=True,
            sqlite_where=sa.column("starts_on").is_not(None),
            postgresql_where=sa.column("starts_on").is_not(None),
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class OrganisationSuccession(Row):
    """What became of an organisation that was merged or split: one row for each that took over, from a day."""

    __tablename__ = "organisation_succession"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "successor_id"),
        sa.CheckConstraint("organisation_id <> successor_id", name="two_organisations"),
    )

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    successor_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    starts_on: Mapped[date]


class Representation(Owned):
    """An organisation (a regional council, KS) that sees and answers for another one, from–to; both days counted."""

    __tablename__ = "representation"
    __table_args__ = owned(
        sa.UniqueConstraint("partnership_id", "organisation_id", "represented_id", "starts_on"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        sa.CheckConstraint("organisation_id <> represented_id", name="two_organisations"),
    )

    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    represented_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class ImportKind(Worded):
    """What a file of rows tells of."""

    PEOPLE = "people", _l("Personer")
    ORGANISATIONS = "organisations", _l("Organisasjoner")


class ImportBatch(Owned):
    """A file of people or organisations as it was read, kept until it is carried out or left.

    ``rows`` holds what each row says until it has been carried out, ``digest`` the SHA-256 of the file, ``left_out``
    the headings of columns that were not understood.
    """

    __tablename__ = "import_batch"

    kind: Mapped[ImportKind]
    file_name: Mapped[str] = mapped_column(sa.String(200))
    digest: Mapped[str] = mapped_column(sa.String(64))
    rows: Mapped[list[Any]]
    left_out: Mapped[list[Any]]
    read_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    carried_out_at: Mapped[datetime | None]
    registered: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
