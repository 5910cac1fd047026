"""Printing the minutes outside any write transaction: both editions, kept under the hash of what stands on them.

Each step prints the minutes as they will be once it is taken; the action then verifies that they still are so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from secretariat.config import settings
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Hindered
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.models import Partnership
from secretariat.dispatch.manifest import plain, sha256_of
from secretariat.dispatch.models import Edition
from secretariat.dispatch.names import safe
from secretariat.dispatch.parcels import PDF, ParcelFile
from secretariat.documents import storage
from secretariat.documents.rendering.enclosures import RenderingFailed
from secretariat.documents.rendering.papers import MinutesPaper
from secretariat.documents.rendering.render import render
from secretariat.meetings.models import MeetingState
from secretariat.minutes.models import Minutes, MinutesState
from secretariat.minutes.paper import paper_of
from secretariat.minutes.record import Corrected, Record, record

Printed = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Step:
    """What is about to be done with the minutes, as far as the paper tells of it. ``state`` None: nothing."""

    state: MinutesState | None = None
    comments_until: date | None = None
    approved_on: date | None = None
    approved_by: str = ""
    correction: str = ""

    @classmethod
    def sending(cls, comments_until: date) -> Self:
        """Out for comments until a day."""
        return cls(MinutesState.COMMENTING, comments_until=comments_until)

    @classmethod
    def approving(cls, approved_on: date, approved_by: str) -> Self:
        """Approved on a day."""
        return cls(MinutesState.APPROVED, approved_on=approved_on, approved_by=approved_by)

    @classmethod
    def correcting(cls, text: str) -> Self:
        """One more correction, dated today."""
        return cls(MinutesState.APPROVED, correction=text)


@dataclass(frozen=True)
class Ready:
    """The minutes as they would be printed. ``printed`` gives each edition's SHA-256 and size; empty: not printed."""

    record: Record
    step: Step
    papers: Mapping[Edition, MinutesPaper]
    manifest: Mapping[str, Any]
    sha256: str
    hindrances: tuple[Any, ...]
    printed: Printed

    @property
    def paper(self) -> MinutesPaper:
        """The paper of those who were called."""
        return self.papers[Edition.INTERNAL]


def look(actor: Actor, minutes: Minutes, step: Step) -> Ready:
    """The minutes as they would be, printed before or not: quick enough to be done under lock.

    They are printed as the program sees them, since the paper is for all who were called, whoever presses.
    """
    whole = record(Actor.system("printing"), minutes)
    papers = {edition: _paper(actor, whole, step, edition) for edition in Edition}
    manifest = {edition.value: plain(paper) for edition, paper in papers.items()}
    sha256 = sha256_of(manifest)
    return Ready(
        whole, step, papers, manifest, sha256, tuple(hindrances_of(whole, step)), _printed_before(minutes, sha256)
    )


def prepare(actor: Actor, minutes: Minutes, step: Step) -> Ready:
    """The same, with both editions printed now unless they were before. Raises Hindered when they cannot be printed."""
    ready = look(actor, minutes, step)
    if ready.printed or ready.hindrances:
        return ready
    try:
        return replace(ready, printed=_print(minutes, ready))
    except RenderingFailed as failure:
        raise Hindered([failure.reason]) from failure


def hindrances_of(whole: Record, step: Step) -> list[Any]:
    """What stands in the way of the step (invariant ``HELD_BEFORE_APPROVED``)."""
    state, reasons = whole.minutes.state, []
    if step.state is not None and whole.meeting.state is not MeetingState.HELD:
        reasons.append(_l("Møtet er ikke avsluttet."))
    if step.state is MinutesState.COMMENTING and state is not MinutesState.DRAFT:
        reasons.append(_l("Referatet er alt sendt ut. Ta det tilbake først."))
    if step.correction and state is not MinutesState.APPROVED:
        reasons.append(_l("Referatet er ikke godkjent: det kan endres direkte."))
    if step.approved_by and state is MinutesState.APPROVED:
        reasons.append(_l("Referatet er godkjent."))
    return reasons


def _paper(actor: Actor, whole: Record, step: Step, edition: Edition) -> MinutesPaper:
    partnership = session().scalar(sa.select(Partnership.name).where(Partnership.id == whole.meeting.partnership_id))
    more = [Corrected(step.correction, clock.today(), actor.name)] if step.correction else []
    return paper_of(
        whole,
        partnership or "",
        edition=edition,
        state=step.state,
        comments_until=step.comments_until,
        approved_on=step.approved_on,
        approved_by=step.approved_by,
        more=more,
    )


def _print(minutes: Minutes, ready: Ready) -> Printed:
    printed = {}
    for edition, paper in ready.papers.items():
        pdf = render(paper)
        printed[edition.value] = (storage.put(minutes.partnership_id, pdf), len(pdf))
    storage.write_once(_note(minutes, ready.sha256), json.dumps(printed).encode())
    return printed


def _printed_before(minutes: Minutes, sha256: str) -> Printed:
    note = _note(minutes, sha256)
    if not note.exists():
        return {}
    return {edition: (name, size) for edition, (name, size) in json.loads(note.read_bytes()).items()}


def _note(minutes: Minutes, sha256: str) -> Path:
    """Where it is noted which PDFs were printed from these minutes."""
    return settings().instance / "prepared" / str(minutes.partnership_id) / f"{sha256}.json"


def files_of_parcel(ready: Ready) -> list[ParcelFile]:
    """The paper in both editions."""
    return [
        ParcelFile(edition, file_name(ready.record, "pdf", edition), *ready.printed[edition.value], PDF)
        for edition in Edition
    ]


def file_name(whole: Record, ending: str, edition: Edition = Edition.INTERNAL) -> str:
    """Referat ASU 2026-09-28.pdf."""
    meeting = whole.meeting
    with use_language(meeting.language):
        word = str(meeting.minutes_word.word)
        public = _("offentlig") if edition is Edition.PUBLIC else ""
    return safe(" ".join(filter(None, (word, meeting.short_name, meeting.day.isoformat(), public)))) + f".{ending}"
