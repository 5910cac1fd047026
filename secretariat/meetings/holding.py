"""What meetings hold on a person: those they were called to, and what they answered."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _l
from secretariat.directory.held import Forgotten, Held, Spell, joined, last_day, seen_by, told
from secretariat.meetings.models import AgendaAgreement, Consideration, Meeting, Participant, Reply


def participations(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """The meetings the person was called to, in what capacity, and the answer."""
    query = (
        sa.select(Participant.person_id, Meeting.day, Meeting.title, Participant.role, Participant.reply)
        .add_columns(Participant.reply_note)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Participant.person_id.in_(person_ids), seen_by(reader, Participant))
        .order_by(Meeting.day.desc(), Participant.id)
    )
    return told(
        _l("Møter"),
        query,
        lambda row: joined(row.title, row.role.word, row.reply is not Reply.NONE and row.reply.word, row.reply_note),
    )


def held_on(person_ids: Sequence[UUID], reader: Actor | None) -> Iterator[Held]:
    """What the person said of agendas."""
    for what, answer in ((_l("Svar på sakslister"), AgendaAgreement), (_l("Vurdering av saker"), Consideration)):
        query = (
            sa.select(answer.person_id, answer.created_at.label("day"), Meeting.title, answer.note)
            .join(Meeting, Meeting.id == answer.meeting_id)
            .where(answer.person_id.in_(person_ids), seen_by(reader, answer))
            .order_by(answer.created_at.desc(), answer.id)
        )
        yield from told(what, query, lambda row: joined(row.title, row.note))


def last_meetings(people: sa.Select[Any]) -> Iterator[Spell]:
    """The day of the last meeting anybody was called to."""
    query = sa.select(Participant.person_id, Meeting.day).join(Meeting, Meeting.id == Participant.meeting_id)
    rows = query.subquery()
    return last_day(rows.c.person_id, rows.c.day, people)


def forget(who: Forgotten) -> None:
    """Names stay in old meetings; what somebody wrote about coming, or about an agenda, does not."""
    notes: tuple[tuple[Any, str], ...] = (
        (Participant, "reply_note"),
        (AgendaAgreement, "note"),
        (Consideration, "note"),
    )
    for model, name in notes:
        emptied = sa.update(model).where(model.person_id.in_(who.ids)).values({name: ""})
        session().execute(emptied.execution_options(synchronize_session=False))
