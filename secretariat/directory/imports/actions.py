"""Reading a file of people or organisations in two steps: first what would happen, row by row, then all of it.

Invariant ``IMPORT_ONCE``: a file is carried out at most once, and keeps nothing of what it said afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import new_id, session
from secretariat.core.errors import DomainError, Hindered
from secretariat.core.inputs import Fingerprint, Words
from secretariat.core.text.language import _l
from secretariat.directory.imports.columns import MOST_REASONS, Row, understood
from secretariat.directory.imports.organisations import Organisations
from secretariat.directory.imports.people import People
from secretariat.directory.imports.planning import Planned, What
from secretariat.directory.models import (
    ImportBatch,
    ImportKind,
    Membership,
    Organisation,
    Partnership,
    Person,
)
from secretariat.directory.policy import may_carry_out, may_keep_people

KEPT_UNFINISHED = timedelta(days=1)


@dataclass(frozen=True)
class ReadRows:
    """A file's cells, its heading first, and which file it was."""

    kind: ImportKind
    cells: tuple[tuple[str, ...], ...]
    file_name: Annotated[str, Words(most=200, required=False)] = ""
    digest: Fingerprint = ""


def plan(actor: Actor, partnership: Partnership, kind: ImportKind, rows: list[Row]) -> list[Planned]:
    """What becomes of each row, in the file's order."""
    if kind is ImportKind.PEOPLE:
        return People(actor, partnership, rows).planned()
    return Organisations(partnership, rows).planned()


@action("directory.read_rows", load=Partnership, rule=may_keep_people, input=ReadRows, audited=False)
def read_rows(actor: Actor, partnership: Partnership, given: ReadRows) -> UUID:
    """Read a file and keep its rows until it is carried out; one with a wrong row is refused, with every reason."""
    rows, left_out = understood(given.kind, given.cells)
    refuse_wrong(plan(actor, partnership, given.kind, rows))
    _forget_unfinished(actor, partnership)
    batch = ImportBatch(
        partnership_id=partnership.id,
        kind=given.kind,
        file_name=given.file_name,
        digest=given.digest,
        rows=rows,
        left_out=left_out,
        read_by_id=actor.person_id,
    )
    session().add(batch)
    return batch.id


def refuse_wrong(planned: list[Planned]) -> None:
    """Raise with the reason of every row that cannot be carried out."""
    wrong = [one for one in planned if one.what is What.WRONG]
    reasons = [_l("Rad %(row)s: %(reason)s", row=one.number, reason=one.reason) for one in wrong[:MOST_REASONS]]
    if len(wrong) > MOST_REASONS:
        reasons.append(_l("%(count)s rader til har feil.", count=len(wrong) - MOST_REASONS))
    if reasons:
        raise Hindered(reasons)


def _forget_unfinished(actor: Actor, partnership: Partnership) -> None:
    """What the same person has read before and left is not kept, nor what anybody left the day before."""
    given_up = sa.or_(ImportBatch.read_by_id == actor.person_id, ImportBatch.created_at < clock.now() - KEPT_UNFINISHED)
    left = sa.delete(ImportBatch).where(
        ImportBatch.partnership_id == partnership.id, ImportBatch.carried_out_at.is_(None), given_up
    )
    session().execute(left.execution_options(synchronize_session=False))


@action("directory.carry_out_import", load=ImportBatch, rule=may_carry_out)
def carry_out(actor: Actor, batch: ImportBatch, _given: Any) -> UUID:
    """Register and change all that the file says, or nothing of it."""
    if batch.carried_out_at is not None:
        raise DomainError(_l("Filen er alt lest inn."))
    partnership = session().get_one(Partnership, batch.partnership_id)
    planned = plan(actor, partnership, batch.kind, batch.rows)
    refuse_wrong(planned)
    _DOES[batch.kind](partnership, planned)
    batch.carried_out_at = clock.now()
    batch.registered = sum(one.what in (What.NEW, What.JOINS) for one in planned)
    batch.changed = sum(one.what is What.CHANGED for one in planned)
    _forget_rows(batch)
    return batch.id


def _forget_rows(batch: ImportBatch) -> None:
    """What the rows said stands in the directory now; past the log, which has it from there."""
    emptied = sa.update(ImportBatch).where(ImportBatch.id == batch.id).values(rows=[], left_out=[])
    session().execute(emptied.execution_options(synchronize_session=False))


def _keep_people(partnership: Partnership, planned: list[Planned]) -> None:
    usual = {"language": partnership.spoken}
    session().add_all(
        Person(**usual | {name: value for name, value in one.values.items() if value})
        for one in planned
        if one.what is What.NEW
    )
    _change(Person, planned)


def _keep_organisations(partnership: Partnership, planned: list[Planned]) -> None:
    joining = []
    for one in planned:
        values = {name: value for name, value in one.values.items() if name != "starts_on"}
        organisation_id = one.subject_id or new_id()
        if one.what is What.NEW:
            session().add(Organisation(id=organisation_id, **values))
        if one.what in (What.NEW, What.JOINS):
            joining.append((organisation_id, one.values["starts_on"] or clock.today()))
    session().flush()
    session().add_all(
        Membership(partnership_id=partnership.id, organisation_id=organisation_id, starts_on=day)
        for organisation_id, day in joining
    )
    _change(Organisation, planned)


def _change(model: Any, planned: list[Planned]) -> None:
    changed = {one.subject_id: one.values for one in planned if one.what is What.CHANGED}
    rows = session().scalars(sa.select(model).where(model.id.in_(changed)).order_by(model.id)) if changed else ()
    for row in rows:
        for name, value in changed[row.id].items():
            setattr(row, name, value)


_DOES: dict[ImportKind, Callable[[Partnership, list[Planned]], None]] = {
    ImportKind.PEOPLE: _keep_people,
    ImportKind.ORGANISATIONS: _keep_organisations,
}


# ---- reading


@dataclass(frozen=True)
class Preview:
    """A file that has been read: what would happen, or what did."""

    id: UUID
    partnership_id: UUID
    kind: ImportKind
    file_name: str
    left_out: list[str]
    planned: list[Planned]
    is_carried_out: bool
    registered: int
    changed: int

    def of(self, what: What) -> list[Planned]:
        """The rows of which this becomes."""
        return [one for one in self.planned if one.what is what]

    @property
    def counts(self) -> list[tuple[What, int]]:
        """How many rows of each sort there are."""
        return [(what, len(self.of(what))) for what in What if self.of(what)]

    @property
    def changes_nothing(self) -> bool:
        """Whether all that the file says stands here already."""
        return all(one.what is What.SAME for one in self.planned)


def preview(actor: Actor, import_batch_id: UUID) -> Preview | None:
    """What carrying the file out would do today."""
    seen = sa.select(ImportBatch).where(ImportBatch.id == import_batch_id, visible(actor, ImportBatch))
    batch = session().scalar(seen)
    if batch is None:
        return None
    partnership = session().get_one(Partnership, batch.partnership_id)
    done = batch.carried_out_at is not None
    return Preview(
        id=batch.id,
        partnership_id=batch.partnership_id,
        kind=batch.kind,
        file_name=batch.file_name,
        left_out=batch.left_out,
        planned=[] if done else plan(actor, partnership, batch.kind, batch.rows),
        is_carried_out=done,
        registered=batch.registered,
        changed=batch.changed,
    )
