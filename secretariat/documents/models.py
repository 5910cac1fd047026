"""Tables of stored files."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.db import Owned, explain, owned
from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class FileState(Worded):
    """What is known of a file's content."""

    RECEIVED = "received", _l("Mottatt, kontrolleres")
    CHECKED = "checked", _l("Kontrollert")
    REFUSED = "refused", _l("Stoppet")


class Finding(Worded):
    """Why a file is stopped, and what to do about it."""

    EMPTY = "empty", _l("Filen er tom.")
    TOO_LARGE = "too_large", _l("Filen er for stor. En fil kan være på høyst 50 MB.")
    KIND = (
        "kind",
        _l("Denne typen fil tas ikke imot. Bruk PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPG eller ren tekst."),
    )
    CONTENT = (
        "content",
        _l("Innholdet er av en annen type enn filnavnet sier. Lagre filen på nytt fra programmet den er laget i."),
    )
    MACROS = (
        "macros",
        _l("Filen inneholder makroer. Lagre den uten makroer (for eksempel som .docx), og last den opp på nytt."),
    )
    ENCRYPTED = "encrypted", _l("Filen er beskyttet med passord. Lagre den uten passord, og last den opp på nytt.")
    BROKEN = "broken", _l("Filen er skadet og kan ikke leses. Lagre den på nytt, og last den opp igjen.")
    SWOLLEN = "swollen", _l("Filen pakker ut til urimelig mye innhold og kan ikke kontrolleres.")
    IDENTITY_NUMBER = (
        "identity_number",
        _l("Filen inneholder et gyldig fødselsnummer eller D-nummer. Fjern nummeret, og last opp filen på nytt."),
    )


class Blob(Owned):
    """Bytes kept once per partnership, named by their SHA-256."""

    __tablename__ = "blob"
    __table_args__ = owned(sa.UniqueConstraint("partnership_id", "sha256"))

    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]


explain(
    "uq_blob_partnership_id_sha256", _l("Den samme filen ble lastet opp to ganger på likt. Prøv en gang til."), "files"
)


class StoredFile(Owned):
    """A file under its owner's address (``owner_kind``, ``owner_id``).

    ``exempt_basis`` cites the law when it is exempt; ``reason`` says why it was stopped; a false hit is cleared with
    ``cleared_because``.
    """

    __tablename__ = "stored_file"
    __table_args__ = owned(
        sa.ForeignKeyConstraint(["partnership_id", "sha256"], ["blob.partnership_id", "blob.sha256"]),
        sa.Index("ix_stored_file_owner", "owner_kind", "owner_id"),
    )

    owner_kind: Mapped[str] = mapped_column(sa.String(60))
    owner_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(sa.String(200))
    filename: Mapped[str] = mapped_column(sa.String(200))
    mime_type: Mapped[str] = mapped_column(sa.String(120))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    state: Mapped[FileState] = mapped_column(default=FileState.RECEIVED)
    reason: Mapped[Finding | None]
    cleared_because: Mapped[str] = mapped_column(sa.String(500), default="")
    exempt_basis: Mapped[str] = mapped_column(sa.String(100), default="")
    uploaded_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
