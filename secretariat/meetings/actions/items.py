"""The agenda: items added, changed, moved, withdrawn and postponed, before the notice and after it."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.models import Body, MinutesWord
from secretariat.cases.models import Case, Treatment, TreatmentState
from secretariat.cases.saksgang import QUEUED, mark
from secretariat.core import signals
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.core.inputs import Line, OptionalLine, Words
from secretariat.core.text.language import _, _l, use_language
from secretariat.meetings import numbers
from secretariat.meetings.agenda import is_about_minutes, place
from secretariat.meetings.chairs import let_chairs_read
from secretariat.meetings.models import AgendaItem, ItemKind, ItemOrigin, ItemState, Meeting, MeetingState
from secretariat.meetings.obstacles import hinders_changing, hinders_meeting_work, unhindered
from secretariat.meetings.policy import may_manage_item, may_manage_meeting

Series = Annotated[str, Words(most=16, required=False)]
Basis = Annotated[str, Words(most=100, required=False)]


@dataclass(frozen=True)
class AddItem:
    """A case from the queue (``treatment_id``; its texts follow it), or an item with a title of its own."""

    kind: ItemKind = ItemKind.INFORMATION
    title: OptionalLine = ""
    public_title: OptionalLine = ""
    duration: int = 15
    presenter: OptionalLine = ""
    treatment_id: UUID | None = None
    series: Series = ""
    exempt_basis: Basis = ""


@action("meetings.add_item", load=Meeting, rule=may_manage_meeting, input=AddItem)
def add_item(actor: Actor, meeting: Meeting, given: AddItem) -> UUID:
    """Put a line on the agenda, before what the body takes up last; after the notice it waits for a supplement."""
    unhindered(hinders_changing(meeting))
    item = AgendaItem(partnership_id=meeting.partnership_id, meeting_id=meeting.id, body_id=meeting.body_id)
    _demand_free_series(given.series)
    item.duration, item.presenter, item.series = given.duration, given.presenter, given.series
    if meeting.state is MeetingState.CALLED:
        item.origin = ItemOrigin.SUPPLEMENT
    if given.treatment_id is None:
        _describe(item, given)
    else:
        _carry(item, meeting, *_queued(actor, meeting, given.treatment_id))
    others = items_of(meeting)
    place(item, others, _before_any_other(others))
    session().add(item)
    _let_chairs_read(item)
    return item.id


def _demand_free_series(series: str) -> None:
    if numbers.is_reserved(series):
        raise DomainError(_l("Serien «%(series)s» er for partenes egne møter. Velg en annen.", series=series), "series")


def _let_chairs_read(item: AgendaItem) -> None:
    """A case that comes on an agenda or goes off it is read by those who lead its meetings."""
    session().flush()
    if item.treatment_id is not None:
        let_chairs_read([session().get_one(Treatment, item.treatment_id).case_id])


def _before_any_other(others: list[AgendaItem]) -> int:
    """New items stand before «Eventuelt» at the end."""
    return len(others) - 1 if others and others[-1].kind == ItemKind.ANY_OTHER else len(others)


def items_of(meeting: Any) -> list[AgendaItem]:
    """The items of a meeting in their order."""
    query = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return list(session().scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _describe(item: AgendaItem, given: Any) -> None:
    if not given.title:
        raise DomainError(_l("Skriv hva saken gjelder."), "title")
    if given.exempt_basis and not given.public_title:
        raise DomainError(_l("Skriv en tittel som kan være offentlig."), "public_title")
    item.kind, item.title, item.exempt_basis = given.kind, given.title, given.exempt_basis
    item.public_title = given.public_title or given.title


def _queued(actor: Actor, meeting: Meeting, treatment_id: UUID) -> tuple[Treatment, Case]:
    """A treatment that waits for this body, with its case; one of another room never comes on a common agenda."""
    query = sa.select(Treatment, Case).join(Case, Case.id == Treatment.case_id)
    found = session().execute(query.where(Treatment.id == treatment_id, visible(actor, Treatment))).first()
    if found is None or found.Treatment.body_id != meeting.body_id:
        raise DomainError(_l("Saken venter ikke på dette utvalget."), "treatment_id")
    if found.Treatment.state not in QUEUED:
        raise DomainError(_l("Saken står alt på en saksliste, eller er drøftet."), "treatment_id")
    if found.Case.room not in (COMMON_ROOM, meeting.room):
        raise DomainError(_l("Saken ligger i partens eget rom og kan ikke stå på en felles saksliste."), "treatment_id")
    if found.Case.room != meeting.room and meeting.room != session().get_one(Body, meeting.body_id).room:
        raise DomainError(_l("Saken er felles. Ta den opp med egen tittel, så blir den i køen."), "treatment_id")
    return found.Treatment, found.Case


def _carry(item: AgendaItem, meeting: Meeting, treatment: Treatment, case: Case) -> None:
    item.kind, item.title, item.public_title = ItemKind[treatment.purpose.name], case.title, case.public_title
    item.treatment_id, item.exempt_basis = treatment.id, case.exempt_basis
    mark(treatment.id, TreatmentState.ON_AGENDA)


@action("meetings.add_standing_items", load=Meeting, rule=may_manage_meeting)
def add_standing_items(_actor: Actor, meeting: Meeting, _given: Any) -> UUID:
    """Put what every meeting takes up on the agenda: approvals and follow-up first, «Eventuelt» last."""
    if meeting.state is not MeetingState.PLANNED:
        raise DomainError(_l("Innkallingen er alt sendt. Legg til enkeltsaker i stedet."))
    body = session().get_one(Body, meeting.body_id)
    with use_language(body.language):
        here = {_purpose(item.kind, item.title) for item in items_of(meeting)}
        wanted = [(i, each) for i, each in enumerate(_standing(body)) if _purpose(each[0], each[1]) not in here]
    for index, (kind, title, minutes) in wanted:
        item = AgendaItem(partnership_id=meeting.partnership_id, meeting_id=meeting.id, body_id=meeting.body_id)
        item.kind, item.title, item.public_title, item.duration = kind, title, title, minutes
        others = items_of(meeting)
        place(item, others, len(others) if kind == ItemKind.ANY_OTHER else min(index, len(others)))
        session().add(item)
        session().flush()
    return meeting.id


def _purpose(kind: ItemKind, title: str) -> tuple[ItemKind, bool, str]:
    """What a standing item is there for, whatever the secretary calls it; an approval of other than minutes is known by
    its title.
    """
    of_minutes = is_about_minutes(kind, title)
    return kind, of_minutes, title if kind is ItemKind.APPROVAL and not of_minutes else ""


def _standing(body: Body) -> list[tuple[ItemKind, str, int]]:
    """What every meeting takes up, in the language that is current."""
    previous = {
        MinutesWord.REFERAT: _("Godkjenning av referat fra forrige møte"),
        MinutesWord.PROTOKOLL: _("Godkjenning av protokoll fra forrige møte"),
    }
    return [
        (ItemKind.APPROVAL, _("Godkjenning av innkalling og saksliste"), 5),
        (ItemKind.APPROVAL, previous[body.minutes_word], 5),
        (ItemKind.FOLLOW_UP, _("Oppfølging av tidligere vedtak"), 10),
        (ItemKind.ANY_OTHER, _("Eventuelt"), 10),
    ]


@dataclass(frozen=True)
class AddItemInMeeting:
    """What was raised in the meeting: its title is enough."""

    title: Line
    kind: ItemKind = ItemKind.DISCUSSION
    duration: int = 5


@action("meetings.add_item_in_meeting", load=Meeting, rule=may_manage_meeting, input=AddItemInMeeting)
def add_item_in_meeting(_actor: Actor, meeting: Meeting, given: AddItemInMeeting) -> UUID:
    """A new item under «Eventuelt» while the meeting goes on: last on the agenda, with its number at once."""
    unhindered(hinders_meeting_work(meeting))
    item = AgendaItem(partnership_id=meeting.partnership_id, meeting_id=meeting.id, body_id=meeting.body_id)
    item.kind, item.title, item.public_title = given.kind, given.title, given.title
    item.duration, item.origin = given.duration, ItemOrigin.MEETING
    item.series, item.state = "", ItemState.STANDING
    others = items_of(meeting)
    place(item, others, len(others))
    session().add(item)
    session().flush()
    numbers.give(meeting, only=item)
    return item.id


@dataclass(frozen=True)
class ChangeItem:
    """The item as it is to be."""

    title: Line
    kind: ItemKind
    duration: int = 15
    presenter: OptionalLine = ""
    public_title: OptionalLine = ""
    series: Series = ""
    exempt_basis: Basis = ""
    version: int | None = None


@action("meetings.change_item", load=AgendaItem, rule=may_manage_item, input=ChangeItem)
def change_item(actor: Actor, item: AgendaItem, given: ChangeItem) -> UUID:
    """Change title, kind, time or presenter; what a number was given for stays numbered."""
    _managed(actor, item)
    if item.number is not None and given.kind == ItemKind.HEADING:
        raise DomainError(_l("Saken har fått nummer og kan ikke bli en overskrift."), "kind")
    if item.number is not None and given.series != item.series:
        raise DomainError(_l("Saken har fått nummer; serien kan ikke endres."), "series")
    if item.number is None:
        _demand_free_series(given.series)
    _describe(item, given)
    item.duration, item.presenter, item.series = given.duration, given.presenter, given.series
    return item.id


def _managed(actor: Actor, item: AgendaItem) -> Meeting:
    """The item's meeting, locked, when the actor manages it and its agenda may still change."""
    query = sa.select(Meeting).where(Meeting.id == item.meeting_id, visible(actor, Meeting)).with_for_update()
    meeting = session().scalar(query.execution_options(populate_existing=True))
    if meeting is None:
        raise NotFound
    if not may_manage_meeting(actor, meeting):
        raise Denied("meeting")
    unhindered(hinders_changing(meeting))
    return meeting


@dataclass(frozen=True)
class MoveItem:
    """``to`` is up or down; or the item goes before another (``before``; none: last)."""

    to: str | None = None
    before: UUID | None = None


@action("meetings.move_item", load=AgendaItem, rule=may_manage_item, input=MoveItem)
def move_item(actor: Actor, item: AgendaItem, given: MoveItem) -> UUID:
    """Change the order of the agenda; numbers that were given stay with their items."""
    order = items_of(_managed(actor, item))
    others = [each for each in order if each.id != item.id]
    place(item, others, _index(order.index(item), others, given))
    return item.id


def _index(here: int, others: list[AgendaItem], given: MoveItem) -> int:
    if given.to == "up":
        return max(here - 1, 0)
    if given.to == "down":
        return min(here + 1, len(others))
    if given.before is None:
        return len(others)
    found = [index for index, each in enumerate(others) if each.id == given.before]
    if not found:
        raise DomainError(_l("Saken står ikke på denne sakslisten."), "before")
    return found[0]


@action("meetings.remove_item", load=AgendaItem, rule=may_manage_item)
def remove_item(actor: Actor, item: AgendaItem, _given: Any) -> UUID:
    """Take an item off an agenda that was not sent; its case goes back to the queue."""
    meeting = _managed(actor, item)
    is_late = meeting.called_at is not None and item.origin is not ItemOrigin.SUPPLEMENT
    if item.sent_at is not None or item.number is not None or is_late:
        raise DomainError(_l("Saken er sendt ut. La den utgå eller utsett den; nummeret blir stående."))
    unhindered(signals.hindrances.collect("meetings.remove_item", item))
    if item.treatment_id is not None:
        mark(item.treatment_id, _as_before(item))
    session().delete(item)
    _let_chairs_read(item)
    return meeting.id


def _as_before(item: AgendaItem) -> TreatmentState:
    """A case that was put off from another meeting is so still; else nobody has met it yet."""
    other = sa.select(AgendaItem.id).where(AgendaItem.treatment_id == item.treatment_id, AgendaItem.id != item.id)
    met = session().scalar(other.limit(1)) is not None
    return TreatmentState.POSTPONED if met else TreatmentState.WAITING


@action("meetings.withdraw_item", load=AgendaItem, rule=may_manage_item)
def withdraw_item(actor: Actor, item: AgendaItem, _given: Any) -> UUID:
    """The item goes out of an agenda that was sent: it stays there as «Utgår», with its number."""
    return _take_off(actor, item, ItemState.WITHDRAWN, TreatmentState.WITHDRAWN)


@action("meetings.postpone_item", load=AgendaItem, rule=may_manage_item)
def postpone_item(actor: Actor, item: AgendaItem, _given: Any) -> UUID:
    """The item is put off: it stays on the agenda as «Utsatt», and its case waits in the queue for another meeting."""
    return _take_off(actor, item, ItemState.POSTPONED, TreatmentState.POSTPONED)


def _take_off(actor: Actor, item: AgendaItem, state: ItemState, treatment: TreatmentState) -> UUID:
    if _managed(actor, item).called_at is None:
        raise DomainError(_l("Innkallingen er ikke sendt. Ta saken av sakslisten i stedet."))
    if item.state is not ItemState.STANDING:
        raise DomainError(_l("Saken er alt tatt ut: %(state)s.", state=item.state.word))
    item.state = state
    if item.treatment_id is not None:
        mark(item.treatment_id, treatment)
    return item.id


@action("meetings.restore_item", load=AgendaItem, rule=may_manage_item)
def restore_item(actor: Actor, item: AgendaItem, _given: Any) -> UUID:
    """The item is taken up after all, with the number it had; not when its case is on another agenda by now."""
    _managed(actor, item)
    if item.state is ItemState.STANDING:
        raise DomainError(_l("Saken står på sakslisten."))
    item.state = ItemState.STANDING
    if item.treatment_id is not None:
        _still_free(item.treatment_id)
        mark(item.treatment_id, TreatmentState.ON_AGENDA)
        _let_chairs_read(item)
    return item.id


def _still_free(treatment_id: UUID) -> None:
    state = session().scalar(sa.select(Treatment.state).where(Treatment.id == treatment_id))
    if state not in (*QUEUED, TreatmentState.WITHDRAWN):
        raise DomainError(_l("Saken står alt på en saksliste, eller er drøftet."))
