"""Who may see and send parcels."""

from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import Treatment
from secretariat.cases.policy import attachments_go_out
from secretariat.core.access import Condition, among, in_open_room, readable, served, through, visible
from secretariat.core.actor import Actor
from secretariat.dispatch.models import CopyDelivery, CopyRecipient, Delivery, Dispatch, DispatchFile, Edition
from secretariat.documents.models import StoredFile
from secretariat.meetings.models import AgendaItem, Meeting


@readable(Dispatch)
def sees_dispatch(actor: Actor) -> Condition:
    """Who sees the meeting sees what was sent to it."""
    return through(Dispatch.meeting_id, Meeting, visible(actor, Meeting))


@readable(DispatchFile)
def sees_dispatch_file(actor: Actor) -> Condition:
    """The internal edition of what one sees; the public edition is reached through publishing alone."""
    seen = through(DispatchFile.dispatch_id, Dispatch, visible(actor, Dispatch))
    return sa.and_(DispatchFile.edition == Edition.INTERNAL, seen)


def was_sent_with(actor: Actor) -> Condition:
    """Attachments that lay in a parcel of a meeting with their case on its agenda, in the common room or in one that is
    open to the actor. One that is added later is not read until a supplement has carried it.
    """
    parcel = sa.and_(DispatchFile.dispatch_id == Dispatch.id, DispatchFile.edition == Edition.INTERNAL)
    met = sa.and_(Meeting.id == AgendaItem.meeting_id, Dispatch.meeting_id == Meeting.id, in_open_room(actor, Meeting))
    matter = sa.and_(AgendaItem.treatment_id == Treatment.id, Treatment.case_id == StoredFile.owner_id)
    return sa.exists().where(parcel, met, matter, DispatchFile.sha256 == StoredFile.sha256).correlate(StoredFile)


attachments_go_out(sent=was_sent_with)


@readable(Delivery)
def sees_delivery(actor: Actor) -> Condition:
    """Who got what and by when is the secretariat's; everybody sees the own delivery."""
    kept = through(Dispatch.meeting_id, Meeting, served(actor, Meeting))
    own = [among(Delivery.person_id, actor.person_ids)] if actor.person_ids else []
    return sa.or_(through(Delivery.dispatch_id, Dispatch, kept), *own)


@readable(CopyDelivery)
def sees_copy_delivery(actor: Actor) -> Condition:
    """Who got a copy is the secretariat's."""
    kept = through(Dispatch.meeting_id, Meeting, served(actor, Meeting))
    return through(CopyDelivery.dispatch_id, Dispatch, kept)


@readable(CopyRecipient)
def sees_copy_recipient(actor: Actor) -> Condition:
    """To whom copies go is known to the secretaries of the body's room."""
    return through(CopyRecipient.body_id, Body, served(actor, Body))


def may_dispatch(actor: Actor, meeting: Any) -> bool:
    """Send notice, supplement and minutes: the secretaries of the meeting's room."""
    return actor.is_secretary(meeting.partnership_id, meeting.room)


def may_keep_copies(actor: Actor, copy: Any) -> bool:
    """Say who gets copies: the secretariat (the body's room is settled by what one sees)."""
    return actor.is_secretary(copy.partnership_id)
