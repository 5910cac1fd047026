"""Who did what, when, to which thing: append-only, sealed into hash chains by the worker.

``audit_entry`` and ``audit_change`` can never be altered (trigger). What the values were before and after lies
beside, in ``audit_detail``, and may be erased when retention ends: the entry keeps a salted digest, so the chain
stays whole (invariant ``AUDIT_CHAIN``).
"""

import hashlib
import json
import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, mapped_column

from secretariat.core.actor import Actor
from secretariat.core.db import Base, Row, session
from secretariat.core.text.document import Document

INSTALLATION = "installation"


class AuditEntry(Row):
    """One verb carried out by one actor on one subject."""

    __tablename__ = "audit_entry"

    partnership_id: Mapped[UUID | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(sa.String(80))
    person_id: Mapped[UUID | None]
    via: Mapped[str] = mapped_column(sa.String(20))
    subject_kind: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))


class AuditChange(Base):
    """One row that an entry touched; drives ``changed_since``."""

    __tablename__ = "audit_change"

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audit_entry.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    row_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class AuditDetail(Base):
    """What the values were before and after; erased at retention."""

    __tablename__ = "audit_detail"

    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audit_entry.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(32))
    changes: Mapped[list[Any]]


class AuditSeal(Base):
    """The place of an entry in its chain: numbered without gaps, each hash over the one before."""

    __tablename__ = "audit_seal"

    chain: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(sa.ForeignKey("audit_entry.id"), unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64))


def _plain(value: Any) -> Any:
    if isinstance(value, Document):
        return {"sha256": hashlib.sha256(value.to_json().encode()).hexdigest()}
    if isinstance(value, UUID | datetime | date):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool | dict | list):
        return value
    return str(value)


_SILENT = {"audit_entry", "audit_change", "audit_detail", "audit_seal", "outbox", "request_key"}
_SECRET = {"password_hash", "token_hash"}


def _values(row: Row, *, changed_only: bool) -> dict[str, Any]:
    state = sa.inspect(row)
    found = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key in _SECRET or (changed_only and not history.has_changes()):
            continue
        before = _plain(history.deleted[0]) if history.deleted else None
        found[attribute.key] = [before, _plain(getattr(row, attribute.key))]
    return found


def note_changes(work: Session) -> None:
    """Remember, before a flush, what the running action changes."""
    noted: list[dict[str, Any]] = work.info.setdefault("changes", [])
    kinds = [("created", work.new), ("changed", work.dirty), ("deleted", work.deleted)]
    for what, rows in kinds:
        for row in rows:
            if isinstance(row, Row) and row.__tablename__ not in _SILENT:
                values = _values(row, changed_only=what == "changed")
                if values or what != "changed":
                    noted.append({"kind": row.__tablename__, "id": str(row.id), "what": what, "values": values})


def write_entry(actor: Actor, action: str, subject: Any) -> None:
    """Write the entry of the action that is about to commit."""
    work = session()
    changes: list[dict[str, Any]] = work.info.pop("changes", [])
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        partnership_id=_partnership_of(subject),
        action=action,
        person_id=actor.person_id,
        via=actor.via,
        subject_kind=getattr(subject, "__tablename__", INSTALLATION),
        subject_id=getattr(subject, "id", None),
        digest=digest(salt, changes),
    )
    work.add(entry)
    work.flush()
    rows = {(change["kind"], UUID(change["id"])) for change in changes}
    work.add_all(AuditChange(entry_id=entry.id, kind=kind, row_id=row_id) for kind, row_id in sorted(rows, key=str))
    work.add(AuditDetail(entry_id=entry.id, salt=salt, changes=changes))


def digest(salt: str, changes: list[dict[str, Any]]) -> str:
    """The salted digest of what changed, over canonical JSON."""
    text = json.dumps(changes, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def _partnership_of(subject: Any) -> UUID | None:
    if getattr(subject, "__tablename__", None) == "partnership":
        return UUID(str(subject.id))
    return getattr(subject, "partnership_id", None)


def link_hash(before: str, entry: AuditEntry, number: int) -> str:
    """The hash of one link: the one before, the number, and everything the entry says."""
    said = [
        before,
        number,
        str(entry.id),
        entry.created_at.isoformat(),
        entry.action,
        str(entry.person_id),
        entry.via,
        entry.subject_kind,
        str(entry.subject_id),
        entry.digest,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def seal(most: int = 500) -> int:
    """Give up to ``most`` unsealed entries their number in the chain of their partnership; the worker calls this.

    Runs inside a writing block; one sealer at a time (the chain's newest row is locked).
    """
    work = session()
    waiting = sa.select(AuditEntry).where(~sa.exists().where(AuditSeal.entry_id == AuditEntry.id))
    entries = work.scalars(waiting.order_by(AuditEntry.created_at, AuditEntry.id).limit(most)).all()
    last: dict[str, tuple[int, str]] = {}
    for entry in entries:
        chain = str(entry.partnership_id or INSTALLATION)
        number, before = last.get(chain) or _newest(chain)
        sealed = link_hash(before, entry, number + 1)
        work.add(AuditSeal(chain=chain, number=number + 1, entry_id=entry.id, hash=sealed))
        last[chain] = (number + 1, sealed)
    work.flush()
    return len(entries)


def _newest(chain: str) -> tuple[int, str]:
    newest = session().execute(
        sa.select(AuditSeal.number, AuditSeal.hash)
        .where(AuditSeal.chain == chain)
        .order_by(AuditSeal.number.desc())
        .limit(1)
    )
    row = newest.first()
    return (row.number, row.hash) if row else (0, "")


def broken_links() -> list[str]:
    """Every place where a chain does not hold: a gap, a wrong hash, a detail that no longer fits its digest."""
    broken = []
    before: dict[str, tuple[int, str]] = {}
    rows = session().execute(
        sa.select(AuditSeal, AuditEntry, AuditDetail)
        .join(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .order_by(AuditSeal.chain, AuditSeal.number)
    )
    for found, entry, detail in rows:
        number, previous = before.get(found.chain, (0, ""))
        if found.number != number + 1 or found.hash != link_hash(previous, entry, found.number):
            broken.append(f"{found.chain} {found.number}")
        elif detail is not None and digest(detail.salt, detail.changes) != entry.digest:
            broken.append(f"{found.chain} {found.number} (detail)")
        before[found.chain] = (found.number, found.hash)
    return broken


@event.listens_for(Session, "after_rollback")
def _forget_changes(work: Session) -> None:
    work.info.pop("changes", None)
