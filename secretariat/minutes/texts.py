"""What the minutes say of each item: every save is kept, and two who write at once both keep their words."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Conflict, DomainError
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.meetings.models import AgendaItem, ItemKind
from secretariat.minutes.models import ItemText, ItemTextVersion, Minutes, MinutesState


def demand_open_minutes(meeting_id: UUID) -> Minutes:
    """The minutes, not yet approved; nobody approves them while the running action writes."""
    query = sa.select(Minutes).where(Minutes.meeting_id == meeting_id).with_for_update(read=True)
    minutes = session().scalar(query.execution_options(populate_existing=True))
    if minutes is None:
        raise DomainError(_l("Innkallingen er ikke sendt."))
    if minutes.state is MinutesState.APPROVED:
        raise DomainError(_l("Referatet er godkjent og kan ikke endres. Skriv en rettelse i stedet."))
    return minutes


def save_text(actor: Actor, item: AgendaItem, text: Document, began_from: int | None) -> None:
    """Save what the minutes say of an item, unless it says so already.

    ``began_from`` is the version the writer saw (0: nothing was written yet; None: unknown, as from a program).
    Raises Conflict with the saved text when another has saved since.
    """
    minutes = demand_open_minutes(item.meeting_id)
    if item.kind is ItemKind.HEADING:
        raise DomainError(_l("Under en overskrift føres det ikke referat."), "text")
    saved = session().scalar(sa.select(ItemText).where(ItemText.agenda_item_id == item.id))
    if saved is not None and saved.text == text:
        return
    if began_from is not None and began_from != (saved.version if saved else 0):
        raise Conflict(saved)
    if saved is None and text:
        saved = ItemText(partnership_id=item.partnership_id, minutes_id=minutes.id, agenda_item_id=item.id)
        session().add(saved)
    if saved is not None:
        saved.text = text.keeping_ids(saved.text or Document.empty())
        session().flush()
        _keep(actor, saved)


def _keep(actor: Actor, saved: ItemText) -> None:
    numbers: Any = sa.select(sa.func.max(ItemTextVersion.number)).where(ItemTextVersion.item_text_id == saved.id)
    session().add(
        ItemTextVersion(
            partnership_id=saved.partnership_id,
            item_text_id=saved.id,
            number=(session().scalar(numbers) or 0) + 1,
            text=saved.text,
            saved_by_id=actor.person_id,
        )
    )
