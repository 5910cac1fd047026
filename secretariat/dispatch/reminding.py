"""Purr: one press asks all who are silent once more, about the invitation or, before it, about the agenda."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l, format_time
from secretariat.directory.models import Person
from secretariat.dispatch.letters import agenda_reminder, reminder_letter
from secretariat.dispatch.parcels import Letter
from secretariat.dispatch.policy import may_dispatch
from secretariat.meetings import queries
from secretariat.meetings.calling import rows_of
from secretariat.meetings.deadlines import deadlines_of
from secretariat.meetings.models import UNASKED, AgendaItem, ItemKind, ItemState, Meeting, Participant, Reply
from secretariat.meetings.obstacles import hinders_asking_chairs, hinders_reminding, unhindered
from secretariat.messages import mail


@action("dispatch.remind_silent", load=Meeting, rule=may_dispatch)
def remind_silent(actor: Actor, meeting: Meeting, _given: Any) -> UUID:
    """Ask all who have said neither «Kommer» nor «Meld forfall» once more; once a day is enough."""
    unhindered(hinders_reminding(meeting))
    silent = [row for row in rows_of(meeting) if _is_silent(row)]
    if not silent:
        raise DomainError(_l("Alle som er kalt inn, har svart."))
    asked = queries.asked_to_come(actor, meeting.id, meeting.called_at)
    today = {person_id: one.last for person_id, one in asked.items() if one.was_asked_today}
    waiting = [row for row in silent if row.person_id not in today]
    if not waiting:
        raise _asked_today(today[row.person_id] for row in silent)
    people = _people(row.person_id for row in waiting)
    for row in waiting:
        _write(meeting, reminder_letter(actor, meeting, row, people[row.person_id]))
    return meeting.id


def _is_silent(row: Participant) -> bool:
    return row.reply is Reply.NONE and row.role not in UNASKED


@action("dispatch.remind_chairs", load=Meeting, rule=may_dispatch)
def remind_chairs(actor: Actor, meeting: Meeting, _given: Any) -> UUID:
    """Ask chair and deputy chair, who have not said whether the agenda is good, once more; once a day is enough."""
    silent = [chair for chair in _chairs(actor, meeting) if chair.is_silent]
    if not silent:
        raise DomainError(_l("Leder og nestleder har svart."))
    waiting = [chair for chair in silent if not chair.was_asked_today]
    if not waiting:
        raise _asked_today(chair.reminded for chair in silent if chair.reminded is not None)
    _ask(actor, meeting, waiting)
    return meeting.id


@action("dispatch.ask_chairs_again", load=Meeting, rule=may_dispatch)
def ask_chairs_again(actor: Actor, meeting: Meeting, _given: Any) -> UUID:
    """Ask chair or deputy chair, who wanted something changed, whether the agenda is good now; once for each answer."""
    unhappy = [chair for chair in _chairs(actor, meeting) if chair.wants_change]
    if not unhappy:
        raise DomainError(_l("Verken leder eller nestleder har bedt om endringer."))
    waiting = [chair for chair in unhappy if not chair.was_asked_since]
    if not waiting:
        raise DomainError(_l("Nytt svar er alt bedt om. Svaret står her når det kommer."))
    _ask(actor, meeting, waiting)
    return meeting.id


def _chairs(actor: Actor, meeting: Meeting) -> list[queries.ChairRow]:
    """Those who are asked about an agenda that is made and has not gone out."""
    unhindered(hinders_asking_chairs(meeting))
    _demand_agenda(meeting)
    return queries.chairs(actor, meeting)


def _ask(actor: Actor, meeting: Meeting, chairs: Iterable[queries.ChairRow]) -> None:
    answers = {chair.person_id: chair.note or "" for chair in chairs}
    deadline = deadlines_of(session().get_one(Body, meeting.body_id), meeting.day).dispatch
    for person_id, person in _people(answers).items():
        _write(meeting, agenda_reminder(actor, meeting, person, deadline, answers[person_id]))


def _demand_agenda(meeting: Meeting) -> None:
    stands = (AgendaItem.state == ItemState.STANDING, AgendaItem.kind != ItemKind.HEADING)
    if session().scalar(sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id, *stands).limit(1)) is None:
        raise DomainError(_l("Sakslisten er tom."))


def _asked_today(moments: Iterable[datetime]) -> DomainError:
    values = {"time": format_time(max(moments))}
    return DomainError(
        _l("De som ikke har svart, fikk e-post om dette i dag kl. %(time)s. Purr igjen i morgen.", **values)
    )


def _people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    return {person.id: person for person in session().scalars(sa.select(Person).where(Person.id.in_(sorted(ids))))}


def _write(meeting: Meeting, letter: Letter) -> None:
    mail.write(
        letter.kind,
        to=letter.person,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        partnership_id=meeting.partnership_id,
        room=meeting.room,
        about=meeting,
    )
