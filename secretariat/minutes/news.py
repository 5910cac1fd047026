"""Minutes as news, in the letter that gathers them; a parcel that brought them is what waits to be told."""

from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa

from secretariat import config
from secretariat.bodies.models import Body
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _, format_date
from secretariat.dispatch.models import Dispatch
from secretariat.meetings.models import Meeting
from secretariat.messages.news import Told
from secretariat.minutes.models import Minutes


def minutes_told(actor: Actor, ids: Collection[UUID]) -> Iterable[Told]:
    """Minutes that have been approved."""
    return _told(actor, ids, _("Godkjent referat"), _("Referatet er godkjent."))


def corrections_told(actor: Actor, ids: Collection[UUID]) -> Iterable[Told]:
    """Approved minutes that have got a correction."""
    return _told(actor, ids, _("Rettelse til referat"), _("Det godkjente referatet har fått en rettelse."))


def _told(actor: Actor, ids: Collection[UUID], what: str, text: str) -> Iterable[Told]:
    query = (
        sa.select(Dispatch.id, Dispatch.partnership_id, Body.name, Meeting.id, Meeting.title, Meeting.day)
        .join(Meeting, Meeting.id == Dispatch.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Dispatch.id.in_(sorted(ids)), visible(actor, Dispatch), visible(actor, Minutes))
        .order_by(Dispatch.created_at, Dispatch.id)
    )
    for parcel_id, partnership_id, body, meeting_id, title, day in session().execute(query):
        heading = f"{what}: {title} {format_date(day)}"
        address = f"{config.settings().url}/moter/{meeting_id}/referat"
        yield Told(parcel_id, partnership_id, body, heading, text, _("Les referatet"), address)
