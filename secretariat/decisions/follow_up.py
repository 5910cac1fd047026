"""What the standing item «oppfølging» says by itself: the body's open decisions, and tasks past their deadline.

Of an exempt decision the number alone is named, of its tasks nothing: the text goes into papers that others may read.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from secretariat.core.actor import Actor
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, _n, format_date
from secretariat.decisions.models import DecisionKind
from secretariat.decisions.queries import DecisionRow, open_decisions
from secretariat.decisions.task_queries import TaskFilter, TaskRow, tasks

Block = dict[str, Any]

FORMAL = (DecisionKind.NOTED, DecisionKind.POSTPONED, DecisionKind.WITHDRAWN)


def follow_up_text(body_id: UUID, room: str) -> Document:
    """The list as a text; empty when everything is done.

    ``room`` is where it is read: what a party decided alone is not told in a common meeting.
    """
    program = Actor.system("follow_up")
    rows = [row for row in open_decisions(program, [body_id], room) if _is_awaited(row)]
    late = tasks(program, TaskFilter(overdue=True, body_id=body_id, room=room))
    told = [task for task in late if not task.exempt]
    return Document.parse({"type": "doc", "content": [*_decisions(rows), *_tasks(told)]})


def _is_awaited(row: DecisionRow) -> bool:
    """What was only noted or put off is told of while something of it remains."""
    remains = row.deadline or row.open_tasks or row.overdue_tasks or row.carried_out < row.asked
    return row.kind not in FORMAL or bool(remains)


def _decisions(rows: list[DecisionRow]) -> Iterable[Block]:
    if rows:
        yield _heading(_("Åpne vedtak"), "open")
        heads = (_("Sak"), _("Vedtak"), _("Frist"), _("Status"))
        yield _table([heads, *(_decision(row) for row in rows)], "open-rows")


def _decision(row: DecisionRow) -> tuple[str, ...]:
    basis = row.exempt_basis and _("Unntatt offentlighet, %(basis)s", basis=row.exempt_basis)
    title = "" if row.exempt_basis else row.title
    return (
        f"{row.number} {title}".strip(),
        basis or row.short,
        _day(row.deadline),
        progress(row) or str(row.kind.word),
    )


def progress(row: DecisionRow) -> str:
    """How far a decision has come, in words: «14 av 22 gjennomført, 1 oppgave over fristen»."""
    return ", ".join(steps_taken(row))


def steps_taken(row: DecisionRow) -> list[str]:
    """How far a decision has come, one thing at a time; the tasks last."""
    said = []
    if row.asked:
        said.append(_("%(done)s av %(all)s gjennomført", done=row.carried_out, all=row.asked))
    if row.overdue_tasks:
        said.append(_n("%(number)s oppgave over fristen", "%(number)s oppgaver over fristen", row.overdue_tasks))
    elif row.open_tasks:
        said.append(_n("%(number)s åpen oppgave", "%(number)s åpne oppgaver", row.open_tasks))
    return said


def _tasks(rows: list[TaskRow]) -> Iterable[Block]:
    if rows:
        yield _heading(_("Oppgaver over fristen"), "late")
        heads = (_("Oppgave"), _("Ansvarlig"), _("Frist"))
        yield _table([heads, *((row.text, row.responsible, _day(row.deadline)) for row in rows)], "late-rows")


def _day(day: Any) -> str:
    return format_date(day) if day else ""


def _heading(words: str, key: str) -> Block:
    """A block's own key is chosen at random when none is given; the same list twice is the same text."""
    return {"type": "heading", "attrs": {"id": key, "level": 2}, "content": [{"type": "text", "text": words}]}


def _table(rows: list[tuple[str, ...]], key: str) -> Block:
    kinds = ["tableHeader", *["tableCell"] * (len(rows) - 1)]
    return {
        "type": "table",
        "attrs": {"id": key},
        "content": [_row(row, kind) for row, kind in zip(rows, kinds, strict=True)],
    }


def _row(cells: tuple[str, ...], kind: str) -> Block:
    return {"type": "tableRow", "content": [{"type": kind, "content": _paragraph(cell)} for cell in cells]}


def _paragraph(words: str) -> list[Block]:
    return [{"type": "paragraph", "content": [{"type": "text", "text": words}]}] if words else []
