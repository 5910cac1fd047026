"""Who is called to a meeting: those who sit in the body on the meeting's local date, and the secretariat.

Computed until the first notice, rows from then on. A person with several seats is called once. One who is on leave
is not called: the first personal deputy is. A party's own meeting in a joint body calls that party alone.
"""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.bodies.balance import COUNTED, Balance, balanced
from secretariat.bodies.models import Body, SeatRole
from secretariat.bodies.sitting import DAY, Deputies, Sitting, Stand, deputies_on, on_day, sitting_on
from secretariat.cases.models import Case, CasePaper, CasePaperVersion, Treatment
from secretariat.core import clock, signals
from secretariat.core.access import AccessGrant, grant
from secretariat.core.actor import COMMON_ROOM, Role
from secretariat.core.db import session
from secretariat.core.reading import Ready
from secretariat.directory.merged import merged_into, read_as
from secretariat.directory.models import Organisation, Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import (
    AgendaItem,
    ItemState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantRole,
    Reply,
)
from secretariat.meetings.standing_in import StandsIn, in_place_of

ROLES = {
    SeatRole.CHAIR: ParticipantRole.CHAIR,
    SeatRole.DEPUTY_CHAIR: ParticipantRole.MEMBER,
    SeatRole.MEMBER: ParticipantRole.MEMBER,
    SeatRole.OBSERVER: ParticipantRole.OBSERVER,
    SeatRole.ATTENDING: ParticipantRole.ATTENDING,
    SeatRole.SECRETARY: ParticipantRole.SECRETARIAT,
}


@dataclass(frozen=True)
class Called(StandsIn):
    """A person to be called, with party and seats as on the day; among them that of one who is on leave."""

    person_id: UUID
    name: str
    sort_key: str
    title: str
    organisation: str
    party: Party
    role: ParticipantRole
    seats: list[dict[str, Any]]
    may_decide: bool = True
    reply: Reply = Reply.NONE


def called_people(meeting: Any) -> list[Called]:
    """Everybody the meeting calls, chair first, then in the order of the seats, the secretariat, the guests."""
    people: dict[UUID, Called] = {}
    for person in (*_from_seats(meeting), *_secretariat(meeting), *_guests(meeting)):
        known = people.get(person.person_id)
        people[person.person_id] = _merged(known, person) if known else person
    chair_id = _chosen_chair(meeting, people)
    led = [_with_chair(chair_id, person) for person in people.values()]
    return sorted(led, key=lambda person: person.role is not ParticipantRole.CHAIR)


def _merged(known: Called, other: Called) -> Called:
    """One person in several seats; the first seat gives party and role, unless another makes the person chair."""
    chair = ParticipantRole.CHAIR in (known.role, other.role)
    return replace(known, seats=known.seats + other.seats, role=ParticipantRole.CHAIR if chair else known.role)


def _chosen_chair(meeting: Any, people: Container[UUID]) -> UUID | None:
    """The chair of this one meeting, when another than the plan's was chosen; who was registered twice is one."""
    chosen: UUID | None = meeting.chair_person_id
    if chosen is None or chosen in people:
        return chosen
    return merged_into([chosen]).get(chosen, chosen)


def _with_chair(chair_id: UUID | None, person: Called) -> Called:
    if chair_id is None:
        return person
    if person.person_id == chair_id:
        return replace(person, role=ParticipantRole.CHAIR)
    return replace(person, role=ParticipantRole.MEMBER) if person.role is ParticipantRole.CHAIR else person


def _from_seats(meeting: Any) -> list[Called]:
    seated = [s for s in sitting_on(meeting.body_id, meeting.day) if belongs(meeting, s)]
    away = _is_chair_away(meeting, seated)
    called = []
    for s in seated:
        if not s.on_leave:
            called.append(_holder(s, leads=away and s.role is SeatRole.DEPUTY_CHAIR))
        elif s.stands_in is not None:
            called.append(_stand_in(s, s.stands_in))
    return called


def _is_chair_away(meeting: Any, seated: list[Sitting]) -> bool:
    """On leave; or, in a party's own meeting, the chair is of the other party: then the deputy chair leads."""
    chairs = [s for s in seated if s.role is SeatRole.CHAIR]
    return any(s.on_leave for s in chairs) or (not chairs and meeting.room != COMMON_ROOM)


def belongs(meeting: Any, sitting: Sitting) -> bool:
    """A party's own meeting is for that party's seats."""
    return meeting.room in (COMMON_ROOM, sitting.party)


def _holder(s: Sitting, *, leads: bool) -> Called:
    role = ParticipantRole.CHAIR if leads else ROLES[s.role]
    return Called(s.person_id, s.name, s.sort_key, s.title, s.organisation, s.party, role, [_seat(s)])


def _stand_in(s: Sitting, stand: Stand) -> Called:
    return Called(
        person_id=stand.person_id,
        name=stand.name,
        sort_key=stand.sort_key,
        title=stand.title,
        organisation=stand.organisation,
        party=s.party,
        role=ParticipantRole.DEPUTY,
        seats=in_place_of(s.name, [_seat(s)]),
        may_decide=stand.may_decide,
    )


def _seat(s: Sitting) -> dict[str, Any]:
    return {
        "seat_id": str(s.seat_id),
        "represents": s.represents,
        "party": s.party.value,
        "role": str(s.role),
        "may_vote": s.may_vote,
        "tier": s.meets.tier if s.meets else "",
    }


def _secretariat(meeting: Any) -> list[Called]:
    """The partnership's secretaries on the day; in a party's room only its own."""
    given = {"partnership_id": meeting.partnership_id, "body_id": meeting.body_id, "day": meeting.day}
    rows = _secretaries().rows(**given)
    here = (row for row in rows if meeting.room in (COMMON_ROOM, row.party))
    return [_without_seat(row, ParticipantRole.SECRETARIAT) for row in here]


@cache
def _secretaries() -> Ready:
    return Ready(
        _people(sa.func.coalesce(Office.party, Party.O))
        .join(Office, read_as(Office.person_id) == Person.id)
        .where(Office.role == Role.SECRETARY, Office.partnership_id == sa.bindparam("partnership_id"))
        .where(sa.or_(Office.body_id.is_(None), Office.body_id == sa.bindparam("body_id")), on_day(Office, DAY))
        .order_by(Person.sort_key, Person.id)
    )


def _guests(meeting: Any) -> list[Called]:
    """Guests are rows from the moment they are asked; after the notice everybody is."""
    if meeting.called_at is not None:
        return []
    rows = session().execute(_guests_asked(), {"meeting_id": meeting.id})
    return [_without_seat(row, ParticipantRole.GUEST) for row in rows]


@cache
def _guests_asked() -> sa.Select[Any]:
    return (
        _people(Participant.party)
        .join(Participant, read_as(Participant.person_id) == Person.id)
        .where(Participant.meeting_id == sa.bindparam("meeting_id"), Participant.role == ParticipantRole.GUEST)
        .where(Participant.removed_at.is_(None))
        .order_by(Person.sort_key, Person.id)
    )


def _people(party: Any) -> sa.Select[Any]:
    columns = (Person.id, Person.given_name, Person.family_name, Person.sort_key, Person.title)
    organisation = sa.func.coalesce(Organisation.name, "").label("organisation")
    query = sa.select(*columns, organisation, party.label("party")).select_from(Person)
    return query.outerjoin(Organisation, Organisation.id == Person.organisation_id)


def _without_seat(row: Any, role: ParticipantRole) -> Called:
    name = f"{row.given_name} {row.family_name}".strip()
    return Called(row.id, name, row.sort_key, row.title, row.organisation, Party(row.party), role, [])


def call(meeting: Meeting) -> list[Participant]:
    """Call everybody: participants become rows, doors are opened. Part of sending the notice."""
    for person in called_people(meeting):
        if person.role is not ParticipantRole.GUEST:
            write_row(meeting, person)
    meeting.state, meeting.called_at, meeting.tentative = MeetingState.CALLED, clock.now(), False
    session().flush()
    open_doors(meeting)
    signals.notice_sent.tell(meeting)
    return rows_of(meeting)


def rows_of(meeting: Any) -> list[Participant]:
    """The stored participants of a meeting, those removed left out."""
    query = sa.select(Participant).where(Participant.meeting_id == meeting.id, Participant.removed_at.is_(None))
    return list(session().scalars(query.order_by(Participant.sort_key, Participant.id)))


def write_row(meeting: Meeting, person: Called) -> Participant:
    """The person is called: a row, with party and seats as they are now. One who was removed before is called again."""
    same = (Participant.meeting_id == meeting.id, Participant.person_id == person.person_id)
    row = session().scalar(sa.select(Participant).where(*same))
    if row is None:
        row = Participant(partnership_id=meeting.partnership_id, meeting_id=meeting.id, person_id=person.person_id)
        session().add(row)
    row.name, row.sort_key, row.title, row.organisation = (
        person.name,
        person.sort_key,
        person.title,
        person.organisation,
    )
    row.party, row.role, row.seats, row.may_decide = person.party, person.role, person.seats, person.may_decide
    row.removed_at, row.deputises_for_id = None, None
    return row


def open_doors(meeting: Meeting) -> None:
    """The agenda goes out: open the meeting and its cases to those called; also when a supplement brings new ones.

    A party's own meeting in a joint body opens nothing to the body, since the other party sits there too.
    """
    _note_sent(meeting)
    cases = list(session().scalars(_cases_of(meeting)))
    for row in rows_of(meeting):
        open_to_person(meeting, row, cases)
    if _whole_body_meets(meeting):
        grant(meeting, because="called", start=clock.today(), body_id=meeting.body_id)
        for case in cases:
            grant(case, because="agenda", start=clock.today(), body_id=meeting.body_id)


def _note_sent(meeting: Meeting) -> None:
    """What stands on the agenda is now as it was sent: a supplement carries everything that was new or changed."""
    newest = sa.select(sa.func.max(CasePaperVersion.number)).where(CasePaperVersion.case_paper_id == CasePaper.id)
    standing = (
        sa.select(AgendaItem, CasePaper.proposal, newest.correlate(CasePaper).scalar_subquery())
        .outerjoin(Treatment, Treatment.id == AgendaItem.treatment_id)
        .outerjoin(CasePaper, CasePaper.case_id == Treatment.case_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .where(sa.or_(AgendaItem.sent_at.is_(None), AgendaItem.state == ItemState.STANDING))
    )
    for item, proposal, version in session().execute(standing).all():
        item.sent_at, item.sent_proposal, item.sent_version = item.sent_at or clock.now(), proposal, version
    session().flush()


def open_to_person(meeting: Meeting, row: Participant, cases: Iterable[Case] | None = None) -> None:
    """Open the meeting to one who is called, and its cases unless the person is a guest."""
    grant(meeting, because="called", start=clock.today(), person_id=row.person_id)
    if row.role is not ParticipantRole.GUEST:
        for case in session().scalars(_cases_of(meeting)) if cases is None else cases:
            grant(case, because="agenda", start=clock.today(), person_id=row.person_id)


def close_to_person(meeting: Meeting, person_id: UUID) -> None:
    """Take back what was opened to one who is no longer called."""
    kinds = {
        Meeting.__tablename__: [meeting.id],
        Case.__tablename__: [c.id for c in session().scalars(_cases_of(meeting))],
    }
    for kind, subjects in kinds.items():
        opened = sa.select(AccessGrant).where(AccessGrant.subject_kind == kind, AccessGrant.subject_id.in_(subjects))
        opened = opened.where(AccessGrant.person_id == person_id, AccessGrant.because.in_(("called", "agenda")))
        for door in session().scalars(opened):
            session().delete(door)


def _cases_of(meeting: Meeting) -> sa.Select[Any]:
    return (
        sa.select(Case)
        .join(Treatment, Treatment.case_id == Case.id)
        .join(AgendaItem, AgendaItem.treatment_id == Treatment.id)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.state == ItemState.STANDING)
        .where(AgendaItem.sent_at.is_not(None))
        .order_by(Case.id)
    )


def _whole_body_meets(meeting: Meeting) -> bool:
    room = session().scalar(sa.select(Body.room).where(Body.id == meeting.body_id))
    return meeting.room in (COMMON_ROOM, room)


def free_deputies(meeting: Any, seats: list[dict[str, Any]]) -> list[Stand]:
    """Who may be called in for these seats: personal deputies by rank, then the pool; nobody already called."""
    here = {row.person_id for row in rows_of(meeting)}
    return [
        stand
        for stand in deputies_behind(seats, deputies_on(meeting.body_id, meeting.day))
        if stand.person_id not in here
    ]


def deputies_behind(seats: list[dict[str, Any]], deputies: Deputies) -> list[Stand]:
    """The deputies of all these seats, each once."""
    stands = [stand for seat in seats for stand in deputies.of(UUID(seat["seat_id"]), Party(seat["party"]))]
    return list({stand.person_id: stand for stand in stands}.values())


def balance(
    people: Iterable[Any], agreed: tuple[int, int] = (0, 0), present: Collection[UUID] | None = None
) -> Balance:
    """Count those who come, by seat, each seat once: a person with two seats counts in both, one with forfall in none.

    Of a meeting that was held, ``present`` are the participants who were there, whatever they had answered.
    """
    here = [p for p in people if (p.reply != Reply.ABSENT if present is None else p.id in present)]
    seats = {seat["seat_id"]: seat for person in here for seat in counted_seats(person)}
    return balanced(((Party(seat["party"]), seat.get("tier", "")) for seat in seats.values()), agreed)


def counted_seats(person: Any) -> list[dict[str, Any]]:
    """The seats of a person that count between the two equal parties."""
    return [seat for seat in person.seats if seat["party"] in (Party.M, Party.H) and seat["role"] in COUNTED]
