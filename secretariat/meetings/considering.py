"""Page of the agenda meeting: each candidate, what has been said of it, and what the reader says."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.cases import queries as cases
from secretariat.cases.models import Case, CaseKind, CaseState, Treatment
from secretariat.core.access import visible
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory.models import Organisation, Person
from secretariat.meetings import actions, queries
from secretariat.meetings.blueprint import bp
from secretariat.meetings.models import AgendaItem, Consideration, ItemState, Verdict
from secretariat.meetings.policy import may_consider, may_manage_meeting
from secretariat.meetings.queries import MeetingPage


@dataclass(frozen=True)
class Said:
    """What one of them says."""

    person_id: UUID
    name: str
    verdict: Verdict
    note: str


@dataclass(frozen=True)
class Candidate:
    """A case that could come up, and what has been said of it."""

    treatment_id: UUID
    case_id: UUID
    title: str
    purpose: CaseKind
    organisation: str
    is_ready: bool
    on_agenda: bool
    said: tuple[Said, ...] = ()

    def agreed(self, chairs: Iterable[queries.ChairRow]) -> Verdict | None:
        """What chair and deputy chair both say; none while one is silent or they differ."""
        told = {one.person_id: one.verdict for one in self.said}
        verdicts = {told.get(chair.person_id) for chair in chairs}
        return verdicts.pop() if len(verdicts) == 1 else None

    def own(self, actor: Actor) -> Said | None:
        """What the reader has said."""
        return next((one for one in self.said if actor.is_person(one.person_id)), None)


@bp.get("/moter/<uuid:meeting_id>/agendamote")
@guard(may_consider, queries.meeting)
def consider(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """The candidates: opp, vent or tilbake."""
    keeps = may_manage_meeting(actor, meeting)
    found = candidates(actor, meeting)
    known = {one.treatment_id for one in found}
    rooms = {meeting.room} if meeting.room != meeting.body_room else {COMMON_ROOM, meeting.room}
    queue = cases.queue(actor, meeting.body_id, rooms) if keeps else []
    return render_template(
        "meetings/consider.html",
        meeting=meeting,
        candidates=found,
        waiting=[case for case in queue if case.treatment_id not in known],
        chairs=queries.chairs(actor, meeting),
        verdicts=tuple(Verdict),
        keeps=keeps,
        stands=_cases_stand(actor, meeting),
    )


def _cases_stand(actor: Actor, meeting: MeetingPage) -> bool:
    """Whether cases stand on the agenda already, so that nothing waiting is no wonder."""
    agenda = queries.agenda(actor, meeting.id)
    return any(item.case_id is not None and item.state is ItemState.STANDING for item in agenda)


@bp.post("/moter/<uuid:meeting_id>/agendamote")
@guard(may_consider, queries.meeting)
def say(actor: Actor, meeting: MeetingPage) -> ResponseReturnValue:
    """Opp, vent or tilbake, with a note."""
    treatment_id = request.form.get("treatment", type=UUID)
    verdict = next((one for one in Verdict if one.value == request.form.get("verdict")), None)
    if treatment_id is None or verdict is None:
        raise NotFound
    given = {"verdict": verdict, "note": request.form.get("note", "")}
    actions.consider(actor, meeting.id, treatment_id=treatment_id, **given)
    return done(_("Vurderingen er notert."), "meetings.consider", meeting_id=meeting.id)


def candidates(actor: Actor, meeting: MeetingPage) -> list[Candidate]:
    """Every case that somebody has considered for this meeting, as this reader sees it; in two statements."""
    said = _said(actor, meeting.id)
    standing = sa.exists().where(
        AgendaItem.treatment_id == Treatment.id,
        AgendaItem.meeting_id == meeting.id,
        AgendaItem.state == ItemState.STANDING,
    )
    ready = Case.state == CaseState.READY
    query = (
        sa.select(Treatment.id, Case.id, Case.title, Treatment.purpose, Organisation.name, ready, standing)
        .join(Case, Case.id == Treatment.case_id)
        .join(Organisation, Organisation.id == Case.raised_by_organisation_id)
        .where(Treatment.id.in_(sorted(said)), visible(actor, Case))
        .order_by(Case.raised_on, Case.id)
    )
    return [Candidate(*row, said=tuple(said[row[0]])) for row in session().execute(query)]


def _said(actor: Actor, meeting_id: UUID) -> dict[UUID, list[Said]]:
    query = (
        sa.select(
            Consideration.treatment_id,
            Person.id,
            Person.given_name + " " + Person.family_name,
            Consideration.verdict,
            Consideration.note,
        )
        .join(Person, Person.id == Consideration.person_id)
        .where(Consideration.meeting_id == meeting_id, visible(actor, Consideration))
        .order_by(Person.sort_key, Person.id)
    )
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in session().execute(query):
        found[row[0]].append(Said(*row[1:]))
    return found
