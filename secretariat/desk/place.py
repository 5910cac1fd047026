"""The desk of one who meets: the next meeting, what is to be answered, what the bodies have open."""

from dataclasses import dataclass
from uuid import UUID

from secretariat.bodies.sitting import Stand
from secretariat.core.actor import Actor
from secretariat.decisions.queries import DecisionRow, open_decisions
from secretariat.desk import queries
from secretariat.desk.deadlines import Due, DueKind, of_participant
from secretariat.meetings import showing
from secretariat.meetings.queries import MeetingPage, ParticipantRow, meeting, own_reply, stand_in

COMING = 6
OPEN_SHOWN = 5


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting as one who comes needs it: when, where, what is proposed, who may come or comes instead."""

    meeting: MeetingPage
    own: ParticipantRow | None
    deputies: tuple[Stand, ...]
    stand_in: str
    lines: tuple[showing.Line, ...]


@dataclass(frozen=True)
class Place:
    """The desk of a member, a deputy, an observer or a guest."""

    next: NextMeeting | None
    later: tuple[queries.OwnMeeting, ...]
    dues: tuple[Due, ...]
    decisions: tuple[DecisionRow, ...]
    more_decisions: int
    deputyships: tuple[queries.Deputyship, ...]
    is_deputy_only: bool


def place(actor: Actor) -> Place:
    """What the desk of one who meets holds. Nine statements, one more for a deputy and one for who has sent forfall."""
    coming = queries.own_meetings(actor, COMING)
    decisions = open_decisions(actor, actor.bodies) if actor.bodies else []
    return Place(
        next=_next(actor, coming[0].id) if coming else None,
        later=tuple(coming[1:]),
        dues=(*_answers(actor, coming), *_remarks(actor)),
        decisions=tuple(decisions[:OPEN_SHOWN]),
        more_decisions=max(len(decisions) - OPEN_SHOWN, 0),
        deputyships=tuple(queries.deputyships(actor)) if any(seat.deputy for seat in actor.seats) else (),
        is_deputy_only=bool(actor.seats) and not actor.bodies,
    )


def _next(actor: Actor, meeting_id: UUID) -> NextMeeting | None:
    found = meeting(actor, meeting_id)
    if found is None:
        return None
    own = own_reply(actor, meeting_id)
    deputies = tuple(showing.own_deputies(found, own))
    return NextMeeting(found, own, deputies, stand_in(actor, own), tuple(showing.lines_of(actor, found)))


def _answers(actor: Actor, coming: list[queries.OwnMeeting]) -> tuple[Due, ...]:
    """The next meeting is answered where it stands, so only later ones are listed."""
    dues = [due for each in coming for due in of_participant(each, leads=each.body_id in actor.led_bodies)]
    here = coming[0].id if coming else None
    return tuple(due for due in dues if due.kind is not DueKind.REPLY or due.subject_id != here)


def _remarks(actor: Actor) -> tuple[Due, ...]:
    drafts = queries.drafts_to_remark_on(actor)
    return tuple(Due(DueKind.REMARK, title, meeting_id, until) for meeting_id, title, until in drafts)
