"""What dispatch answers and does for others: what hinders a notice, and the parcel for one who is called in later."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.core.db import session
from secretariat.directory.models import Person
from secretariat.dispatch.contents import written_of
from secretariat.dispatch.hindrances import what_hinders_notice
from secretariat.dispatch.letters import notice_letter
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.parcels import deliver, note_delivery, parcels_of
from secretariat.meetings.models import AgendaItem, ItemState, Meeting, Participant


def hindrances(verb: str, subject: Any) -> Iterable[Any]:
    """What stands in the way of sending the notice of a meeting."""
    return what_hinders_notice(subject) if verb == "dispatch.send_notice" else ()


def participant_added(participant: Participant) -> None:
    """A deputy or a guest gets the notice that went out, the supplements with it, and an own invitation."""
    meeting = session().get_one(Meeting, participant.meeting_id)
    parcels = parcels_of(meeting.id, DispatchKind.NOTICE, DispatchKind.SUPPLEMENT)
    if not parcels:
        return
    person = session().get_one(Person, participant.person_id)
    written = notice_letter(meeting, participant, person, lines=_agenda_now(meeting))
    mailed = deliver(parcels[0], meeting, written)
    for supplement in parcels[1:]:
        note_delivery(supplement, person.id, mailed.mail_id)


def _agenda_now(meeting: Meeting) -> list[tuple[str, str]]:
    body = session().get_one(Body, meeting.body_id)
    """What has gone out, and still stands."""
    query = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.state == ItemState.STANDING)
    query = query.where(AgendaItem.sent_at.is_not(None))
    items = session().scalars(query.order_by(AgendaItem.position, AgendaItem.id))
    return [(written_of(body, item), item.title) for item in items]
