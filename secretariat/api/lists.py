"""What can be listed, and what of each row is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from secretariat.bodies.models import Appointment, Body, Seat
from secretariat.cases.models import ArchiveReference, Case, CasePaper, Treatment
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.audit import AuditChange, AuditEntry, AuditSeal
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import write_markdown
from secretariat.decisions.models import Decision, Implementation, Task
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.documents.models import StoredFile
from secretariat.meetings.models import AgendaItem, Meeting, Participant, Presence
from secretariat.minutes.models import Comment, Minutes

LONGEST = 200
USUAL = 50
LARGEST_COUNT = 2**63 - 1
"""The largest number that both databases can hold."""
HIDDEN = {
    "sort_key",
    "folded_name",
    "composition",
    "uid",
    "seats",
    "reply_note",
    "cleared_because",
    "tier",
    "sent_proposal",
    "sent_version",
}


@dataclass(frozen=True)
class Listed:
    """A kind of row that can be listed: its address, its table, and what is joined on besides its own columns."""

    name: str
    model: type[Any]
    more: dict[str, Any] = field(default_factory=dict)
    reshape: Callable[[dict[str, Any]], dict[str, Any]] = dict

    @property
    def columns(self) -> list[Any]:
        """The columns shown, in the order of the table."""
        shown = [column for column in self.model.__table__.columns if column.name not in HIDDEN]
        return [*shown, *(expression.label(name) for name, expression in self.more.items())]


def _name_of(person_id: Any) -> Any:
    name = Person.given_name + " " + Person.family_name
    return sa.select(name).where(Person.id == person_id).scalar_subquery()


def _with_local_times(row: dict[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(row["timezone"])
    row["starts_at"] = row["starts_at"].astimezone(zone)
    row["ends_at"] = row["ends_at"].astimezone(zone)
    return row


LISTS: dict[str, Listed] = {
    listed.name: listed
    for listed in (
        Listed("partnerships", Partnership),
        Listed("organisations", Organisation),
        Listed("bodies", Body),
        Listed("seats", Seat),
        Listed("appointments", Appointment, {"person_name": _name_of(Appointment.person_id)}),
        Listed("cases", Case),
        Listed("case-papers", CasePaper),
        Listed("archive-references", ArchiveReference),
        Listed("files", StoredFile),
        Listed("treatments", Treatment),
        Listed("meetings", Meeting, reshape=_with_local_times),
        Listed("agenda-items", AgendaItem),
        Listed("participants", Participant),
        Listed("presences", Presence),
        Listed("minutes", Minutes),
        Listed("comments", Comment),
        Listed("decisions", Decision),
        Listed("tasks", Task, {"responsible_name": _name_of(Task.responsible_person_id)}),
        Listed("implementations", Implementation),
    )
}


@dataclass(frozen=True)
class Slice:
    """A stretch of a list: its rows, where the next one begins, and the newest change that is counted in."""

    items: list[dict[str, Any]]
    next: str | None
    changed_until: int


def listing(actor: Actor, listed: Listed, *, after: UUID | None, limit: int, changed_since: int | None) -> Slice:
    """Rows the actor may see, oldest first, after a key; only those changed since a number of the audit chain when one
    is given.
    """
    query = sa.select(*listed.columns).where(visible(actor, listed.model))
    if after is not None:
        query = query.where(listed.model.id > after)
    if changed_since is not None:
        query = query.where(listed.model.id.in_(_changed(actor, listed, changed_since)))
    limit = max(1, min(limit, LONGEST))
    rows = session().execute(query.order_by(listed.model.id).limit(limit + 1)).mappings().all()
    items = [_shown(listed, dict(row)) for row in rows[:limit]]
    following = str(items[-1]["id"]) if len(rows) > limit else None
    return Slice(items, following, _newest_seal(actor))


def one(actor: Actor, listed: Listed, row_id: UUID) -> dict[str, Any] | None:
    """One row, if the actor may see it."""
    query = sa.select(*listed.columns).where(listed.model.id == row_id, visible(actor, listed.model))
    row = session().execute(query).mappings().first()
    return _shown(listed, dict(row)) if row is not None else None


def _chains(actor: Actor) -> list[str]:
    return [str(partnership) for partnership in sorted(actor.partnerships)]


def _changed(actor: Actor, listed: Listed, since: int) -> sa.Select[Any]:
    return (
        sa.select(AuditChange.row_id)
        .join(AuditEntry, AuditEntry.id == AuditChange.entry_id)
        .join(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(AuditChange.kind == listed.model.__tablename__)
        .where(AuditSeal.chain.in_(_chains(actor)), AuditSeal.number > since)
    )


def _newest_seal(actor: Actor) -> int:
    newest = sa.select(sa.func.max(AuditSeal.number)).where(AuditSeal.chain.in_(_chains(actor)))
    return session().scalar(newest) or 0


def _shown(listed: Listed, row: dict[str, Any]) -> dict[str, Any]:
    return {name: as_json(value) for name, value in listed.reshape(row).items()}


def as_json(value: Any) -> Any:
    """A value as JSON holds it: ids and dates as text, texts as Markdown."""
    if isinstance(value, Document):
        return write_markdown(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
